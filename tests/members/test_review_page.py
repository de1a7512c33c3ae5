"""The page where the staff read a proposal and decide."""

import datetime

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from directory.models import Structure
from members import moderation
from members.models import Proposal, ReviewPolicy, State
from tests.conftest import signed_in
from tests.factories import (
    ContactFactory,
    NetworkFactory,
    ProposalFactory,
    StructureFactory,
    UserFactory,
)
from tests.members.proposing import begin, png, submitted

LIST = "admin:members_proposal_changelist"


def address(proposal):
    return reverse("admin:members_proposal_change", args=[proposal.pk])


def version(proposal):
    return Proposal.objects.get(pk=proposal.pk).version


def structure_now():
    return Structure.objects.get(name_key__contains="tenue")


@pytest.fixture
def rich(member, owned_structure):
    """A proposal that changes a field of every kind."""
    NetworkFactory(regions=["93"])
    Structure.objects.filter(pk=owned_structure.pk).update(commune_id="13001")
    owned_structure.countries.set([1, 2, 3])
    return submitted(
        member,
        owned_structure,
        files={"logo": png()},
        logo_alt="Un fleuve",
        name="La structure tenue bien",
        acronym="LST",
        type="2",
        commune="Arles (13)",
        description="Une présentation. " * 200,
        countries=["2", "3", "4"],
        sectors=["1"],
        goals=["4", "6"],
        social_links="https://reseau.example/lst",
        phone="04 11 11 11 11",
        founded_in="1987",
    )


def test_the_page_costs_under_fifteen_queries(staff_client, owner, rich):
    submitted(owner, rich.structure, name="Encore un nom")
    staff_client.get(address(rich))  # content types enter their cache

    with CaptureQueriesContext(connection) as queries:
        response = staff_client.get(address(rich))

    assert len(response.context["review"].lines) == 13
    assert len(queries) < 15, "\n".join(q["sql"][:150] for q in queries)


def test_each_change_is_shown_with_its_words(staff_client, rich):
    text = staff_client.get(address(rich)).text

    assert "Enregistrer la décision" in text
    assert "<ins>" in text
    assert "1987" in text
    assert "L’image proposée" in text


def test_staff_accept_amend_and_return_on_one_page(staff_client, rich):
    review = staff_client.get(address(rich)).context["review"]
    choices = {f"decision-{line.name}": "acceptee" for line in review.lines}

    response = staff_client.post(
        address(rich),
        {
            **choices,
            "decision-acronym": "amendee",
            "retouche-acronym": "L.S.T.",
            "decision-phone": "renvoyee",
            "reason-phone": "Numéro privé ?",
            "_version": version(rich),
        },
    )

    assert response.url == reverse(LIST)
    row = structure_now()
    assert (row.acronym, row.phone, row.city) == ("L.S.T.", "", "")
    assert row.commune.label == "Arles"
    assert {c.pk for c in row.countries.all()} == {2, 3, 4}
    assert row.logo
    told = Proposal.objects.get(pk=rich.pk)
    assert told.state == State.PARTLY
    assert told.decisions["phone"]["reason"] == "Numéro privé ?"


def test_lists_are_amended_by_ticking(staff_client, member, owned_structure):
    proposal = submitted(member, owned_structure, countries=["2", "3"])

    staff_client.post(
        address(proposal),
        {
            "decision-countries": "amendee",
            "retouche-countries": ["3", "5"],
            "_version": version(proposal),
        },
    )

    assert {c.pk for c in structure_now().countries.all()} == {3, 5}


def test_everything_is_accepted_in_one_go(staff_client, rich):
    staff_client.post(address(rich), {"_accept_all": "", "_version": version(rich)})

    assert Proposal.objects.get().state == State.ACCEPTED
    assert structure_now().name == "La structure tenue bien"


def test_errors_are_said_beside_the_field_and_choices_are_kept(staff_client, rich):
    choices = {
        f"decision-{line.name}": "acceptee"
        for line in staff_client.get(address(rich)).context["review"].lines
    }
    sent = {
        **choices,
        "decision-phone": "amendee",
        "retouche-phone": "pas un numéro",
        "decision-city": "acceptee",
        "reason": "Un mot pour tout",
        "_version": version(rich),
    }

    response = staff_client.post(address(rich), sent)

    (line,) = [one for one in response.context["review"].lines if one.errors]
    assert (line.name, line.chosen) == ("phone", "amendee")
    assert 'value="pas un numéro"' in response.text
    assert "Un mot pour tout" in response.text
    assert structure_now().name == "La structure tenue"


def test_returning_without_a_word_is_refused(staff_client, member, owned_structure):
    proposal = submitted(member, owned_structure, phone="04 11 11 11 11")

    response = staff_client.post(
        address(proposal),
        {"decision-phone": "renvoyee", "_version": version(proposal)},
    )

    assert "Donnez le motif" in response.text
    assert Proposal.objects.get().state == State.SUBMITTED


