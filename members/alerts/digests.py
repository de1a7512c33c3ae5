"""The mail of a day: what a person's alerts found, once each, in one message.

A row is new to an alert when the alert has not found it before, whatever its dates:
one that enters the search by an edit is, one that was archived and comes back is not.
A person is told of a row once, whichever of their alerts finds it. The marks of what
was told are written with the mail, in one transaction that holds the person's row: two
rounds at once, or one that is killed, tell nothing twice and lose nothing.
"""

from __future__ import annotations

import datetime
import logging
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from pyroaring import BitMap

from directory.keeping import versions
from members.alerts import subscribing
from members.alerts.followed import Alert
from members.mails import emails
from members.mails.mail_kinds import UNASKED
from members.models import Mail, SavedSearch, Subscriber, ToldRow

logger = logging.getLogger(__name__)

#: How many rows of an alert a mail names; the others are counted.
MOST_ROWS = 10
#: How many mails that nobody asked for at that moment a person gets in seven days.
MOST_MAILS = 7
SUMMARY = 160


@dataclass
class Found:
    """What an alert has to tell."""

    alert: Alert
    new: BitMap
    rows: list[Any] = field(default_factory=list)

    @property
    def lost(self) -> str:
        """The filters that it asks for in vain, in sentences."""
        return "\n".join(self.alert.notices)

    @property
    def tells(self) -> bool:
        """Whether there is anything to say."""
        search = self.alert.search
        return bool(self.new) or (bool(self.lost) and self.lost != search.told_lost)

    def as_part(self) -> dict[str, Any]:
        """What the mail says of it."""
        left = len(self.new) - len(self.rows)
        more = ngettext("et %(n)d autre", "et %(n)d autres", left) % {"n": left}
        followed = self.alert.followed
        return {
            "title": self.alert.title,
            "notices": self.alert.notices,
            "rows": [_line(row) for row in self.rows],
            "more": more if left else "",
            "path": followed.address if followed else reverse("home"),
        }


def tell_all() -> int:
    """Tell everybody what is due today; give how many mails are written.

    Run twice, it writes nothing the second time. What fails for one person is logged,
    and tried again by the next round.
    """
    told = 0
    due = Subscriber.objects.due(timezone.localdate()).order_by("pk")
    for key in due.values_list("pk", flat=True):
        try:
            told += tell(key)
        except Exception:
            logger.exception("The alerts of %s", key)
    return told


@transaction.atomic
def tell(key: Any) -> bool:
    """Tell one subscriber what is due today; say whether a mail is written."""
    today = timezone.localdate()
    rows = Subscriber.objects.due(today).select_for_update(no_key=True)
    subscriber = rows.filter(pk=key).first()
    if subscriber is None or _waits(subscriber, today):
        return False
    # What the round that waited for this row found due is read again here.
    searches = SavedSearch.objects.due(today).select_for_update()
    found = _found(subscriber, list(searches.filter(subscriber=key).order_by("pk")))
    telling = [item for item in found if item.tells]
    if telling:
        _write(subscriber, telling, today)
    for item in found:
        _note(item, today)
    return bool(telling)


def _waits(subscriber: Subscriber, today: datetime.date) -> bool:
    """Whether the person was told today, or written to often enough these days."""
    if Mail.objects.filter(key=_key(subscriber, today)).exists():
        return True
    first = datetime.datetime.combine(
        today - datetime.timedelta(days=6), datetime.time()
    )
    written = Mail.objects.filter(
        to__iexact=subscriber.email,
        kind__in=UNASKED,
        created_at__gte=timezone.make_aware(first),
    )
    return written.count() >= MOST_MAILS


def _found(subscriber: Subscriber, searches: list[SavedSearch]) -> list[Found]:
    """What each alert has found anew, each row with the first that finds it."""
    told: dict[str, BitMap] = {}
    found = []
    now = versions.current()
    for search in searches:
        if search.listing not in told:
            rows = ToldRow.objects.filter(subscriber=subscriber, listing=search.listing)
            told[search.listing] = BitMap(rows.values_list("row", flat=True))
        alert = Alert(search, now)
        new = alert.rows - search.seen_rows
        new -= told[search.listing]
        told[search.listing] |= new
        item = Found(alert, new)
        if new and alert.followed:
            item.rows = alert.followed.first(new, MOST_ROWS)
        found.append(item)
    return found


def _write(subscriber: Subscriber, found: list[Found], today: datetime.date) -> None:
    number = sum(len(item.new) for item in found)
    what = ngettext("%(n)d nouveauté", "%(n)d nouveautés", number) % {"n": number}
    path = subscribing.end_path(subscriber)
    emails.send(
        "alertes",
        to=subscriber.email,
        key=_key(subscriber, today),
        context={
            "what": what if number else _("une recherche à revoir"),
            "parts": [item.as_part() for item in found],
            "path": path,
            "unsubscribe_path": path,
        },
    )
    ToldRow.objects.bulk_create(
        ToldRow(subscriber=subscriber, listing=item.alert.search.listing, row=row.pk)
        for item in found
        for row in item.rows
    )


def _note(item: Found, today: datetime.date) -> None:
    """Note what the alert has found, told or not."""
    search = item.alert.search
    search.look(item.alert.rows, on=today)
    search.told_lost = item.lost
    search.save(update_fields=["seen", "looked_on", "told_lost"])


def _key(subscriber: Subscriber, today: datetime.date) -> str:
    return f"alertes:{subscriber.pk}:{today:%Y-%m-%d}"


def _line(row: Any) -> dict[str, str]:
    return {
        "title": str(row),
        "text": Truncator(" ".join(row.abstract.split())).chars(SUMMARY),
        "path": row.get_absolute_url(),
    }
