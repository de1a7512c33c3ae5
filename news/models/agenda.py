"""What an agenda asks of events: when they are, in days, and how one attends."""

from __future__ import annotations

import calendar
import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from news.models import moments


class EventTime(models.TextChoices):
    """A period that an event is in: an event may be in several."""

    TO_COME = "a-venir", _("À venir")
    THIS_WEEK = "cette-semaine", _("Cette semaine")
    THIS_MONTH = "ce-mois-ci", _("Ce mois-ci")
    NEXT_MONTH = "le-mois-prochain", _("Le mois prochain")
    PAST = "passes", _("Passés")


class EventFormat(models.TextChoices):
    """How one attends an event: some are both."""

    IN_PERSON = "sur-place", _("Sur place")
    ONLINE = "en-ligne", _("En ligne")


def during(first: datetime.date, last: datetime.date) -> models.Q:
    """Give the condition of events held on one of these days: see `Event.days`."""
    start = moments.beginning(first)
    end = moments.beginning(last + datetime.timedelta(days=1))
    return models.Q(starts_at__lt=end) & (
        models.Q(starts_at__gte=start)
        | models.Q(is_all_day=True, ends_at__gte=start)
        | models.Q(is_all_day=False, ends_at__gt=start)
    )


def this_week() -> models.Q:
    """Give the condition of events held between Monday and Sunday of this week."""
    today = moments.today()
    monday = today - datetime.timedelta(days=today.weekday())
    return during(monday, monday + datetime.timedelta(days=6))


def month(day: datetime.date) -> models.Q:
    """Give the condition of events held in the month of a day."""
    return during(day.replace(day=1), end_of_month(day))


def end_of_month(day: datetime.date) -> datetime.date:
    """The last day of the month of a day."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def next_month(day: datetime.date) -> datetime.date:
    """The first day of the month that follows that of a day."""
    return end_of_month(day) + datetime.timedelta(days=1)


def formats() -> dict[str, models.Q]:
    """Give the condition of each way to attend, as far as it is known."""
    nowhere = models.Q(place="", address="", commune__isnull=True)
    return {
        EventFormat.IN_PERSON: ~nowhere,
        EventFormat.ONLINE: ~models.Q(online_url=""),
    }
