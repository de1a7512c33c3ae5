"""What others wrote and the project carries along is what they published."""

import hashlib
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
#: For the tests, and for the pages.
FOLDERS = (ROOT / "tests" / "vendor", ROOT / "static" / "vendor")


@pytest.mark.parametrize("folder", FOLDERS, ids=["tests", "static"])
def test_vendored_files_are_those_their_manifest_names(folder):
    found, named = {}, {}
    manifests = list(folder.glob("*/README.md"))
    assert {path.parent for path in manifests} == set(folder.iterdir())
    for manifest in manifests:
        text = manifest.read_text(encoding="utf-8")
        for name, digest in re.findall(
            r"^\| `(\S+)` \| `(\w{64})` \|$", text, re.MULTILINE
        ):
            named[manifest.parent / name] = digest
        for path in manifest.parent.rglob("*"):
            if path.is_file() and path != manifest:
                found[path] = hashlib.sha256(path.read_bytes()).hexdigest()

    assert found
    assert named == found
