"""What is published before the staff read it, and how it is taken off."""

import pytest

from directory.models import Structure
from members import moderation
from members.models import Proposal, ReviewPolicy, State
from members.proposals import applying
from tests.factories import StructureFactory
from tests.members.proposing import decide, draft, now, png, submitted


def at_once(*groups):
    for group in groups:
        ReviewPolicy.objects.create(group=group, mode="apres")


def test_a_group_may_be_published_at_once(member, staff, owned_structure):
    at_once("structure.coordonnees")

    proposal = submitted(member, owned_structure, city="Arles")

    assert now(owned_structure).city == "Arles"
    assert proposal.state == State.ACCEPTED
    assert [*Proposal.objects.to_reread()] == [proposal]
    moderation.reread(proposal=proposal, by=staff)
    assert not Proposal.objects.to_reread().exists()


def test_what_its_author_may_no_longer_write_waits_for_the_staff(
    member, owned_structure
):
    at_once("structure.coordonnees")
    written = draft(member, owned_structure, city="Arles")
    survivor = StructureFactory(published=True, city="Nice")
    Structure.objects.filter(pk=owned_structure.pk).update(merged_into=survivor)

    sent = moderation.submit(proposal=written, author=member)

    survivor.refresh_from_db()
    assert survivor.city == "Nice"
    assert sent.state != State.ACCEPTED


def test_the_other_groups_still_wait(member, staff, owned_structure):
    at_once("structure.coordonnees")

    proposal = submitted(member, owned_structure, city="Arles", name="Nom")

    assert now(owned_structure).city == "Arles"
    assert now(owned_structure).name == "La structure tenue"
    assert proposal.state == State.SUBMITTED
    decide(proposal, staff)
    assert now(owned_structure).name == "Nom"
    assert now(proposal).state == State.ACCEPTED


def test_what_was_published_at_once_is_undone(member, staff, owned_structure):
    at_once("structure.coordonnees")
    proposal = submitted(member, owned_structure, city="Arles")

    moderation.undo(proposal=proposal, by=staff, reason="Ce n’est pas là")

    assert now(owned_structure).city == ""
    assert now(proposal).state == State.RETURNED
    again = moderation.resume(proposal=proposal, author=member)
    assert again.values["city"] == ["Arles"]


def test_it_is_not_undone_once_it_changed_since(member, staff, owned_structure):
    at_once("structure.coordonnees")
    proposal = submitted(member, owned_structure, city="Arles")
    Structure.objects.filter(pk=owned_structure.pk).update(city="Nice")

    with pytest.raises(applying.Refused):
        moderation.undo(proposal=proposal, by=staff, reason="Non")

    assert now(owned_structure).city == "Nice"


def test_a_picture_is_never_published_at_once(member, owned_structure):
    at_once("structure.presentation")

    proposal = submitted(
        member, owned_structure, files={"logo": png()}, logo_alt="Un logo"
    )

    assert "logo" not in proposal.at_once
    assert not now(owned_structure).logo


def test_a_new_row_published_at_once_is_taken_off(member, staff, owned_structure):
    at_once("contact.personne", "contact.prive")
    proposal = submitted(member, owned_structure, "contact", last_name="Inventée")
    assert owned_structure.contacts.count() == 1

    moderation.undo(proposal=proposal, by=staff, reason="Doublon")

    assert owned_structure.contacts.count() == 0
    assert now(proposal).state == State.RETURNED


def test_nothing_is_undone_in_a_row_that_is_gone(member, staff, owned_structure):
    at_once("structure.coordonnees")
    proposal = submitted(member, owned_structure, city="Arles")
    owned_structure.delete()

    with pytest.raises(applying.Refused):
        moderation.undo(proposal=proposal, by=staff, reason="")

    moderation.reread(proposal=proposal, by=staff)
