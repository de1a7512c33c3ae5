"""A mail is written with the decision it tells of: all of it, once, and harmless."""

import html
import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.template.loader import get_template

from members.mails import emails
from members.mails.mail_kinds import INVITATION, KINDS
from members.models import Mail
from tests.factories import NetworkFactory, OfficeFactory
from tests.post import queued

SPECIMEN = dict(INVITATION.specimen)
by_kind = pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)


def invite(to="zoe@essai.example", key="", **changes):
    return emails.send("invitation", to=to, context={**SPECIMEN, **changes}, key=key)


def test_a_mail_is_written_and_handed_over(db):
    mail = invite()

    assert Mail.objects.waiting().get() == mail
    assert mail.subject == "Tenez à jour la fiche de «\u00a0Les Amis du Levant\u00a0»"
    assert "Camille Essai vous invite" in mail.text
    assert queued() == [mail.pk]


def test_a_decision_that_is_undone_writes_to_nobody(db):
    with transaction.atomic():
        invite()
        transaction.set_rollback(True)

    assert not Mail.objects.exists()
    assert queued() == []


def test_the_same_key_writes_once(db):
    first, second = invite(key="invitation-7"), invite(key="invitation-7")

    assert first == second
    assert queued() == [first.pk]


def test_mails_without_a_key_are_all_written(db):
    assert invite() != invite()


@pytest.mark.parametrize(
    "address", ["", "nobody", "zoe@essai.example\nBcc: all@essai.example", "a@b@c"]
)
def test_what_is_no_address_is_not_written_to(address, db):
    with pytest.raises(ValidationError):
        invite(to=address)


def test_a_kind_that_does_not_exist_is_refused(db):
    with pytest.raises(KeyError):
        emails.send("rien", to="zoe@essai.example", context={})


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028", "\x0b", "\x85"])
def test_a_name_forges_no_header(end, db, letters):
    structure = SimpleNamespace(name=f"Amis{end}Bcc: tous@essai.example", slug="amis")

    invite(structure=structure)

    (letter,) = letters()
    assert letter.subject.endswith("Amis Bcc: tous@essai.example\u00a0»")
    assert letter.recipients() == ["zoe@essai.example"]
    assert "Bcc" not in letter.message()


def test_a_name_is_a_text_in_the_html(db):
    mail = invite(inviter="<script>alert(1)</script>")

    assert "<script" not in mail.html
    assert "<script>alert(1)</script> vous invite" in mail.text


def test_the_button_leads_to_the_site_itself(db, settings):
    settings.SITE_URL = "https://annuaire.example"

    mail = invite(path="/invitation/abc/")

    assert "https://annuaire.example/invitation/abc/" in mail.text
    assert 'href="https://annuaire.example/invitation/abc/"' in mail.html


def test_a_mail_says_who_writes_and_why(db):
    OfficeFactory(
        network=NetworkFactory(name="Réseau d’essai"),
        address="1, rue d’Essai",
        postcode="13001",
        city="Marseille",
    )

    mail = invite()

    for said in (mail.text, html.unescape(mail.html)):
        assert "Réseau d’essai" in said
        assert "1, rue d’Essai – 13001 Marseille" in said
        assert "parce que votre adresse a été donnée par Camille Essai" in said


@by_kind
def test_each_kind_has_both_templates_and_a_whole_specimen(kind, db, settings):
    class Missing(str):
        def __contains__(self, item):
            return True

        def __mod__(self, name):
            pytest.fail(f"{kind.name}: nothing says {name}")

    engine = settings.TEMPLATES[0]
    options = {**engine["OPTIONS"], "string_if_invalid": Missing("%s")}
    NetworkFactory()
    settings.TEMPLATES = [{**engine, "OPTIONS": options}]

    letter = emails.written(kind, kind.specimen)

    assert letter.subject
    assert letter.text.startswith("Bonjour,\n")
    assert "{" not in letter.subject + letter.text


@by_kind
def test_the_text_of_each_kind_is_plain_and_spaced(kind, db):
    text = emails.written(kind, kind.specimen).text

    assert not re.search(r"\n{3}|<[a-z/]|&[a-z#]+;", text)
    assert all(line == line.rstrip() or line == "-- " for line in text.splitlines())


@by_kind
def test_the_html_of_each_kind_reaches_for_nothing(kind, db):
    body = emails.written(kind, kind.specimen).html

    assert not re.search(r"<(img|script|link|iframe|table)\b|url\(|@import", body)


def test_no_template_of_mail_is_left_behind():
    folder = Path(get_template("emails/layout.txt").origin.name).parent
    names = {path.name for path in folder.iterdir()}

    assert names == {
        f"{name}.{end}" for name in [*KINDS, "layout"] for end in ("txt", "html")
    }
