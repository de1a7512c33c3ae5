"""« C’est ma structure »: asked with a reason, decided in one click, told by mail."""

import pytest
from django.urls import reverse

from members.models import AccessRequest, Mail, Membership
from members.teams import access_requests
from tests.admin_forms import address, listed, page_of
from tests.factories import (
    AccessRequestFactory,
    MembershipFactory,
    NetworkFactory,
    StructureFactory,
    UserFactory,
)
from tests.members.concurrency import at_once
from tests.pages import Page

OWNER, EDITOR = Membership.Role.OWNER, Membership.Role.EDITOR


@pytest.fixture
def structure(db):
    return StructureFactory(published=True, name="Les Amis", slug="les-amis")


@pytest.fixture
def url(structure):
    return reverse("members:ask-access", args=[structure.slug])


@pytest.fixture
def person(client, db):
    person = UserFactory(name="Zoé Essai")
    client.force_login(person)
    return person


def decide(client, asked, decision, answer=""):
    url = reverse("admin:members_accessrequest_decide", args=[asked.pk])
    return client.post(url, {"decision": decision, "answer": answer}, follow=True)


# Asking


def test_the_page_of_a_structure_leads_to_the_question(client, structure, url):
    page = client.get(structure.get_absolute_url())

    assert f'href="{url}"' in page.text


def test_those_who_hold_it_are_led_to_their_team(owner_client, owned_structure):
    page = owner_client.get(owned_structure.get_absolute_url()).text

    assert reverse("members:team", args=[owned_structure.slug]) in page
    assert "C’est ma structure" not in page


def test_a_draft_is_nobodys_to_ask_for(staff_client, client, person):
    draft = StructureFactory(slug="brouillon")

    assert "C’est ma structure" not in staff_client.get("/annuaire/brouillon/").text
    assert (
        client.get(reverse("members:ask-access", args=[draft.slug])).status_code == 404
    )


def test_a_visitor_is_led_to_sign_in_and_back(client, url):
    assert client.get(url).url == f"/connexion/?next={url}"


def test_what_was_typed_is_there_after_signing_in_again(client, url):
    response = client.post(url, {"reason": "J’y suis trésorière."})
    client.force_login(UserFactory())
    pages = [client.get(response.url.partition("next=")[2]) for _ in range(2)]

    assert response.url == f"/connexion/?next={url}"
    assert ["J’y suis trésorière." in page.text for page in pages] == [True, False]
    assert not AccessRequest.objects.exists()


def test_a_person_asks_and_the_network_is_told(client, person, url, letters):
    NetworkFactory(email="bonjour@reseau.example")

    response = client.post(url, {"reason": "J’y suis trésorière."}, follow=True)

    assert "Demande envoyée" in Page(response).text
    (letter,) = letters()
    assert letter.to == ["bonjour@reseau.example"]
    assert "J’y suis trésorière." in letter.body
    assert page_of(AccessRequest.objects.get()) in letter.body


def test_a_network_without_address_is_not_written_to(client, person, url):
    client.post(url, {"reason": "J’y suis trésorière."})

    assert AccessRequest.objects.pending().count() == 1
    assert not Mail.objects.exists()


@pytest.mark.parametrize("reason", ["", "  \n ", "x" * 2001, "a\x00b"])
def test_a_request_has_a_reason(reason, client, person, url):
    response = client.post(url, {"reason": reason})

    assert response.context["form"].errors["reason"]
    assert not AccessRequest.objects.exists()


def test_a_person_asks_for_five_structures_at_most(client, person, url):
    for _ in range(access_requests.MOST_PENDING):
        AccessRequestFactory(user=person)

    response = client.post(url, {"reason": "J’y suis trésorière."})

    assert "Cinq de vos demandes attendent" in Page(response).text
    assert "J’y suis trésorière." in response.text
    assert not Mail.objects.exists()


def test_a_person_asks_once(client, person, structure, url):
    AccessRequestFactory(user=person, structure=structure)

    page = client.get(url)
    client.post(url, {"reason": "Encore."})

    assert "attend la décision" in Page(page).text
    assert AccessRequest.objects.count() == 1


def test_a_refused_person_may_ask_again(client, person, structure, url):
    AccessRequestFactory(user=person, structure=structure, refused=True)

    client.post(url, {"reason": "Avec un justificatif."})

    assert AccessRequest.objects.pending().count() == 1


def test_who_holds_the_structure_has_nothing_to_ask(client, person, structure, url):
    MembershipFactory(user=person, structure=structure)

    for response in (client.get(url), client.post(url, {"reason": "Moi."})):
        assert response.url == reverse("members:team", args=[structure.slug])
    assert not AccessRequest.objects.exists()


def test_two_clicks_at_once_ask_once(committed):
    person, structure = UserFactory(), StructureFactory(published=True)

    def ask():
        access_requests.ask(user=person, structure=structure, reason="Moi.")

    raised = at_once(ask, ask)

    assert AccessRequest.objects.count() == 1
    assert {type(error).__name__ for error in raised} == {"NoneType", "AlreadyAsked"}


