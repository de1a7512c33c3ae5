"""Who a structure names on its page: a representative who agreed, while it lasts."""

import datetime

import pytest

from tests.factories import ContactFactory, StructureFactory
from tests.pages import Page

URL = "/annuaire/les-amis-du-fleuve/"


@pytest.fixture
def structure(db):
    """A published structure with nothing but its name."""
    return StructureFactory(published=True, name="Les Amis du fleuve")


def test_the_representative_is_named_while_consent_runs(client, structure):
    ContactFactory(structure=structure, last_name="Inventée", consenting=True)

    page = Page(client.get(URL))

    assert "Représentant Mme Zélie Inventée (Chargée de mission)" in page.text


@pytest.mark.parametrize("consenting", [True, False])
def test_nobody_s_mail_or_phone_is_shown(client, structure, consenting):
    ContactFactory(
        structure=structure,
        consenting=consenting,
        email="zelie@prive.example",
        phone="06 00 00 00 01",
    )

    html = client.get(URL).content.decode()

    assert "zelie@prive.example" not in html
    assert "06 00 00 00 01" not in html


def test_without_consent_the_role_alone_is_shown(client, structure):
    ContactFactory(structure=structure, last_name="Inventée")

    text = Page(client.get(URL)).text

    assert "Représentant Chargée de mission" in text
    assert "Inventée" not in text


def test_consent_ends_with_its_last_day(client, structure, time_machine):
    ContactFactory(
        structure=structure,
        last_name="Inventée",
        consent_given_on=datetime.date(2024, 1, 1),
        consent_expires_on=datetime.date(2025, 1, 1),
    )

    time_machine.move_to(datetime.datetime(2025, 1, 1, 12, tzinfo=datetime.UTC))
    last_day = Page(client.get(URL)).text
    time_machine.move_to(datetime.datetime(2025, 1, 2, 12, tzinfo=datetime.UTC))
    next_day = Page(client.get(URL)).text

    assert "Inventée" in last_day
    assert "Inventée" not in next_day


def test_contacts_who_do_not_represent_are_not_shown(client, structure):
    ContactFactory(structure=structure, consenting=True, is_representative=False)

    assert "Inventée" not in client.get(URL).content.decode()


def test_a_representative_without_role_or_consent_is_left_out(client, structure):
    ContactFactory(structure=structure, role="")

    assert "Représentant" not in Page(client.get(URL)).text
