"""The ways to show the rows of a listing: cards one after the other, a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pyroaring import BitMap

from directory.keeping.pieces import LONGEST_KEPT, Mould, joined, mould_of, spelled
from directory.keeping.stores import kept
from directory.listings.facets import FacetIndex
from directory.listings.parameters import quoted
from directory.listings.selections import Selection, Sort
from directory.listings.shown import Line, Shown

#: The parameter of addresses that names a display.
NAME = "vue"
ROWS = "components/rows.html"
PART = "components/part.html"
TABLE = "components/sorted_table.html"
GROUP = "components/table_group.html"


@dataclass(frozen=True)
class Display:
    """One way to show the rows; the first one of a listing is its usual one."""

    key: str
    label: Any

    #: Whether rows come by pages, in an order.
    is_paged = True

    def titled(self, asked: Selection) -> str:
        """What the title of the page says of the display."""
        return str(self.label)

    def counted(self, shown: Shown) -> str:
        """How many rows there are, in words, above a result that has some."""
        return shown.counted(shown.results.total)

    def beside(self, data: QueryDict) -> tuple[dict[str, str], list[str]]:
        """What else addresses say of the display, and what is said of nonsense."""
        return {}, []

    def body(self, shown: Shown) -> SafeString:
        """The rows of a result that has some, as HTML."""
        raise NotImplementedError


class Cards(Display):
    """The rows of a page as cards."""

    def body(self, shown: Shown) -> SafeString:
        layout = {"layout": shown.layout}
        mould = mould_of(shown.index.moulds, ROWS, layout, ["cards", "pages"])
        return mould.filled(cards=shown.cards(), pages=shown.pages())


@dataclass(frozen=True)
class PartedCards(Cards):
    """The rows of a page as cards: what is ahead, then what is behind, under a heading.

    They are parted in the listing's usual order, which must put those `facet` gives
    one of `keys` last.
    """

    facet: str
    keys: frozenset[str]
    #: What each part is called.
    ahead: Any
    behind: Any

    def body(self, shown: Shown) -> SafeString:
        index, results = shown.index, shown.results
        behind = results.rows & index.having(self.facet, self.keys)
        is_parted = results.selection.order == index.register.sort().default
        if not (behind and is_parted):
            return super().body(shown)
        parts = [(self.ahead, results.rows - behind), (self.behind, behind)]
        return joined(
            [*(_part(shown, str(label), rows) for label, rows in parts), shown.pages()]
        )


def _part(shown: Shown, label: str, rows: BitMap) -> SafeString | str:
    """Those of the page that are among the rows, under their name; or nothing."""
    cards = shown.cards(among=rows)
    if not cards:
        return ""
    context = {"label": label, "layout": shown.layout}
    mould = mould_of(shown.index.moulds, PART, context, ["number", "cards"])
    return mould.filled(number=spelled(len(rows)), cards=cards)


@dataclass(frozen=True)
class Column:
    """The head of a column, and the query string that sorts by it, if one does."""

    label: str
    query: str | None = None
    is_chosen: bool = False
    #: « ascending » or « descending ».
    direction: str = "ascending"
    is_number: bool = False


@dataclass(frozen=True)
class Head:
    """A column as a listing declares it: its name, and the order that it gives."""

    label: Any
    order: str = ""
    direction: str = "ascending"
    is_number: bool = False


@dataclass(frozen=True)
class Table(Display):
    """The rows of a page in a table, each printed as a line of it."""

    caption: Any
    line: Line
    heads: tuple[Head, ...]

    def body(self, shown: Shown) -> SafeString:
        asked = shown.asked
        columns = [
            Column(
                str(head.label),
                asked.query_in_order(head.order) if head.order else None,
                is_chosen=head.order == asked.order,
                direction=head.direction,
                is_number=head.is_number,
            )
            for head in self.heads
        ]
        frame = table_frame(
            shown.index, asked.query, str(self.caption), columns, kind="rows"
        )
        rows = shown.cards(self.line)
        return frame.filled(
            rows=table_group(shown.index, "", len(columns), rows),
            foot="",
            after=shown.pages(),
        )


def table_frame(
    index: FacetIndex,
    query: str,
    caption: str,
    columns: list[Column],
    *,
    kind: str = "",
) -> Mould:
    """A table to be filled: groups of `rows`, the `foot`, and what comes `after`."""

    def make() -> Mould:
        context = {"caption": caption, "columns": columns, "kind": kind}
        return Mould(TABLE, context, ["rows", "foot", "after"])

    if len(query) > LONGEST_KEPT:
        return make()
    return kept(index.moulds, (TABLE, kind, query), make)


def table_group(
    index: FacetIndex, label: str, columns: int, rows: SafeString
) -> SafeString:
    """Rows of a table that are together, under a name of their own or none."""
    shown = {"label": label, "columns": columns}
    mould = mould_of(index.moulds, GROUP, shown, ["rows"])
    return mould.filled(rows=rows)


def chosen(
    displays: tuple[Display, ...], data: QueryDict
) -> tuple[Display, dict[str, str], list[str]]:
    """The display that is asked for, what addresses say of it, and the notices."""
    usual, asked = displays[0], data.get(NAME, "").strip()
    if len(displays) == 1 or asked in {"", usual.key}:
        return usual, *usual.beside(data)
    display = next((item for item in displays if item.key == asked), None)
    if display is None:
        notice = _(
            "«\u00a0%s\u00a0» n’est pas un affichage connu\u00a0: il est ignoré."
        )
        return usual, {}, [notice % quoted(asked)]
    beside, notices = display.beside(data)
    return display, {NAME: display.key, **beside}, notices


def offered(
    displays: Sequence[Display], shown: Display, asked: Selection
) -> list[Sort]:
    """The displays, each with the query string that shows the same rows in it."""
    return [
        Sort(
            str(display.label),
            display is shown,
            asked.displayed(vue="" if display is displays[0] else display.key).query,
        )
        for display in displays
    ]


CARDS = Cards("liste", gettext_lazy("Liste"))
