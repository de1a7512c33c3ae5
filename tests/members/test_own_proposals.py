"""Nobody of the staff decides alone of what they wrote, unless they are alone."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse

from members import moderation
from members.models import Proposal, ReviewPolicy, State
from members.proposals import refusals
from tests.conftest import signed_in
from tests.factories import MembershipFactory, UserFactory
from tests.members.proposing import decide, submitted


@pytest.fixture
def judge(staff, owned_structure):
    """A person of the staff who also answers for a structure."""
    MembershipFactory(user=staff, structure=owned_structure)
    return staff


def page_of(user, proposal):
    address = reverse("admin:members_proposal_change", args=[proposal.pk])
    return signed_in(user).get(address)


def colleague(way):
    """Somebody else who may decide: by every right, by a right, by that of a group."""
    right = Permission.objects.get(codename="change_proposal")
    if way == "superuser":
        return UserFactory(staff=True)
    user = UserFactory(is_staff=True)
    if way == "right":
        user.user_permissions.add(right)
    else:
        group = Group.objects.create(name="Relecture")
        group.permissions.add(right)
        user.groups.add(group)
    return user


@pytest.mark.parametrize("way", ["superuser", "right", "group"])
def test_a_colleague_decides_of_what_one_wrote(way, judge, owned_structure):
    other = colleague(way)
    proposal = submitted(judge, owned_structure, name="Nom proposé")

    with pytest.raises(refusals.OwnProposal):
        decide(proposal, judge)

    assert Proposal.objects.get().state == State.SUBMITTED
    assert decide(proposal, other).state == State.ACCEPTED


def test_the_only_one_who_may_decides_of_their_own(judge, owned_structure):
    UserFactory(is_staff=True)
    UserFactory(staff=True, is_active=False)
    proposal = submitted(judge, owned_structure, name="Nom proposé")

    assert "Enregistrer la décision" in page_of(judge, proposal).text
    assert decide(proposal, judge).state == State.ACCEPTED


def test_the_page_says_why_and_offers_nothing_to_decide(judge, owned_structure):
    UserFactory(staff=True)
    proposal = submitted(judge, owned_structure, name="Nom proposé")

    text = page_of(judge, proposal).text

    assert "Vous avez écrit cette proposition" in text
    assert "Nom proposé" in text
    assert "Enregistrer la décision" not in text


def test_what_one_published_at_once_is_read_by_another(judge, owned_structure):
    other = UserFactory(staff=True)
    ReviewPolicy.objects.create(group="structure.coordonnees", mode="apres")
    proposal = submitted(judge, owned_structure, phone="04 11 11 11 11")
    assert proposal.is_to_reread

    for verb in (moderation.reread, moderation.undo):
        said = {"reason": "Non"} if verb is moderation.undo else {}
        with pytest.raises(refusals.OwnProposal):
            verb(proposal=proposal, by=judge, **said)

    moderation.reread(proposal=proposal, by=other)
    assert not Proposal.objects.to_reread().exists()
