import os
import subprocess
import sys
from pathlib import Path

import pytest

from territoires import env, settings

EXAMPLE = Path(settings.BASE_DIR, ".env.example")


def test_a_text_is_given_as_it_is(monkeypatch):
    monkeypatch.setenv("SAMPLE", " as it is ")

    assert env.text("SAMPLE") == " as it is "


def test_a_missing_text_has_its_default(monkeypatch):
    monkeypatch.delenv("SAMPLE", raising=False)

    assert env.text("SAMPLE", "default") == "default"


def test_a_missing_text_without_default_names_the_variable(monkeypatch):
    monkeypatch.delenv("SAMPLE", raising=False)

    with pytest.raises(env.BadEnvironment, match="SAMPLE"):
        env.text("SAMPLE")


@pytest.mark.parametrize("value", ["1", "true", "YES", " on "])
def test_a_flag_is_raised(monkeypatch, value):
    monkeypatch.setenv("SAMPLE", value)

    assert env.flag("SAMPLE") is True


@pytest.mark.parametrize("value", ["", "0", "False", "no", "OFF"])
def test_a_flag_is_lowered(monkeypatch, value):
    monkeypatch.setenv("SAMPLE", value)

    assert env.flag("SAMPLE", default=True) is False


def test_a_missing_flag_has_its_default(monkeypatch):
    monkeypatch.delenv("SAMPLE", raising=False)

    assert env.flag("SAMPLE", default=True) is True
    assert env.flag("SAMPLE") is False


def test_a_flag_that_means_nothing_is_refused(monkeypatch):
    monkeypatch.setenv("SAMPLE", "maybe")

    with pytest.raises(env.BadEnvironment, match="maybe"):
        env.flag("SAMPLE")


def test_a_whole_number_is_read(monkeypatch):
    monkeypatch.setenv("SAMPLE", "42")

    assert env.integer("SAMPLE", 1) == 42


def test_a_number_that_is_none_is_refused(monkeypatch):
    monkeypatch.setenv("SAMPLE", "forty")

    with pytest.raises(env.BadEnvironment, match="forty"):
        env.integer("SAMPLE", 1)


def test_a_list_is_split_on_commas_without_blanks(monkeypatch):
    monkeypatch.setenv("SAMPLE", "a, b,,c ,")

    assert env.listing("SAMPLE") == ["a", "b", "c"]


SHOW_SAFETY = """
from territoires import settings as s
print(s.DEBUG, s.SECURE_SSL_REDIRECT, s.SESSION_COOKIE_SECURE)
"""


def start(**variables):
    """Load the settings in a process of their own."""
    bare = {"PATH": os.environ["PATH"], "DATABASE_URL": "postgres://nowhere/x"}
    return subprocess.run(
        [sys.executable, "-c", SHOW_SAFETY],
        env={**bare, **variables},
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )


def test_without_a_secret_key_the_site_does_not_start():
    process = start()

    assert process.returncode != 0
    assert "SECRET_KEY" in process.stderr


@pytest.mark.parametrize(
    ("variables", "message"),
    [({}, "SECRET_KEY is not set"), ({"DEMO": "maybe"}, "is neither true nor false")],
)
def test_the_command_line_says_in_one_line_what_the_environment_lacks(
    variables, message
):
    process = subprocess.run(
        [sys.executable, "manage.py", "check"],
        env={"PATH": os.environ["PATH"], **variables},
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )

    assert process.returncode == 1
    assert message in process.stderr
    assert len(process.stderr.splitlines()) == 1


def test_without_any_other_variable_the_site_runs_as_in_production():
    process = start(SECRET_KEY="x" * 50)

    assert process.stdout.split() == ["False", "True", "True"]


def test_the_demonstration_needs_no_secret_key_and_no_https():
    process = start(DEMO="1")

    assert process.stdout.split() == ["False", "False", "False"]


def test_every_variable_that_the_settings_read_is_in_the_example(monkeypatch):
    named = EXAMPLE.read_text(encoding="utf-8")
    source = Path(settings.__file__).read_text(encoding="utf-8")
    asked = {
        part.split('"')[1]
        for reader in ("env.text(", "env.flag(", "env.integer(", "env.listing(")
        for part in source.replace("\n", "").replace("( ", "(").split(reader)[1:]
    }

    assert len(asked) >= 20
    assert {name for name in asked if f"{name}=" not in named} == set()
