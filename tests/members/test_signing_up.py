"""Making an account: a name, an address, a code; and no right."""

import pytest
from django.test import Client

from members.models import Mail, User
from tests.members.mailbox import code_sent_to, sent_to, wrong
from tests.pages import Page

URL = "/inscription/"
CODE = "/connexion/code/"
NEW = "neuve@essai.example"


def sign_up(client, address=NEW, name="Zoé Inventée"):
    return client.post(URL, {"email": address, "name": name})


def test_the_code_makes_the_account_and_opens_it(client, db):
    response = sign_up(client)
    before = User.objects.filter(email=NEW).exists()
    client.post(CODE, {"code": code_sent_to(NEW)})

    user = User.objects.get(email=NEW)
    assert response["Location"] == CODE
    assert not before
    assert user.name == "Zoé Inventée"
    assert client.session["_auth_user_id"] == str(user.pk)


def test_a_new_account_has_no_right_and_no_public_page(client, db):
    sign_up(client, name="Zoé Introuvable")
    client.post(CODE, {"code": code_sent_to(NEW)})

    assert not User.objects.get(email=NEW).is_staff
    assert client.get("/admin/", follow=True).status_code == 403
    assert client.get("/styleguide/").status_code == 404
    for path in ("/recherche/?q=introuvable", "/annuaire/?q=introuvable"):
        assert "Zoé Introuvable" not in Client().get(path).text


def test_without_the_code_nothing_is_written(client, db):
    sign_up(client)

    client.post(CODE, {"code": wrong(code_sent_to(NEW))})

    assert not User.objects.filter(email=NEW).exists()


def test_an_address_with_an_account_gets_the_same_page_and_opens_it(client, owner):
    new = Client()
    sign_up(new)
    response = sign_up(client, owner.email.upper(), "Autre Nom")
    pages = [Page(c.get(CODE)).text for c in (new, client)]

    assert response["Location"] == CODE
    assert pages[0].replace(NEW, owner.email) == pages[1]
    client.post(CODE, {"code": code_sent_to(owner.email)})
    assert client.session["_auth_user_id"] == str(owner.pk)
    assert User.objects.get(pk=owner.pk).name == owner.name


def test_an_account_made_meanwhile_is_the_one_that_opens(client, db):
    sign_up(client)
    user = User.objects.create_user(NEW, name="Invitée")

    client.post(CODE, {"code": code_sent_to(NEW)})

    assert client.session["_auth_user_id"] == str(user.pk)


def test_the_code_of_a_sign_in_never_makes_an_account(client, db):
    client.post("/connexion/", {"email": NEW})

    for code in ("", "000000"):
        client.post(CODE, {"code": code})

    assert "n’a pas de compte" in sent_to(NEW)[0].body
    assert not User.objects.exists()


@pytest.mark.parametrize(
    ("address", "name"),
    [("", "Zoé"), (NEW, ""), ("équipe@essai.example", "Zoé"), (NEW, "x" * 151)],
)
def test_what_the_table_refuses_is_refused_on_its_field(client, db, address, name):
    response = sign_up(client, address, name)

    assert response.status_code == 200
    assert response.text.count('aria-invalid="true"') == 1
    assert not Mail.objects.exists()


def test_closed_accounts_are_not_made_again(client, owner):
    User.objects.filter(pk=owner.pk).update(is_active=False)

    sign_up(client, owner.email)

    assert "n’a pas de compte" in sent_to(owner.email)[0].body
