"""Who answers for a structure: roles change, people leave, an owner always stays."""

import pytest
from django.urls import reverse

from members.models import Invitation, Membership, Ownerless
from members.teams import invitations, memberships
from tests.conftest import signed_in
from tests.factories import (
    InvitationFactory,
    MembershipFactory,
    StructureFactory,
    UserFactory,
)
from tests.members.concurrency import at_once

OWNER, EDITOR = Membership.Role.OWNER, Membership.Role.EDITOR


@pytest.fixture
def structure(db):
    return StructureFactory(published=True, name="Les Amis")


@pytest.fixture
def first(structure):
    return MembershipFactory(owner=True, structure=structure)


@pytest.fixture
def second(structure):
    return MembershipFactory(owner=True, structure=structure)


@pytest.fixture
def editor(structure):
    return MembershipFactory(structure=structure)


def role(membership):
    return Membership.objects.get(pk=membership.pk).role


def test_a_person_joins_once(structure):
    user = UserFactory()

    for _ in range(2):
        memberships.join(user=user, structure=structure, role=EDITOR)

    assert Membership.objects.get().role == EDITOR


@pytest.mark.parametrize(
    ("held", "offered", "kept"),
    [(OWNER, EDITOR, OWNER), (EDITOR, OWNER, OWNER), (EDITOR, EDITOR, EDITOR)],
)
def test_joining_again_takes_nothing_away(held, offered, kept, structure):
    membership = MembershipFactory(structure=structure, role=held)

    memberships.join(user=membership.user, structure=structure, role=offered)

    assert role(membership) == kept


def test_a_person_whose_role_changes_is_told(first, editor, letters):
    memberships.change_role(membership=editor, role=OWNER, by=first.user)

    assert role(editor) == OWNER
    (letter,) = letters()
    assert letter.to == [editor.user.email]
    assert (
        "vous a fait propriétaire de la fiche de «\u00a0Les Amis\u00a0»" in letter.body
    )


def test_the_same_role_is_no_news(first, editor, letters):
    memberships.change_role(membership=editor, role=EDITOR, by=first.user)

    assert letters() == []


def test_a_person_who_is_removed_is_told(first, editor, letters):
    memberships.remove(membership=editor, by=first.user)

    assert not Membership.objects.filter(pk=editor.pk).exists()
    (letter,) = letters()
    assert letter.subject == "Vous ne tenez plus la fiche de «\u00a0Les Amis\u00a0»"


def test_a_person_who_leaves_is_not_written_to(first, editor, letters):
    memberships.remove(membership=editor, by=editor.user)

    assert letters() == []
    assert not Membership.objects.filter(pk=editor.pk).exists()


def test_the_last_owner_cannot_leave(first, editor, letters):
    with pytest.raises(memberships.LastOwner):
        memberships.remove(membership=first, by=first.user)

    assert role(first) == OWNER
    assert letters() == []


def test_the_last_owner_cannot_become_an_editor(first, editor):
    with pytest.raises(memberships.LastOwner):
        memberships.change_role(membership=first, role=EDITOR, by=first.user)

    assert role(first) == OWNER


def test_an_owner_among_two_may_leave(first, second):
    memberships.remove(membership=first, by=first.user)

    assert Membership.objects.get() == second


def test_an_owner_hands_over(first, editor, letters):
    memberships.hand_over(membership=first, to=editor)

    assert (role(first), role(editor)) == (EDITOR, OWNER)
    assert [letter.to for letter in letters()] == [[editor.user.email]]


def test_handing_over_to_oneself_changes_nothing(first):
    memberships.hand_over(membership=first, to=first)

    assert role(first) == OWNER


def test_the_invitations_of_who_leaves_are_taken_back(first, second, structure):
    mine = InvitationFactory(structure=structure, invited_by=first.user)
    others = InvitationFactory(structure=structure, invited_by=second.user)
    elsewhere = InvitationFactory(invited_by=first.user)

    memberships.remove(membership=first, by=second.user)

    assert set(Invitation.objects.pending()) == {others, elsewhere}
    assert mine not in Invitation.objects.pending()


