"""« Signaler une erreur »: what anybody may tell of a public record, and how often."""

from __future__ import annotations

import datetime
from typing import Any

from allauth.account.adapter import get_adapter
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from directory.models import Project, Structure
from members.models import Report

HOUR = datetime.timedelta(hours=1)
DAY = datetime.timedelta(days=1)
#: How many reports one sender may send in an hour.
MOST = 5
#: How long the address of who sent a report is kept once it is settled.
KEPT = datetime.timedelta(days=365)


class TooManyReports(Exception):
    """The sender has sent enough for an hour."""


@transaction.atomic
def send(
    *,
    record: Structure | Project,
    about: str,
    text: str,
    email: str = "",
    sender: str = "",
    is_own: bool = False,
) -> Report:
    """Put a report in the staff's list.

    Raises:
        TooManyReports: when this sender has sent too many in the last hour.

    """
    if sender and Report.objects.sent_by(sender, within=HOUR).count() >= MOST:
        raise TooManyReports
    column: dict[str, Any] = {
        "structure" if isinstance(record, Structure) else "project": record
    }
    return Report.objects.create(
        about=about, text=text, email=email, sender=sender, is_own=is_own, **column
    )


def sender_of(request: HttpRequest) -> str:
    """What tells a sender from another for a day, and from which no address is read."""
    address = get_adapter(request).get_client_ip(request)
    day = timezone.localdate().isoformat()
    return salted_hmac(
        "members.reports", f"{day} {address}", algorithm="sha256"
    ).hexdigest()


def forget() -> None:
    """Forget what told senders apart after a day, and their addresses after a year."""
    now = timezone.now()
    Report.objects.filter(sent_at__lt=now - DAY).exclude(sender="").update(sender="")
    Report.objects.to_forget(before=now - KEPT).forget_senders()