# The hint


@pytest.mark.parametrize(
    ("email", "website", "mailbox", "hint"),
    [
        ("a@amis.example", "https://amis.example/qui", "", "amis.example"),
        ("a@AMIS.example", "https://www.amis.example", "", "amis.example"),
        ("a@amis.example", "", "bonjour@amis.example", "amis.example"),
        ("a@ville.example", "https://monde.ville.example", "", "ville.example"),
        ("a@monde.ville.example", "https://ville.example", "", ""),
        ("a@autre.example", "https://amis.example", "b@amis.example", ""),
        ("a@mis.example", "https://amis.example", "", ""),
        ("a@gmail.com", "", "les.amis@gmail.com", ""),
        ("a@yahoo.co.uk", "", "les.amis@yahoo.co.uk", ""),
        ("a@free.fr", "http://les.amis.free.fr", "", ""),
        ("a@amis.example", "", "", ""),
    ],
)
def test_an_address_of_the_domain_is_a_hint(email, website, mailbox, hint, db):
    asked = AccessRequestFactory(
        user__email=email, structure__website=website, structure__email=mailbox
    )

    assert access_requests.matching_domain(asked) == hint


# Deciding


@pytest.mark.parametrize("role", [OWNER, EDITOR])
def test_the_staff_accept_in_one_click(role, staff_client, staff, letters):
    asked = AccessRequestFactory()

    response = decide(staff_client, asked, role)

    asked.refresh_from_db()
    assert "Demande acceptée" in response.text
    assert (asked.state, asked.decided_by) == (AccessRequest.State.ACCEPTED, staff)
    assert Membership.objects.get(user=asked.user).role == role
    assert [letter.to for letter in letters()] == [[asked.user.email]]


def test_the_staff_refuse_with_a_reason_that_is_told(staff_client, letters):
    asked = AccessRequestFactory()

    decide(staff_client, asked, "refuser", "Vous n’y êtes pas.")

    asked.refresh_from_db()
    assert asked.state == AccessRequest.State.REFUSED
    assert not Membership.objects.exists()
    assert "Vous n’y êtes pas." in letters()[0].body


@pytest.mark.parametrize(
    ("decision", "answer"), [("refuser", " "), ("roi", ""), ("", "")]
)
def test_what_is_no_decision_decides_nothing(decision, answer, staff_client):
    asked = AccessRequestFactory()

    decide(staff_client, asked, decision, answer)

    asked.refresh_from_db()
    assert asked.is_pending


def test_the_second_to_decide_is_told(staff_client):
    asked = AccessRequestFactory()
    decide(staff_client, asked, EDITOR)

    response = decide(staff_client, asked, "refuser", "Trop tard.")

    assert "vient de décider" in response.text
    assert Mail.objects.count() == 1


def test_of_two_who_decide_at_once_one_wins(committed):
    asked, staff = AccessRequestFactory(), UserFactory(staff=True)

    raised = at_once(
        lambda: access_requests.accept(request=asked, role=EDITOR, by=staff),
        lambda: access_requests.refuse(request=asked, answer="Non.", by=staff),
    )

    assert {type(error).__name__ for error in raised} == {"NoneType", "AlreadyDecided"}
    asked.refresh_from_db()
    is_accepted = asked.state == AccessRequest.State.ACCEPTED
    assert Membership.objects.exists() == is_accepted
    assert Mail.objects.count() == 1


def test_the_list_shows_what_waits_with_its_hint(staff_client):
    waiting = AccessRequestFactory(
        user__email="a@amis.example", structure__website="https://amis.example"
    )
    AccessRequestFactory(refused=True)

    page = staff_client.get(address(AccessRequest, "changelist"))

    assert listed(staff_client, AccessRequest) == [waiting]
    assert len(listed(staff_client, AccessRequest, etat="toutes")) == 2
    assert "Adresse du domaine de la structure (amis.example)" in page.text


def test_the_page_of_a_decided_request_has_no_buttons(staff_client):
    waiting, decided = AccessRequestFactory(), AccessRequestFactory(refused=True)

    assert "Accepter comme" in staff_client.get(page_of(waiting)).text
    assert "Accepter comme" not in staff_client.get(page_of(decided)).text


def test_those_without_the_right_decide_nothing(client, member_client):
    asked = AccessRequestFactory()
    client.force_login(UserFactory(is_staff=True))

    assert decide(client, asked, OWNER).status_code == 403
    decide(member_client, asked, OWNER)
    asked.refresh_from_db()
    assert asked.is_pending


def test_a_decision_is_posted(staff_client):
    asked = AccessRequestFactory()
    url = reverse("admin:members_accessrequest_decide", args=[asked.pk])

    assert staff_client.get(url).status_code == 405
