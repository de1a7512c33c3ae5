"""Rows found by texts of theirs, whatever their publication: for the staff's lists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from directory.labels import fold
from directory.search.queries import MOST_WORDS

Rows = TypeVar("Rows", bound=models.QuerySet)


@models.CharField.register_lookup
@models.TextField.register_lookup
class Words(models.Transform):
    """The folded text after a space: a word of it begins after a space."""

    lookup_name = "words"
    output_field = models.TextField()
    function = "directory_fold"
    template = "' ' || %(function)s(%(expressions)s)"


@ArrayField.register_lookup
class Joined(models.Transform):
    """The texts of an array on one line, for lookups of text."""

    lookup_name = "joined"
    output_field = models.TextField()
    function = "directory_words"


@dataclass(frozen=True)
class Haystack:
    """Where a list looks for the words of a search."""

    #: Lookup paths of columns that hold folded texts, as `search_key` does.
    keys: Sequence[str] = ()
    #: Lookup paths of texts as they are typed: folded row by row, which is slow.
    columns: Sequence[str] = ()
    #: Lookup paths of arrays of texts: the same.
    arrays: Sequence[str] = ()


def every_word(rows: Rows, text: str, haystack: Haystack) -> Rows:
    """Keep the rows in which each word of the text begins a word, accents or not.

    Words after the first `MOST_WORDS` are left out: each costs a look at every row.
    """
    # Split at spaces alone: the staff look for an address as it is written.
    for word in list(dict.fromkeys(fold(text).split()))[:MOST_WORDS]:
        rows = rows.filter(_holds(word, haystack))
    return rows


def _holds(word: str, haystack: Haystack) -> Q:
    found = Q()
    for key in haystack.keys:
        found |= Q(**{f"{key}__startswith": word}) | Q(
            **{f"{key}__contains": f" {word}"}
        )
    for column in haystack.columns:
        found |= Q(**{f"{column}__words__contains": f" {word}"})
    for array in haystack.arrays:
        found |= Q(**{f"{array}__joined__words__contains": f" {word}"})
    return found
