"""The site as in production: gunicorn, WhiteNoise, hashed and compressed files."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import time
from http.client import HTTPConnection
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import TextIO

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60  # seconds
GUNICORN = (
    *("gunicorn", "territoires.wsgi", "--threads", "4"),
    *("--log-level", "warning", "--no-control-socket"),
)


def run(*words: str, environment: Mapping[str, str]) -> str:
    """What a Python command of the project prints; raises when it fails."""
    finished = subprocess.run(
        [sys.executable, *words],
        cwd=ROOT,
        env={**os.environ, **environment},
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return finished.stdout


@contextlib.contextmanager
def serving(folder: Path, environment: Mapping[str, str]) -> Iterator[str]:
    """The address of a site that runs as long as the block; `folder` is for its files.

    Its static files are collected anew. DEBUG is off; only HTTPS is missing.
    """
    settings = {
        "DEMO": "1",
        "DEBUG": "0",
        "DJANGO_SETTINGS_MODULE": "tests.browser.settings",
        "STATIC_ROOT": str(folder / "static"),
        **environment,
    }
    run("manage.py", "collectstatic", "--no-input", "-v0", environment=settings)
    with (folder / "gunicorn.log").open("w+") as log:
        port, process = started({**os.environ, **settings}, log)
        try:
            wait(port, process, log)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(PATIENCE)


def started(
    environment: Mapping[str, str], log: TextIO
) -> tuple[int, subprocess.Popen]:
    """The port that a new server will answer on, and its process.

    It gets a port that is already held for it: several may start at once.
    """
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        process = subprocess.Popen(
            [sys.executable, "-m", *GUNICORN, "--bind", f"fd://{held.fileno()}"],
            cwd=ROOT,
            env=environment,
            pass_fds=[held.fileno()],
            stdout=log,
            stderr=log,
        )
        return held.getsockname()[1], process


def wait(port: int, process: subprocess.Popen, log: TextIO) -> None:
    """Return once the site answers; raise with its log if it never does."""
    deadline = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < deadline:
        try:
            connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
            connection.request("GET", "/")
            connection.close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    log.seek(0)
    message = f"The site did not start:\n{log.read()}"
    raise RuntimeError(message)
