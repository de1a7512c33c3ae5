"""The staff’s pages of contacts."""

import datetime

from django.utils import timezone

from directory.models import Contact
from tests.admin_forms import errors, listed, save
from tests.factories import ContactFactory


def found(client, **query):
    return set(listed(client, Contact, **query))


def test_contacts_are_found_by_name_or_structure_without_accents(staff_client):
    contact = ContactFactory(last_name="Théâtre", structure__name="École bleue")
    ContactFactory()

    assert found(staff_client, q="theatre") == {contact}
    assert found(staff_client, q="ecole") == {contact}


def test_contacts_are_filtered_by_what_they_agreed_to(staff_client):
    today = timezone.localdate()
    dates = {"en-cours": 300, "expire-bientot": 30, "expire": -1}
    rows = {
        value: ContactFactory(
            consent_given_on=today - datetime.timedelta(days=100),
            consent_expires_on=today + datetime.timedelta(days=days),
        )
        for value, days in dates.items()
    }
    never = ContactFactory()

    running = {rows["en-cours"], rows["expire-bientot"]}
    assert found(staff_client, accord="en-cours") == running
    assert found(staff_client, accord="expire-bientot") == {rows["expire-bientot"]}
    assert found(staff_client, accord="expire") == {rows["expire"]}
    assert found(staff_client, accord="jamais") == {never}


def test_a_second_representative_is_refused_on_the_page_of_a_contact(staff_client):
    first = ContactFactory()
    second = ContactFactory(structure=first.structure, is_representative=False)

    response = save(staff_client, second, {"is_representative": "on"})

    assert errors(response) == ["La structure a déjà un représentant."]
