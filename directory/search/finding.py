"""The rows that words find, and what was meant by a word that nobody wrote.

PostgreSQL keeps what each published row is found by (migration `0004_text_search`): its
names, what is known of it, and the whole. Here a `Query` becomes `Matches` in one
statement.
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from django.db import models
from pyroaring import BitMap

from directory.keeping import prepared
from directory.search.lexicon import likely, nearest
from directory.search.queries import Query, parameters


@dataclass(frozen=True)
class Matches:
    """The published rows that a query finds, by their primary keys."""

    model: type[models.Model]
    query: Query
    #: The rows whose names say it all, among all those in which it is found.
    names: BitMap
    rows: BitMap
    #: Each word that was looked for, and its other forms that published rows have.
    forms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    #: What `near` is, when it came with the rows.
    told: Mapping[str, tuple[str, ...]] | None = None

    @cached_property
    def near(self) -> Mapping[str, tuple[str, ...]]:
        """When nothing is found: for each word that no row has, words near it.

        Some row has them, or had. One statement, if they did not come with the rows:
        those of several models come when none of them has anything.
        """
        if self.told is not None:
            return self.told
        words, phrases, _excluded = parameters(self.query)
        call = f"SELECT directory_near_each({_prefix(self.model)}_unknown(%s, %s))"
        return _by_word(_row(call, [words, phrases])[0])

    @cached_property
    def meant(self) -> Matches | None:
        """What `repair` finds, asked once whatever the filters beside the words."""
        return repair(self)

    def known(self, among: Sequence[int] = (), enough: int = 1) -> BitMap:
        """The rows of which all that is asked is known: one statement.

        Those of `among` alone, quickly, if there are `enough` of them. They contain
        the rows whose names say it.
        """
        return known_each([self], [(among, enough)])[0]


def find(model: type[models.Model], query: Query) -> Matches:
    """The published rows of the model that the query finds: one statement."""
    return find_each([model], query)[0]


def find_each(registers: Sequence[type[models.Model]], query: Query) -> list[Matches]:
    """The published rows of each model that the query finds: one statement.

    Words near the unknown ones are looked for when no model has anything.
    """
    names = [f"r{n}" for n in range(len(registers))]
    prefixes = [_prefix(model) for model in registers]
    found = " ".join(
        f"CROSS JOIN LATERAL {prefix}_found(asked.wanted, asked.hated) AS {name}"
        for prefix, name in zip(prefixes, names, strict=True)
    )
    unknown = ", ".join(
        f"CASE WHEN nothing.found THEN {prefix}_unknown(words, phrases) END AS {name}"
        for prefix, name in zip(prefixes, names, strict=True)
    )
    statement = FIND.format(
        found=found,
        first=", ".join(f"{name}.whole" for name in names),
        unknown=unknown,
        every=" || ".join(f"missing.{name}" for name in names),
        columns=", ".join(f"{name}.*, missing.{name}" for name in names),
    )
    forms, near, *row = _row(statement, parameters(query))
    width = len(row) // len(registers)
    return [
        _matches(model, query, forms, row[width * n : width * (n + 1)], near or {})
        for n, model in enumerate(registers)
    ]


#: Composed of names of ours alone: what is typed goes in the parameters.
FIND = """
SELECT asked.forms, directory_near_each({every}), {columns}
FROM (SELECT %s::text[], %s::text[], %s::text[]) AS typed (words, phrases, excluded)
CROSS JOIN LATERAL directory_asked(words, phrases, excluded) AS asked
{found}
CROSS JOIN LATERAL (SELECT coalesce({first}) IS NULL) AS nothing (found)
CROSS JOIN LATERAL (SELECT {unknown}) AS missing
"""


def known_each(
    found: Sequence[Matches], first: Sequence[tuple[Sequence[int], int]]
) -> list[BitMap]:
    """For the same query in several models, what is `Matches.known`: one statement.

    `first` has for each model the rows that are asked first, and how many are enough.
    """
    query = found[0].query
    if not query.ranks:
        return [BitMap() for _matches in found]
    words, phrases, _excluded = parameters(query)
    calls = [f"{_prefix(each.model)}_known(%s::bigint[], %s, wanted)" for each in found]
    asked = [part for keys, enough in first for part in (list(keys), enough)]
    row = _row(
        f"SELECT {', '.join(calls)} FROM directory_wanted(%s, %s) AS wanted",  # noqa: S608 - names of ours
        [*asked, words, phrases],
    )
    return [
        BitMap(unpacked(keys)) & each.rows
        for each, keys in zip(found, row, strict=True)
    ]


def _matches(
    model: type[models.Model],
    query: Query,
    forms: Mapping[str, list[str]] | None,
    row: Sequence[Any],
    near: Mapping[str, list[str]],
) -> Matches:
    """What PostgreSQL answers: packed keys, and the words that no row has, if asked."""
    names, whole, unwanted, unknown = row
    excluded = BitMap(unpacked(unwanted))
    told = None
    if whole is not None:
        told = {}
    elif unknown is not None:
        told = _by_word({word: near[word] for word in unknown})
    return Matches(
        model,
        query,
        names=BitMap(unpacked(names)) - excluded,
        rows=BitMap(unpacked(whole)) - excluded,
        forms=_by_word(forms),
        told=told,
    )


def _prefix(model: type[models.Model]) -> str:
    """How the functions of a register begin: with the name of its table, as quoted."""
    return model._meta.db_table


def _row(statement: str, parameters: list[Any]) -> Any:
    with prepared.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchone()


def unpacked(keys: bytes | memoryview | None) -> array[int]:
    """Primary keys from four bytes for each, the most significant first."""
    numbers = array("I", bytes(keys or b""))
    if sys.byteorder == "little":
        numbers.byteswap()
    return numbers


def _by_word(found: Mapping[str, list[str]] | None) -> dict[str, tuple[str, ...]]:
    return {word: tuple(others) for word, others in (found or {}).items()}


def repair(matches: Matches) -> Matches | None:
    """What the query finds as it was probably meant: one statement, seldom more.

    Each unknown word is replaced by the likeliest that rows have; None when every word
    is known, or when one of them is near nothing.
    """
    model, query = matches.model, matches.query
    found = {word: likely(word, near) for word, near in matches.near.items()}
    if not found or not all(found.values()):
        return None
    obvious = {word: nearest(options) for word, options in found.items()}
    if all(obvious.values()):
        # The lexicon keeps words whose last row is gone: these may find nothing.
        meant = find(model, _with_words(query, obvious))
        if meant.rows:
            return meant
    options = [
        (word, option, changes)
        for word, near in found.items()
        for option, changes in near.items()
    ]
    call = f"SELECT * FROM {_prefix(model)}_meant(%s, %s, %s, %s, %s, %s)"  # noqa: S608 - see above
    columns = [list(column) for column in zip(*options, strict=True)]
    replaced, forms, *row = _row(call, [*parameters(query), *columns])
    if replaced is None:
        return None
    return _matches(model, _with_words(query, replaced), forms, [*row, None], {})


def _with_words(query: Query, instead: Mapping[str, str]) -> Query:
    words = dict.fromkeys(instead.get(word, word) for word in query.words)
    return replace(query, words=tuple(words))
