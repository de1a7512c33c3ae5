"""Exact counts beside every value, without SQL: one bitmap per value, kept in memory.

PostgreSQL is the only truth. An index is built from it in one pass over one snapshot,
never changes, and is replaced when the versions of the tables it read have moved, or
when a date passes that its rows depend on. Readers of the former one go on with it.

Memory: two bytes at most for each value of each row, and the keys in each order.
"""

from __future__ import annotations

import datetime
import threading
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import compress
from typing import TYPE_CHECKING, Any

from django.db import connection, models, transaction
from django.utils import timezone
from django.utils.safestring import SafeString
from pyroaring import BitMap

from directory.keeping import versions
from directory.keeping.pieces import Mould
from directory.keeping.stores import kept_as_of
from directory.listings.cards import Card, Forms
from directory.listings.orders import Order
from directory.listings.parameters import Known, Parameter
from directory.listings.values import Facet
from directory.search.finding import Matches, unpacked
from directory.search.queries import Query

if TYPE_CHECKING:
    from directory.listings.listing_filters import ListingFilter

Gathered = dict[Any, BitMap]
NOTHING = BitMap()
#: The order of those who follow a listing; no address asks for it.
NEWEST = "nouveautes"
#: The type of columns that psycopg reads well: to convert each value again costs most.
AS_IT_COMES: models.Field = models.Field()


@dataclass(frozen=True)
class Links:
    """Rows of another table that lead to the rows of a listing, with what they say."""

    #: Gives the links; `row` is their column that holds the key of a listed row.
    found: Callable[[], models.QuerySet]
    row: str
    #: The columns by which the rows are gathered.
    values: tuple[str, ...]
    #: The models that are read.
    reads: tuple[type[models.Model], ...]


class Measure:
    """What an index knows of its rows besides who has which value: amounts, people."""

    def models(self, _model: type[models.Model]) -> list[type[models.Model]]:
        """The models, besides the listing's, whose rows it reads."""
        return []

    def columns(self) -> dict[str, Any]:
        """The expressions that the index reads for each row."""
        return {}

    def gather(self, listed: Listed, rows: Mapping[str, Gathered]) -> Any:
        """Give what the index keeps; `rows` are those of each value of facets."""
        raise NotImplementedError


class PackedKeys(models.Aggregate):
    """Primary keys as bytes, four for each, the most significant first."""

    function = "string_agg"
    template = "string_agg(int4send((%(expressions)s)::int4), ''::bytea)"
    output_field = models.BinaryField()


class Listed:
    """The published rows of a listing in its order, as an index is being built."""

    def __init__(self, register: type[ListingFilter], now: versions.Versions) -> None:
        """Read the rows, with the columns that the facets ask for: one query."""
        self.now = now
        parts: list[Facet | Measure] = [*register.facets(), *register.measures.values()]
        columns = {
            _column(name): models.ExpressionWrapper(expression, AS_IT_COMES)
            for part in parts
            for name, expression in part.columns().items()
        }
        sort = register.sort()
        rows = getattr(register.published(), sort.orders[sort.default][0])()
        found = rows.annotate(**columns).values_list("pk", *columns)
        read = list(zip(*found, strict=True)) or [()] * (1 + len(columns))
        self.model = register.model()
        self.keys = array("I", read[0])
        self.everything = BitMap(self.keys)
        self.columns = dict(zip(columns, read[1:], strict=True))

    def column(self, name: str) -> tuple[Any, ...]:
        """A column, as long as the keys."""
        return self.columns[_column(name)]

    def grouped(
        self, *names: str, as_key: Callable[[Any], Any] | None = None
    ) -> Gathered:
        """Rows by value of a column, or by what is made of it; None left out.

        Of several columns, by the tuples of their values.
        """
        found: dict[Any, array[int]] = defaultdict(lambda: array("I"))
        columns = [self.column(name) for name in names]
        values = columns[0] if len(columns) == 1 else zip(*columns, strict=True)
        for key, value in zip(self.keys, values, strict=True):
            found[value].append(key)
        groups: Gathered = {}
        for value, keys in found.items():
            group = as_key(value) if as_key else value
            if group is not None:
                groups[group] = groups.get(group, NOTHING) | BitMap(keys)
        return groups

    def flagged(self, name: str) -> BitMap:
        """The rows of which a column is true."""
        return BitMap(array("I", compress(self.keys, self.column(name))))

    def linked(self, field_name: str) -> Gathered:
        """Rows by primary key of the rows that a many-to-many field leads to.

        Read again only when the links were written, which most edits do not do.
        """
        field: Any = self.model._meta.get_field(field_name)
        groups = kept_as_of(
            _links,
            (self.model, field_name),
            self.now.of([field.remote_field.through._meta.db_table]),
            partial(_linked, self.model, field),
        )
        return {key: rows & self.everything for key, rows in groups.items()}

    def packed(self, links: Links) -> Gathered:
        """Rows by the values of the links that lead to them, as tuples.

        Read again only when one of the tables of the links was written.
        """
        tables = [model._meta.db_table for model in links.reads]
        groups = kept_as_of(_links, links, self.now.of(tables), partial(_packed, links))
        return {key: rows & self.everything for key, rows in groups.items()}


def _packed(links: Links) -> Gathered:
    found = links.found().order_by().values_list(*links.values)
    packed = found.annotate(packed=PackedKeys(links.row))
    return {tuple(key): BitMap(unpacked(keys)) for *key, keys in packed}


