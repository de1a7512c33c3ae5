"""Accounts are opened by an address, whatever its case."""

import pytest
from django.contrib.auth import authenticate
from django.db import IntegrityError, transaction

from members.models import Membership, User
from tests.factories import MembershipFactory, StructureFactory, UserFactory

PASSWORD = "puits-et-semences"


@pytest.mark.parametrize("typed", ["zoe@essai.example", "ZOE@ESSAI.example"])
def test_an_account_opens_whatever_the_case_of_its_address(typed, db):
    user = User.objects.create_user("Zoe@essai.example", PASSWORD)

    assert authenticate(username=typed, password=PASSWORD) == user
    assert authenticate(username=typed, password="autre") is None


def test_letters_that_look_alike_do_not_open_an_account(db):
    User.objects.create_user("equipe@essai.example", PASSWORD)

    assert authenticate(username="equ\u0131pe@essai.example", password=PASSWORD) is None
    assert authenticate(username=None, password=PASSWORD) is None


def test_accounts_of_the_demonstration_open_nothing_elsewhere(client, db, settings):
    user = User.objects.create_superuser("Equipe@Demo.example", PASSWORD)
    client.force_login(user)
    answers = []

    for settings.DEMO in (True, False):
        opened = authenticate(username=user.email, password=PASSWORD)
        answers.append((opened, client.get("/admin/").status_code))

    assert answers == [(user, 200), (None, 302)]


def test_two_accounts_never_share_an_address(db):
    User.objects.create_user("zoe@essai.example")

    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create_user("ZOE@essai.example")


def test_an_account_made_without_a_password_is_opened_by_none(db):
    user = User.objects.create_user("zoe@essai.example")

    assert not user.has_usable_password()
    assert authenticate(username=user.email, password="") is None


def test_an_account_needs_an_address():
    with pytest.raises(ValueError, match="address"):
        User.objects.create_user("")


def test_a_new_account_may_do_nothing_and_a_superuser_everything(db):
    user = User.objects.create_user("zoe@essai.example")
    boss = User.objects.create_superuser("max@essai.example", PASSWORD, name="Max")

    assert not user.is_staff
    assert not user.has_perm("directory.change_structure")
    assert boss.is_staff
    assert boss.has_perm("directory.change_structure")
    assert boss.name == "Max"


def test_an_inactive_account_stays_closed(db):
    user = User.objects.create_user("zoe@essai.example", PASSWORD, is_active=False)

    assert authenticate(username=user.email, password=PASSWORD) is None


def test_a_person_is_called_by_name_or_by_address():
    named = User(email="zoe@essai.example", name="Zoé Inventée")
    unnamed = User(email="max@essai.example")

    assert str(named) == named.get_full_name() == "Zoé Inventée"
    assert str(unnamed) == unnamed.get_short_name() == "max@essai.example"


def test_a_membership_says_who_answers_for_what(db):
    membership = MembershipFactory(user__name="Zoé", structure__name="École bleue")

    assert str(membership) == "Zoé – École bleue"
    assert membership.role == Membership.Role.EDITOR


def test_a_person_may_answer_for_several_structures_and_go_with_their_account(db):
    user = UserFactory()
    for _ in range(2):
        MembershipFactory(user=user, structure=StructureFactory())

    assert user.memberships.count() == 2
    user.delete()
    assert not Membership.objects.exists()
