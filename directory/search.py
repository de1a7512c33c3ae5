"""The expressions of PostgreSQL that find rows, shared by the QuerySets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, OuterRef, Q

from directory.labels import fold

Rows = TypeVar("Rows", bound=models.QuerySet)


@ArrayField.register_lookup
class Joined(models.Transform):
    """The texts of an array on one line, for lookups of text."""

    lookup_name = "joined"
    output_field = models.TextField()
    function = "array_to_string"
    template = "%(function)s(%(expressions)s, ' | ')"


@dataclass(frozen=True)
class Related:
    """Rows that point to the one searched, found by texts of theirs."""

    #: Name of the reverse relation.
    name: str
    #: Lookup paths of the texts.
    columns: Sequence[str]
    #: Which of these rows may tell: what is hidden from the public is not found.
    when: Q = field(default_factory=Q)


@dataclass(frozen=True)
class Haystack:
    """Where a listing looks for the words of a search."""

    #: Lookup paths of texts of the row or of rows it points to.
    columns: Sequence[str]
    #: Lookup paths of arrays of texts.
    arrays: Sequence[str] = ()
    #: Many-to-many vocabularies, found by label or synonym: field -> model.
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

    « mali » is not found in « Somalie ».
    """
    for word in dict.fromkeys(fold(text).split()):
        queryset = queryset.filter(_holds(queryset.model, word, haystack))
    return queryset


def _holds(model: type[models.Model], word: str, haystack: Haystack) -> Q:
    condition = Q()
    for column in haystack.columns:
        condition |= _begins_word(f"{column}__fold", word)
    for array in haystack.arrays:
        condition |= _begins_word(f"{array}__joined__fold", word)
    for name, vocabulary in haystack.terms.items():
        terms = vocabulary._default_manager.filter(
            _begins_word("label_key", word)
            | _begins_word("synonyms__joined__fold", word)
        )
        condition |= Q(linked(model, name, terms))
    for related in haystack.related:
        condition |= Q(_tells(model, related, word))
    return condition


def _begins_word(folded: str, word: str) -> Q:
    """The condition that a folded text has a word that begins like this one."""
    return Q(**{f"{folded}__startswith": word}) | Q(
        **{f"{folded}__contains": f" {word}"}
    )


def _tells(model: type[models.Model], related: Related, word: str) -> Exists:
    relation: Any = model._meta.get_field(related.name)
    found = Q()
    for column in related.columns:
        found |= _begins_word(f"{column}__fold", word)
    rows = relation.related_model._default_manager.filter(
        found, related.when, **{relation.field.name: OuterRef("pk")}
    )
    return Exists(rows)
