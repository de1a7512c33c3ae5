"""What people come back for: the next deadlines of calls, and the next events."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from itertools import chain
from operator import attrgetter

from django.utils.translation import gettext as _

from news.models import Call, Event, EventState, moments

#: How many are shown.
MOST = 5


@dataclass(frozen=True)
class Upcoming:
    """A call about to close, or an event to come."""

    #: What orders them, and the day on which they are: the last one of a call.
    at: datetime.datetime
    day: datetime.date
    title: str
    address: str
    #: What happens then: « Clôture de l’appel à 17 h ».
    said: str
    is_deadline: bool = False


def upcoming() -> list[Upcoming]:
    """Give the next ones, the nearest first: two queries."""
    calls = Call.objects.published().open().filter(closes_at__isnull=False)
    to_come = [EventState.UPCOMING, EventState.RUNNING]
    events = Event.objects.published().in_states(to_come).for_cards()
    found = chain(
        (
            _deadline(call, call.closes_at)
            for call in calls.soonest_first()[:MOST]
            if call.closes_at
        ),
        (_event(event) for event in events.soonest_first()[:MOST]),
    )
    return sorted(found, key=attrgetter("at"))[:MOST]


def _deadline(call: Call, closes_at: datetime.datetime) -> Upcoming:
    said = _("Clôture de l’appel")
    if not moments.is_midnight(closes_at):
        said = _("Clôture de l’appel à %s") % moments.hour(closes_at)
    day, address = moments.last_day(closes_at), call.get_absolute_url()
    return Upcoming(closes_at, day, call.title, address, said, is_deadline=True)


def _event(event: Event) -> Upcoming:
    at = event.starts_at
    if event.has_begun:
        said = [event.state_label]
    else:
        said = [] if event.is_all_day else [moments.hour(at)]
    day, address = moments.local(at).date(), event.get_absolute_url()
    return Upcoming(at, day, event.title, address, " · ".join([*said, *event.where]))
