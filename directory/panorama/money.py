"""Amounts added up: exact, one currency at a time, each project counted once.

Amounts are whole cents. A sum over any rows of an index costs some thirty intersections
of bitmaps, however many rows there are: rows are kept by the bits of their amounts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache, cached_property
from typing import NamedTuple

from django.utils.formats import get_format
from pyroaring import BitMap

from directory.keeping.pieces import spelled

CENTS = 100
#: Up to this number of rows, adding their amounts is faster than by their bits.
FEW = 64
#: What stands for no country at all.
NOWHERE = ""


class Sum(NamedTuple):
    """What rows are worth together in one currency, and how many of them say it."""

    currency: str
    cents: int
    known: int

    def __str__(self) -> str:
        return worded(self.cents, self.currency)


def worded(cents: int, currency: str) -> str:
    """An amount: « 15 000 € », « 2 500,50 € », « 10 000 000 XOF »."""
    whole, rest = divmod(cents, CENTS)
    decimals = f"{_separator()}{rest:02}" if rest else ""
    sign = "€" if currency == "EUR" else currency
    return f"{spelled(whole)}{decimals}\u00a0{sign}"


@cache
def _separator() -> str:
    """What stands before decimals: the site speaks one language."""
    separator: str = get_format("DECIMAL_SEPARATOR")
    return separator


def split(cents: int, number: int) -> list[int]:
    """Cents in equal shares that sum to the whole: the first ones take what is left."""
    share, rest = divmod(cents, number)
    return [share + (place < rest) for place in range(number)]


class Amounts:
    """The amounts of rows in one currency, ready to be summed over any of them."""

    def __init__(self, currency: str, cents: Mapping[int, int]) -> None:
        """Take the cents of each row by its key."""
        self.currency = currency
        self.cents = cents
        self.rows = BitMap(cents)

    @cached_property
    def whole(self) -> Sum:
        """What all the rows are worth."""
        return Sum(self.currency, sum(self.cents.values()), len(self.cents))

    @cached_property
    def slices(self) -> list[tuple[int, BitMap]]:
        """For each bit that an amount has: its worth, and the rows that have it."""
        same: dict[int, list[int]] = defaultdict(list)
        for key, cents in self.cents.items():
            same[cents].append(key)
        found: dict[int, list[BitMap]] = defaultdict(list)
        for cents, keys in same.items():
            rows = BitMap(keys)
            for bit in range(cents.bit_length()):
                if cents >> bit & 1:
                    found[1 << bit].append(rows)
        return [(worth, BitMap.union(*groups)) for worth, groups in found.items()]

    def over(self, rows: BitMap) -> Sum:
        """What the rows are worth together; those without an amount count for none."""
        found = rows & self.rows
        known = len(found)
        if known == len(self.rows):
            return self.whole
        if known <= FEW:
            cents = sum(map(self.cents.__getitem__, found))
        else:
            cents = sum(
                worth * found.intersection_cardinality(having)
                for worth, having in self.slices
            )
        return Sum(self.currency, cents, known)


class Budgets:
    """The public budgets of projects: in a whole, and shared among their countries.

    A project of several countries counts once in a total; among countries its budget
    is split in equal shares, which sum to it to the cent.
    """

    def __init__(
        self,
        keys: Sequence[int],
        currencies: Sequence[str],
        cents: Sequence[int | None],
        countries: Mapping[str, BitMap],
    ) -> None:
        """Take the columns of the projects, whose hidden amounts are None."""
        self._columns = keys, currencies, cents
        self._countries = countries

    @cached_property
    def amounts(self) -> list[Amounts]:
        """The amounts in each currency, that of most projects first."""
        found: dict[str, dict[int, int]] = defaultdict(dict)
        for key, currency, cents in zip(*self._columns, strict=True):
            if cents is not None:
                found[currency][key] = cents
        amounts = [Amounts(currency, rows) for currency, rows in found.items()]
        return sorted(amounts, key=lambda item: (-len(item.cents), item.currency))

    @cached_property
    def shares(self) -> dict[str, list[Amounts]]:
        """The shares of each country, and the budgets of projects that have none."""
        found: dict[str, list[Amounts]] = defaultdict(list)
        for amounts in self.amounts:
            for country, cents in self._split(amounts).items():
                found[country].append(Amounts(amounts.currency, cents))
        return found

    def totals(self, rows: BitMap) -> list[Sum]:
        """What the projects are worth together, in each currency."""
        return [total for item in self.amounts if (total := item.over(rows)).known]

    def of_country(self, country: str, rows: BitMap) -> list[Sum]:
        """The share of a country in these projects, in each currency."""
        shares = self.shares.get(country, ())
        return [share for item in shares if (share := item.over(rows)).known]

    def _split(self, amounts: Amounts) -> dict[str, dict[int, int]]:
        """The cents of each project in each of its countries."""
        places: dict[int, list[str]] = defaultdict(list)
        for country in sorted(self._countries):
            for key in self._countries[country] & amounts.rows:
                places[key].append(country)
        found: dict[str, dict[int, int]] = defaultdict(dict)
        for key, cents in amounts.cents.items():
            countries = places.get(key, (NOWHERE,))
            shares = split(cents, len(countries))
            for country, share in zip(countries, shares, strict=True):
                found[country][key] = share
        return found
