"""What the page of a listing says of a selection besides its rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString

from directory.keeping.pieces import LONGEST_KEPT, moulded
from directory.keeping.stores import kept
from directory.listings.displays import Display, offered
from directory.listings.elsewhere import Elsewhere, ways
from directory.listings.facets import FacetIndex
from directory.listings.following import Feed
from directory.listings.selections import Selection, with_query

SORT = "components/sort.html"
DISPLAYS = "components/displays.html"
ELSEWHERE = "components/elsewhere.html"
ALERT_ME = "components/alert_me.html"
CHIPS = "components/chips.html"
ALTERNATES = "layout/_alternates.html"
FOLLOW = "components/follow.html"
#: How many filters at work are shown as chips; the others are counted.
MOST_CHIPS = 30

#: The page where one asks to be told of what is new in a listing, by its path.
_alerts: list[str] = []

Making = Callable[[], dict[str, Any]]


def alerts_are_at(view_name: str) -> None:
    """Let an app above say where one asks to be told of what is new in a listing."""
    _alerts.append(view_name)


@dataclass(frozen=True)
class Removal:
    """A link that removes a filter at work."""

    facet: str
    label: str
    query: str


@dataclass(frozen=True)
class Asides:
    """The pieces of a page that depend on what was asked and on nothing else.

    Each is kept until the index is replaced, for the same query string. Those that show
    what a view declares are kept for each view, by its name.
    """

    index: FacetIndex
    asked: Selection
    view: str = ""

    def chips(self) -> SafeString:
        """The filters at work, each with the way to remove it."""

        def make() -> dict[str, Any]:
            found = self.asked.chips
            return {
                "chips": [
                    Removal(c.facet, c.label, c.query) for c in found[:MOST_CHIPS]
                ],
                "more": max(0, len(found) - MOST_CHIPS),
                "bare": self.asked.bare_query,
                "address": f"?{self.asked.query}",
            }

        return self._piece(CHIPS, make)

    def sort(self) -> SafeString:
        """The orders that can be asked for, as links."""
        return self._piece(SORT, lambda: {"orders": self.asked.orders})

    def switch(self, displays: Sequence[Display], shown: Display) -> SafeString | str:
        """The ways to show the same rows, as links, when there are several."""
        if len(displays) == 1:
            return ""
        return self._piece(
            DISPLAYS,
            lambda: {"displays": offered(displays, shown, self.asked)},
            self.view,
        )

    def ways_out(self, others: Sequence[Elsewhere]) -> SafeString:
        """The ways to the same rows on other pages, under the same filters."""
        return self._piece(
            ELSEWHERE,
            lambda: {"ways": list(ways(others, self.asked))},
            self.view,
        )

    def alert(self, path: str) -> SafeString | str:
        """The way to be told of what is new under the same filters in a listing."""
        if not _alerts:
            return ""

        def make() -> dict[str, Any]:
            address = reverse(_alerts[-1], args=[path.removeprefix("/")])
            return {"address": with_query(address, self.asked.query_without())}

        return self._piece(ALERT_ME, make, path)

    def follow(self, feeds: Sequence[Feed], host: str) -> SafeString:
        """The links to the files that follow the same rows."""
        return self._piece(
            FOLLOW,
            lambda: {"files": [feed.file(self.asked) for feed in feeds], "host": host},
            self.view,
            host,
        )

    def alternates(self, feeds: Sequence[Feed], title: str) -> SafeString:
        """The same for programs, in the head of the page."""
        return self._piece(
            ALTERNATES,
            lambda: {
                "files": [feed.file(self.asked) for feed in feeds],
                "title": title,
            },
            self.view,
        )

    def _piece(self, template: str, make: Making, *key: str) -> SafeString:
        place = (self.asked.query, *key)
        if sum(map(len, place)) > LONGEST_KEPT:
            return moulded(self.index.moulds, template, make())
        return kept(
            self.index.pieces,
            (template, *place),
            lambda: moulded(self.index.moulds, template, make()),
        )
