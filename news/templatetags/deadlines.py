"""How the dates, the amounts and the states of publications are worded in French."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

from django import template
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from directory.templatetags.wording import day_in_words, days, money
from news.models import Call, CallState, Event, EventState, OfferState
from news.models.moments import hour, local

register = template.Library()

#: The states that a reader must not miss, and those that are behind.
TO_NOTICE = frozenset({CallState.CLOSING, EventState.CANCELLED})
BEHIND = frozenset({CallState.CLOSED, EventState.PAST, OfferState.CLOSED})


@register.filter
def calendar_day(day: datetime.date) -> str:
    """A day: « 1er mars 2025 »."""
    return day_in_words(day)


@register.filter
def moment(value: datetime.datetime) -> str:
    """A moment, in Paris: « 15 mai 2024 à 17 h »."""
    day = day_in_words(local(value).date())
    return _("%(day)s à %(hour)s") % {"day": day, "hour": hour(value)}


@register.filter
def beginning(value: datetime.datetime) -> str:
    """A moment from which something is; the day alone, when it begins with it."""
    at = local(value)
    is_midnight = at.time() == datetime.time.min
    return day_in_words(at.date()) if is_midnight else moment(value)


@register.filter
def deadline(call: Call) -> str:
    """What the badge leaves out: « jusqu’au 15 mai 2024 à 17 h »; or nothing."""
    state = call.state
    if state == CallState.UPCOMING and call.opens_at:
        return _("ouvre le %s") % beginning(call.opens_at)
    if call.closes_at is None:
        return ""
    if state == CallState.CLOSED:
        return _("depuis le %s") % day_in_words(local(call.closes_at).date())
    return _("jusqu’au %s") % moment(call.closes_at)


@register.filter
def when(event: Event) -> str:
    """When the event is: « 12 juin 2026, de 18 h à 20 h », « du 2 au 3 juin 2025 »."""
    start, end = event.starts_at, event.ends_at
    first = local(start).date()
    last = local(end).date() if end else first
    if event.is_all_day:
        return days(first, last)
    if end is None or end == start:
        return moment(start)
    if first == last:
        return _("%(day)s, de %(start)s à %(end)s") % {
            "day": day_in_words(first),
            "start": hour(start),
            "end": hour(end),
        }
    return _("du %(start)s au %(end)s") % {"start": moment(start), "end": moment(end)}


@register.simple_tag
def amounts(floor: Decimal | None, ceiling: Decimal | None) -> str:
    """An interval in euros: « de 3 000 € à 20 000 € », « 15 000 € au plus »; or ""."""
    low, high = money(floor, "EUR"), money(ceiling, "EUR")
    if floor is not None and ceiling is not None:
        return low if floor == ceiling else _("de %s à %s") % (low, high)
    if floor is not None:
        return _("%s au moins") % low
    return _("%s au plus") % high if ceiling is not None else ""


@register.filter
def at_most_percent(share: Decimal) -> str:
    """A share that is not to be passed: « 70 % au plus »."""
    return _("%s\u00a0%% au plus") % number_format(share.normalize(), use_l10n=True)


@register.filter
def badge_kind(post: Any) -> str:
    """How much the badge of the state stands out."""
    if post.state in TO_NOTICE:
        return "accent"
    return "quiet" if post.state in BEHIND else ""
