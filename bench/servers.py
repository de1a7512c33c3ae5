"""The processes that the bench runs: PostgreSQL, two servers, short commands.

None of them outlives it.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.client import HOST

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 60  # seconds
#: One worker that serves one request at a time: times are not those of a queue.
GUNICORN = (
    *("-m", "gunicorn", "--workers", "1", "--worker-class", "sync"),
    *("--limit-request-line", "0", "--log-level", "warning", "--no-control-socket"),
)
SITE, HELLO = "territoires.wsgi:application", "bench.hello:application"

Environment = Mapping[str, str]


class BadProcess(Exception):
    """A command failed, or a server did not start."""


def environment(folder: Path) -> dict[str, str]:
    """The environment of production, in a folder of its own.

    Nothing is eased: HTTPS too is on, and the client says that it came through a proxy.
    """
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "bench.settings",
        "DEMO": "0",
        "DEBUG": "0",
        "HTTPS": "1",
        "BEHIND_PROXY": "1",
        "SECRET_KEY": secrets.token_hex(40),
        "ALLOWED_HOSTS": HOST,
        "VAR_DIR": str(folder),
        "STATIC_ROOT": str(folder / "static"),
    }


@contextlib.contextmanager
def postgresql(folder: Path) -> Iterator[None]:
    """A PostgreSQL that answers: the one of `DATABASE_URL`, else our own for a time."""
    if os.environ.get("DATABASE_URL"):
        yield
        return
    from territoires.postgres import Server  # noqa: PLC0415 - only without the variable

    server = Server(folder)
    server.start()
    try:
        yield
    finally:
        server.stop()


def run(*words: str, env: Environment, given: object = None) -> Any:
    """What a Python command of the project prints, read as JSON; it may print nothing.

    Raises:
        BadProcess: when the command fails; it has said why on the standard error.

    """
    finished = subprocess.run(
        [sys.executable, *words],
        cwd=ROOT,
        env=env,
        input=json.dumps(given),
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    if finished.returncode:
        message = f"«\u00a0python {' '.join(words)}\u00a0» a échoué."
        raise BadProcess(message)
    return json.loads(finished.stdout) if finished.stdout.strip() else None


@dataclass(frozen=True)
class Server:
    """A gunicorn that runs."""

    port: int
    pid: int

    def worker_megabytes(self) -> float | None:
        """The memory of its worker; None where `/proc` does not tell."""
        lines = self._worker("status").splitlines()
        held = next((line for line in lines if line.startswith("VmRSS")), None)
        return round(int(held.split()[1]) / 1_024, 1) if held else None

    def worker_milliseconds(self) -> float | None:
        """How long its worker has computed; None where `/proc` does not tell.

        Time spent waiting, for PostgreSQL or for a busy machine, is not in it.
        """
        numbers = self._worker("stat").rpartition(")")[2].split()
        if not numbers:
            return None
        ticks = int(numbers[11]) + int(numbers[12])  # of the user, of the system
        return 1_000 * ticks / os.sysconf("SC_CLK_TCK")

    def _worker(self, name: str) -> str:
        try:
            children = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text()
            return Path(f"/proc/{children.split()[0]}/{name}").read_text()
        except (OSError, IndexError):
            return ""


@contextlib.contextmanager
def serving(application: str, folder: Path, env: Environment) -> Iterator[Server]:
    """A server of the application that lasts as long as the block.

    Raises:
        BadProcess: when it does not start.

    """
    port = _free_port()
    log = folder / f"{application.partition('.')[0]}.log"
    command = [sys.executable, *GUNICORN, application, "--bind", f"{HOST}:{port}"]
    with log.open("w+") as file:
        process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=file, stderr=file)
        try:
            if not _answers(port, process):
                file.seek(0)
                message = f"gunicorn n’a pas démarré\u00a0:\n{file.read()}"
                raise BadProcess(message)
            yield Server(port, process.pid)
        finally:
            _end(process)


@contextlib.contextmanager
def editing(env: Environment) -> Iterator[subprocess.Popen]:
    """The process that edits a structure at each line it reads, and answers."""
    process = subprocess.Popen(
        [sys.executable, "-m", "bench.probes", "edits"],
        cwd=ROOT,
        env=env,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        with contextlib.suppress(OSError):
            process.communicate(timeout=PATIENCE)  # The end of its input ends it.
        _end(process)


def _end(process: subprocess.Popen) -> None:
    if process.poll() is not None:
        return
    process.terminate()
    try:
        process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _free_port() -> int:
    with socket.socket() as found:
        found.bind((HOST, 0))
        port: int = found.getsockname()[1]
        return port


def _answers(port: int, process: subprocess.Popen) -> bool:
    """Whether the server accepts connections before patience runs out."""
    deadline = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < deadline:
        try:
            socket.create_connection((HOST, port), PATIENCE).close()
        except OSError:
            time.sleep(0.05)
        else:
            return True
    return False
