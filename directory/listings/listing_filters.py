"""Listings: the query string read into a selection of published rows, and back.

A listing is a declaration: a `ListingFilter` whose parameters name the methods of the
QuerySet that obey them. Whatever a visitor types, the values that make sense are kept
and the others are dropped with a sentence that says so.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from functools import cache
from typing import Any

import django_filters as filters
from django.db import models
from django.http import QueryDict
from django.utils import timezone

from directory.listings.facet_kinds import Facet
from directory.listings.gathering import Measure
from directory.listings.parameters import (
    EMPTY,
    Known,
    Parameter,
    SortOrder,
    TextSearch,
)
from directory.listings.selections import Selection


class ListingFilter(filters.FilterSet):
    """The parameters of a listing, as a declaration; `Meta.model` has `published()`.

    An attribute `mot_cle` is written `mot-cle` in addresses. As any FilterSet it
    narrows a QuerySet; `select` reads a query string into a value.
    """

    #: Models that the cards of the listing read, besides those of the facets.
    also_reads: tuple[type[models.Model], ...] = ()
    #: The QuerySet's method that sorts for those who follow it, the newest first.
    newest = "recently_changed"
    #: What its index adds up besides counts, by name.
    measures: Mapping[str, Measure] = {}

    @classmethod
    def get_filters(cls) -> dict[str, Parameter]:
        """The parameters by their names in addresses."""
        found = {}
        for attribute, parameter in super().get_filters().items():
            parameter.name = attribute.replace("_", "-")
            found[parameter.name] = parameter
        return found

    @classmethod
    def parameters(cls) -> dict[str, Parameter]:
        """The parameters by name, in the order of addresses."""
        found: dict[str, Parameter] = cls.base_filters
        return found

    @classmethod
    @cache
    def facets(cls) -> list[Facet]:
        """The parameters with values to tick."""
        return [item for item in cls.parameters().values() if isinstance(item, Facet)]

    @classmethod
    @cache
    def text(cls) -> TextSearch:
        """The parameter of the words."""
        return next(i for i in cls.parameters().values() if isinstance(i, TextSearch))

    @classmethod
    @cache
    def sort(cls) -> SortOrder:
        """The parameter of the order."""
        return next(i for i in cls.parameters().values() if isinstance(i, SortOrder))

    @classmethod
    def model(cls) -> type[models.Model]:
        """The model of the rows."""
        found: type[models.Model] = cls._meta.model
        return found

    @classmethod
    def published(cls) -> Any:
        """The rows that the public may see now."""
        manager: Any = cls.model()._default_manager
        return manager.published()

    @classmethod
    def in_order(cls) -> Any:
        """The published rows in the usual order."""
        sort = cls.sort()
        return getattr(cls.published(), sort.orders[sort.default][0])()

    @classmethod
    def parts(cls) -> list[Facet | Measure]:
        """What an index gathers of the rows."""
        return [*cls.facets(), *cls.measures.values()]

    @classmethod
    @cache
    def tables(cls) -> tuple[str, ...]:
        """The tables on which the rows, the counts and the cards depend."""
        read = [cls.model(), *cls.also_reads]
        for part in cls.parts():
            read += part.models(cls.model())
        return tuple(dict.fromkeys(model._meta.db_table for model in read))

    @classmethod
    def valid_until(cls, now: datetime.datetime) -> datetime.datetime:
        """When the rows or their counts change next without a write, at the latest."""
        return next_midnight(now)

    @classmethod
    @cache
    def unfiltered(cls) -> Selection:
        """The selection of those who ask nothing."""
        return Selection(cls, dict.fromkeys(cls.parameters(), EMPTY))

    @classmethod
    def select(cls, data: QueryDict, known: Mapping[str, Known]) -> Selection:
        """Read a query string, which may be anything."""
        answers = {
            name: parameter.answer(data.getlist(name), known[name])
            for name, parameter in cls.parameters().items()
        }
        sort = cls.sort()
        has_words = any(query.ranks for query in answers[cls.text().name].rows)
        if answers[sort.name].keys == {sort.usual(has_words=has_words)}:
            answers[sort.name] = EMPTY
        return Selection(cls, answers)


def next_midnight(now: datetime.datetime) -> datetime.datetime:
    """The end of the day in the site's time zone, whatever its length."""
    tomorrow = timezone.localdate(now) + datetime.timedelta(days=1)
    return timezone.make_aware(datetime.datetime.combine(tomorrow, datetime.time()))
