"""Second factors in the database: of no use to who reads it without the key."""

import json
from importlib import import_module

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.apps import apps
from django.core.management import call_command

from tests.members.application import SECRET, code_of

FORMER, NEW = "cle-d-avant" * 6, "cle-d-apres" * 6


@pytest.fixture
def factors(staff):
    """An application and recovery codes, set up under the former key."""
    TOTP.activate(staff, SECRET)
    RecoveryCodes.activate(staff)
    return Authenticator.objects.all()


@pytest.fixture(autouse=True)
def _former_key(settings):
    settings.SECRET_KEY = FORMER


def opens():
    """Whether the application and the codes of the site's only person still open."""
    application, codes = (
        Authenticator.objects.get(type=kind) for kind in ("totp", "recovery_codes")
    )
    code = RecoveryCodes(codes).get_unused_codes()[0]
    return (
        TOTP(application).validate_code(code_of(SECRET)),
        RecoveryCodes(codes).validate_code(code),
    )


def test_nothing_in_the_database_gives_a_code(factors):
    kept = json.dumps([*factors.values_list("data", flat=True)])

    assert SECRET not in kept
    assert kept.count("fernet$") == 2
    assert opens() == (True, True)


def test_what_was_written_in_clear_opens_and_is_sealed_by_the_migration(factors):
    migration = import_module("members.migrations.0013_seal_second_factors")
    codes = factors.get(type="recovery_codes")
    before = RecoveryCodes(codes).get_unused_codes()
    migration.unseal(apps, None)
    assert factors.get(type="totp").data == {"secret": SECRET}
    assert RecoveryCodes(factors.get(pk=codes.pk)).get_unused_codes() == before

    migration.seal(apps, None)

    assert "fernet$" in factors.get(type="totp").data["secret"]
    assert RecoveryCodes(factors.get(pk=codes.pk)).get_unused_codes() == before
    assert opens() == (True, True)


def test_a_change_of_key_keeps_nobody_out(factors, settings):
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = NEW, [FORMER]

    assert opens() == (True, True)


def test_a_command_ends_a_change_of_key(factors, settings, capsys):
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = NEW, [FORMER]

    call_command("seal_second_factors")

    settings.SECRET_KEY_FALLBACKS = []
    assert opens() == (True, True)
    assert "Seconds facteurs chiffrés\u00a0: 2." in capsys.readouterr().out


def test_without_its_key_no_code_is_right_and_nothing_is_overwritten(
    factors, settings, capsys
):
    kept = [*factors.order_by("pk").values_list("data", flat=True)]
    good = RecoveryCodes(factors.get(type="recovery_codes")).get_unused_codes()[0]
    settings.SECRET_KEY = NEW

    assert not TOTP(factors.get(type="totp")).validate_code(code_of(SECRET))
    codes = RecoveryCodes(factors.get(type="recovery_codes"))
    assert not codes.validate_code(good)
    call_command("seal_second_factors")

    assert [*factors.order_by("pk").values_list("data", flat=True)] == kept
    told = capsys.readouterr().err
    assert "Illisibles, faute de leur clé\u00a0: 2." in told
    assert "manage.py sign_in_code ADRESSE --forget-second-factors" in told
