"""A month of the agenda: what happens or closes on each of its days."""

from __future__ import annotations

import calendar
import datetime
import re
from collections import defaultdict
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from pyroaring import BitMap

from directory.templatetags.wording import days
from news.models import Call, Event, agenda, moments
from news.models.events import EventQuerySet
from news.models.moments import hour, local

#: The years of the months that can be asked for: no way leads further.
YEARS = range(2000, 2101)
A_MONTH = re.compile(r"([0-9]{4})-([0-9]{1,2})", re.ASCII)


@dataclass(frozen=True)
class Entry:
    """What a day has: an event, or the end of a call."""

    label: str
    address: str
    #: When it begins that day: « 18 h »; or nothing.
    hour: str = ""
    is_deadline: bool = False
    is_cancelled: bool = False


@dataclass(frozen=True)
class Span:
    """An event of several days, and those of them that are in the month."""

    label: str
    address: str
    #: All its days, in words.
    when: str
    first: datetime.date
    last: datetime.date
    #: Whether it began before the month.
    goes_on: bool
    is_cancelled: bool = False


@dataclass(frozen=True)
class Month:
    """A month, by its first day."""

    first: datetime.date

    @classmethod
    def current(cls) -> Month:
        """The month that it is for the network."""
        return cls(moments.today().replace(day=1))

    @classmethod
    def read(cls, raw: str) -> Month | None:
        """The month that « 2026-12 » names, or None."""
        found = A_MONTH.fullmatch(raw)
        year, number = map(int, found.groups()) if found else (0, 0)
        if year not in YEARS or not 1 <= number <= len(calendar.month_name[1:]):
            return None
        return cls(datetime.date(year, number, 1))

    @property
    def last(self) -> datetime.date:
        """Its last day."""
        return agenda.end_of_month(self.first)

    @property
    def key(self) -> str:
        """The month as addresses say it: « 2026-12 »."""
        return f"{self.first:%Y-%m}"

    @property
    def label(self) -> str:
        """The month in words: « décembre 2026 »."""
        return date_format(self.first, "F Y")

    @property
    def before(self) -> Month | None:
        """The month before, unless it is too far."""
        day = self.first - datetime.timedelta(days=1)
        return Month(day.replace(day=1)) if day.year in YEARS else None

    @property
    def after(self) -> Month | None:
        """The month after, unless it is too far."""
        day = agenda.next_month(self.first)
        return Month(day) if day.year in YEARS else None


@dataclass(frozen=True)
class Held:
    """The events and the deadlines of a month, and how many there are of each."""

    by_day: dict[datetime.date, list[Entry]]
    #: What lasts several days, in the order of their first ones.
    spans: list[Span]
    events: int
    deadlines: int


def held(month: Month, events: BitMap, calls: BitMap) -> Held:
    """Read what the month has among the rows with these primary keys: two queries."""
    by_day: dict[datetime.date, list[Entry]] = defaultdict(list)
    found = _during(month).soonest_first()
    shown = [event for event in found if event.pk in events]
    spans = []
    for event in shown:
        first, last = event.days
        if first == last:
            by_day[first].append(_entry(event))
        else:
            spans.append(_span(event, month))
    closing = _closing(month, calls)
    for day, entry in closing:
        by_day[day].append(entry)
    return Held(by_day, spans, len(shown), len(closing))


def held_in(month: Month, events: BitMap) -> BitMap:
    """Keep the events that the month has: one query."""
    return events & BitMap(_during(month).values_list("pk", flat=True))


def nearest(month: Month, events: BitMap) -> Month | None:
    """Give the next month that has one of these events, else the last one before."""
    end = moments.beginning(agenda.next_month(month.first))
    rows = Event.objects.published().order_by().values_list("pk", "starts_at")
    found = [(starts_at, pk) for pk, starts_at in rows if pk in events]
    later = [pair for pair in found if pair[0] >= end]
    pair = min(later) if later else max(found, default=None)
    return Month(local(pair[0]).date().replace(day=1)) if pair else None


def _during(month: Month) -> EventQuerySet:
    return Event.objects.published().during(month.first, month.last)


def _entry(event: Event) -> Entry:
    return Entry(
        event.title,
        event.get_absolute_url(),
        "" if event.is_all_day else hour(event.starts_at),
        is_cancelled=event.is_cancelled,
    )


def _span(event: Event, month: Month) -> Span:
    first, last = event.days
    return Span(
        event.title,
        event.get_absolute_url(),
        days(first, last),
        max(first, month.first),
        min(last, month.last),
        goes_on=first < month.first,
        is_cancelled=event.is_cancelled,
    )


def _closing(month: Month, calls: BitMap) -> list[tuple[datetime.date, Entry]]:
    """The last days of calls that are in the month."""
    start = moments.beginning(month.first)
    end = moments.beginning(agenda.next_month(month.first))
    found = Call.objects.published().filter(closes_at__gt=start, closes_at__lte=end)
    return [
        _deadline(call, call.closes_at)
        for call in found.soonest_first()
        if call.closes_at and call.pk in calls
    ]


def _deadline(call: Call, closes_at: datetime.datetime) -> tuple[datetime.date, Entry]:
    at = "" if moments.is_midnight(closes_at) else hour(closes_at)
    label = _("Clôture\u00a0: %s") % call.title
    entry = Entry(label, call.get_absolute_url(), at, is_deadline=True)
    return moments.last_day(closes_at), entry
