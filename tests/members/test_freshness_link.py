"""The yearly link: what it shows, what it answers, whom it does not serve."""

import pytest
import time_machine
from django.core import signing
from django.urls import reverse

from directory.models import Structure
from members import freshness
from members.models import Report
from tests.factories import (
    FreshnessRequestFactory,
    MembershipFactory,
    StructureFactory,
)
from tests.members.silence import DAY, MAILBOX, NOW, link, structure
from tests.pages import Page


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def asked(db):
    """The path of a link, and the structure that it is of."""
    found = structure(days=366, name="Les Amis", countries=["ML"])
    freshness.ask_all()
    return link(), found


def test_to_look_at_the_link_shows_the_record_and_changes_nothing(client, asked):
    path, found = asked

    page = Page(client.get(path))
    client.head(path)

    assert "Les Amis : tout est-il encore juste ?" in page.text
    assert "Mali" in page.text
    assert MAILBOX in page.text
    found.refresh_from_db()
    assert found.verified_at == NOW - 366 * DAY
    assert not client.cookies


def test_one_click_confirms_without_an_account(client, asked):
    path, found = asked

    page = Page(client.post(path, {"confirmer": ""}))

    found.refresh_from_db()
    assert "est vérifiée à la date d’aujourd’hui" in page.text
    assert found.verified_at == NOW
    assert found.verified_by is None


def test_who_is_signed_in_for_it_is_named_as_who_confirmed(
    member, member_client, asked
):
    path, found = asked
    MembershipFactory(user=member, structure=found)

    member_client.post(path, {"confirmer": ""})

    found.refresh_from_db()
    assert found.verified_by == member


def test_a_stranger_to_whom_the_link_was_passed_is_not_named(member_client, asked):
    path, found = asked

    member_client.post(path, {"confirmer": ""})

    found.refresh_from_db()
    assert found.verified_at == NOW
    assert found.verified_by is None


def test_what_has_changed_goes_to_the_staff_and_verifies_nothing(client, asked):
    path, found = asked

    page = Page(client.post(path, {"corriger": "", "text": "Nous avons déménagé."}))

    report = Report.objects.get()
    found.refresh_from_db()
    assert "entre les mains de l’équipe" in page.text
    assert (report.structure, report.text, report.is_own) == (
        found,
        "Nous avons déménagé.",
        True,
    )
    assert found.verified_at == NOW - 366 * DAY


def test_an_empty_correction_is_refused_on_the_field(client, asked):
    path, _ = asked

    response = client.post(path, {"corriger": "", "text": " "})

    assert "Ce champ est obligatoire" in response.text
    assert 'aria-invalid="true"' in response.text
    assert not Report.objects.exists()


def test_a_link_serves_once(client, asked):
    path, _ = asked
    client.post(path, {"confirmer": ""})

    again = client.post(path, {"corriger": "", "text": "Trop tard"})

    assert "C’est déjà fait" in Page(again).text
    assert not Report.objects.exists()


def test_one_answer_is_for_all_the_links_of_the_record(client, asked):
    path, found = asked
    other = FreshnessRequestFactory(structure=found)

    client.post(path, {"confirmer": ""})

    assert "C’est déjà fait" in Page(client.get(freshness.path(other))).text


def test_an_old_link_says_so(now, client, asked):
    path, found = asked
    now.shift(366 * DAY)

    response = client.post(path, {"confirmer": ""})

    found.refresh_from_db()
    assert response.status_code == 410
    assert "trop ancien" in Page(response).text
    assert found.verified_at == NOW - 366 * DAY


@pytest.mark.parametrize(
    "token",
    [
        "n-importe-quoi",
        signing.dumps(10**9, salt=freshness.SALT),
        signing.dumps(1, salt="autre-usage"),
    ],
    ids=["words", "no such request", "another use"],
)
def test_a_link_that_was_not_made_here_leads_nowhere(token, client, db):
    FreshnessRequestFactory(pk=1)
    path = reverse("members:freshness", args=[token])

    for response in (client.get(path), client.post(path, {"confirmer": ""})):
        assert response.status_code == 404
        assert "ne mène à aucune fiche" in Page(response).text


def test_a_link_cut_by_a_letter_leads_nowhere(client, asked):
    path, found = asked

    response = client.post(f"{path[:-2]}/", {"confirmer": ""})

    found.refresh_from_db()
    assert response.status_code == 404
    assert found.verified_at == NOW - 366 * DAY


def test_a_record_withdrawn_since_is_not_shown(client, asked):
    path, found = asked
    Structure.objects.filter(pk=found.pk).archive()

    response = client.get(path)

    assert response.status_code == 404
    assert "Les Amis" not in response.text


def test_the_light_says_what_the_filter_says(db):
    for days in (0, 200, 364, 366, 600, 729, 731, 2_000):
        structure(days=days)
    StructureFactory(published=True)

    for row in Structure.objects.all():
        same = Structure.objects.of_freshness(row.freshness)
        assert row in same
