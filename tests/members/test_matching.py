"""Who sees which calls fit: those who hold the structure, and the staff."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import CallFactory, MembershipFactory, StructureFactory
from tests.pages import Page

CALLS, OWN = "Appels à projets qui correspondent", "Cet appel et vos structures"
MEMBERS = "Adhérents qui correspondent"


@pytest.fixture
def call(db):
    return CallFactory(
        published=True, title="De l’eau", slug="eau", eligible_types=["commune"]
    )


def words(response):
    return " ".join(response.text.split())


def test_a_structure_shows_its_calls_to_those_who_hold_it_and_to_the_staff(
    client, member_client, owner_client, staff_client, owned_structure, call
):
    address = owned_structure.get_absolute_url()

    for person in (member_client, owner_client, staff_client):
        assert CALLS in person.get(address).text
    assert CALLS not in client.get(address).text


def test_nobody_else_sees_them(client, owned_structure, call):
    client.force_login(MembershipFactory(structure__published=True).user)

    assert CALLS not in client.get(owned_structure.get_absolute_url()).text


def test_why_a_call_fits_or_not_is_said_in_words(member_client, owned_structure, call):
    page = Page(member_client.get(owned_structure.get_absolute_url()))

    assert "Type : non renseigné ? à vérifier" in page.text
    assert "Échéance : appel permanent ✓ convient" in page.text


def test_a_call_that_fails_a_criterion_is_apart(member_client, owned_structure):
    CallFactory(published=True, title="Ailleurs", slug="ailleurs", countries=["SN"])
    mali = StructureFactory(countries=["ML"]).countries.get()
    owned_structure.countries.add(mali)

    html = words(member_client.get(owned_structure.get_absolute_url()))

    assert "Aucun des appels en cours ne correspond." in html
    assert "1 appel qui ne correspond pas" in html
    assert 'Mali <span class="match__sign" aria-hidden="true">✗</span>' in html
    assert "hors liste" in html


def test_a_call_shows_a_person_her_structures_and_the_staff_the_members(
    client, member_client, staff_client, owned_structure, call
):
    StructureFactory(published=True, member=True, name="Une autre")
    StructureFactory(published=True, name="Pas adhérente")
    address = call.get_absolute_url()

    hers, theirs = member_client.get(address).text, staff_client.get(address).text

    assert OWN in hers
    assert owned_structure.name in hers
    assert "Une autre" not in hers
    assert MEMBERS in theirs
    assert "Une autre" in theirs
    assert "Pas adhérente" not in theirs
    for heading in (OWN, MEMBERS):
        assert heading not in client.get(address).text


def test_a_closed_call_is_held_against_nobody(member_client, call, time_machine):
    closed = CallFactory(
        published=True, opens_at="2024-01-01T00:00Z", closes_at="2024-02-01T00:00Z"
    )

    assert OWN not in member_client.get(closed.get_absolute_url()).text


def test_a_draft_is_held_against_nobody(member_client, owned_structure):
    CallFactory(title="Brouillon")

    assert CALLS not in member_client.get(owned_structure.get_absolute_url()).text


@pytest.mark.parametrize("page", ["structure", "call"])
def test_it_costs_the_same_whatever_the_rows(staff_client, owned_structure, call, page):
    rows = {"structure": owned_structure, "call": call}
    address = rows[page].get_absolute_url()

    def cost():
        with CaptureQueriesContext(connection) as queries:
            staff_client.get(address)
        return len(queries)

    cost()
    few = cost()
    CallFactory.create_batch(4, published=True, countries=["ML"], sectors=["sante"])
    for _n in range(4):
        StructureFactory(published=True, member=True, countries=["ML"])

    cost()
    assert cost() <= few
