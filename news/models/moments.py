"""Days and hours as the network's readers count them, whatever the season.

A deadline at 17 h is at 17 h by the clock of the wall: days begin at midnight there,
and last 23 or 25 hours twice a year.
"""

from __future__ import annotations

import datetime

from django.utils import timezone
from django.utils.translation import gettext as _


def local(moment: datetime.datetime) -> datetime.datetime:
    """The moment by the clock of the network."""
    return moment.astimezone(timezone.get_default_timezone())


def today() -> datetime.date:
    """The day that it is for the network."""
    return local(timezone.now()).date()


def beginning(day: datetime.date) -> datetime.datetime:
    """Midnight, when the day begins for the network."""
    zone = timezone.get_default_timezone()
    return datetime.datetime.combine(day, datetime.time.min, tzinfo=zone)


def days_ahead(days: int) -> datetime.datetime:
    """Midnight, when the day that comes after so many days begins."""
    return beginning(today() + datetime.timedelta(days=days))


def last_day(end: datetime.datetime) -> datetime.date:
    """The last day of what ends at a moment: at midnight, the day that ends."""
    return local(end - datetime.timedelta(microseconds=1)).date()


def is_midnight(moment: datetime.datetime) -> bool:
    """Whether a day begins at the moment."""
    return local(moment).time() == datetime.time.min


def hour(moment: datetime.datetime) -> str:
    """The hour of a moment: « 17 h », « 9 h 30 »."""
    at = local(moment)
    if not at.minute:
        return _("%(hour)d\u00a0h") % {"hour": at.hour}
    return _("%(hour)d\u00a0h\u00a0%(minute)02d") % {
        "hour": at.hour,
        "minute": at.minute,
    }
