"""Publications that open and close, or begin and end: their dates tell their state."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Self

from django.db import models

from news.models.posts import PostQuerySet


class StatefulQuerySet(PostQuerySet):
    """Questions asked of publications that are in one state at a time."""

    def conditions(self) -> Mapping[str, models.Q]:
        """Give the condition of each state, now: the twin of the model's `state`."""
        raise NotImplementedError

    def in_states(self, states: Iterable[str]) -> Self:
        """Keep the rows that are now in one of these states."""
        found, conditions = models.Q(pk__in=[]), self.conditions()
        for state in states:
            found |= conditions[state]
        return self.filter(found)
