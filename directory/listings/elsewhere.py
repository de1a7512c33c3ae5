"""The ways from a result to the same rows elsewhere: list, map, matrix, page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from directory.listings.selections import Selection, with_query


@dataclass(frozen=True)
class Way:
    """A link to another page."""

    label: str
    address: str
    #: Whether it is the page that is shown.
    is_current: bool = False


@dataclass(frozen=True)
class Elsewhere:
    """Another page, that shows the rows of a listing under the same filters."""

    label: Any
    view: str
    #: What its address says besides the filters.
    beside: Mapping[str, str] = field(default_factory=dict)
    #: The filters of the listing that it does not have.
    without: frozenset[str] = frozenset()

    def way(self, asked: Selection) -> Way:
        """The way to it, under the filters asked for; the order is not one."""
        query = asked.query_without(*self.without, **self.beside)
        return Way(str(self.label), with_query(reverse(self.view), query))


def ways(places: Iterable[Elsewhere], asked: Selection) -> Iterator[Way]:
    """The other pages, then those of the terms that are alone to be chosen."""
    for place in places:
        yield place.way(asked)
    for answer in asked.answers.values():
        if len(answer.values) == 1 and answer.values[0].page:
            term = answer.values[0]
            label = _("%s\u00a0: acteurs, projets et actualités") % term.label
            yield Way(label, term.page)
