"""To be named in public: asked, given by the person, ended by itself, taken back."""

import datetime
import json

import pytest
import time_machine
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from directory.models import Contact, Structure
from members import consent
from members.models import Mail, Proposal
from tests.admin_forms import act
from tests.factories import ContactFactory, MailFactory, StructureFactory
from tests.members.proposing import decide, submitted
from tests.pages import Page

NAME, DAY = "Mme Zélie Inventée", datetime.timedelta(days=1)


@pytest.fixture
def person(db):
    return ContactFactory(
        structure=StructureFactory(published=True, name="Les Amis"),
        honorific="Mme",
        first_name="Zélie",
        last_name="Inventée",
        role="Présidente",
        email="Zelie@essai.example",
        is_representative=True,
        consent_given_on=None,
        consent_expires_on=None,
    )


def link(person, purpose=consent.ASK):
    return consent.path(person, purpose)


def public(client, person):
    return client.get(person.structure.get_absolute_url()).text


def test_the_staff_ask_by_mail_and_nothing_is_public_yet(client, staff_client, person):
    act(staff_client, "ask_consent", person)

    mail = Mail.objects.get()
    assert mail.to == person.email
    assert "Les Amis" in mail.subject
    assert link(person).split("/")[2] in mail.text
    assert "Zélie" not in public(client, person)


def test_who_has_no_address_is_not_asked_and_the_staff_are_told(staff_client, person):
    Contact.objects.update(email="")
    person.refresh_from_db()

    response = act(staff_client, "ask_consent", person)

    told = [str(message) for message in response.context["messages"]]
    assert told == [f"Sans adresse électronique\u00a0: {NAME}."]
    assert not Mail.objects.exists()


def test_to_look_changes_nothing_and_shows_what_would_be_public(client, person):
    page = Page(client.get(link(person)))

    assert NAME in page.text
    assert "Présidente" in page.text
    assert "Zélie" not in public(client, person)
    assert not client.cookies


def test_who_accepts_is_named_and_gets_the_way_back(client, person):
    before = public(client, person)

    page = Page(client.post(link(person), {"accepter": ""}))

    person.refresh_from_db()
    assert "vous nomme, jusqu’au" in page.text
    assert NAME not in before
    assert NAME in public(client, person)
    assert person.consent_expires_on == timezone.localdate() + consent.RUNS
    assert "/mon-espace/accord/fin/" in Mail.objects.get().text


def test_who_takes_it_back_is_named_no_more(client, person):
    client.post(link(person), {"accepter": ""})

    page = Page(client.post(link(person, consent.TAKE_BACK), {"retirer": ""}))

    assert "n’est pas publié" in page.text
    assert NAME not in public(client, person)
    assert "Présidente" in public(client, person)


def test_the_way_back_serves_for_ever_and_gives_nothing(client, person):
    path = link(person, consent.TAKE_BACK)

    with time_machine.travel(timezone.now() + 4_000 * DAY, tick=False):
        client.post(path, {"accepter": ""})
        person.refresh_from_db()
        given = person.consent_given_on
        response = client.post(path, {"retirer": ""})

    assert given is None
    assert "C’est fait" in Page(response).text


def test_an_old_request_is_no_agreement(client, person):
    path = link(person)

    with time_machine.travel(timezone.now() + 91 * DAY, tick=False):
        response = client.post(path, {"accepter": ""})

    person.refresh_from_db()
    assert response.status_code == 410
    assert person.consent_given_on is None


@pytest.mark.parametrize("change", [{"email": "autre@essai.example"}, None])
def test_a_contact_who_changed_since_is_not_bound_by_the_link(client, person, change):
    path = link(person)
    if change:
        Contact.objects.update(**change)
    else:
        person.delete()

    response = client.post(path, {"accepter": ""})

    assert response.status_code == 404
    assert not Contact.objects.filter(consent_given_on__isnull=False).exists()


@pytest.mark.parametrize("write", ["save", "update"])
def test_another_name_in_the_row_is_not_named(client, person, write):
    client.post(link(person), {"accepter": ""})
    person.refresh_from_db()

    if write == "save":
        person.last_name = "Remplaçante"
        person.save()
    else:
        Contact.objects.update(first_name="Hermine")

    person.refresh_from_db()
    assert person.consent_given_on is None
    assert "Remplaçante" not in public(client, person)
    assert "Hermine" not in public(client, person)


