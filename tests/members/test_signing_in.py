"""Opening and closing a session, and where people go next."""

import pytest
from django.test import Client

from directory.models import Publication
from tests.factories import MembershipFactory, StructureFactory, UserFactory
from tests.factories.members import PASSWORD
from tests.pages import Page

URL = "/connexion/"
REFUSAL = "Aucun compte ne correspond à cette adresse et à ce mot de passe."


def sign_in(client, user, *, password=PASSWORD, address="", **fields):
    return client.post(
        URL,
        {"username": address or user.email, "password": password, **fields},
        follow=True,
    )


def arrival(response):
    return response.redirect_chain[-1][0] if response.redirect_chain else None


# It shows


def test_the_form_asks_for_an_address_and_a_password(client, db):
    page = Page(client.get(URL))

    assert "Adresse électronique" in page.text
    assert "Mot de passe" in page.text


def test_the_staff_arrives_in_the_admin(client, staff):
    assert arrival(sign_in(client, staff)) == "/admin/"


def test_a_member_arrives_at_the_structure(client, owner, owned_structure):
    assert arrival(sign_in(client, owner)) == owned_structure.get_absolute_url()


def test_the_first_published_structure_is_the_one(client, db):
    user = UserFactory()
    for structure in (
        StructureFactory(name="Brouillon"),
        StructureFactory(name="Archive", publication=Publication.ARCHIVED),
        StructureFactory(published=True, name="Première"),
        StructureFactory(published=True, name="Avant dans l’alphabet"),
    ):
        MembershipFactory(user=user, structure=structure)

    assert arrival(sign_in(client, user)) == "/annuaire/premiere/"


def test_a_person_without_structure_arrives_home(client, db):
    assert arrival(sign_in(client, UserFactory())) == "/"


def test_the_case_of_the_address_does_not_matter(client, owner, owned_structure):
    response = sign_in(client, owner, address=owner.email.upper())

    assert arrival(response) == owned_structure.get_absolute_url()


def test_people_come_back_to_the_page_they_asked_for(client, owner):
    assert arrival(sign_in(client, owner, next="/projets/")) == "/projets/"


def test_every_page_names_the_person_and_the_way_out(client, owner):
    client.force_login(owner)

    page = Page(client.get("/annuaire/"))

    assert owner.name in page.text
    assert "Se déconnecter" in page.text
    assert "Connexion" not in page.links
    assert "Administration" not in page.links


def test_the_staff_has_a_link_to_the_admin(staff_client):
    assert Page(staff_client.get("/")).href("Administration") == "/admin/"


def test_a_visitor_has_a_link_to_sign_in(client, db):
    page = Page(client.get("/"))

    assert page.href("Connexion") == URL
    assert "Se déconnecter" not in page.text


def test_signing_out_takes_a_post_and_leads_home(client, owner):
    client.force_login(owner)

    response = client.post("/deconnexion/", follow=True)

    assert arrival(response) == "/"
    assert "Connexion" in Page(response).links


@pytest.mark.parametrize("target", [URL, f"{URL}?next=/", "/admin/login/"])
def test_the_way_back_never_leads_to_a_form_of_sign_in(
    client, owner, owned_structure, target
):
    arrivals = [
        arrival(sign_in(client, owner, next=target)),
        arrival(client.get(URL, {"next": target}, follow=True)),
    ]

    assert arrivals == [owned_structure.get_absolute_url()] * 2


def test_the_door_of_the_admin_is_that_of_the_site_and_keeps_the_way(client, staff):
    response = client.get("/admin/directory/contact/", follow=True)

    assert arrival(response) == f"{URL}?next=/admin/directory/contact/"
    assert arrival(sign_in(client, staff, next="/admin/")) == "/admin/"
    assert client.get("/admin/login/")["Location"] == "/admin/"
    assert client.post("/admin/login/", {"username": "x"})["Location"] == "/admin/"


def test_nobody_signs_in_at_the_door_of_the_admin(client, staff):
    typed = {"username": staff.email, "password": PASSWORD}

    response = client.post("/admin/login/", typed)

    assert response["Location"] == f"{URL}?next=/admin/"
    assert "_auth_user_id" not in client.session


# Who may not


def test_a_member_who_opens_the_admin_is_told_why_not(owner_client):
    response = owner_client.get("/admin/", follow=True)

    assert response.status_code == 403
    assert "Accès refusé" in Page(response).text
    assert Page(response).href("Revenir à l’accueil") == "/"


def test_a_link_does_not_sign_out(owner_client):
    assert owner_client.get("/deconnexion/").status_code == 405
    assert "Se déconnecter" in Page(owner_client.get("/")).text


def test_a_form_of_another_site_does_not_sign_out(owner):
    client = Client(enforce_csrf_checks=True)
    client.force_login(owner)

    response = client.post("/deconnexion/")

    assert response.status_code == 403
    assert "Formulaire expiré" in Page(response).text


def test_a_closed_account_does_not_enter(client, db):
    assert REFUSAL in Page(sign_in(client, UserFactory(is_active=False))).text


def test_the_page_after_signing_in_asks_to_sign_in(client, db):
    response = client.get("/connexion/suite/")

    assert response["Location"] == "/connexion/?next=/connexion/suite/"


def test_a_signed_in_person_does_not_see_the_form_again(owner_client, owned_structure):
    response = owner_client.get(URL, follow=True)

    assert arrival(response) == owned_structure.get_absolute_url()


# Bad input


@pytest.mark.parametrize(
    ("address", "password"),
    [
        ("", PASSWORD),
        ("inconnue@essai.example", PASSWORD),
        ("proprietaire@essai.example", "mauvais"),
        ("proprietaire@essai.example", ""),
        ("proprietaire@essai.example\x00", PASSWORD),
        ("proprietaire@essai.example", "\x00"),
        ("x" * 10_000, "y" * 10_000),
        ("' OR 1=1 --", "x"),
    ],
)
def test_wrong_answers_open_nothing(client, owner, address, password):
    response = client.post(URL, {"username": address, "password": password})

    assert response.status_code == 200
    assert "_auth_user_id" not in client.session


def test_an_error_does_not_say_whether_the_account_exists(client, owner):
    known = Page(client.post(URL, {"username": owner.email, "password": "non"}))
    unknown = Page(client.post(URL, {"username": "x@y.example", "password": "non"}))

    assert REFUSAL in known.text
    assert REFUSAL in unknown.text


def test_an_error_is_tied_to_the_fields_and_to_the_title(client, owner):
    calm = client.get(URL).text
    wrong = client.post(URL, {"username": owner.email, "password": "non"}).text
    empty = client.post(URL, {"username": "", "password": "non"}).text

    assert "<title>Connexion" in calm
    assert "aria-invalid" not in calm
    assert "<title>Erreur – Connexion" in wrong
    assert wrong.count('aria-invalid="true"') == 2
    assert wrong.count('aria-describedby="erreur-connexion"') == 2
    assert 'id="erreur-connexion"' in wrong
    assert "<title>Erreur – Connexion" in empty
    assert empty.count('aria-invalid="true"') == 1


@pytest.mark.parametrize("target", ["https://ailleurs.example/", "//ailleurs.example"])
def test_nobody_is_sent_to_another_site(client, db, target):
    assert arrival(sign_in(client, UserFactory(), next=target)) == "/"
