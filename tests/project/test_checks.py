"""What `manage.py check` refuses of an installation."""

import pytest
from django.core.checks import run_checks

from territoires import checks


def ids(found):
    return [message.id for message in found]


@pytest.mark.parametrize("demo", [True, False])
@pytest.mark.parametrize(
    ("hosts", "is_home"),
    [
        (["localhost", "127.0.0.1", "[::1]", "annuaire.localhost"], True),
        ([], True),
        (["annuaire.example.org"], False),
        (["localhost", "*"], False),
        (["10.0.0.1"], False),
        ([".example.org"], False),
    ],
)
def test_the_demonstration_is_served_at_home_alone(demo, hosts, is_home, settings):
    settings.DEMO, settings.ALLOWED_HOSTS = demo, hosts

    found = checks.demonstration_stays_at_home()

    assert ids(found) == ([] if is_home or not demo else ["territoires.E001"])


@pytest.mark.parametrize(("length", "found"), [(49, ["territoires.E002"]), (50, [])])
def test_a_secret_key_is_long(length, found, settings):
    settings.SECRET_KEY = "x" * length

    assert ids(checks.secret_key_is_long()) == found


def test_a_database_without_accents_is_refused_with_the_way_out(db, monkeypatch):
    assert checks.database_knows_accents(databases=["default"]) == []
    assert checks.database_knows_accents() == []

    monkeypatch.setattr(checks, "_lowers_accents", lambda _alias: False)

    (error,) = checks.database_knows_accents(databases=["default"])
    assert error.id == "territoires.E003"
    assert "UTF8" in error.hint


def test_the_checks_are_run_by_django(settings, db, monkeypatch):
    settings.ALLOWED_HOSTS, settings.SECRET_KEY = ["example.org"], "court"
    monkeypatch.setattr(checks, "_lowers_accents", lambda _alias: False)

    found = run_checks(include_deployment_checks=True, databases=["default"])

    assert {"territoires.E001", "territoires.E002", "territoires.E003"} <= set(
        ids(found)
    )
