"""The expressions of PostgreSQL that find rows, shared by the QuerySets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, OuterRef, Q

from directory.labels import fold

#: How many words of a search are looked for.
MOST_WORDS = 10

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
class Related:
    """Rows that point to the one searched, found by texts of theirs."""

    #: Name of the reverse relation.
    name: str
    #: Lookup paths of columns that hold folded texts.
    keys: Sequence[str] = ()
    #: Lookup paths of texts as they are typed: folded row by row, which is slow.
    columns: Sequence[str] = ()
    #: Which of these rows may tell: what is hidden from the public is not found.
    when: Q = field(default_factory=Q)


@dataclass(frozen=True)
class Haystack:
    """Where a listing looks for the words of a search."""

    #: Lookup paths of columns that hold folded texts, as `search_key` does.
    keys: Sequence[str] = ()
    #: Lookup paths of texts as they are typed: folded row by row, which is slow.
    columns: Sequence[str] = ()
    #: Lookup paths of arrays of texts: the same.
    arrays: Sequence[str] = ()
    #: Many-to-many vocabularies, found by their `search_key`: field -> model.
    terms: Mapping[str, type[models.Model]] = field(default_factory=dict)
    related: Sequence[Related] = ()


def linked(
    model: type[models.Model],
    name: str,
    targets: Iterable[models.Model] | models.QuerySet,
) -> Exists:
    """The condition that a many-to-many field reaches one of the targets.

    A sub-query, not a join: a row linked to two targets is found once.
    """
    relation: Any = model._meta.get_field(name)
    through = relation.remote_field.through._default_manager
    return Exists(
        through.filter(
            **{
                relation.m2m_field_name(): OuterRef("pk"),
                f"{relation.m2m_reverse_field_name()}__in": targets,
            }
        )
    )


def every_word(queryset: Rows, text: str, haystack: Haystack) -> Rows:
    """Keep the rows in which each word of the text begins a word, accents or not.

    « mali » is not found in « Somalie ». Words after the first `MOST_WORDS` are left
    out: each costs a look at every row.
    """
    for word in words_of(text)[:MOST_WORDS]:
        queryset = queryset.filter(_holds(queryset.model, word, haystack))
    return queryset


def words_of(text: str) -> list[str]:
    """The folded words to look for; one that begins another is found with it."""
    words = list(dict.fromkeys(fold(text).split()))
    return [
        word
        for word in words
        if not any(other != word and other.startswith(word) for other in words)
    ]


def _holds(model: type[models.Model], word: str, haystack: Haystack) -> Q:
    condition = _says(word, haystack.keys, haystack.columns)
    for array in haystack.arrays:
        condition |= Q(**{f"{array}__joined__words__contains": f" {word}"})
    for name, vocabulary in haystack.terms.items():
        terms = vocabulary._default_manager.filter(_says(word, ["search_key"]))
        condition |= Q(linked(model, name, terms))
    for related in haystack.related:
        condition |= Q(_tells(model, related, word))
    return condition


def _says(word: str, keys: Sequence[str], columns: Sequence[str] = ()) -> Q:
    """The condition that a text has a word that begins like this one."""
    found = Q()
    for key in keys:
        found |= Q(**{f"{key}__startswith": word}) | Q(
            **{f"{key}__contains": f" {word}"}
        )
    for column in columns:
        found |= Q(**{f"{column}__words__contains": f" {word}"})
    return found


def _tells(model: type[models.Model], related: Related, word: str) -> Exists:
    relation: Any = model._meta.get_field(related.name)
    rows = relation.related_model._default_manager.filter(
        _says(word, related.keys, related.columns),
        related.when,
        **{relation.field.name: OuterRef("pk")},
    )
    return Exists(rows)
