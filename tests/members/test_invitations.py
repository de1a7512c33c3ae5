"""An invitation: one mail, one link, good once, for the person it was sent to."""

import datetime
import re

import pytest
import time_machine
from django.contrib.auth import get_user
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from members.models import Invitation, Mail, Membership, User
from members.teams import invitations
from tests.factories import (
    InvitationFactory,
    MembershipFactory,
    StructureFactory,
    UserFactory,
)
from tests.members.concurrency import at_once
from tests.pages import Page

OWNER, EDITOR = Membership.Role.OWNER, Membership.Role.EDITOR
ZOE = "zoe@essai.example"


@pytest.fixture
def structure(owned_structure):
    return owned_structure


@pytest.fixture
def invited(structure, owner):
    """The path of the link that ZOE received."""
    return invite(structure, owner)


def invite(structure, by, email=ZOE, role=EDITOR):
    invitations.invite(structure=structure, email=email, role=role, by=by)
    return link()


def link():
    """The path of the link in the last mail."""
    text = Mail.objects.latest("pk").text
    return re.search(r"http://[^/]+(/mon-espace/invitations/\S+)", text)[1]


def token(path):
    return path.rstrip("/").rsplit("/", 1)[1]


def sign_in(client, **fields):
    user = UserFactory(**fields)
    client.force_login(user)
    return user


# The verbs


def test_an_invitation_is_a_mail_to_the_address(structure, owner, letters):
    invite(structure, owner)

    (letter,) = letters()
    assert letter.to == [ZOE]
    assert structure.name in letter.subject
    assert "14 jours" not in letter.body
    assert str(owner) in letter.body


def test_the_link_is_not_kept(invited):
    row = Invitation.objects.get()

    assert token(invited) not in str(vars(row))
    assert len(row.token_hash) == 64


def test_a_person_of_the_team_is_not_invited(structure, owner):
    member = MembershipFactory(structure=structure, user__email="Zoe@essai.example")

    with pytest.raises(invitations.AlreadyMember):
        invite(structure, owner, email=member.user.email.upper())


def test_the_same_address_is_not_invited_twice(structure, owner, invited):
    with pytest.raises(invitations.AlreadyInvited):
        invite(structure, owner, email="ZOE@essai.example")


def test_an_address_is_not_written_to_again_and_again(structure, owner, invited):
    invitations.cancel(invitation=Invitation.objects.get(), by=owner)

    with pytest.raises(invitations.TooSoon):
        invite(structure, owner)


def test_an_invitation_that_expired_gives_way(structure, owner, invited):
    ago = timezone.now() - datetime.timedelta(days=14)
    Invitation.objects.update(sent_at=ago, expires_at=timezone.now())

    invite(structure, owner)

    assert Invitation.objects.pending().count() == 1


def test_a_structure_has_twenty_invitations_that_wait_at_most(structure, owner):
    for _ in range(invitations.MOST_PENDING):
        InvitationFactory(structure=structure)

    with pytest.raises(invitations.TooMany):
        invite(structure, owner)


def test_an_invitation_sent_again_has_a_new_link(structure, owner, invited):
    Invitation.objects.update(sent_at=timezone.now() - datetime.timedelta(hours=1))

    invitations.renew(invitation=Invitation.objects.get(), by=owner)

    assert link() != invited
    with pytest.raises(invitations.Unknown):
        invitations.found(token(invited))
    assert invitations.found(token(link())) == Invitation.objects.get()


def test_an_address_is_left_in_peace_for_ten_minutes(owner, invited):
    with pytest.raises(invitations.TooSoon):
        invitations.renew(invitation=Invitation.objects.get(), by=owner)


def test_two_clicks_at_once_make_one_account(committed):
    structure = StructureFactory(published=True)
    path = invite(structure, MembershipFactory(owner=True, structure=structure).user)

    def accept():
        invitations.accept(token=token(path), user=None)

    raised = at_once(accept, accept)

    assert sorted(type(error).__name__ for error in raised) == ["NoneType", "Used"]
    assert User.objects.filter(email=ZOE).count() == 1


# The page


def test_opening_the_link_changes_nothing(client, invited):
    for _ in range(3):
        response = client.get(invited)

    assert "La structure tenue" in Page(response).text
    assert Invitation.objects.pending().exists()
    assert not User.objects.filter(email=ZOE).exists()
    assert "no-store" in response["Cache-Control"]


def test_accepting_makes_an_account_without_password_and_opens_it(
    client, invited, structure
):
    response = client.post(invited, follow=True)

    zoe = get_user(client)
    assert zoe.email == ZOE
    assert not zoe.has_usable_password()
    assert structure.memberships.get(user=zoe).role == EDITOR
    assert "Vous tenez maintenant la fiche" in response.text


