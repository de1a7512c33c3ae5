"""The staff’s second factor: what it opens, how it is set up, lost and replaced."""

import json
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal.auth import WebAuthn
from django.contrib.auth.models import Permission
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from members import second_factor
from tests import sessions
from tests.factories import StructureFactory, UserFactory
from tests.members.application import SECRET, code_of, with_application
from tests.members.mailbox import code_sent_to, sent_to, wrong
from tests.pages import Page

FACTORS = "/mon-espace/compte/double-authentification/"
APPLICATION = "/mon-espace/compte/application/"
#: As a browser sends it, but signed by nobody.
FORGED = json.dumps(
    {
        "id": "AAAA",
        "rawId": "AAAA",
        "type": "public-key",
        "clientExtensionResults": {},
        "response": {
            "clientDataJSON": "e30",
            "authenticatorData": "AAAA",
            "attestationObject": "AAAA",
            "signature": "AAAA",
            "userHandle": "MQ",
        },
    }
)


def after_the_code(client, user, **fields):
    client.post("/connexion/", {"email": user.email, **fields})
    return client.post(
        "/connexion/code/", {"code": code_sent_to(user.email), **fields}, follow=True
    )


def arrival(response):
    return response.redirect_chain[-1][0]


# What it opens


def test_a_code_alone_does_not_open_the_admin_and_the_page_says_why(client, staff):
    response = after_the_code(client, staff)

    assert arrival(response) == f"{FACTORS}?next=/admin/"
    page = Page(response)
    assert "L’administration demande un second facteur" in page.text
    assert page.href("Ajouter une clé d’accès") == "/mon-espace/compte/cles/ajouter/"


@pytest.mark.parametrize(
    "path", ["/admin/", "/admin/directory/contact/", "/styleguide/"]
)
def test_no_door_of_the_staff_opens_without_it(single_factor_client, path):
    response = single_factor_client.get(path, follow=True)

    assert arrival(response).startswith(FACTORS)
    assert reverse("admin:index") not in Page(response).main


@pytest.mark.parametrize("path", ["/annuaire/brouillon/", "/annuaire/visible/"])
def test_no_right_of_the_staff_is_lent_without_it(
    single_factor_client, staff_client, path
):
    StructureFactory(slug="brouillon")
    StructureFactory(slug="visible", published=True)

    plain, proved = (c.get(path) for c in (single_factor_client, staff_client))

    assert plain.status_code == (404 if "brouillon" in path else 200)
    assert proved.status_code == 200
    assert "/change/" not in plain.text
    assert "/change/" in proved.text


def test_a_factor_added_elsewhere_does_not_open_the_other_sessions(
    single_factor_client, staff
):
    with_application(staff)

    response = single_factor_client.get("/admin/", follow=True)

    assert arrival(response).startswith(FACTORS)
    again = Page(response).href("L’utiliser maintenant")
    assert again.startswith("/mon-espace/compte/confirmation/second-facteur/")
    answer = single_factor_client.post(again, {"code": code_of(SECRET)}, follow=True)
    assert arrival(answer) == "/admin/"
    assert answer.status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/mon-espace/compte/application/",
        "/mon-espace/compte/application/retirer/",
        "/mon-espace/compte/cles/ajouter/",
        "/mon-espace/compte/codes-de-secours/refaire/",
        "/mon-espace/compte/adresse/",
        "/mon-espace/compte/donnees/",
    ],
)
def test_a_session_of_before_the_factor_changes_no_way_to_sign_in(path, client, staff):
    after_the_code(client, staff)
    with_application(staff)

    response = client.get(path)

    assert response["Location"].startswith(
        "/mon-espace/compte/confirmation/second-facteur/"
    )


def test_the_first_factor_ends_the_sessions_that_a_code_opened(staff):
    here, elsewhere = Client(), Client()
    for one in (elsewhere, here):
        after_the_code(one, staff)

    page = here.get("/mon-espace/compte/application/")
    secret = page.context["form"].secret
    here.post("/mon-espace/compte/application/", {"code": code_of(secret)})

    assert here.get("/admin/").status_code == 200
    assert elsewhere.get("/mon-espace/").status_code == 302


