"""Accounts are opened by an address, whatever its case."""

import pytest
from django.contrib.auth import authenticate
from django.db import IntegrityError, transaction

from members.models import Membership, User
from tests.factories import MembershipFactory, StructureFactory, UserFactory

PASSWORD = "puits-et-semences"


@pytest.mark.parametrize("typed", ["zoe@essai.example", "ZOE@ESSAI.example"])
def test_an_account_is_found_whatever_the_case_of_its_address(typed, db):
    user = User.objects.create_user("Zoe@essai.example")

    assert User.objects.get_by_natural_key(typed) == user
    assert User.objects.with_address(typed).get() == user


def test_letters_that_look_alike_do_not_find_an_account(db):
    User.objects.create_user("equipe@essai.example")

    assert not User.objects.with_address("equ\u0131pe@essai.example").exists()
    assert not User.objects.with_address(None).exists()


def test_no_password_is_kept_or_opens_an_account(db):
    user = User.objects.create_user("zoe@essai.example", PASSWORD)
    user.set_password(PASSWORD)
    user.save()

    assert not User.objects.create_user("max@essai.example", PASSWORD).check_password(
        PASSWORD
    )
    assert not user.has_usable_password()
    assert authenticate(username=user.email, password=PASSWORD) is None


def test_accounts_of_the_demonstration_open_nothing_elsewhere(client, db, settings):
    user = User.objects.create_superuser("Equipe@Demo.example")
    client.force_login(user)
    answers = []

    for settings.DEMO in (True, False):
        may = User.objects.who_may_sign_in().exists()
        answers.append((may, client.get("/admin/").status_code))

    assert answers == [(True, 200), (False, 302)]


def test_two_accounts_never_share_an_address(db):
    User.objects.create_user("zoe@essai.example")

    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create_user("ZOE@essai.example")


def test_an_account_needs_an_address():
    with pytest.raises(ValueError, match="address"):
        User.objects.create_user("")


def test_a_new_account_may_do_nothing_and_a_superuser_everything(db):
    user = User.objects.create_user("zoe@essai.example")
    boss = User.objects.create_superuser("max@essai.example", name="Max")

    assert not user.is_staff
    assert not user.has_perm("directory.change_structure")
    assert boss.is_staff
    assert boss.has_perm("directory.change_structure")
    assert boss.name == "Max"


def test_an_inactive_account_stays_closed(client, db):
    user = User.objects.create_user("zoe@essai.example", is_active=False)
    client.force_login(user)

    assert not User.objects.who_may_sign_in().exists()
    assert client.get("/mon-espace/compte/").status_code == 302


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
