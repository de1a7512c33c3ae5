"""Exact counts beside every value, without SQL: one bitmap per value, kept in memory.

PostgreSQL is the only truth. An index is built from it in one pass over one snapshot,
never changes, and is replaced when the versions of the tables it read have moved, or
when a date passes that its rows depend on. Readers of the former one go on with it.

Memory: two bytes at most for each value of each row, and the keys in each order.
"""

from __future__ import annotations

import threading
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.safestring import SafeString
from pyroaring import BitMap

from directory.keeping import versions
from directory.keeping.pieces import Mould
from directory.keeping.stores import kept_as_of, new_store
from directory.listings.cards import Card, Forms
from directory.listings.facet_kinds import Facet
from directory.listings.gathering import NOTHING, Gathered, Listed
from directory.listings.listing_filters import ListingFilter
from directory.listings.orders import Order
from directory.listings.parameters import Known, Parameter
from directory.search.finding import Matches
from directory.search.queries import Query

#: The order of those who follow a listing; no address asks for it.
NEWEST = "nouveautes"

_known: dict[Any, tuple[Any, Known]] = new_store()


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
            listed = Listed(register.in_order(), register.parts(), now)
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
    return {key: found for key, found in rows.items() if found}


@contextmanager
def _snapshot() -> Iterator[None]:
    """Show every query the database of one moment, unless a transaction has begun."""
    if connection.in_atomic_block:
        yield
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


_indexes: dict[Any, FacetIndex] = new_store()
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
