"""What the page of a listing says of a selection besides its rows.

Each is kept until the index is replaced, for the same view and the same query string.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.safestring import SafeString

from directory.keeping.pieces import piece_of
from directory.listings import displays as ways
from directory.listings import elsewhere
from directory.listings.facets import FacetIndex
from directory.listings.selections import Selection, with_query

if TYPE_CHECKING:
    from directory.listings.listing_pages import ListingView

SORT = "components/sort.html"
DISPLAYS = "components/displays.html"
ELSEWHERE = "components/elsewhere.html"
ALERT_ME = "components/alert_me.html"
CHIPS = "components/chips.html"
ALTERNATES = "layout/_alternates.html"
FOLLOW = "components/follow.html"
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


def switch(view: ListingView, index: FacetIndex, asked: Selection) -> SafeString | str:
    """The ways to show the same rows, as links, when there are several."""
    if len(view.displays) == 1:
        return ""

    def make() -> dict[str, Any]:
        return {"displays": ways.offered(view.displays, view.display, asked)}

    return _piece(view, index, DISPLAYS, asked, make)


def ways_out(view: ListingView, index: FacetIndex, asked: Selection) -> SafeString:
    """The ways to the same rows on other pages, under the same filters."""

    def make() -> dict[str, Any]:
        return {"ways": list(elsewhere.ways(view.elsewhere, asked))}

    return _piece(view, index, ELSEWHERE, asked, make)


def alert(view: ListingView, index: FacetIndex, asked: Selection) -> SafeString | str:
    """The way to be told of what is new under the same filters, when one can be."""
    if not view.feeds:
        return ""
    path = view.request.path

    def make() -> dict[str, Any]:
        address = reverse("members:follow", args=[path.removeprefix("/")])
        return {"address": with_query(address, asked.query_without())}

    return _piece(view, index, ALERT_ME, asked, make, path)


def follow(view: ListingView, index: FacetIndex, asked: Selection) -> SafeString | str:
    """The links to the files that follow the same rows, when there are some."""
    if not view.feeds:
        return ""
    host = view.request.get_host()

    def make() -> dict[str, Any]:
        return {"files": [feed.file(asked) for feed in view.feeds], "host": host}

    return _piece(view, index, FOLLOW, asked, make, host)


def alternates(
    view: ListingView, index: FacetIndex, asked: Selection, title: str
) -> SafeString | str:
    """The same for programs, in the head of the page."""
    if not view.feeds:
        return ""

    def make() -> dict[str, Any]:
        return {"files": [feed.file(asked) for feed in view.feeds], "title": title}

    return _piece(view, index, ALTERNATES, asked, make)


def _piece(
    view: ListingView,
    index: FacetIndex,
    template: str,
    asked: Selection,
    make: Callable[[], dict[str, Any]],
    *key: str,
) -> SafeString:
    return piece_of(
        index, template, asked.query, *key, view=type(view).__name__, make=make
    )
