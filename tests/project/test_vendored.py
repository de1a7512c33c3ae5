"""What others wrote and the project carries along is what they published."""

import hashlib
import re
from pathlib import Path

VENDOR = Path(__file__).parents[1] / "vendor"


def test_vendored_files_are_those_their_manifest_names():
    found, named = {}, {}
    for manifest in VENDOR.glob("*/README.md"):
        text = manifest.read_text(encoding="utf-8")
        for name, digest in re.findall(
            r"^\| `(\S+)` \| `(\w{64})` \|$", text, re.MULTILINE
        ):
            named[manifest.parent / name] = digest
        for path in manifest.parent.iterdir():
            if path != manifest:
                found[path] = hashlib.sha256(path.read_bytes()).hexdigest()

    assert found
    assert named == found