def test_who_has_left_meanwhile_is_said_so(first, editor):
    Membership.objects.filter(pk=editor.pk).delete()

    with pytest.raises(Membership.DoesNotExist):
        memberships.change_role(membership=editor, role=OWNER, by=first.user)


@pytest.mark.parametrize("way", ["leave", "demote", "both"])
def test_two_owners_who_leave_at_once_do_not_both_leave(way, committed):
    structure = StructureFactory()
    pair = [MembershipFactory(owner=True, structure=structure) for _ in range(2)]

    def leave(one):
        return lambda: memberships.remove(membership=one, by=one.user)

    def demote(one):
        return lambda: memberships.change_role(membership=one, role=EDITOR, by=one.user)

    deeds = {
        "leave": (leave(pair[0]), leave(pair[1])),
        "demote": (demote(pair[0]), demote(pair[1])),
        "both": (leave(pair[0]), demote(pair[1])),
    }
    raised = at_once(*deeds[way])

    assert sorted(type(error).__name__ for error in raised) == ["LastOwner", "NoneType"]
    assert Membership.objects.owners().count() == 1
    assert not Ownerless.objects.exists()


def test_two_owners_deleted_at_once_leave_a_note(committed):
    structure = StructureFactory()
    pair = [MembershipFactory(owner=True, structure=structure) for _ in range(2)]

    raised = at_once(pair[0].user.delete, pair[1].user.delete)

    assert raised == [None, None]
    assert Ownerless.objects.get().structure == structure


@pytest.mark.parametrize("deed", ["demote", "remove"])
def test_two_owners_against_each_other_do_not_both_win(deed, committed):
    structure = StructureFactory()
    pair = [MembershipFactory(owner=True, structure=structure) for _ in range(2)]
    MembershipFactory(owner=True, structure=structure)

    def against(one, other):
        if deed == "remove":
            return lambda: memberships.remove(membership=other, by=one.user)
        return lambda: memberships.change_role(
            membership=other, role=EDITOR, by=one.user
        )

    raised = at_once(against(*pair), against(*reversed(pair)))

    assert sorted(type(error).__name__ for error in raised) == ["NoneType", "NotOwner"]
    owners = Membership.objects.owners().filter(structure=structure)
    assert owners.filter(pk__in=[one.pk for one in pair]).count() == 1


@pytest.mark.parametrize("is_staff", [False, True])
def test_who_is_owner_no_more_changes_nothing(is_staff, first, second, editor):
    Membership.objects.filter(pk=second.pk).update(role=EDITOR)
    second.user.is_staff = second.user.is_superuser = is_staff
    second.user.save()
    invitation = InvitationFactory(structure=first.structure, invited_by=first.user)
    deeds = [
        lambda: memberships.change_role(membership=editor, role=OWNER, by=second.user),
        lambda: memberships.remove(membership=editor, by=second.user),
        lambda: memberships.hand_over(membership=second, to=editor),
        lambda: invitations.cancel(invitation=invitation, by=second.user),
        lambda: invitations.renew(invitation=invitation, by=second.user),
        lambda: invitations.invite(
            structure=first.structure,
            email="zoe@essai.example",
            role=OWNER,
            by=second.user,
        ),
    ]

    for deed in deeds:
        with pytest.raises(memberships.NotOwner):
            deed()

    assert role(editor) == EDITOR
    assert Invitation.objects.pending().get() == invitation


def test_the_page_says_that_one_is_owner_no_more(first, editor, monkeypatch):
    client = signed_in(first.user)
    lock = memberships.lock

    def lose(structure):
        lock(structure)
        Membership.objects.filter(pk=first.pk).update(role=EDITOR)

    monkeypatch.setattr(memberships, "lock", lose)
    MembershipFactory(owner=True, structure=first.structure)
    url = reverse("members:team-remove", args=[first.structure.slug])

    response = client.post(url, {"row": editor.pk}, follow=True)

    assert "Vous n’êtes plus propriétaire de la fiche" in response.text
    assert role(editor) == EDITOR