def _linked(model: type[models.Model], field: Any) -> Gathered:
    if isinstance(field, models.ManyToManyField):
        source, target = field.m2m_field_name(), field.m2m_reverse_field_name()
        links: Any = field.remote_field.through
        found = links._base_manager.values_list(f"{target}_id")
        packed = PackedKeys(f"{source}_id")
    else:  # tags: the links of several models are in one table
        found = model._base_manager.values_list(field.name)
        packed = PackedKeys("pk")
    rows = found.order_by().annotate(packed=packed)
    return {key: BitMap(unpacked(keys)) for key, keys in rows if key is not None}


_links: dict[Any, tuple[Any, Gathered]] = {}
_known: dict[Any, tuple[Any, Known]] = {}


def _column(name: str) -> str:
    return f"index_{name}".replace("-", "_")


def _known_of(
    register: type[ListingFilter], parameter: Parameter, now: versions.Versions
) -> Known:
    """The values that exist, read again only when their tables were written."""
    if not parameter.is_timeless:
        return parameter.known()
    tables = [model._meta.db_table for model in parameter.models(register.model())]
    return kept_as_of(
        _known, (register, parameter.name), now.of(tables), parameter.known
    )


class Offered:
    """The values of a facet that pages offer unasked, in two orders."""

    def __init__(self, facet: Facet, known: Known, rows: Gathered) -> None:
        """Choose among the values that exist those that rows have, or that must be."""
        #: Where each value stands on the screen.
        self.places = {key: place for place, key in enumerate(known)}
        #: In the order of the screen.
        self.keys = [
            key for key in known if facet.offers(known[key], is_used=key in rows)
        ]
        #: The values of most rows first.
        self.frequent = sorted(self.keys, key=lambda key: -len(rows.get(key, NOTHING)))


class FacetIndex:
    """The published rows of a listing: their order, and who has which value.

    Rows are named by their primary keys, which bitmaps hold as they are.
    """

    def __init__(self, register: type[ListingFilter]) -> None:
        """Read everything, as of now."""
        self.register = register
        with _snapshot():
            now = versions.current()
            self.version = now.of(register.tables())
            self.built_at = timezone.now()
            self.valid_until = register.valid_until(self.built_at)
            self.known = {
                name: _known_of(register, parameter, now)
                for name, parameter in register.parameters().items()
            }
            listed = Listed(register, now)
            self.rows: dict[str, Gathered] = {
                facet.name: _without_empty(facet.gather(listed, self.known[facet.name]))
                for facet in register.facets()
            }
            self.measures = {
                name: measure.gather(listed, self.rows)
                for name, measure in register.measures.items()
            }
        self.everything = listed.everything
        self.moulds: dict[Any, Mould] = {}
        #: The values of most rows, by what a selection asks: those counted last.
        self.leaders: dict[Any, list[str]] = {}
        #: What is the same for the same query string: the last ones made.
        self.pieces: dict[Any, SafeString] = {}
        self.cards: dict[tuple[str, int], Card] = {}
        #: The forms of cards that were made last.
        self.forms: Forms = {}
        #: What the last searches found.
        self.searches: dict[Query, Matches] = {}
        #: Displays of a whole result, by query string: the last ones that were drawn.
        self.drawn: dict[str, SafeString] = {}
        self.sizes = {
            name: {key: len(found) for key, found in rows.items()}
            for name, rows in self.rows.items()
        }
        self.offered = {
            facet.name: Offered(facet, self.known[facet.name], self.rows[facet.name])
            for facet in register.facets()
        }
        self._orders = {register.sort().default: Order(listed.keys)}

    def holds(self, version: tuple[str | int, ...]) -> bool:
        """Whether the index still says the truth, at this version of its tables."""
        now = timezone.now()
        return version == self.version and self.built_at <= now < self.valid_until

    def having(self, name: str, keys: Iterable[str]) -> BitMap:
        """The rows that have one of the values."""
        rows = self.rows[name]
        return BitMap.union(*(rows.get(key, NOTHING) for key in keys), NOTHING)

    def ranked(self, rows: BitMap, name: str, start: int, stop: int) -> list[int]:
        """The rows from one rank to another, excluded, in an order."""
        return self.order(name).ranked(rows, start, stop)

    def order(self, name: str) -> Order:
        """All the rows in an order, read at the first request that asks for it."""
        if name not in self._orders:
            sort = self.register.sort()
            verb = self.register.newest if name == NEWEST else sort.orders[name][0]
            rows = getattr(self.register.published(), verb)()
            found = rows.values_list("pk", flat=True)
            keys = array("I", filter(self.everything.__contains__, found))
            # A row that went since stands at the end until the next version.
            keys.extend(self.everything - BitMap(keys))
            self._orders[name] = Order(keys)
        return self._orders[name]


def _without_empty(rows: Gathered) -> Gathered:
    return {key: positions for key, positions in rows.items() if positions}


@contextmanager
def _snapshot() -> Iterator[None]:
    """Show every query the database of one moment, unless a transaction has begun."""
    if connection.in_atomic_block:
        yield
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


_indexes: dict[Any, FacetIndex] = {}
_locks: dict[Any, threading.Lock] = defaultdict(threading.Lock)


def index_of(register: type[ListingFilter], now: versions.Versions) -> FacetIndex:
    """The index of a listing, built again if what it read has changed.

    One thread builds, those that need the same wait for it, the others read on.
    """
    tables = register.tables()
    index = _indexes.get(register)
    if index is not None and index.holds(now.of(tables)):
        return index
    with _locks[register]:
        index = _indexes.get(register)
        if index is None or not index.holds(versions.current().of(tables)):
            index = _indexes[register] = FacetIndex(register)
        return index


def next_midnight(now: datetime.datetime) -> datetime.datetime:
    """The end of the day in the site's time zone, whatever its length."""
    tomorrow = timezone.localdate(now) + datetime.timedelta(days=1)
    return timezone.make_aware(datetime.datetime.combine(tomorrow, datetime.time()))
