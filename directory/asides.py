"""What the page of a listing says of a selection besides its rows.

Each is the same for the same query string, whoever asks, until the index is replaced.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString

from directory import displays as ways
from directory import elsewhere
from directory.displays import Display
from directory.elsewhere import Elsewhere
from directory.facets import FacetIndex
from directory.pieces import piece_of
from directory.selections import Selection

SORT = "components/sort.html"
DISPLAYS = "components/displays.html"
ELSEWHERE = "components/elsewhere.html"
ALERT_ME = "components/alert_me.html"
CHIPS = "components/chips.html"
#: How many filters at work are shown as chips; the others are counted.
MOST_CHIPS = 30


@dataclass(frozen=True)
class Removal:
    """A link that removes a filter at work."""

    facet: str
    label: str
    query: str


def chips(index: FacetIndex, asked: Selection) -> SafeString:
    """The filters at work, each with the way to remove it."""

    def make() -> dict[str, Any]:
        found = asked.chips
        return {
            "chips": [Removal(c.facet, c.label, c.query) for c in found[:MOST_CHIPS]],
            "more": max(0, len(found) - MOST_CHIPS),
            "bare": asked.bare_query,
        }

    return piece_of(index, CHIPS, asked.query, make=make)


def sort(index: FacetIndex, asked: Selection) -> SafeString:
    """The orders that can be asked for, as links."""
    return piece_of(index, SORT, asked.query, make=lambda: {"orders": asked.orders})


def switch(
    index: FacetIndex, asked: Selection, displays: tuple[Display, ...], shown: Display
) -> SafeString | str:
    """The ways to show the same rows, as links, when there are several."""
    if len(displays) == 1:
        return ""

    def make() -> dict[str, Any]:
        return {"displays": ways.offered(displays, shown, asked)}

    return piece_of(index, DISPLAYS, asked.query, make=make)


def ways_out(
    index: FacetIndex, asked: Selection, places: tuple[Elsewhere, ...]
) -> SafeString:
    """The ways to the same rows on other pages, under the same filters."""

    def make() -> dict[str, Any]:
        return {"ways": list(elsewhere.ways(places, asked))}

    return piece_of(index, ELSEWHERE, asked.query, make=make)


def alert(index: FacetIndex, asked: Selection, path: str) -> SafeString:
    """The way to be told of what is new at this path under the same filters."""

    def make() -> dict[str, Any]:
        address = reverse("members:follow", args=[path.removeprefix("/")])
        query = asked.query_without()
        return {"address": f"{address}?{query}" if query else address}

    return piece_of(index, ALERT_ME, asked.query, path, make=make)
