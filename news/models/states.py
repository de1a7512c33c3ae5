"""Publications that open and close, or begin and end: their dates tell their state."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Self

from django.db import models

from news.models.posts import PostQuerySet


def meeting(conditions: Mapping[str, models.Q], keys: Iterable[str]) -> models.Q:
    """Give the condition of the rows that meet one of the conditions of these keys."""
    found = models.Q(pk__in=[])
    for key in keys:
        found |= conditions[key]
    return found


class StatefulQuerySet(PostQuerySet):
    """Questions asked of publications that are in one state at a time."""

    #: The column of the date for which people come back.
    date = ""

    def conditions(self) -> Mapping[str, models.Q]:
        """Give the condition of each state, now: the twin of the model's `state`."""
        raise NotImplementedError

    def behind(self) -> models.Q:
        """Give the condition of what it is too late for, now."""
        raise NotImplementedError

    def in_states(self, states: Iterable[str]) -> Self:
        """Keep the rows that are now in one of these states."""
        return self.filter(meeting(self.conditions(), states))

    def nearest_first(self) -> Self:
        """Sort by date: what is ahead, the nearest first, then what is behind.

        What is behind comes from the latest to the first. Among what is ahead, what has
        no date comes last.
        """
        date, behind = models.F(self.date), self.behind()
        is_behind = models.Case(
            models.When(behind, then=models.Value(value=True)),
            default=models.Value(value=False),
        )
        ahead = models.Case(models.When(behind, then=None), default=date)
        return self.order_by(
            is_behind, ahead.asc(nulls_last=True), date.desc(nulls_last=True), "pk"
        )
