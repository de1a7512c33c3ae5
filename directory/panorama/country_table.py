"""What a result comes to in each country: the numbers of the map, in a table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from django.utils.safestring import SafeString
from pyroaring import BitMap

from directory.keeping.pieces import Mould, joined, mould_of, spelled
from directory.listings.results import Results
from directory.panorama.money import NOWHERE, Budgets, Sum
from directory.panorama.totals import People, Totals, share_of

ROW = "components/place_row.html"
HOLES = ("label", "address", "count", "share", "structures", "budget")
#: What stands between the amounts of several currencies, and for none.
AND, NONE = " · ", "–"


class Figures(NamedTuple):
    """What the projects of a result come to in one country, or in none."""

    code: str
    projects: int
    structures: int
    budgets: list[Sum]


def figures(results: Results) -> list[Figures]:
    """The figures of each country of a result, in the order of the vocabulary."""
    tally = results.tally("pays")
    budgets: Budgets = results.index.measures["budgets"]
    people: People = results.index.measures["people"]
    return [
        Figures(
            code,
            tally[code],
            people.by_country[code].over(results.rows),
            budgets.of_country(code, results.rows),
        )
        for code in results.index.known["pays"]
        if tally.get(code)
    ]


def nowhere(results: Results) -> Figures:
    """The figures of the projects that have no country."""
    found: Figures = results.once("nowhere", lambda: _nowhere(results))
    return found


def _nowhere(results: Results) -> Figures:
    everywhere = BitMap.union(BitMap(), *results.index.rows["pays"].values())
    rows = results.rows - everywhere
    budgets: Budgets = results.index.measures["budgets"]
    people: People = results.index.measures["people"]
    return Figures(
        NOWHERE,
        len(rows),
        people.all.over(rows),
        budgets.of_country(NOWHERE, rows),
    )


def in_order(rows: Iterable[Figures], order: str) -> list[Figures]:
    """The rows in an order of the table: by name, or the largest first.

    Budgets are compared in the currency that most projects of the result have.
    """
    rows = list(rows)
    key = ORDERS[order](rows)
    return sorted(rows, key=key) if key else rows


def _by_budget(rows: list[Figures]) -> Callable[[Figures], Any]:
    known: dict[str, int] = {}
    for row in rows:
        for item in row.budgets:
            known[item.currency] = known.get(item.currency, 0) + item.known
    currency = max(known, key=known.__getitem__, default="")

    def cents(row: Figures) -> int:
        return -sum(item.cents for item in row.budgets if item.currency == currency)

    return cents


#: What sorts the rows, in each order; nothing: they are by name already.
ORDERS: Mapping[str, Callable[[list[Figures]], Callable[[Figures], Any] | None]] = {
    "projets": lambda _rows: lambda row: -row.projects,
    "pays": lambda _rows: None,
    "structures": lambda _rows: lambda row: -row.structures,
    "budget": _by_budget,
}


def printed(
    moulds: dict[Any, Mould], rows: Iterable[tuple[Figures, str, str]], total: int
) -> SafeString:
    """The rows of the table, each with its name and where it leads, if it does."""
    made = []
    for row, label, address in rows:
        is_link = bool(address)
        mould = mould_of(moulds, ROW, {"is_link": is_link}, HOLES)
        made.append(
            mould.filled(
                label=label,
                address=address,
                count=spelled(row.projects),
                share=share_of(row.projects, total),
                structures=spelled(row.structures),
                budget=AND.join(map(str, row.budgets)) or NONE,
            )
        )
    return joined(made)


def of_totals(found: Totals) -> Figures:
    """The totals as a last row: each project once."""
    return Figures("", found.projects, found.structures, found.budgets)
