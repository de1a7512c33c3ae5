"""The mails in the admin: what became of each, and what each kind says."""

import re

import pytest
from django.urls import reverse

from members.mails import emails
from members.mails.mail_kinds import INVITATION, KINDS
from members.models import Mail
from tests.admin_forms import act, address, listed, page_of
from tests.factories import MailFactory, UserFactory
from tests.post import queued

GALLERY = "admin:members_mail_gallery"
SPECIMEN = "admin:members_mail_specimen"


def test_mails_are_found_by_what_became_of_them(staff_client):
    waiting = MailFactory()
    sent = MailFactory(sent=True)
    refused = MailFactory(refused=True)

    found = {
        state: listed(staff_client, Mail, etat=state)
        for state in ("en-attente", "parti", "refuse", "autre")
    }

    assert found["en-attente"] == [waiting]
    assert found["parti"] == [sent]
    assert found["refuse"] == [refused]
    assert len(found["autre"]) == 3


def test_the_list_gives_the_words_of_the_mail_server(staff_client):
    MailFactory(refused=True, error="550 boîte pleine")

    assert "550 boîte pleine" in staff_client.get(address(Mail, "changelist")).text


def test_refused_mails_are_sent_again(staff_client):
    mail = MailFactory(refused=True)

    response = act(staff_client, "send_again", mail)

    assert "Le courriel va repartir" in response.text
    assert queued() == [mail.pk]


def test_a_mail_whose_text_is_forgotten_says_so(staff_client):
    mail = MailFactory(sent=True, text="", html="")

    response = act(staff_client, "send_again", mail)

    assert "rien ne part" in response.text
    assert queued() == []


def test_the_staff_read_a_mail_but_not_what_opens_an_account(staff_client):
    plain = MailFactory(text="Bonjour à vous.")
    secret = emails.send(
        "invitation", to="a@essai.example", context=INVITATION.specimen
    )

    assert "Bonjour à vous." in staff_client.get(page_of(plain)).text
    page = staff_client.get(page_of(secret)).text
    assert "il n’est pas montré" in page
    assert "/invitation/specimen/" not in page


def test_the_gallery_shows_each_kind_beside_its_text(staff_client):
    response = staff_client.get(reverse(GALLERY))

    for kind in KINDS.values():
        assert f'src="{reverse(SPECIMEN, args=[kind.name])}"' in response.text
        assert str(kind.label) in response.text
    assert "Camille Essai vous invite" in response.text
    assert re.findall(r"<iframe[^>]* sandbox ", response.text)
    assert "frame-src 'self'" in response["Content-Security-Policy"]


def test_a_specimen_runs_nothing_and_is_framed_by_us_alone(staff_client):
    response = staff_client.get(reverse(SPECIMEN, args=["invitation"]))

    policy = response["Content-Security-Policy"]
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in policy
    assert "script-src" not in policy
    assert "default-src 'none'" in policy


def test_a_kind_that_does_not_exist_has_no_specimen(staff_client):
    response = staff_client.get(reverse(SPECIMEN, args=["rien"]))

    assert response.status_code == 404


@pytest.mark.parametrize("name", [GALLERY, SPECIMEN])
def test_the_gallery_is_for_the_staff(name, client, member_client):
    url = reverse(name, args=["invitation"] if name == SPECIMEN else [])
    client.force_login(UserFactory(is_staff=True))

    assert member_client.get(url).status_code == 302
    assert client.get(url).status_code == 404
