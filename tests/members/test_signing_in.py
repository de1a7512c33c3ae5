"""Opening a session by a code sent by e-mail, and where people go next."""

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from members.models import Mail, User
from tests.factories import UserFactory
from tests.members.door import (
    CODE,
    SPACE,
    UNKNOWN,
    URL,
    arrival,
    ask,
    give,
    is_open,
    sign_in,
)
from tests.members.mailbox import code_sent_to, sent_to
from tests.pages import Page

# It shows


def test_the_page_asks_for_an_address_and_for_no_password(client, db):
    page = Page(client.get(URL))

    assert "Adresse électronique" in page.text
    assert "Il n’y a pas de mot de passe" in page.text
    assert 'type="password"' not in client.get(URL).text


def test_a_code_of_six_digits_is_sent_and_opens_the_session(client, owner):
    response = ask(client, owner.email)

    (letter,) = sent_to(owner.email)
    assert response["Location"] == CODE
    assert owner.email in Page(client.get(CODE)).text
    assert code_sent_to(owner.email) not in letter.subject
    assert letter.alternatives[0].mimetype == "text/html"
    give(client, code_sent_to(owner.email))
    assert client.session["_auth_user_id"] == str(owner.pk)


def test_a_code_may_be_typed_with_spaces(client, owner):
    ask(client, owner.email)
    code = code_sent_to(owner.email)

    give(client, f" {code[:3]} {code[3:]} ")

    assert is_open(client)


def test_a_person_arrives_in_their_space(client, db):
    assert arrival(sign_in(client, UserFactory())) == SPACE


def test_the_case_of_the_address_does_not_matter(client, owner):
    ask(client, owner.email.upper())

    give(client, code_sent_to(owner.email))

    assert is_open(client)


def test_people_come_back_to_the_page_they_asked_for(client, owner):
    assert arrival(sign_in(client, owner, next="/projets/")) == "/projets/"


def test_each_page_on_the_way_carries_where_one_was_going(client, owner):
    door = client.get(f"{URL}?next=/projets/").text
    response = ask(client, owner.email, next="/projets/")

    assert '<input type="hidden" name="next" value="/projets/">' in door
    assert response["Location"] == f"{CODE}?next=%2Fprojets%2F"
    assert 'name="next" value="/projets/"' in client.get(response["Location"]).text


def test_every_page_names_the_person_and_the_way_out(client, owner):
    client.force_login(owner)

    page = Page(client.get("/annuaire/"))

    assert page.href(owner.name) == "/mon-espace/compte/"
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

    assert arrivals == [SPACE] * 2


def test_the_door_of_the_admin_is_that_of_the_site_and_keeps_the_way(client, db):
    response = client.get("/admin/directory/contact/", follow=True)

    assert arrival(response) == f"{URL}?next=/admin/directory/contact/"


def test_nobody_signs_in_at_the_door_of_the_admin(client, staff):
    response = client.post("/admin/login/", {"username": staff.email, "password": "x"})

    assert response["Location"] == f"{URL}?next=/admin/"
    assert not is_open(client)


def test_nothing_of_a_session_is_kept_for_visitors(owner_client, client, owner):
    for path in ("/", "/annuaire/", "/plan-du-site/"):
        own, public = owner_client.get(path).text, client.get(path).text

        assert owner.name in own
        assert owner.name not in public
        assert "csrfmiddlewaretoken" not in public


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


def test_the_page_after_signing_in_asks_to_sign_in(client, db):
    response = client.get("/connexion/suite/")

    assert response["Location"] == "/connexion/?next=/connexion/suite/"


def test_a_signed_in_person_does_not_see_the_form_again(owner_client, owned_structure):
    response = owner_client.get(URL, follow=True)

    assert arrival(response) == SPACE


# Bad input


@pytest.mark.parametrize(
    "address",
    ["", "sans-arobase", "a@b\x00.example", "x" * 10_000, "' OR 1=1 --", "é@a.example"],
)
def test_an_address_that_is_none_sends_nothing(client, db, address):
    response = ask(client, address)

    assert response.status_code == 200
    assert "<title>Erreur – Connexion" in response.text
    assert not Mail.objects.exists()


@pytest.mark.parametrize("code", ["", "\x00", "é" * 6, "1" * 10_000, "12345"])
def test_a_code_that_is_none_is_refused(client, owner, code):
    ask(client, owner.email)

    response = give(client, code)

    assert response.status_code == 200
    assert not is_open(client)


@pytest.mark.parametrize("target", ["https://ailleurs.example/", "//ailleurs.example"])
def test_nobody_is_sent_to_another_site(client, db, settings, target):
    settings.ALLOWED_HOSTS = ["testserver", "ailleurs.example"]

    assert arrival(sign_in(client, UserFactory(), next=target)) == SPACE


@pytest.mark.parametrize("path", [URL, "/inscription/", CODE])
def test_characters_that_no_address_has_break_no_page(client, db, path):
    for query in ("?next=/%00", "?next=%FF", "?next=javascript:alert(1)"):
        assert client.get(f"{path}{query}").status_code in {200, 302}
    answer = client.post("/connexion/demonstration/", {"email": "a\x00"})
    assert answer.status_code == 404


# The demonstration, and a shell


def test_a_click_opens_an_account_of_the_demonstration(client, db):
    user = UserFactory(staff=True, email="equipe@demo.example", name="L’équipe")

    page = client.get(URL).text
    response = client.post("/connexion/demonstration/", {"email": user.email})

    assert 'value="equipe@demo.example"' in page
    assert response["Location"] == "/connexion/suite/"
    assert client.get("/admin/").status_code == 200
    assert not Mail.objects.exists()


def test_a_click_goes_from_one_account_to_another(owner_client, db):
    user = UserFactory(staff=True, email="equipe@demo.example")

    owner_client.post("/connexion/demonstration/", {"email": user.email})

    assert owner_client.get("/admin/").status_code == 200


def test_a_click_opens_no_other_account(client, staff):
    response = client.post("/connexion/demonstration/", {"email": staff.email})

    assert response.status_code == 404
    assert client.get("/connexion/demonstration/").status_code == 405
    assert not is_open(client)


def test_the_first_account_is_made_from_a_shell(client, db):
    call_command("createsuperuser", email="chef@essai.example", interactive=False)
    user = User.objects.get(email="chef@essai.example")

    response = sign_in(client, user)

    assert arrival(response).startswith("/mon-espace/compte/double-authentification/")


def test_who_has_a_shell_reads_the_code_that_did_not_arrive(client, owner, capsys):
    ask(Client(), UNKNOWN)
    ask(client, owner.email)

    call_command("sign_in_code", owner.email.upper())

    assert capsys.readouterr().out.strip() == code_sent_to(owner.email)


@pytest.mark.parametrize("address", ["proprietaire@essai.example", UNKNOWN])
def test_the_shell_says_when_no_code_waits(owner, address):
    with pytest.raises(CommandError, match="Aucun"):
        call_command("sign_in_code", address)
