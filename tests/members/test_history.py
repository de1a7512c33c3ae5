"""What the history says of the verbs of members, and forgets of people."""

import pytest
from django.urls import reverse

from directory.models import Contact, Structure, Trace
from members import consent, drift, freshness, moderation
from members.accounts import data
from members.models import Proposal
from tests.admin_forms import address
from tests.factories import (
    ArticleFactory,
    ContactFactory,
    FreshnessRequestFactory,
)
from tests.members.proposing import begin, decide, submitted
from tests.members.test_account import signed_in


def entries(client, row):
    response = client.get(address(type(row), "history", row.pk))
    return response.context["entries"].object_list


def test_an_accepted_proposal_names_both_people_and_what_was_amended(
    member, staff, staff_client, owned_structure
):
    proposal = submitted(member, owned_structure, city="Nice", acronym="LST")
    decide(proposal, staff, acronym="LS")

    entry = entries(staff_client, owned_structure)[0]

    assert entry.people == [
        ("proposé par", str(member)),
        ("accepté par", str(staff)),
    ]
    assert entry.why == "proposition acceptée"
    assert entry.address == reverse("admin:members_proposal_change", args=[proposal.pk])
    assert entry.amended == "sigle"
    assert staff_client.get(entry.address).status_code == 200
    assert {line.label for part in entry.parts for line in part.lines} == {
        "Ville",
        "Sigle",
    }


def test_what_is_refused_leaves_nothing(member, staff, owned_structure):
    proposal = submitted(member, owned_structure, city="Nice")
    before = Trace.objects.count()

    decide(proposal, staff, city=...)

    assert Trace.objects.count() == before


def test_a_contact_removed_on_a_proposal_is_told_without_its_name(
    member, staff, staff_client, owned_structure
):
    contact = ContactFactory(structure=owned_structure, last_name="Inventée")
    page = begin(member, owned_structure, "contact", contact)
    proposal = moderation.propose_removal(
        start=page.start, author=member, reason="Elle est partie"
    )
    decide(proposal, staff)

    entry = entries(staff_client, owned_structure)[0]

    assert [part.title for part in entry.parts] == ["Contact\u00a0: effacé"]
    assert "Inventée" not in str(entry)


def test_a_confirmation_by_link_is_told(staff_client, owned_structure):
    request = FreshnessRequestFactory(structure=owned_structure)
    token = freshness.path(request).rstrip("/").rsplit("/", 1)[1]

    freshness.confirm(token)

    entry = entries(staff_client, owned_structure)[0]
    assert (entry.why, entry.people) == ("fiche confirmée", [])


def test_a_suggestion_tells_who_accepted_it(staff, staff_client, owned_structure):
    ArticleFactory(published=True, countries=["AM"], structures=[owned_structure])

    drift.accept(structure=owned_structure, key="pays:AM", by=staff)

    entry = entries(staff_client, owned_structure)[0]
    assert entry.why == "suggestion acceptée"
    assert entry.people == [("par", str(staff))]
    assert entry.parts[0].lines[0].diff.added == ["Arménie"]


# People are forgotten


@pytest.fixture
def person(owned_structure):
    return ContactFactory(
        structure=owned_structure,
        first_name="Zélie",
        last_name="Inventée",
        email="z@essai.example",
        is_representative=True,
    )


def remembered():
    return str([(one.before, one.after, one.why) for one in Trace.objects.all()])


def token(person, purpose=consent.TAKE_BACK):
    return consent.path(person, purpose).rstrip("/").rsplit("/", 1)[1]


def test_a_consent_taken_back_cleans_the_history(person):
    Contact.objects.filter(pk=person.pk).update(phone="+33 4 00 00 00 01")
    consent.agree(token(person, consent.ASK))

    consent.take_back(token(person), consent.TAKE_BACK)

    for private in ("Zélie", "Inventée", "z@essai", "+33 4"):
        assert private not in remembered()
    assert Contact.objects.get().last_name == "Inventée"
    assert Trace.objects.latest("pk").why["reason"] == "accord-retire"


def test_a_person_erased_is_nowhere_in_the_history(person):
    consent.erase(token(person), consent.TAKE_BACK)

    for private in ("Zélie", "Inventée", "z@essai"):
        assert private not in remembered()


def test_an_account_that_is_deleted_leaves_no_name(
    staff, staff_client, owner, owned_structure
):
    decide(submitted(owner, owned_structure, city="Nice"), staff)
    email, name = owner.email, str(owner)

    data.delete(user=owner)

    entry = entries(staff_client, owned_structure)[0]
    assert entry.people[0] == ("proposé par", "un compte fermé")
    assert email not in remembered()
    assert name not in remembered()
    assert Structure.objects.get().city == "Nice"


def test_people_take_away_what_they_changed(staff, owner, owned_structure):
    decide(submitted(owner, owned_structure, city="Nice"), staff)

    told = signed_in(owner).get("/mon-espace/compte/donnees/").json()

    (change,) = told["modifications"]
    assert change["fiche"] == f"structure n° {owned_structure.pk}"
    assert Proposal.objects.get().author == owner
