"""A structure that loses its last owner, whatever removed it, is never forgotten."""

import pytest
from django.urls import reverse

from members.models import Membership, Ownerless
from members.teams import memberships
from tests.admin_forms import act, address, listed, save
from tests.factories import MembershipFactory, StructureFactory, UserFactory

TOLD = "n’a plus de propriétaire"


@pytest.fixture
def owner_of_one(db):
    return MembershipFactory(owner=True, structure__name="Les Amis")


def test_the_deletion_of_an_account_leaves_a_note(owner_of_one):
    owner_of_one.user.delete()

    assert Ownerless.objects.get().structure == owner_of_one.structure


def test_an_update_leaves_a_note_too(owner_of_one):
    Membership.objects.update(role=Membership.Role.EDITOR)

    assert Ownerless.objects.get().structure == owner_of_one.structure


def test_an_owner_who_moves_leaves_a_note(owner_of_one):
    Membership.objects.update(structure=StructureFactory())

    assert Ownerless.objects.get().structure == owner_of_one.structure


def test_another_owner_makes_it_no_loss(owner_of_one):
    MembershipFactory(owner=True, structure=owner_of_one.structure)

    owner_of_one.delete()

    assert not Ownerless.objects.exists()


def test_an_editor_who_leaves_is_no_loss(db):
    MembershipFactory().delete()

    assert not Ownerless.objects.exists()


def test_a_new_owner_takes_the_note_away(owner_of_one):
    structure = owner_of_one.structure
    owner_of_one.delete()

    memberships.join(
        user=UserFactory(), structure=structure, role=Membership.Role.OWNER
    )

    assert not Ownerless.objects.exists()


def test_an_editor_made_owner_takes_the_note_away(owner_of_one):
    editor = MembershipFactory(structure=owner_of_one.structure)
    owner_of_one.delete()

    Membership.objects.filter(pk=editor.pk).update(role=Membership.Role.OWNER)

    assert not Ownerless.objects.exists()


def test_a_structure_that_is_deleted_leaves_no_note(committed):
    MembershipFactory(owner=True).structure.delete()

    assert not Ownerless.objects.exists()


# The staff


def test_who_removes_the_last_owner_is_told(staff_client, owner_of_one):
    url = address(Membership, "delete", owner_of_one.pk)

    response = staff_client.post(url, {"post": "yes"}, follow=True)

    assert TOLD in response.text
    assert listed(staff_client, Ownerless) == [Ownerless.objects.get()]


def test_who_removes_several_is_told(staff_client, owner_of_one):
    response = act(staff_client, "delete_selected", owner_of_one, post="yes")

    assert TOLD in response.text


def test_who_makes_the_last_owner_an_editor_is_told(staff_client, owner_of_one):
    save(staff_client, owner_of_one, {"role": "editeur"})

    response = staff_client.get(reverse("admin:index"))

    assert TOLD in response.text
    assert Ownerless.objects.exists()


def test_who_deletes_the_account_of_the_last_owner_is_told(staff_client, owner_of_one):
    url = address(type(owner_of_one.user), "delete", owner_of_one.user.pk)

    response = staff_client.post(url, {"post": "yes"}, follow=True)

    assert TOLD in response.text


def test_who_changes_something_else_is_not_told(staff_client, owner_of_one):
    other = MembershipFactory(owner=True)
    other.delete()
    Ownerless.objects.update(lost_at="2026-01-01T00:00Z")  # in another transaction
    save(staff_client, owner_of_one, {"role": "proprietaire"})

    assert TOLD not in staff_client.get(reverse("admin:index")).text
