"""What the author of a proposal is told by mail, once the staff have decided."""

import pytest
from django.db import transaction

from members import moderation
from members.models import Mail
from members.proposals.outcomes import Decision
from tests.members.proposing import decide, submitted


@pytest.fixture
def sent(member, owned_structure):
    return submitted(member, owned_structure, city="Nice", founded_in="1987")


def test_what_waits_is_not_announced(sent):
    assert not Mail.objects.exists()


@pytest.mark.parametrize(
    ("outcomes", "words"),
    [
        ({}, "est acceptée"),
        ({"city": ...}, "est acceptée en partie"),
        ({"city": ..., "founded_in": ...}, "est à reprendre"),
    ],
    ids=["whole", "partly", "returned"],
)
def test_each_decision_is_told_to_the_author(outcomes, words, member, staff, sent):
    decide(sent, staff, reason="Précisez l’année.", **outcomes)

    mail = Mail.objects.get()
    assert mail.to == member.email
    assert mail.subject.endswith(words)
    assert sent.get_absolute_url() in mail.text
    assert "Précisez l’année." in mail.text


def test_the_mail_names_each_field_that_comes_back_and_says_why(staff, sent):
    moderation.decide(
        proposal=sent,
        by=staff,
        version=sent.version,
        decisions={
            "city": Decision("acceptee"),
            "founded_in": Decision("renvoyee", reason="Le registre dit 1988."),
        },
    )

    mail = Mail.objects.get()
    for words in (mail.text, mail.html):
        assert "Année de création" in words
        assert "Le registre dit 1988." in words
        assert "Ville" not in words


def test_a_decision_that_fails_tells_nobody(staff, sent):
    with transaction.atomic():
        decide(sent, staff)
        transaction.set_rollback(True)

    assert not Mail.objects.exists()


def test_what_comes_back_and_goes_again_is_told_each_time(member, staff, sent):
    decide(sent, staff, reason="Encore", city=..., founded_in=...)
    sent.refresh_from_db()
    moderation.resume(proposal=sent, author=member)
    sent.refresh_from_db()
    moderation.submit(proposal=sent, author=member)
    decide(sent, staff)

    assert Mail.objects.count() == 2


def test_an_account_that_is_closed_is_not_written_to(member, staff, sent):
    member.is_active = False
    member.save()

    decide(sent, staff)

    assert not Mail.objects.exists()
