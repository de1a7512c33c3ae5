"""A month as a grid: weeks of seven days, and below each what lasts several of them."""

from __future__ import annotations

import calendar
import datetime
from dataclasses import dataclass

from news.models import moments
from news.month import Entry, Held, Month, Span


@dataclass(frozen=True)
class Day:
    """A day of the grid; the days of the months beside have no entries."""

    date: datetime.date
    is_inside: bool
    is_today: bool
    entries: list[Entry]


@dataclass(frozen=True)
class Cell:
    """Days of a lane: those of an event, or one on which it has none."""

    width: int
    is_inside: bool = True
    span: Span | None = None
    #: Whether the event began before these days; was shown in a week before.
    goes_on: bool = False
    is_again: bool = False


@dataclass(frozen=True)
class Week:
    """Seven days, and what lasts several: in a lane, no two events share a day."""

    days: list[Day]
    lanes: list[list[Cell]]


def weeks(month: Month, held: Held) -> list[Week]:
    """Give the weeks of a month, from Monday to Sunday, with what each day has."""
    dates = calendar.Calendar().monthdatescalendar(month.first.year, month.first.month)
    return [_week(month, held, week) for week in dates]


def _week(month: Month, held: Held, dates: list[datetime.date]) -> Week:
    today = moments.today()
    days = [
        Day(day, day.month == month.first.month, day == today, held.by_day.get(day, []))
        for day in dates
    ]
    lanes: list[list[Span]] = []
    for span in held.spans:
        if span.first > dates[-1] or span.last < dates[0]:
            continue
        lane = next((lane for lane in lanes if lane[-1].last < span.first), None)
        if lane is None:
            lanes.append([span])
        else:
            lane.append(span)
    return Week(days, [_cells(days, lane) for lane in lanes])


def _cells(days: list[Day], lane: list[Span]) -> list[Cell]:
    cells = []
    left = list(days)
    while left:
        day = left[0]
        span = next((it for it in lane if it.first <= day.date <= it.last), None)
        if span is None:
            cells.append(Cell(1, day.is_inside))
            left = left[1:]
            continue
        is_again = span.first < day.date
        width = sum(span.first <= other.date <= span.last for other in left)
        cells.append(
            Cell(
                width,
                span=span,
                goes_on=span.goes_on or is_again,
                is_again=is_again,
            )
        )
        left = left[width:]
    return cells