def test_the_second_to_decide_is_told_who_was_first(
    staff_client, staff, member, owned_structure
):
    proposal = submitted(member, owned_structure, phone="04 11 11 11 11")
    sent = {"_accept_all": "", "_version": version(proposal)}
    staff_client.post(address(proposal), sent)

    late = signed_in(UserFactory(staff=True)).post(address(proposal), sent, follow=True)

    assert f"Déjà décidée par {staff}" in late.text


def test_a_change_made_meanwhile_is_seen_three_ways(
    staff_client, member, owned_structure
):
    proposal = submitted(member, owned_structure, phone="04 11 11 11 11")
    Structure.objects.filter(pk=owned_structure.pk).update(phone="04 22 22 22 22")

    response = staff_client.get(address(proposal))

    (line,) = response.context["review"].lines
    assert line.meanwhile.after == "04 22 22 22 22"
    assert line.diff.before == "04 22 22 22 22"
    assert line.chosen == ""
    assert "Changé entre-temps" in response.text


def test_two_proposals_on_one_field_lead_to_each_other(
    staff_client, member, owner, owned_structure
):
    one = submitted(member, owned_structure, phone="04 11 11 11 11")
    other = submitted(owner, owned_structure, phone="04 22 22 22 22", city="Arles")

    pages = [staff_client.get(address(p)).text for p in (one, other)]

    assert address(other) in pages[0]
    assert address(one) in pages[1]
    assert pages[1].count("Autre proposition sur ce champ") == 1


def test_a_removal_is_decided(staff_client, member, owned_structure):
    contact = ContactFactory(structure=owned_structure)
    page = begin(member, owned_structure, "contact", contact)
    proposal = moderation.propose_removal(
        start=page.start, author=member, reason="Elle est partie"
    )
    assert "Elle est partie" in staff_client.get(address(proposal)).text

    staff_client.post(
        address(proposal), {"decision-": "acceptee", "_version": version(proposal)}
    )

    assert not owned_structure.contacts.exists()


def test_what_is_in_public_is_undone_in_one_click(
    staff_client, member, owned_structure
):
    ReviewPolicy.objects.create(group="structure.coordonnees", mode="apres")
    proposal = submitted(member, owned_structure, phone="04 11 11 11 11")
    assert "à relire" in staff_client.get(reverse(LIST)).text

    staff_client.post(address(proposal), {"_undo": ""})

    assert structure_now().phone == ""
    told = Proposal.objects.get()
    assert told.state == State.RETURNED
    assert told.reason == "Annulé par l’équipe à la relecture."


def test_what_is_in_public_is_read_again(staff_client, member, owned_structure):
    ReviewPolicy.objects.create(group="structure.coordonnees", mode="apres")
    proposal = submitted(member, owned_structure, phone="04 11 11 11 11")

    staff_client.post(address(proposal), {"_reread": ""})

    assert structure_now().phone == "04 11 11 11 11"
    assert not Proposal.objects.to_reread().exists()


def test_the_queue_shows_what_waits_and_not_the_drafts(staff_client):
    ProposalFactory(structure_name="Elle attend")
    ProposalFactory(structure_name="Elle écrit", state="brouillon")
    ProposalFactory(structure_name="Elle a repris", state="retiree")

    waiting = staff_client.get(reverse(LIST)).text
    every = staff_client.get(reverse(LIST), {"etat": "toutes"}).text

    assert "Elle attend" in waiting
    assert "Elle a repris" not in waiting
    assert "Elle a repris" in every
    assert "Elle écrit" not in every


def test_the_queue_is_filtered_by_age(staff_client):
    now = datetime.datetime.now(tz=datetime.UTC)
    ProposalFactory(structure_name="Ancienne", submitted_at=now - 9 * DAY)
    ProposalFactory(structure_name="Récente", submitted_at=now)

    text = staff_client.get(reverse(LIST), {"age": "7"}).text

    assert "Ancienne" in text
    assert "Récente" not in text


DAY = datetime.timedelta(days=1)


def test_who_may_only_look_decides_nothing(client, member, owned_structure):
    proposal = submitted(member, owned_structure, phone="04 11 11 11 11")
    reader = UserFactory(is_staff=True)
    reader.user_permissions.add(Permission.objects.get(codename="view_proposal"))
    client.force_login(reader)

    page = client.get(address(proposal))
    sent = {"_accept_all": "", "_version": version(proposal)}

    assert "Enregistrer la décision" not in page.text
    assert client.post(address(proposal), sent).status_code == 403
    assert structure_now().phone == ""


def test_a_proposal_whose_record_is_gone_is_read(staff_client, member, owned_structure):
    proposal = submitted(member, owned_structure, description="Un texte tapé")
    owned_structure.delete()

    text = staff_client.get(address(proposal)).text

    assert "Dépassée" in text
    assert "Un texte tapé" in text


def test_a_merged_record_is_followed_on_the_page(staff_client, member, owned_structure):
    proposal = submitted(member, owned_structure, phone="04 11 11 11 11")
    survivor = StructureFactory(published=True, name="Celle qui reste")
    Structure.objects.filter(pk=owned_structure.pk).update(merged_into=survivor)

    assert "Celle qui reste" in staff_client.get(address(proposal)).text
