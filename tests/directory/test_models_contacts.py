"""People are named in public only as they agreed to."""

import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone

from directory.models import Contact
from tests.factories import ContactFactory

TODAY = datetime.date(2026, 6, 15)
YESTERDAY = TODAY - datetime.timedelta(days=1)
TOMORROW = TODAY + datetime.timedelta(days=1)
NOON = datetime.datetime(2026, 6, 15, 12, 0, tzinfo=ZoneInfo("Europe/Paris"))


@pytest.mark.parametrize(
    ("given", "ends", "named"),
    [
        (None, None, False),
        (TODAY, TODAY, True),
        (YESTERDAY, TOMORROW, True),
        (TOMORROW, TOMORROW, False),
        (YESTERDAY, YESTERDAY, False),
    ],
)
@time_machine.travel(NOON, tick=False)
def test_a_person_is_named_in_public_only_while_a_consent_runs(given, ends, named, db):
    contact = ContactFactory(
        last_name="Inventée",
        role="Présidente",
        consent_given_on=given,
        consent_expires_on=ends,
    )

    expected = "Mme Zélie Inventée (Présidente)" if named else "Présidente"
    assert contact.public_label == expected
    assert Contact.objects.consenting().exists() is named


def test_a_person_without_a_role_is_named_alone_or_not_at_all():
    dates = {
        "consent_given_on": datetime.date(2020, 1, 1),
        "consent_expires_on": datetime.date(2099, 1, 1),
    }

    assert Contact(last_name="Inventé", **dates).public_label == "Inventé"
    assert Contact(last_name="Inventé").public_label == ""


def test_half_a_consent_names_nobody():
    alone = Contact(last_name="Inventé", consent_given_on=datetime.date(2020, 1, 1))

    assert not alone.is_named_on(datetime.date(2020, 6, 1))


def test_representatives_are_told_from_the_other_contacts(db):
    first = ContactFactory()
    ContactFactory(structure=first.structure, is_representative=False)

    assert list(Contact.objects.representatives()) == [first]


def test_consents_about_to_end_are_found(db):
    today = timezone.localdate()
    for days in (-1, 0, 59, 60, 61):
        ContactFactory(
            consent_given_on=today - datetime.timedelta(days=100),
            consent_expires_on=today + datetime.timedelta(days=days),
        )

    ending = Contact.objects.consent_ends_within(days=60)

    left = sorted((row.consent_expires_on - today).days for row in ending)
    assert left == [0, 59]
    assert Contact.objects.consent_ended().count() == 1