def test_the_person_signed_in_at_that_address_accepts(client, invited, structure):
    zoe = sign_in(client, email=ZOE.upper())

    client.post(invited)

    assert structure.memberships.filter(user=zoe).exists()


def test_an_account_that_exists_is_opened_by_its_owner_first(client, invited):
    zoe = UserFactory(email=ZOE)

    page = client.get(invited)
    response = client.post(invited)

    assert "connectez-vous d’abord" in Page(page).text
    assert response.url == f"/connexion/?next={invited}"
    assert not get_user(client).is_authenticated
    assert not zoe.memberships.exists()


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_link_serves_once(method, client, invited):
    client.post(invited)

    response = getattr(Client(), method)(invited)

    assert response.status_code == 410
    assert "déjà acceptée" in Page(response).text
    assert Membership.objects.filter(user__email=ZOE).count() == 1


@pytest.mark.parametrize(
    "lose",
    [
        lambda owner: Membership.objects.filter(user=owner).delete(),
        lambda owner: Membership.objects.filter(user=owner).update(role=EDITOR),
        lambda owner: owner.delete(),
        lambda owner: User.objects.filter(pk=owner.pk).update(is_active=False),
    ],
    ids=["removed", "demoted", "deleted", "closed"],
)
def test_who_may_invite_no_more_has_invited_nobody(lose, client, owner, invited):
    lose(owner)

    client.post(invited)

    assert not User.objects.filter(email=ZOE).exists()


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_link_expires(method, client, invited):
    later = timezone.now() + datetime.timedelta(days=14, seconds=5)
    with time_machine.travel(later):
        response = getattr(client, method)(invited)

    assert response.status_code == 410
    assert "Invitation expirée" in Page(response).text
    assert not User.objects.filter(email=ZOE).exists()


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_link_taken_back_gives_nothing(method, client, owner, invited):
    invitations.cancel(invitation=Invitation.objects.get(), by=owner)

    response = getattr(client, method)(invited)

    assert response.status_code == 410
    assert "Invitation annulée" in Page(response).text


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("change", [lambda t: t[:-1], lambda t: "x" + t, str.upper])
def test_a_link_that_was_changed_gives_nothing(method, change, client, invited):
    path = f"/mon-espace/invitations/{change(token(invited))}/"

    response = getattr(client, method)(path)

    assert response.status_code == 404
    assert "Lien incomplet" in Page(response).text
    assert Invitation.objects.pending().exists()


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_link_of_another_person_gives_nothing(method, client, invited):
    stranger = sign_in(client)

    response = getattr(client, method)(invited)

    assert response.status_code == 403
    assert "Invitation d’une autre personne" in Page(response).text
    assert ZOE not in response.text
    assert not stranger.memberships.exists()
    assert Invitation.objects.pending().exists()


def test_a_link_replaced_by_another_says_so(client, owner, invited):
    Invitation.objects.update(sent_at=timezone.now() - datetime.timedelta(hours=1))
    invitations.renew(invitation=Invitation.objects.get(), by=owner)

    response = client.get(invited)

    assert response.status_code == 404
    assert "Lien remplacé" in Page(response).text


def test_the_link_of_a_structure_merged_meanwhile_gives_nothing(
    client, invited, structure
):
    structure.merged_into = StructureFactory(published=True)
    structure.save()

    assert client.post(invited).status_code == 404
    assert not User.objects.filter(email=ZOE).exists()


# From « Mon espace »


def test_an_invitation_is_accepted_from_the_space(client, invited, structure):
    zoe = sign_in(client, email=ZOE)

    page = client.get("/mon-espace/")
    key = Invitation.objects.get().pk
    client.post("/mon-espace/invitations/", {"row": key})

    assert structure.name in Page(page).text
    assert structure.memberships.filter(user=zoe).exists()


@pytest.mark.parametrize("key", ["", "nothing", "0", "99999999999999999999"])
def test_what_is_no_invitation_is_not_accepted(key, client, invited):
    sign_in(client, email=ZOE)

    response = client.post("/mon-espace/invitations/", {"row": key}, follow=True)

    assert "ne vaut plus" in Page(response).text


def test_the_invitation_of_another_is_not_accepted_from_the_space(client, invited):
    stranger = sign_in(client)

    client.post("/mon-espace/invitations/", {"row": Invitation.objects.get().pk})

    assert not stranger.memberships.exists()


# The admin


def test_the_staff_are_told_that_a_mail_leaves(staff_client, structure):
    url = reverse("admin:members_invitation_add")
    typed = {"structure": structure.pk, "email": ZOE, "role": EDITOR}

    page = staff_client.post(url, typed, follow=True).text

    assert f"Un courriel d’invitation part à {ZOE}." in page
    assert "avec succès" not in page
    assert Mail.objects.get().to == ZOE
