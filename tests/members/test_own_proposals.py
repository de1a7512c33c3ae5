"""Nobody of the staff decides alone of what they wrote, unless they are alone."""

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.models import Group, Permission
from django.urls import reverse

from members import moderation
from members.models import Proposal, ReviewPolicy, State
from members.proposals import refusals
from members.proposals.authority import may_decide
from tests.conftest import signed_in
from tests.factories import MembershipFactory, UserFactory
from tests.members.application import SECRET
from tests.members.proposing import decide, submitted


@pytest.fixture
def judge(staff, owned_structure):
    """A person of the staff who also answers for a structure."""
    MembershipFactory(user=staff, structure=owned_structure)
    return staff


def page_of(user, proposal):
    address = reverse("admin:members_proposal_change", args=[proposal.pk])
    return signed_in(user).get(address)


def colleague(way="superuser"):
    """Somebody else who may decide: by every right, by a right, by that of a group."""
    right = Permission.objects.get(codename="change_proposal")
    user = UserFactory(is_staff=True, is_superuser=way == "superuser")
    TOTP.activate(user, SECRET)
    if way == "right":
        user.user_permissions.add(right)
    elif way == "group":
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
    closed = colleague()
    closed.is_active = False
    closed.save()
    proposal = submitted(judge, owned_structure, name="Nom proposé")

    assert "Enregistrer la décision" in page_of(judge, proposal).text
    assert decide(proposal, judge).state == State.ACCEPTED


def test_who_has_no_second_factor_decides_of_nothing(judge, owned_structure):
    UserFactory(staff=True)
    proposal = submitted(judge, owned_structure, name="Nom proposé")

    assert decide(proposal, judge).state == State.ACCEPTED


@pytest.mark.parametrize("is_demonstration", [True, False])
def test_the_demonstration_asks_no_second_factor(
    is_demonstration, judge, owned_structure, settings
):
    settings.DEMO = is_demonstration
    UserFactory(staff=True, email="relectrice@demo.example")
    proposal = submitted(judge, owned_structure, name="Nom proposé")

    assert may_decide(judge, proposal) is not is_demonstration


def test_the_page_says_why_and_offers_nothing_to_decide(judge, owned_structure):
    colleague()
    proposal = submitted(judge, owned_structure, name="Nom proposé")

    text = page_of(judge, proposal).text

    assert "Vous avez écrit cette proposition" in text
    assert "Nom proposé" in text
    assert "Enregistrer la décision" not in text


def test_what_one_published_at_once_is_read_by_another(judge, owned_structure):
    other = colleague()
    ReviewPolicy.objects.create(group="structure.coordonnees", mode="apres")
    proposal = submitted(judge, owned_structure, phone="04 11 11 11 11")
    assert proposal.is_to_reread

    for verb in (moderation.reread, moderation.undo):
        said = {"reason": "Non"} if verb is moderation.undo else {}
        with pytest.raises(refusals.OwnProposal):
            verb(proposal=proposal, by=judge, **said)

    moderation.reread(proposal=proposal, by=other)
    assert not Proposal.objects.to_reread().exists()