def test_the_proof_is_of_the_person_who_is_signed_in(staff_client):
    other = UserFactory(staff=True)

    sessions.open_plainly(staff_client, other)

    assert staff_client.get("/admin/").status_code == 302


def test_a_member_may_do_without(owner_client):
    page = Page(owner_client.get(FACTORS))

    assert "L’administration demande" not in page.text


# Signing in with it


def test_who_has_an_application_is_asked_for_its_code(client, staff):
    with_application(staff)

    asked = after_the_code(client, staff, next="/admin/news/page/")
    before = "_auth_user_id" in client.session
    opened = client.post(arrival(asked), {"code": code_of(SECRET)}, follow=True)

    assert arrival(asked) == "/connexion/second-facteur/"
    assert not before
    assert arrival(opened) == "/admin/news/page/"
    assert opened.status_code == 200


def test_a_member_with_an_application_is_asked_too(client, owner):
    with_application(owner)

    assert arrival(after_the_code(client, owner)) == "/connexion/second-facteur/"


def test_a_wrong_code_opens_nothing_and_five_stop_it(client, staff):
    with_application(staff)
    after_the_code(client, staff)
    url = "/connexion/second-facteur/"

    tries = [client.post(url, {"code": wrong(code_of(SECRET))}) for _ in range(5)]
    sixth = client.post(url, {"code": code_of(SECRET)})

    assert all("Ce code n’est pas le bon" in Page(answer).text for answer in tries)
    assert "Trop d’essais" in Page(sixth).text
    assert "_auth_user_id" not in client.session


def test_the_second_page_does_not_open_before_the_first(client, staff):
    with_application(staff)
    client.post("/connexion/", {"email": staff.email})

    response = client.get("/connexion/second-facteur/")

    assert response["Location"] == "/connexion/"


def test_a_recovery_code_serves_once(client, staff):
    with_application(staff)
    rescue = recovery_codes(staff)[0]
    for expected in (True, False):
        browser = Client()
        after_the_code(browser, staff)
        browser.post("/connexion/second-facteur/", {"code": rescue})

        assert ("_auth_user_id" in browser.session) is expected


def recovery_codes(user):
    from_session = Client()
    sessions.open_proved(from_session, user)
    from_session.post("/mon-espace/compte/codes-de-secours/refaire/")
    page = from_session.get("/mon-espace/compte/codes-de-secours/")
    return page.context["unused_codes"]


# Setting it up


def test_an_application_is_set_up_and_opens_the_admin_at_once(
    client, staff, django_capture_on_commit_callbacks
):
    after_the_code(client, staff)
    page = client.get(APPLICATION)
    secret = page.context["form"].secret

    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(APPLICATION, {"code": code_of(secret)}, follow=True)

    assert 'src="data:image/svg+xml;base64,' in page.text
    assert secret in page.text
    assert arrival(response) == "/mon-espace/compte/codes-de-secours/"
    assert len(response.context["unused_codes"]) == 10
    assert client.get("/admin/").status_code == 200
    (letter,) = [m for m in sent_to(staff.email) if "a changé" in m.subject]
    assert "une application d’authentification a été ajoutée" in letter.body


def test_recovery_codes_are_shown_once(staff_client, staff):
    with_application(staff)
    url = "/mon-espace/compte/codes-de-secours/"
    staff_client.post(f"{url}refaire/")

    first, second = (staff_client.get(url) for _ in range(2))

    codes = first.context["unused_codes"]
    assert all(code in first.text for code in codes)
    assert not any(code in second.text for code in codes)
    assert "Il vous reste 10 codes" in Page(second).text


def test_a_wrong_first_code_sets_nothing_up(client, staff):
    after_the_code(client, staff)
    secret = client.get(APPLICATION).context["form"].secret

    response = client.post(APPLICATION, {"code": wrong(code_of(secret))})

    assert "Ce code n’est pas le bon" in Page(response).text
    assert not Authenticator.objects.exists()
    assert client.get("/admin/").status_code == 302


