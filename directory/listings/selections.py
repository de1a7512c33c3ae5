"""A selection: what a query string asks of a listing, as a value.

The list, its counts, its links and whatever else shows the same rows take it, so that
two answers never differ.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Protocol
from urllib.parse import urlencode

from directory.listings.parameters import EMPTY, Answer, Parameter, SortOrder, Value
from directory.search.queries import Query

#: How many filters the title of a page names.
TITLED = 4
TEXT = "q"


@dataclass(frozen=True)
class Chip:
    """A filter at work, and the query string without it."""

    name: str
    facet: str
    value: Value
    query: str

    @property
    def label(self) -> str:
        """The value as the screen says it."""
        return self.value.label


@dataclass(frozen=True)
class Sort:
    """An order or a display offered, and the query string that asks for it."""

    label: str
    is_chosen: bool
    query: str


class Listing(Protocol):
    """What a selection asks of the listing that made it."""

    def parameters(self) -> dict[str, Parameter]:
        """The parameters by name, in the order of addresses."""

    def sort(self) -> SortOrder:
        """The parameter of the order."""

    def published(self) -> Any:
        """The rows that the public may see now."""


@dataclass(frozen=True, eq=False)
class Selection:
    """The values of a listing's parameters that make sense, and what is said of others.

    Made by `ListingFilter.select`.
    """

    register: Listing
    answers: Mapping[str, Answer]
    #: What its addresses say besides: how the rows are displayed.
    beside: Mapping[str, str] = field(default_factory=dict)

    @property
    def notices(self) -> list[str]:
        """What is said of the values that were dropped."""
        return [notice for item in self.answers.values() for notice in item.notices]

    @property
    def text(self) -> str:
        """The words that are searched as they were typed, or nothing."""
        return "".join(value.key for value in self.answers[TEXT].values)

    @property
    def words(self) -> Query | None:
        """The words that are searched, understood."""
        return next(iter(self.answers[TEXT].rows), None)

    @cached_property
    def chips(self) -> list[Chip]:
        """The filters at work, each with the query string without it."""
        parameters = self.register.parameters()
        values = [
            (k, value) for k, item in self.answers.items() for value in item.values
        ]
        # Each is written once: hundreds of filters would else cost the square of it.
        written = [urlencode({name: value.key}) for name, value in values]
        after = [urlencode(self.beside)] if self.beside else []
        return [
            Chip(
                name,
                str(parameters[name].label),
                value,
                "&".join([*written[:n], *written[n + 1 :], *after]),
            )
            for n, (name, value) in enumerate(values)
            if parameters[name].narrows
        ]

    @property
    def title(self) -> str:
        """The filters at work in a few words: « Mali · Éducation »."""
        labels = [chip.label for chip in self.chips]
        more = ["…"] if len(labels) > TITLED else []
        return " · ".join(labels[:TITLED] + more)

    @property
    def criteria(self) -> list[tuple[str, list[str]]]:
        """The filters at work by facet: « Pays », with « Mali » and « Niger »."""
        found: dict[str, list[str]] = {}
        for chip in self.chips:
            found.setdefault(chip.facet, []).append(chip.label)
        return list(found.items())

    @property
    def is_ranked(self) -> bool:
        """Whether some rows match better than others."""
        return self.words is not None and self.words.ranks

    @property
    def order(self) -> str:
        """The key of the order: the best match first if there are words to find."""
        usual = self.register.sort().usual(has_words=self.is_ranked)
        asked = next(iter(self.sorted), usual)
        return asked if self.is_ranked or asked != SortOrder.RELEVANCE else usual

    @property
    def orders(self) -> list[Sort]:
        """The orders offered, each with the query string that asks for it."""
        sort = self.register.sort()
        keys = [*([sort.RELEVANCE] if self.is_ranked else []), *sort.orders]
        return [
            Sort(
                sort.label_of(key),
                key == self.order,
                self.query_in_order(key),
            )
            for key in keys
        ]

    @property
    def sorted(self) -> set[str]:
        """The order that was asked for, if one was."""
        return self.answers[self.register.sort().name].keys

    @property
    def literal_query(self) -> str:
        """The query string of the words as they were typed, between quotes."""
        bare = self.text.replace('"', " ").strip()
        return self.query_with(TEXT, [f'"{bare}"'])

    @cached_property
    def query(self) -> str:
        """The query string that says the same and nothing else; no page number."""
        return self.query_with("", ())

    def query_with(self, changed: str, keys: Iterable[str]) -> str:
        """The query string with one parameter's values replaced."""
        kept = set(keys)
        pairs = [
            (name, value.key)
            for name, answer in self.answers.items()
            for value in answer.values
            if name != changed or value.key in kept
        ]
        known = {key for name, key in pairs if name == changed}
        pairs += [(changed, key) for key in sorted(kept - known)]
        return urlencode([*pairs, *self.beside.items()])

    def query_without(self, *names: str, **beside: str) -> str:
        """The query string of the filters but these, without an order.

        `beside` is said after them: what another page needs to show the same rows.
        """
        dropped = {*names, self.register.sort().name}
        pairs = [
            (name, value.key)
            for name, answer in self.answers.items()
            if name not in dropped
            for value in answer.values
        ]
        return urlencode([*pairs, *beside.items()])

    def query_in_order(self, key: str) -> str:
        """The query string that asks for an order; nothing says the usual one."""
        sort = self.register.sort()
        is_usual = key == sort.usual(has_words=self.is_ranked)
        return self.query_with(sort.name, () if is_usual else (key,))

    @property
    def bare_query(self) -> str:
        """The query string without any filter: the display stays."""
        return urlencode(self.beside)

    def displayed(self, **beside: str) -> Selection:
        """The same selection, whose addresses say this besides; nothing if empty."""
        said = {name: value for name, value in beside.items() if value}
        return Selection(self.register, self.answers, said)

    def with_answer(self, name: str, answer: Answer) -> Selection:
        """The selection with one parameter's answer replaced."""
        return Selection(self.register, {**self.answers, name: answer}, self.beside)

    def without(self, chip: Chip) -> Selection:
        """The selection with one filter removed."""
        kept = tuple(v for v in self.answers[chip.name].values if v != chip.value)
        return self.with_answer(chip.name, Answer(kept) if kept else EMPTY)

    def rows(self) -> Any:
        """The rows as a QuerySet, in order; the database answers alone.

        The same answer as that of the index, by other means: what holds it to the truth
        in tests, and what django-filter gives of the same parameters.
        """
        rows = self.register.published()
        for name, parameter in self.register.parameters().items():
            rows = parameter.filter(rows, self.answers[name])
        return rows


def with_query(address: str, query: str) -> str:
    """An address, with its query string if there is one."""
    return f"{address}?{query}" if query else address


def before(query: str) -> str:
    """A query string that another parameter can follow."""
    return f"{query}&" if query else ""
