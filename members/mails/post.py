"""The post: takes written mails to the mail server, in the worker's process.

A mail is handed over by a job deferred in the transaction that writes its row; the row
is the truth. The worker locks it, sends it, and says so, in one transaction: two
workers never send the same row. A worker killed between the server's answer and the
commit is the one case left (no mail system can close it): the mail leaves again under
the same Message-ID, by which mailboxes know it.
"""

from __future__ import annotations

import contextlib
import datetime
import logging
import smtplib
from email.utils import formataddr, parseaddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from directory.models import Network
from members.mails.mail_kinds import KINDS
from members.models import Mail

logger = logging.getLogger(__name__)

#: How long to wait after each try that failed for a reason that may pass.
WAITS = tuple(
    datetime.timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 720, 1440)
)
PERMANENT = 500  # the answers of a mail server that will not change
BEFORE_OTHERS = 10
QUEUE = "mails"


def hand_over(mail: Mail, *, after: datetime.timedelta | None = None) -> None:
    """Ask the worker to send a mail, once the current transaction is committed."""
    kind = KINDS.get(mail.kind)
    job = deliver.configure(
        priority=BEFORE_OTHERS if kind and kind.is_urgent else 0,
        schedule_in={"seconds": int(after.total_seconds())} if after else None,
    )
    job.defer(mail_id=mail.pk)


@transaction.atomic
def send_again(mail: Mail) -> Mail:
    """Send a mail once more; one that has left leaves as a new message.

    Raises:
        Mail.DoesNotExist: when what it said was forgotten.

    """
    if mail.is_emptied:
        raise Mail.DoesNotExist
    if mail.sent_at:
        mail = Mail(
            kind=mail.kind,
            to=mail.to,
            subject=mail.subject,
            text=mail.text,
            html=mail.html,
            unsubscribe_url=mail.unsubscribe_url,
        )
    mail.created_at = timezone.now()
    mail.refused_at, mail.tries, mail.error = None, 0, ""
    mail.save()
    hand_over(mail)
    return mail


# The alias: jobs that were waiting when the module moved.
@app.task(name="deliver", aliases=["members.post.deliver"], queue=QUEUE)
def deliver(*, mail_id: int) -> None:
    """Send a mail, unless that is done or being done."""
    with contextlib.closing(get_connection()) as line, transaction.atomic():
        rows = Mail.objects.waiting().select_for_update(skip_locked=True)
        if mail := rows.filter(pk=mail_id).first():
            _try(mail, line)


@app.periodic(cron="* * * * *")
@app.task(queue=QUEUE, queueing_lock="take-up-again")
async def take_up_again(timestamp: int) -> None:  # noqa: ARG001 - always given
    """Give to another worker the jobs of those that were killed."""
    for job in await app.job_manager.get_stalled_jobs():
        await app.job_manager.retry_job(job)


@app.periodic(cron="17 * * * *")
@app.task(queue=QUEUE, queueing_lock="forget")
def forget(timestamp: int) -> None:  # noqa: ARG001 - always given
    """Empty the mails that are old enough; those of the demonstration are kept."""
    if not settings.DEMO:
        age = datetime.timedelta(days=settings.MAIL_RETENTION_DAYS)
        Mail.objects.to_empty(before=timezone.now() - age).empty()


def _try(mail: Mail, line: Any) -> None:
    """Send the locked row, and write down what came of it."""
    mail.tries += 1
    try:
        # The line stays open: it is closed once the row says that the mail has left.
        line.open()
        line.send_messages([_message(mail, line)])
    except (smtplib.SMTPException, OSError, ValueError) as error:
        mail.error = _words(error)
        logger.warning("Mail %s, try %s: %s", mail.pk, mail.tries, mail.error)
        _wait_or_give_up(mail, will_pass=not _is_permanent(error))
    else:
        mail.sent_at, mail.error = timezone.now(), ""
    kind = KINDS.get(mail.kind)
    if mail.is_settled and kind and kind.is_secret and not settings.DEMO:
        mail.forget_what_it_said()
    mail.save()


def _wait_or_give_up(mail: Mail, *, will_pass: bool) -> None:
    """Try later, while it may be taken and is worth reading."""
    wait = WAITS[min(mail.tries, len(WAITS)) - 1]
    kind = KINDS.get(mail.kind)
    ends_at = mail.created_at + (kind.useful_for if kind else WAITS[-1])
    if will_pass and timezone.now() + wait <= ends_at:
        hand_over(mail, after=wait)
    else:
        mail.refused_at = timezone.now()


def _message(mail: Mail, line: Any) -> EmailMultiAlternatives:
    network = Network.objects.current()
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    sender = " ".join(str(network or name).split())
    message = EmailMultiAlternatives(
        subject=mail.subject,
        body=mail.text,
        from_email=formataddr((sender, address)),
        to=[mail.to],
        reply_to=[network.email] if network and network.email else [],
        headers={
            "Message-ID": mail.message_id,
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "All",
            **_unsubscription(mail),
        },
        connection=line,
    )
    message.attach_alternative(mail.html, "text/html")
    return message


def _unsubscription(mail: Mail) -> dict[str, str]:
    """What gives mailboxes a button that ends such mails in one click (RFC 8058)."""
    if not mail.unsubscribe_url:
        return {}
    return {
        "List-Unsubscribe": f"<{mail.unsubscribe_url}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def _is_permanent(error: Exception) -> bool:
    """Whether trying again would be answered the same."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        codes = [code for code, _words in error.recipients.values()]
        return all(code >= PERMANENT for code in codes)
    if isinstance(error, smtplib.SMTPDataError):
        return error.smtp_code >= PERMANENT
    return isinstance(error, ValueError)


def _words(error: Exception) -> str:
    """What the mail server said."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        answers = error.recipients.values()
        return "; ".join(f"{code} {_text(words)}" for code, words in answers)
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{error.smtp_code} {_text(error.smtp_error)}"
    return f"{type(error).__name__}: {error}"


def _text(words: bytes | str) -> str:
    text = words.decode(errors="replace") if isinstance(words, bytes) else words
    return text.replace("\x00", "")
