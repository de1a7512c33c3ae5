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
class Haystack:
    """Where a listing looks for the words of a search."""

    #: Lookup paths of texts of the row or of rows it points to.
    columns: Sequence[str]
    #: Lookup paths of arrays of texts.
    arrays: Sequence[str] = ()
    #: Many-to-many vocabularies, found by label or synonym: field -> model.
    terms: Mapping[str, type[models.Model]] = field(default_factory=dict)
    #: Reverse relations, found by these columns of theirs: name -> columns.
    related: Mapping[str, Sequence[str]] = field(default_factory=dict)


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
    """Keep the rows in which each word of the text is found, accents or not."""
    for word in fold(text).split():
        queryset = queryset.filter(_holds(queryset.model, word, haystack))
    return queryset


def _holds(model: type[models.Model], word: str, haystack: Haystack) -> Q:
    condition = Q()
    for column in haystack.columns:
        condition |= Q(**{f"{column}__fold__contains": word})
    for array in haystack.arrays:
        condition |= Q(**{f"{array}__joined__fold__contains": word})
    for name, vocabulary in haystack.terms.items():
        terms = vocabulary._default_manager.filter(
            Q(label_key__contains=word) | Q(synonyms__joined__fold__contains=word)
        )
        condition |= Q(linked(model, name, terms))
    for name, columns in haystack.related.items():
        condition |= Q(_related(model, name, columns, word))
    return condition


def _related(
    model: type[models.Model], name: str, columns: Sequence[str], word: str
) -> Exists:
    relation: Any = model._meta.get_field(name)
    found = Q()
    for column in columns:
        found |= Q(**{f"{column}__fold__contains": word})
    rows = relation.related_model._default_manager.filter(
        found, **{relation.field.name: OuterRef("pk")}
    )
    return Exists(rows)
