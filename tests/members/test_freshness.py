"""Records kept true: what is asked, when, of whom, and what silence brings."""

import re

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from directory.models import Structure
from members import freshness
from members.freshness import Step
from members.models import FreshnessRequest, Mail
from tests.factories import (
    MembershipFactory,
    StructureFactory,
    UserFactory,
)
from tests.members.silence import MAILBOX, NOW, days_pass, link, steps, structure


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


# What is asked, and when


def test_a_record_confirmed_within_the_year_is_left_alone(db):
    structure(days=364)

    assert freshness.ask_all() == 0


def test_after_a_year_its_mailbox_is_asked_once(db):
    structure(days=366, name="Les Amis")

    assert freshness.ask_all() == 1
    assert freshness.ask_all() == 0
    mail = Mail.objects.get()
    assert mail.to == MAILBOX
    assert (
        mail.subject
        == "La fiche de «\u00a0Les Amis\u00a0» est-elle encore juste\u00a0?"
    )


def test_its_people_are_asked_rather_than_its_mailbox(db):
    found = structure(days=366)
    MembershipFactory(structure=found, user__email="zoe@essai.example")
    MembershipFactory(structure=found, user__email="ali@essai.example")
    MembershipFactory(structure=found, user=UserFactory(is_active=False))

    freshness.ask_all()

    asked = set(FreshnessRequest.objects.values_list("to", flat=True))
    assert asked == {"zoe@essai.example", "ali@essai.example"}


def test_who_answers_for_several_records_gets_one_mail_with_a_link_for_each(db):
    for name in ("Les Amis", "Les Voisins"):
        structure(days=366, name=name)

    assert freshness.ask_all() == 1

    text = Mail.objects.get().text
    assert "Les Amis" in text
    assert "Les Voisins" in text
    assert len(set(re.findall(r"/verification/\S+/", text))) == 2


def test_a_mailbox_is_not_written_to_twice_in_a_month(now, db):
    structure(days=366)
    freshness.ask_all()
    structure(days=366)

    days_pass(now, 29)
    before = Mail.objects.count()
    days_pass(now, 2)

    assert (before, Mail.objects.count()) == (1, 2)


@pytest.mark.parametrize(
    "fields",
    [
        {"publication": "brouillon"},
        {"life": "dissoute"},
        {"life": "en-veille"},
        {"email": ""},
    ],
)
def test_who_cannot_or_need_not_answer_is_not_asked(fields, db):
    found = structure(days=366)
    Structure.objects.filter(pk=found.pk).update(**fields)

    assert freshness.ask_all() == 0


def test_a_record_never_confirmed_is_asked_a_year_after_it_came(now, db):
    StructureFactory(published=True, email=MAILBOX)

    days_pass(now, 72, every=5)
    before = steps()
    days_pass(now, 1, every=5)

    assert (before, steps()) == ([], [Step.ASKED])


# What silence brings


def test_three_years_of_silence_step_by_step(now, db):
    found = structure(days=0)
    seen = []

    for day in range(5, 1_200, 5):
        days_pass(now, 1, every=5)
        found.refresh_from_db()
        state = (bool(found.public_email), found.life)
        if not seen or seen[-1][1] != state:
            seen.append((day, state))

    assert steps() == list(Step)
    assert seen == [
        (5, (True, "active")),
        (730, (False, "active")),
        (1095, (False, "en-veille")),
    ]


def test_nothing_happens_that_was_not_announced_a_month_before(now, db):
    found = structure(days=5 * 365)
    freshness.ask_all()

    found.refresh_from_db()
    first = (steps(), bool(found.public_email))
    days_pass(now, 31)
    found.refresh_from_db()

    assert first == ([Step.WARNED_OF_HIDING], True)
    assert steps() == [Step.WARNED_OF_HIDING, Step.HIDDEN]
    assert not found.public_email
    assert "ne sont plus affichés" in Mail.objects.latest("pk").text


def test_hidden_details_are_on_no_page(now, client, db):
    found = structure(days=3 * 365, countries=["ML"])
    addresses = [found.get_absolute_url(), "/pays/mali/fiche/", "/annuaire/"]
    before = "".join(client.get(address).text for address in addresses)
    freshness.ask_all()

    days_pass(now, 31)

    after = "".join(client.get(address).text for address in addresses)
    assert MAILBOX in before
    assert "04 91 00 00 00" in before
    assert MAILBOX not in after
    assert "04 91 00 00 00" not in after
    assert "Coordonnées masquées" in after


def test_one_confirmation_undoes_it_all(now, db):
    found = structure(days=3 * 365)
    days_pass(now, 25, every=5)
    found.refresh_from_db()
    asleep = found.life

    freshness.confirm(link().split("/")[-2])

    found.refresh_from_db()
    assert asleep == "en-veille"
    assert found.life == "active"
    assert found.public_email == MAILBOX
    assert found.verified_at == timezone.now()
    assert freshness.ask_all() == 0


def test_a_confirmation_by_the_staff_does_the_same(now, db):
    found = structure(days=3 * 365)
    days_pass(now, 25, every=5)

    Structure.objects.filter(pk=found.pk).mark_verified(by=UserFactory(staff=True))

    found.refresh_from_db()
    assert (found.life, found.public_email) == ("active", MAILBOX)


def test_a_sleep_that_the_staff_decided_is_not_undone(db):
    found = structure(days=10, life="en-veille")

    Structure.objects.filter(pk=found.pk).mark_verified(by=UserFactory(staff=True))

    found.refresh_from_db()
    assert found.life == "en-veille"


def test_a_member_confirms_from_the_space_and_the_links_are_answered(client, db):
    found = structure(days=366, name="Les Amis")
    person = MembershipFactory(structure=found).user
    freshness.ask_all()
    client.force_login(person)
    before = client.get("/mon-espace/").text

    page = client.post(reverse("members:confirm", args=[found.slug]), follow=True)

    found.refresh_from_db()
    assert "Personne n’a confirmé cette fiche" in before
    assert "Les Amis\u00a0» est vérifiée à la date d’aujourd’hui" in page.text
    assert "Personne n’a confirmé cette fiche" not in page.text
    assert found.verified_by == person
    assert "C’est déjà fait" in client.get(link()).text


def test_a_stranger_confirms_nothing(client, db):
    found = structure(days=366)
    client.force_login(UserFactory())

    response = client.post(reverse("members:confirm", args=[found.slug]))

    assert response.status_code == 404


def test_a_year_after_a_confirmation_it_begins_again(now, db):
    structure(days=366)
    freshness.ask_all()
    freshness.confirm(link().split("/")[-2])

    days_pass(now, 74, every=5)

    assert steps() == [Step.ASKED, Step.ASKED]
