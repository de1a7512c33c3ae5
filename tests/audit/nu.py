"""The Nu HTML checker of the W3C, where Java and npm are on the machine.

It is fetched once, at a fixed version, and kept in `VAR_DIR`.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path

from django.conf import settings

VERSION = "26.9.27"
PACKAGE = f"vnu-jar-{VERSION}.tgz"
SHA256 = "5970d3ffca91a627cf0965e5d91bb2e4242307c29292998de0b419d6a901b2b7"
MEMBER = "package/build/dist/vnu.jar"


def jar() -> Path | None:
    """The checker, fetched if need be; None where it cannot be had or run."""
    npm = shutil.which("npm")
    if not (shutil.which("java") and npm):
        return None
    folder = Path(settings.VAR_DIR, "vnu")
    found = folder / f"vnu-{VERSION}.jar"
    if not found.exists():
        folder.mkdir(parents=True, exist_ok=True)
        fetch = (npm, "pack", "--silent", f"vnu-jar@{VERSION}")
        got = subprocess.run(fetch, cwd=folder, check=False, stdout=subprocess.DEVNULL)
        if got.returncode:
            return None
        package = folder / PACKAGE
        if hashlib.sha256(package.read_bytes()).hexdigest() != SHA256:
            message = f"{package} is not the package that is expected."
            raise ValueError(message)
        with tarfile.open(package) as archive:
            found.write_bytes(archive.extractfile(MEMBER).read())
        package.unlink()
    return found


def errors(pages: dict[str, str]) -> dict[str, list[str]] | None:
    """The errors of each page, by its name; None where they cannot be measured."""
    checker = jar()
    if checker is None:
        return None
    found: dict[str, list[str]] = {name: [] for name in pages}
    with tempfile.TemporaryDirectory() as folder:
        names = {}
        for number, (name, html) in enumerate(pages.items()):
            path = Path(folder, f"{number}.html")
            path.write_text(html, encoding="utf-8")
            names[path.name] = name
        words = ("java", "-jar", checker, "--format", "json", "--exit-zero-always")
        answer = subprocess.run(
            [*words, folder], check=True, stderr=subprocess.PIPE, text=True
        )
    for message in json.loads(answer.stderr)["messages"]:
        if message["type"] == "error":
            name = names[Path(message["url"]).name]
            found[name].append(f"{message.get('lastLine')} : {message['message']}")
    return found
