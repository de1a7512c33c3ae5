"""The rows of a result that a page shows: as cards or lines, and the other pages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from pyroaring import BitMap

from directory.keeping.pieces import Mould
from directory.keeping.stores import kept, put
from directory.listings.cards import MOST_CARDS, Card, printed
from directory.listings.facets import FacetIndex
from directory.listings.parameters import quoted
from directory.listings.results import Results
from directory.listings.selections import Selection, before
from directory.search.highlighting import Highlighter

PAGES = "components/pagination.html"


@dataclass(frozen=True)
class Line:
    """How a row is printed: its template, and what the row is called in it.

    `cuts` are the lists of names that are cut, each with how many it shows; an excerpt
    of `text` shows the words that are only there; `load` is the QuerySet's method that
    loads what is printed.
    """

    template: str
    row: str
    cuts: tuple[tuple[str, int], ...] = (("country_names", 5),)
    text: str = "description"
    load: str = "for_cards"

    def card(self, row: Any) -> Card:
        """The row, printed."""
        cut = [name for names, most in self.cuts for name in getattr(row, names)[most:]]
        return Card(self.template, {self.row: row}, getattr(row, self.text), cut)


@dataclass(frozen=True)
class Shown:
    """A page of a result: what a display makes HTML of."""

    request: HttpRequest
    results: Results
    #: What was asked: the addresses say it, whatever was repaired.
    asked: Selection
    page: Page
    #: How a row is printed as a card, and how cards are laid out: rows or columns.
    line: Line
    layout: str
    #: A number of rows in words.
    counted: Callable[[int], str]

    @property
    def index(self) -> FacetIndex:
        """The index that answered."""
        return self.results.index

    def cards(
        self, line: Line | None = None, *, among: BitMap | None = None
    ) -> SafeString:
        """The rows of the page, as cards or other lines, the words found marked.

        `among`: those of the page that are in it, and no others.
        """
        results, size = self.results, self.page.paginator.per_page
        start = (self.page.number - 1) * size
        keys: Iterable[int] = results.page(start, start + size)
        if among is not None:
            keys = [key for key in keys if key in among]
        highlighter = None
        if results.matches is not None:
            highlighter = Highlighter(results.matches.query, results.matches.forms)
        chosen = {chip.label for chip in results.selection.chips}
        cards = cards_of(self.index, keys, line or self.line)
        return printed(cards, highlighter, chosen, self.index.forms)

    def pages(self) -> SafeString:
        """The links to the other pages."""
        return pages(self.index.moulds, self.page, before(self.asked.query))


def cards_of(index: FacetIndex, keys: Iterable[int], line: Line) -> list[Card]:
    """The cards of rows, those that the index has not kept rendered now.

    A row that went since the index was built has none.
    """
    keys = list(keys)
    places = {key: (line.template, key) for key in keys}
    kept_ones = {key: index.cards.get(place) for key, place in places.items()}
    found = {key: card for key, card in kept_ones.items() if card is not None}
    missing = [key for key in keys if key not in found]
    if missing:
        rows = getattr(index.register.published(), line.load)()
        for row in rows.filter(pk__in=missing):
            card = line.card(row)
            found[row.pk] = put(index.cards, places[row.pk], card, most=MOST_CARDS)
    return [found[key] for key in keys if key in found]


def pages(moulds: dict[Any, Mould], page: Page, query: str) -> SafeString:
    """The links to the other pages; `query` is what comes before their number."""
    last = page.paginator.num_pages
    numbers = page.paginator.get_elided_page_range(
        page.number, on_each_side=1, on_ends=1
    )
    mould = kept(
        moulds,
        (PAGES, page.number, last),
        lambda: Mould(PAGES, {"page": page, "numbers": list(numbers)}, ["query"]),
    )
    return mould.filled(query=query)


def nearest_page(raw: str, last: int) -> tuple[int, list[str]]:
    """The number of the page to show, and what is said when it is not the one asked."""
    if not raw:
        return 1, []
    if not re.fullmatch(r"[0-9]{1,9}", raw):
        notice = _(
            "«\u00a0%s\u00a0» n’est pas un numéro de page\u00a0: voici la première."
        )
        return 1, [notice % quoted(raw)]
    number = min(max(int(raw), 1), last)
    if number == int(raw):
        return number, []
    notice = _("La page %(asked)s n’existe pas\u00a0: voici la page %(shown)d.")
    return number, [notice % {"asked": raw, "shown": number}]