def test_a_name_put_right_is_the_same_person(client, person):
    client.post(link(person), {"accepter": ""})

    Contact.objects.update(first_name="ZELIE", role="Trésorière")

    person.refresh_from_db()
    assert person.consent_given_on is not None


def test_a_link_asks_the_person_it_was_written_to(client, person):
    path = link(person)
    Contact.objects.update(last_name="Remplaçante")

    assert client.post(path, {"accepter": ""}).status_code == 404


def test_a_link_of_another_kind_or_cut_is_refused(client, person):
    token = link(person, consent.TAKE_BACK).rsplit("/", 2)[1]

    for path in (f"/mon-espace/accord/{token}/", f"{link(person)[:-3]}/"):
        assert client.post(path, {"accepter": ""}).status_code == 404


def test_taking_back_cleans_the_history(client, staff, person):
    structure = ContentType.objects.get_for_model(Structure)
    changed = {"name": "contact", "object": NAME, "fields": ["fonction"]}
    told = json.dumps([{"changed": changed}])
    LogEntry.objects.create(
        user=staff,
        content_type=structure,
        object_id=person.structure_id,
        object_repr="Les Amis",
        action_flag=CHANGE,
        change_message=told,
    )
    LogEntry.objects.create(
        user=staff,
        content_type=ContentType.objects.get_for_model(Contact),
        object_id=person.pk,
        object_repr=NAME,
        action_flag=CHANGE,
        change_message="Zélie Inventée préside",
    )

    client.post(link(person), {"retirer": ""})

    written = [
        f"{entry.object_repr} {entry.get_change_message()} {entry.change_message}"
        for entry in LogEntry.objects.all()
    ]
    assert len(written) == 2
    assert "Zélie" not in "".join(written)
    assert "Z\\u00e9lie" not in "".join(written)


def test_taking_back_cleans_the_proposals_that_are_over(client, member, staff, db):
    structure = member.memberships.get().structure
    person = ContactFactory(
        structure=structure, last_name="Inventée", email="z@essai.example"
    )
    proposal = submitted(member, structure, "contact", person, role="Trésorière")
    decide(proposal, staff)

    client.post(link(Contact.objects.get(pk=person.pk)), {"retirer": ""})

    proposal.refresh_from_db()
    assert (proposal.base, proposal.values, proposal.past) == ({}, {}, [])
    assert "Inventée" not in proposal.label


def test_a_person_may_be_forgotten_altogether(client, person):
    client.post(link(person), {"accepter": ""})

    MailFactory(kind="proposition-acceptee", subject=f"Proposition pour {NAME}")
    page = Page(client.post(link(person, consent.TAKE_BACK), {"effacer": ""}))

    assert "n’êtes plus parmi les contacts" in page.text
    assert not Contact.objects.exists()
    assert not Mail.objects.exists()


def test_to_be_forgotten_takes_what_waits_and_what_was_kept_aside(client, member, db):
    structure = member.memberships.get().structure
    person = ContactFactory(structure=structure, email="z@essai.example")
    submitted(member, structure, "contact", person, role="Trésorière")

    client.post(link(Contact.objects.get(pk=person.pk)), {"effacer": ""})

    assert not Proposal.objects.exists()


def test_an_agreement_ends_by_itself_and_is_asked_again_a_month_before(client, person):
    with time_machine.travel("2026-11-02 07:40Z", tick=False) as clock:
        client.post(link(person), {"accepter": ""})
        clock.shift(consent.RUNS - 31 * DAY)
        early = consent.ask_again()
        clock.shift(3 * DAY)
        asked = consent.ask_again(), consent.ask_again()
        clock.shift(30 * DAY)
        text = public(client, person)

    assert (early, asked) == (0, (1, 0))
    assert NAME not in text


def test_nobody_is_asked_for_a_person_who_does_not_represent(person):
    Contact.objects.update(
        is_representative=False,
        consent_given_on=timezone.localdate(),
        consent_expires_on=timezone.localdate() + 5 * DAY,
    )

    assert consent.ask_again() == 0
