"""The post: a mail leaves once; what stops it is written down, or tried again."""

import datetime
import itertools
import smtplib

import pytest
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from members.mails import emails, post
from members.mails.mail_kinds import CODE, INVITATION, KINDS
from members.models import Mail
from tests.factories import MailFactory, NetworkFactory
from tests.post import queued

NOW = datetime.datetime(2026, 6, 1, 12, 0, tzinfo=datetime.UTC)
UNKNOWN = smtplib.SMTPRecipientsRefused({"a@essai.example": (550, b"no such user")})
BUSY = smtplib.SMTPRecipientsRefused({"a@essai.example": (451, b"greylisted")})


@pytest.fixture
def fails(monkeypatch):
    """Have the mail server fail so."""

    def fail(error):
        def send_messages(self, messages):
            raise error

        monkeypatch.setattr(EmailBackend, "send_messages", send_messages)

    return fail


def waits():
    """How long after now each job is to run."""
    jobs = ProcrastinateJob.objects.filter(task_name=post.deliver.name)
    return [job.scheduled_at - timezone.now() for job in jobs if job.scheduled_at]


def delivered(mail):
    post.deliver(mail_id=mail.pk)
    mail.refresh_from_db()
    return mail


def test_a_mail_leaves_once(db, mailoutbox):
    mail = MailFactory()

    for _ in range(3):
        delivered(mail)

    assert len(mailoutbox) == 1
    assert mail.sent_at
    assert mail.tries == 1


def test_a_mail_says_what_machines_must_know(db, mailoutbox):
    NetworkFactory(name="Réseau\nd’essai", email="bonjour@reseau.example")
    mail = delivered(MailFactory())

    (letter,) = mailoutbox
    message = letter.message()
    assert message["Message-ID"] == mail.message_id
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Reply-To"] == "bonjour@reseau.example"
    assert letter.from_email.endswith("<annuaire@localhost>")
    assert [part.get_content_type() for part in message.walk()] == [
        "multipart/alternative",
        "text/plain",
        "text/html",
    ]


def test_a_network_without_address_is_not_replied_to(db, mailoutbox):
    delivered(MailFactory())

    assert "Reply-To" not in mailoutbox[0].message()


@pytest.mark.parametrize(
    "error",
    [
        BUSY,
        ConnectionRefusedError(111, "refused"),
        TimeoutError("too long"),
        smtplib.SMTPServerDisconnected("gone"),
        smtplib.SMTPAuthenticationError(535, b"who are you"),
        smtplib.SMTPDataError(452, b"no room"),
    ],
    ids=str,
)
def test_what_may_pass_is_tried_again(error, db, fails):
    fails(error)

    mail = delivered(MailFactory())

    assert not mail.is_settled
    assert mail.tries == 1
    assert mail.error
    (wait,) = waits()
    assert datetime.timedelta(seconds=50) < wait <= datetime.timedelta(minutes=1)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (UNKNOWN, "550 no such user"),
        (smtplib.SMTPDataError(554, b"looks like spam"), "554 looks like spam"),
        (ValueError("bad header"), "bad header"),
    ],
    ids=["recipient", "content", "ours"],
)
def test_what_will_not_pass_is_written_down(error, words, db, fails):
    fails(error)

    mail = delivered(MailFactory())

    assert mail.refused_at
    assert words in mail.error
    assert queued() == []


def test_each_try_waits_longer_until_it_is_too_late(db, fails, time_machine):
    fails(BUSY)
    time_machine.move_to(NOW, tick=False)
    mail = MailFactory(kind="invitation", created_at=NOW)
    moments = []

    while not mail.is_settled and len(moments) < 100:
        moments.append(timezone.now() - NOW)
        delivered(mail)
        time_machine.shift(post.WAITS[min(mail.tries, len(post.WAITS)) - 1])

    gaps = [b - a for a, b in itertools.pairwise(moments)]
    assert gaps == sorted(gaps)
    assert moments[-1] <= KINDS["invitation"].useful_for
    assert mail.refused_at
    assert "451 greylisted" in mail.error


def test_a_mail_that_got_through_at_last_has_no_error(db, mailoutbox):
    mail = delivered(MailFactory(error="451 greylisted", tries=1))

    assert mail.sent_at
    assert (mail.tries, mail.error) == (2, "")


def test_what_somebody_waits_for_is_sent_before_the_rest(db):
    specimens = {kind.name: kind.specimen for kind in (INVITATION, CODE)}
    sent = [
        emails.send(kind, to="a@essai.example", context=context).pk
        for kind, context in specimens.items()
    ]

    assert queued() == sent[::-1]


def test_what_opens_an_account_is_emptied_once_sent(db, settings, mailoutbox):
    settings.DEMO = False

    secret = delivered(MailFactory(kind="invitation"))
    plain = delivered(MailFactory())

    assert secret.is_emptied
    assert not plain.is_emptied
    assert all(letter.body == "Texte." for letter in mailoutbox)


def test_the_demonstration_keeps_what_it_shows(db, mailoutbox):
    assert not delivered(MailFactory(kind="invitation")).is_emptied


def test_mails_are_emptied_a_month_after(db, settings, time_machine):
    settings.DEMO = False
    time_machine.move_to(NOW)
    old = NOW - datetime.timedelta(days=31)
    recent = NOW - datetime.timedelta(days=29)
    settled = [MailFactory(sent_at=old), MailFactory(refused_at=old)]
    kept = [MailFactory(sent_at=recent), MailFactory(created_at=old)]

    post.forget(timestamp=0)

    empty = set(Mail.objects.filter(text="", html=""))
    assert empty == set(settled)
    assert all(Mail.objects.get(pk=mail.pk).subject for mail in settled + kept)


def test_the_demonstration_forgets_nothing(db):
    MailFactory(sent_at=NOW - datetime.timedelta(days=400))

    post.forget(timestamp=0)

    assert not Mail.objects.filter(text="").exists()


def test_a_refused_mail_is_sent_again(db, letters):
    mail = MailFactory(refused=True)

    post.send_again(mail)

    assert len(letters()) == 1
    mail.refresh_from_db()
    assert mail.sent_at
    assert mail.refused_at is None


def test_a_mail_that_left_leaves_again_as_a_new_message(db, letters):
    mail = MailFactory(sent=True, key="une-seule-fois")

    again = post.send_again(mail)

    assert again.pk != mail.pk
    assert again.message_id != mail.message_id
    assert len(letters()) == 1


def test_what_was_forgotten_is_not_sent_again(db, letters):
    mail = MailFactory(sent=True, text="", html="")

    with pytest.raises(Mail.DoesNotExist):
        post.send_again(mail)

    assert letters() == []
