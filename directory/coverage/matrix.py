"""The coverage matrix: how many rows of a selection each country has in each column.

Computed from the index of the listing, without SQL. A cell is exactly the total of the
listing that it links to: the selection, with that country and that value instead of
those chosen of the two facets.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _
from pyroaring import BitMap

from directory.keeping import versions
from directory.keeping.pieces import spelled
from directory.keeping.stores import kept_as_of, new_store
from directory.listings.gathering import NOTHING
from directory.listings.parameters import EMPTY, Value
from directory.listings.results import Results
from directory.listings.selections import before
from directory.models import Country, Sector, WorldRegion

#: The facet of the rows.
COUNTRIES = "pays"
#: How many tints the cells have.
TINTS = 5


class Vocabulary:
    """What the matrix must know of terms that no row has: read when they change."""

    def __init__(self) -> None:
        """Read countries, regions of the world and sectors."""
        countries = Country.objects.values_list(
            "code", "slug", "world_region_id", "is_active"
        )
        self.slugs: dict[str, str] = {}
        self.proposed: set[str] = set()
        own: dict[str, set[str]] = {}
        for code, slug, region, is_active in countries:
            self.slugs[code] = slug
            if is_active:
                self.proposed.add(code)
            if region is not None:
                own.setdefault(region, set()).add(code)
        self.sectors = set(Sector.objects.active().values_list("code", flat=True))
        #: The regions that have countries, each after the one that has it.
        self.regions: list[Region] = []
        regions = WorldRegion.objects.values_list("code", "label", "parent_id")
        known = {code for code, _label, _parent in regions}
        children: dict[str, list[tuple[str, str]]] = {}
        for code, label, parent in regions:
            above = parent if parent in known else ""
            children.setdefault(above, []).append((code, label))
        self._walk("", 0, children, own)

    def _walk(
        self,
        above: str,
        depth: int,
        children: dict[str, list[tuple[str, str]]],
        own: dict[str, set[str]],
    ) -> set[str]:
        """Add the regions under one, and give all their countries."""
        found: set[str] = set()
        for code, label in children.get(above, ()):
            place = len(self.regions)
            codes = own.get(code, set()) | self._walk(code, depth + 1, children, own)
            if codes:
                self.regions.insert(place, Region(code, label, depth, codes))
            found |= codes
        return found


class Region(NamedTuple):
    """A region of the world, and all its countries by code."""

    code: str
    label: str
    depth: int
    countries: set[str]


_vocabulary: dict[Any, tuple[Any, Vocabulary]] = new_store()


def vocabulary(now: versions.Versions) -> Vocabulary:
    """The terms as they are now: no query unless they were written."""
    tables = [model._meta.db_table for model in (Country, WorldRegion, Sector)]
    return kept_as_of(_vocabulary, "", now.of(tables), Vocabulary)


@dataclass(frozen=True)
class Axis:
    """What may be in columns: the values of a facet; its nouns, one and several."""

    noun: Any
    plural: Any
    #: The head of the rows that are in no column.
    unknown: Any
    #: Whether a value that no row has is a column all the same.
    is_whole: Callable[[Value, Vocabulary], bool]


#: What may be in columns, by the name of the facet. A listing without it has it not.
AXES = {
    "secteur": Axis(
        _("secteur d’intervention"),
        _("Secteurs"),
        _("Secteur non précisé"),
        lambda value, terms: value.key in terms.sectors,
    ),
    "odd": Axis(
        _("objectif de développement durable"),
        _("ODD"),
        _("ODD non précisé"),
        lambda _value, _terms: True,
    ),
    "departement": Axis(
        _("département"),
        _("Départements"),
        _("Sans département"),
        # Those of the network's regions, and the words.
        lambda value, _terms: value.row is True,
    ),
}


class Cell(NamedTuple):
    """A number of rows, and the query string of the listing that shows them."""

    number: int
    query: str
    #: From 1 to `TINTS`, by what the number is among those of the matrix; 0 for none.
    tint: int = 0

    @property
    def text(self) -> str:
        """The number as the site writes it."""
        return spelled(self.number)


@dataclass(frozen=True)
class Column:
    """A value in columns, and all its rows, whatever the country."""

    value: Value
    total: Cell


@dataclass(frozen=True)
class Row:
    """A country, all its rows, and those of each column."""

    value: Value
    slug: str
    total: Cell
    #: How many of its rows are in no column at all.
    unknown: int
    cells: Sequence[Cell]


@dataclass(frozen=True)
class Shade:
    """The numbers that have a tint: from the first one to the last one."""

    tint: int
    least: int
    most: int


class Matrix:
    """Countries in rows, the values of another facet in columns."""

    def __init__(self, results: Results, facet: str, terms: Vocabulary) -> None:
        """Take the results of a selection, and the name of the facet in columns."""
        self.results = results
        self.terms = terms
        self.facet = facet
        index, selection = results.index, results.selection
        self._countries = selection.answers[COUNTRIES].keys
        self._chosen = selection.answers[facet].keys
        others = selection.with_answer(COUNTRIES, EMPTY).with_answer(facet, EMPTY)
        self._query = before(others.query)
        base = Results(index, others, results.matches).rows
        self._in_columns = base
        if self._chosen:
            self._in_columns = base & index.having(facet, self._chosen)
        self._in_rows = base
        if self._countries:
            self._in_rows = base & index.having(COUNTRIES, self._countries)
        self._base = base
        #: The rows that are in no column; none is looked for when columns are chosen.
        self._unknown = NOTHING
        if not self._chosen:
            self._unknown = self._in_rows - index.having(facet, index.rows[facet])

    @property
    def unknown(self) -> int:
        """How many rows are in no column."""
        return len(self._unknown)

    @cached_property
    def values(self) -> list[Value]:
        """The values in columns: those chosen, or all that rows have or could have."""
        index, axis = self.results.index, AXES[self.facet]
        known, used = index.known[self.facet], index.rows[self.facet]
        offered = {*index.offered[self.facet].keys}
        return [
            value
            for key, value in known.items()
            if (
                key in self._chosen
                if self._chosen
                else (key in used and key in offered)
                or axis.is_whole(value, self.terms)
            )
        ]

    @cached_property
    def totals(self) -> dict[str, int]:
        """How many rows each country has, in the order of names; chosen ones first."""
        index = self.results.index
        codes = self._countries or index.rows[COUNTRIES]
        found = {}
        for code in index.known[COUNTRIES]:
            if code in codes:
                rows = index.rows[COUNTRIES].get(code, NOTHING)
                total = self._in_columns.intersection_cardinality(rows)
                if total or self._countries:
                    found[code] = total
        return found

    def most_frequent(self, number: int | None = None) -> list[str]:
        """The countries that have most rows first."""
        return sorted(self.totals, key=lambda code: -self.totals[code])[:number]

    def of_region(self, region: Region) -> list[str]:
        """The countries of a region of the world, those without a row too, by name."""
        proposed = self._countries or {*self.terms.proposed, *self.totals}
        return [
            code
            for code in self.results.index.known[COUNTRIES]
            if code in region.countries and code in proposed
        ]

    def columns(self) -> list[Column]:
        """The columns, with the rows of each, whatever the country."""
        countries, index = sorted(self._countries), self.results.index
        found = []
        for value in self.values:
            of_value = index.rows[self.facet].get(value.key, NOTHING)
            count = self._in_rows.intersection_cardinality(of_value)
            pairs = [
                *((COUNTRIES, code) for code in countries),
                (self.facet, value.key),
            ]
            query = self._query + urlencode(pairs)
            found.append(Column(value, Cell(count, query)))
        return found

    def rows(self, codes: Iterable[str]) -> list[Row]:
        """The rows of these countries."""
        index = self.results.index
        of_columns = [
            (index.rows[self.facet].get(value.key, NOTHING), _pair(self.facet, value))
            for value in self.values
        ]
        of_countries = index.rows[COUNTRIES]
        counted = [
            (code, _counts(self._base & of_countries.get(code, NOTHING), of_columns))
            for code in codes
        ]
        shades = _bounds(
            max((n for _c, found in counted for n, _q in found), default=0)
        )
        rows = []
        for code, found in counted:
            value = index.known[COUNTRIES][code]
            query = f"{self._query}{_pair(COUNTRIES, value)}"
            cells = [
                Cell(count, f"{query}&{pair}", _tint(count, shades))
                for count, pair in found
            ]
            unknown = self._unknown.intersection_cardinality(
                of_countries.get(code, NOTHING)
            )
            slug = self.terms.slugs[code]
            rows.append(Row(value, slug, self._total(code), unknown, cells))
        return rows

    def _total(self, code: str) -> Cell:
        chosen = [(self.facet, key) for key in sorted(self._chosen)]
        query = self._query + urlencode([(COUNTRIES, code), *chosen])
        return Cell(self.totals.get(code, 0), query)


def _counts(rows: BitMap, columns: list[tuple[BitMap, str]]) -> list[tuple[int, str]]:
    """How many of the rows each column has, with what the column adds to a query."""
    if not rows:
        return [(0, pair) for _found, pair in columns]
    return [(rows.intersection_cardinality(found), pair) for found, pair in columns]


def shades(rows: Iterable[Row]) -> list[Shade]:
    """The numbers behind each tint that the cells have."""
    most = max((cell.number for row in rows for cell in row.cells), default=0)
    bounds = _bounds(most)
    ends = [*(bound - 1 for bound in bounds[1:]), most][: len(bounds)]
    return [
        Shade(tint, least, end)
        for tint, (least, end) in enumerate(zip(bounds, ends, strict=True), start=1)
    ]


def _bounds(most: int) -> list[int]:
    """The least number of each tint: far apart at the end, as numbers are skewed.

    >>> _bounds(100)
    [1, 3, 7, 17, 41]
    """
    if not most:
        return []
    steps = (most ** (n / TINTS) for n in range(TINTS))
    bounds = [1]
    for step in list(steps)[1:]:
        bound = max(bounds[-1] + 1, round(step + 0.5))
        if bound <= most:
            bounds.append(bound)
    return bounds


def _tint(count: int, bounds: list[int]) -> int:
    return bisect_right(bounds, count)


def _pair(name: str, value: Value) -> str:
    return urlencode({name: value.key})
