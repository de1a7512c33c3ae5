"""The staff’s pages of accounts and of who answers for which structure."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from members.models import Membership, User
from tests.admin_forms import act, add, added, address, errors, listed, page_of, save
from tests.factories import MembershipFactory, StructureFactory, UserFactory


def test_an_account_is_made_from_an_address(staff_client):
    add(staff_client, User, {"email": "neuve@essai.example", "name": "Zoé Inventée"})

    user = User.objects.get(email="neuve@essai.example")
    assert user.name == "Zoé Inventée"
    assert not user.is_staff


def test_no_page_of_the_admin_speaks_of_passwords(staff_client):
    pages = [address(User, "add"), page_of(UserFactory()), reverse("admin:index")]

    shown = [staff_client.get(page).text.lower() for page in pages]

    assert not any("mot de passe" in text or "password" in text for text in shown)
    assert staff_client.get("/admin/password_change/").status_code == 404


@pytest.mark.parametrize("address", ["prise@essai.example", "PRISE@Essai.example"])
def test_an_address_is_used_once_whatever_its_case(address, staff_client):
    UserFactory(email="prise@essai.example")
    other = UserFactory()
    changes = {"email": address}

    adding = add(staff_client, User, changes)
    changing = save(staff_client, other, {"email": address})

    assert set(errors(adding)) == {"Un compte existe déjà avec cette adresse."}
    assert set(errors(changing)) == {"Un compte existe déjà avec cette adresse."}


def test_an_untouched_page_keeps_the_account_and_its_structures(staff_client):
    membership = MembershipFactory(owner=True)
    before = User.objects.values().get(pk=membership.user_id)

    response = save(staff_client, membership.user, {})

    assert response.status_code == 302
    assert User.objects.values().get(pk=membership.user_id) == before
    assert Membership.objects.get().role == Membership.Role.OWNER


def test_accounts_are_found_by_name_without_accents_or_by_address(staff_client):
    user = UserFactory(name="Zoé Inventée", email="z.inventee@essai.example")

    assert listed(staff_client, User, q="zoe inventee") == [user]
    assert listed(staff_client, User, q="z.inventee@essai") == [user]


def test_the_list_counts_the_structures_of_each_account(staff_client):
    user = UserFactory()
    MembershipFactory(user=user)
    MembershipFactory(user=user)

    counts = {row.pk: row.structure_count for row in listed(staff_client, User)}
    assert counts[user.pk] == 2


def test_a_page_costs_the_same_whatever_the_structures_of_the_account(staff_client):
    def cost(user):
        with CaptureQueriesContext(connection) as queries:
            staff_client.get(page_of(user))
        return len(queries)

    few, many = MembershipFactory().user, UserFactory()
    for _ in range(8):
        MembershipFactory(user=many)
    cost(few)

    assert cost(many) == cost(few)


def test_a_structure_is_given_to_an_account_from_its_page_of(staff_client):
    user, structure = UserFactory(), StructureFactory()
    changes = added("memberships", 0, structure=structure.pk, role="proprietaire")

    save(staff_client, user, changes)

    assert user.memberships.get().structure == structure


def test_an_account_is_tied_to_a_structure_from_the_page_of_the_structure(staff_client):
    user, structure = UserFactory(), StructureFactory()
    changes = added("memberships", 0, user=user.pk, role="editeur")

    save(staff_client, structure, changes)

    assert structure.memberships.get().user == user


def test_a_person_answers_once_for_a_structure(staff_client):
    membership = MembershipFactory()
    structure, user = membership.structure, membership.user
    row = {"structure": structure.pk, "role": "editeur"}

    already = save(staff_client, user, added("memberships", 1, **row))
    twice = save(
        staff_client,
        UserFactory(),
        {**added("memberships", 0, **row), **added("memberships", 1, **row)},
    )
    alone = add(staff_client, Membership, {**row, "user": user.pk})

    for response in (already, twice, alone):
        assert errors(response) == ["Cette personne est déjà référente."]
    assert Membership.objects.count() == 1


def test_memberships_are_found_by_person_or_structure(staff_client):
    found = MembershipFactory(user__name="Zoé", structure__name="École bleue")
    MembershipFactory()

    for typed in ("zoe", "ecole"):
        assert listed(staff_client, Membership, q=typed) == [found]


@pytest.fixture
def helper_client(client, db):
    """Someone of the staff who keeps accounts, without being allowed everything."""
    user = UserFactory(is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__endswith="_user"))
    client.force_login(user)
    return client


def test_no_one_gives_rights_that_they_do_not_have(helper_client):
    user = UserFactory()
    group = Group.objects.create(name="Tout")
    changes = {"is_staff": "on", "is_superuser": "on", "groups": [group.pk]}

    save(helper_client, user, {**changes, "name": "Renommée"})

    user.refresh_from_db()
    assert user.name == "Renommée"
    assert not user.is_staff
    assert not user.is_superuser
    assert not user.groups.exists()


def test_an_account_that_may_do_everything_is_out_of_reach_of_the_others(helper_client):
    boss = UserFactory(staff=True)
    delete = address(User, "delete", boss.pk)

    assert (
        helper_client.post(page_of(boss), {"email": "x@x.example"}).status_code == 403
    )
    assert helper_client.post(delete, {"post": "yes"}).status_code == 403
    assert User.objects.filter(pk=boss.pk).exists()


def given_rights(user, *codenames):
    user.user_permissions.set(Permission.objects.filter(codename__in=codenames))


def stronger(kind):
    """An account that may do something that the helper may not."""
    user = UserFactory(is_staff=True, is_active=kind != "closed")
    if kind == "group":
        group = Group.objects.create(name="Rédaction")
        group.permissions.set(Permission.objects.filter(codename="change_structure"))
        user.groups.add(group)
    else:
        given_rights(user, "change_structure")
    return user


@pytest.mark.parametrize("kind", ["own", "group", "closed"])
def test_nobody_takes_over_an_account_that_may_do_more(kind, helper_client):
    user = stronger(kind)

    responses = [
        helper_client.post(page_of(user), {"email": "x@x.example"}),
        helper_client.post(address(User, "delete", user.pk), {"post": "yes"}),
    ]
    act(helper_client, "delete_selected", user, UserFactory(), post="yes")

    assert [response.status_code for response in responses] == [403, 403]
    assert User.objects.get(pk=user.pk).email == user.email
    assert User.objects.count() == 3


def test_an_account_that_may_do_less_is_kept_by_the_staff(helper_client):
    user = UserFactory(is_staff=True)
    given_rights(user, "view_user")

    save(helper_client, user, {"name": "Renommée"})
    act(helper_client, "delete_selected", user, post="yes")

    assert not User.objects.filter(pk=user.pk).exists()


def test_nobody_gives_themselves_rights_through_their_group(helper_client):
    group = Group.objects.create(name="Équipe")
    helper = User.objects.get(is_staff=True)
    helper.groups.add(group)
    codenames = [f"{verb}_group" for verb in ("view", "add", "change", "delete")]
    helper.user_permissions.add(*Permission.objects.filter(codename__in=codenames))

    responses = [
        helper_client.post(page_of(group), {"name": "x", "permissions": ["1"]}),
        helper_client.post(address(Group, "add"), {"name": "y"}),
        helper_client.post(address(Group, "delete", group.pk), {"post": "yes"}),
    ]

    assert [response.status_code for response in responses] == [403, 403, 403]
    assert helper_client.get(page_of(group)).status_code == 200
    assert not group.permissions.exists()


def test_groups_are_kept_by_who_has_every_right(staff_client):
    add(staff_client, Group, {"name": "Rédaction"})

    assert Group.objects.get().name == "Rédaction"


@pytest.mark.parametrize("typed", ["equ\u0131pe@essai.example", "équipe@essai.example"])
def test_an_address_that_looks_like_another_is_refused_on_its_field(
    typed, staff_client
):
    changes = {"email": typed}

    for response in (
        add(staff_client, User, changes),
        save(staff_client, UserFactory(), {"email": typed}),
    ):
        form = response.context["adminform"].form
        assert set(form.errors) == {"email"}


def test_rights_are_given_by_who_has_them(staff_client):
    user = UserFactory()

    save(staff_client, user, {"is_staff": "on"})

    user.refresh_from_db()
    assert user.is_staff


def test_what_a_person_verified_stays_when_the_account_goes(staff_client):
    user = UserFactory()
    structure = StructureFactory()
    structure.mark_verified(by=user)
    structure.save()

    staff_client.post(address(User, "delete", user.pk), {"post": "yes"})

    structure.refresh_from_db()
    assert structure.verified_by is None
    assert structure.verified_at is not None