@pytest.mark.parametrize(
    "path",
    [APPLICATION, "/mon-espace/compte/cles/ajouter/", "/mon-espace/compte/adresse/"],
)
def test_an_old_session_proves_again_who_it_is_before_it_changes(staff, path):
    client = Client()
    sessions.open_plainly(client, staff)

    asked = client.get(path, follow=True)
    client.post(arrival(asked), {"recipient": staff.email, "next": path})
    wrong_one = client.post(
        "/mon-espace/compte/confirmation/code/",
        {"code": wrong(code_sent_to(staff.email)), "next": path},
    )
    right = client.post(
        "/mon-espace/compte/confirmation/code/",
        {"code": code_sent_to(staff.email), "next": path},
        follow=True,
    )

    assert arrival(asked).startswith("/mon-espace/compte/confirmation/?next=")
    assert "Ce code n’est pas le bon" in Page(wrong_one).text
    assert arrival(right) == path
    assert right.status_code == 200


def test_removing_the_application_warns_its_holder(staff_client, staff):
    with_application(staff)

    staff_client.post(f"{APPLICATION}retirer/")

    assert not Authenticator.objects.exists()
    assert "a été retirée" in sent_to(staff.email)[0].body


def test_a_key_of_somebody_else_is_not_found(owner_client, staff):
    key = WebAuthn.add(staff, "Téléphone", {}).instance
    owner_client.post("/connexion/")
    session = owner_client.session
    session["account_authentication_methods"] = [{"method": "code", "at": time.time()}]
    session["account_authentication_methods_user"] = session["_auth_user_id"]
    session.save()

    for end in ("", "retirer/"):
        path = f"/mon-espace/compte/cles/{key.pk}/{end}"
        assert owner_client.get(path).status_code == 404
        assert owner_client.post(path, {"name": "Volée"}).status_code == 404


def test_a_passkey_is_renamed_and_removed(staff_client, staff):
    key = WebAuthn.add(staff, "Téléphone", {}).instance
    path = f"/mon-espace/compte/cles/{key.pk}/"

    staff_client.post(path, {"name": "Ordinateur"})
    named = Page(staff_client.get("/mon-espace/compte/cles/")).text
    staff_client.post(f"{path}retirer/")

    assert "Ordinateur" in named
    assert not Authenticator.objects.exists()


@pytest.mark.parametrize("sent", ["", "{}", "x", '{"id": 1}', "[]", "null", FORGED])
@pytest.mark.parametrize(
    "path", ["/connexion/cle/", "/mon-espace/compte/cles/ajouter/"]
)
def test_a_forged_passkey_is_refused(staff_client, db, path, sent):
    client = Client() if path == "/connexion/cle/" else staff_client
    client.get(path, headers={"accept": "application/json"})

    response = client.post(path, {"credential": sent, "passwordless": "True"})

    assert response.status_code in {200, 302}
    assert not Authenticator.objects.exists()
    assert path != "/connexion/cle/" or "_auth_user_id" not in client.session


# Losing it


def test_the_staff_removes_the_factors_of_who_lost_them(staff_client):
    user = with_application(UserFactory())
    action = {"action": "forget_second_factors", "_selected_action": [user.pk]}

    page = staff_client.post("/admin/members/user/", action, follow=True)

    assert f"Les seconds facteurs de {user} sont retirés." in page.text
    assert not Authenticator.objects.filter(user=user).exists()


def test_what_was_lost_has_no_session_left(client, owner):
    after_the_code(client, owner)

    second_factor.forget(user=owner)

    assert client.get("/mon-espace/compte/").status_code == 302


def test_nobody_removes_those_of_an_account_that_may_do_more(client, db):
    helper = UserFactory(is_staff=True)
    codenames = ["view_user", "change_user"]
    helper.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    boss = with_application(UserFactory(staff=True))
    client.force_login(helper)
    action = {"action": "forget_second_factors", "_selected_action": [boss.pk]}

    page = client.post("/admin/members/user/", action, follow=True)

    assert "a plus de droits que le vôtre" in page.text
    assert Authenticator.objects.filter(user=boss).exists()


def test_a_shell_removes_them_too(client, staff, capsys):
    with_application(staff)
    client.post("/connexion/", {"email": staff.email})

    call_command("sign_in_code", staff.email, "--forget-second-factors")

    assert code_sent_to(staff.email) in capsys.readouterr().out
    assert not Authenticator.objects.exists()
