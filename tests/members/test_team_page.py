"""The team of a structure, as its owners manage it."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from members.models import Invitation, Mail, Membership
from tests.factories import InvitationFactory, MembershipFactory, StructureFactory
from tests.pages import Page

OWNER, EDITOR = Membership.Role.OWNER, Membership.Role.EDITOR
LAST = "n’aurait plus de propriétaire"


@pytest.fixture
def url(owned_structure):
    return reverse("members:team", args=[owned_structure.slug])


@pytest.fixture
def mine(owner):
    return owner.memberships.get()


@pytest.fixture
def theirs(member):
    return member.memberships.get()


@pytest.fixture
def do(owned_structure):
    """Press a button of the page."""

    def press(client, name, row, **more):
        address = reverse(f"members:team-{name}", args=[owned_structure.slug])
        return client.post(
            address, {"row": getattr(row, "pk", row), **more}, follow=True
        )

    return press


# It shows


def test_the_team_is_shown_to_its_people(
    url, owner_client, member_client, member, owner
):
    for client in (owner_client, member_client):
        text = Page(client.get(url)).text

        assert owner.name in text
        assert member.email in text


def test_owners_alone_manage(url, owner_client, member_client, theirs):
    InvitationFactory(structure=theirs.structure, email="attend@essai.example")

    owners, editors = (
        Page(client.get(url)).text for client in (owner_client, member_client)
    )

    for words in (
        "Inviter une personne",
        "attend@essai.example",
        "Rendre propriétaire",
    ):
        assert words in owners
        assert words not in editors
    assert "Quitter l’équipe" in editors


def test_a_stranger_finds_no_team(url, client, staff_client):
    client.force_login(MembershipFactory(owner=True).user)

    for person in (client, staff_client):
        assert person.get(url).status_code == 404
        assert person.post(url, {"email": "a@essai.example"}).status_code == 404


def test_the_team_of_a_merged_structure_is_nobodys(url, owner_client, owned_structure):
    owned_structure.merged_into = StructureFactory(published=True)
    owned_structure.save()

    assert owner_client.get(url).status_code == 404


def test_the_page_costs_the_same_whatever_the_team(url, owner_client, owned_structure):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            owner_client.get(url)
        return len(queries)

    MembershipFactory(structure=owned_structure)
    InvitationFactory(structure=owned_structure)
    cost()
    few = cost()
    for _ in range(10):
        MembershipFactory(structure=owned_structure)
        InvitationFactory(structure=owned_structure)

    assert cost() == few


# Inviting


def test_an_owner_invites(url, owner_client, letters):
    sent = {"email": "zoe@essai.example", "role": EDITOR}

    response = owner_client.post(url, sent, follow=True)

    assert "Invitation envoyée à zoe@essai.example" in Page(response).text
    assert [letter.to for letter in letters()] == [["zoe@essai.example"]]


def test_an_editor_invites_nobody(url, member_client):
    response = member_client.post(url, {"email": "z@essai.example", "role": EDITOR})

    assert response.status_code == 404
    assert not Invitation.objects.exists()


@pytest.mark.parametrize(
    "email",
    ["", "zoe", "é@essai.example", "zoe\x00@essai.example", "a" * 300 + "@b.fr"],
)
def test_a_wrong_address_is_kept_and_said_wrong(email, url, owner_client):
    response = owner_client.post(url, {"email": email, "role": EDITOR})

    assert response.status_code == 200
    assert response.context["form"].errors["email"]
    assert not Mail.objects.exists()


def test_what_was_typed_is_kept(url, owner_client, member):
    response = owner_client.post(url, {"email": member.email, "role": OWNER})

    assert "déjà dans l’équipe" in Page(response).text
    assert f'value="{member.email}"' in response.text
    assert 'value="proprietaire" selected' in response.text


def test_a_role_that_does_not_exist_is_refused(url, owner_client):
    owner_client.post(url, {"email": "zoe@essai.example", "role": "roi"})

    assert not Invitation.objects.exists()


def test_an_invitation_is_sent_again(do, owner_client, owned_structure):
    hour = timezone.now() - datetime.timedelta(hours=1)
    invitation = InvitationFactory(structure=owned_structure, sent_at=hour)

    response = do(owner_client, "renew-invitation", invitation)

    assert "Nouveau lien envoyé" in Page(response).text
    assert Mail.objects.get().to == invitation.email


def test_an_invitation_is_not_sent_again_at_once(do, owner_client, owned_structure):
    invitation = InvitationFactory(structure=owned_structure)

    response = do(owner_client, "renew-invitation", invitation)

    assert "attendez dix minutes" in Page(response).text
    assert not Mail.objects.exists()


def test_an_invitation_is_taken_back(do, owner_client, owned_structure):
    invitation = InvitationFactory(structure=owned_structure)

    do(owner_client, "cancel-invitation", invitation)

    assert not Invitation.objects.pending().exists()


def test_the_invitation_of_another_structure_is_out_of_reach(do, owner_client):
    elsewhere = InvitationFactory()

    response = do(owner_client, "cancel-invitation", elsewhere)

    assert "n’est plus en attente" in Page(response).text
    assert Invitation.objects.pending().get() == elsewhere


# Changing


def test_an_owner_makes_an_editor_owner(do, owner_client, theirs):
    do(owner_client, "role", theirs, role=OWNER)

    theirs.refresh_from_db()
    assert theirs.role == OWNER


def test_an_owner_removes_a_person(do, owner_client, theirs):
    response = do(owner_client, "remove", theirs)

    assert "n’est plus dans l’équipe" in Page(response).text
    assert not Membership.objects.filter(pk=theirs.pk).exists()


def test_an_editor_leaves(do, member_client, theirs):
    response = do(member_client, "remove", theirs)

    assert response.redirect_chain[-1][0] == "/mon-espace/"
    assert not Membership.objects.filter(pk=theirs.pk).exists()


def test_an_owner_hands_over(do, owner_client, mine, theirs):
    do(owner_client, "hand-over", theirs)

    mine.refresh_from_db()
    theirs.refresh_from_db()
    assert (mine.role, theirs.role) == (EDITOR, OWNER)


@pytest.mark.parametrize(("name", "more"), [("remove", {}), ("role", {"role": EDITOR})])
def test_the_last_owner_is_told_what_to_do(name, more, do, owner_client, mine, theirs):
    response = do(owner_client, name, mine, **more)

    assert LAST in Page(response).text
    assert "nommez-en d’abord un autre" in Page(response).text
    mine.refresh_from_db()
    assert mine.is_owner


@pytest.mark.parametrize(
    ("name", "more"), [("remove", {}), ("role", {"role": OWNER}), ("hand-over", {})]
)
def test_an_editor_changes_nobody(name, more, do, member_client, mine):
    response = do(member_client, name, mine, **more)

    assert response.status_code == 404
    mine.refresh_from_db()
    assert mine.is_owner


@pytest.mark.parametrize("name", ["remove", "role", "hand-over"])
@pytest.mark.parametrize("key", ["", "nobody", "0", "99999999999999999999"])
def test_a_person_who_is_not_there_is_said_gone(name, key, do, owner_client):
    response = do(owner_client, name, key, role=EDITOR)

    assert "n’est plus dans l’équipe" in Page(response).text


@pytest.mark.parametrize("name", ["remove", "role", "hand-over"])
def test_people_of_other_teams_are_out_of_reach(name, do, owner_client):
    elsewhere = MembershipFactory()

    do(owner_client, name, elsewhere, role=OWNER)

    elsewhere.refresh_from_db()
    assert elsewhere.role == EDITOR


@pytest.mark.parametrize("name", ["remove", "role", "hand-over", "cancel-invitation"])
def test_a_visitor_is_led_to_sign_in(name, do, client, theirs):
    response = do(client, name, theirs)

    assert response.redirect_chain[0][0].startswith("/connexion/")
    assert Membership.objects.filter(pk=theirs.pk).exists()
