"""Listings: the query string read into a choice of published rows, and back.

A listing is a declaration: a `ListingFilter` whose parameters name the methods of the
QuerySet that obey them. Whatever a visitor types, the values that make sense are kept
and the others are dropped with a sentence that says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

import django_filters as filters
from django.core.paginator import Page, Paginator
from django.db import models
from django.http import QueryDict
from django.utils.translation import gettext as _
from django_filters.views import FilterView

from directory.parameters import Answer, Facet, Parameter, SortOrder, quoted

#: How many filters the title of a page names.
TITLED = 4


@dataclass(frozen=True)
class Chip:
    """A filter at work, and the query string without it."""

    facet: str
    label: str
    query: str


class ListingFilter(filters.FilterSet):
    """The parameters of a listing, read from the query string of a request.

    An attribute `mot_cle` is written `mot-cle` in addresses.
    """

    def __init__(
        self, data: QueryDict | None = None, queryset: Any = None, **kwargs: Any
    ) -> None:
        """Read a query string, which may be empty; rows come from `queryset`."""
        super().__init__(QueryDict() if data is None else data, queryset, **kwargs)
        for name, parameter in self.filters.items():
            parameter.name = name

    @classmethod
    def get_filters(cls) -> dict[str, Parameter]:
        """The parameters by their names in addresses."""
        declared = super().get_filters()
        return {name.replace("_", "-"): item for name, item in declared.items()}

    @cached_property
    def answers(self) -> dict[str, Answer]:
        """What was understood of each parameter."""
        self.form.full_clean()
        answers: dict[str, Answer] = self.form.cleaned_data
        return answers

    @property
    def notices(self) -> list[str]:
        """What is said of the values that were dropped."""
        return [notice for item in self.answers.values() for notice in item.notices]

    @property
    def facets(self) -> list[Facet]:
        """The parameters with values to tick."""
        return [item for item in self.filters.values() if isinstance(item, Facet)]

    @property
    def sort(self) -> SortOrder:
        """The order of the rows."""
        return next(i for i in self.filters.values() if isinstance(i, SortOrder))

    @property
    def text(self) -> str:
        """The words that are searched, or nothing."""
        return "".join(str(value.row) for value in self.answers["q"].values)

    @cached_property
    def chips(self) -> list[Chip]:
        """The filters at work, each with the query string without it."""
        return [
            Chip(
                str(parameter.label),
                value.label,
                self.query_with(name, self.answers[name].keys - {value.key}),
            )
            for name, parameter in self.filters.items()
            if parameter.narrows
            for value in self.answers[name].values
        ]

    @property
    def title(self) -> str:
        """The filters at work in a few words: « Mali · Éducation »."""
        labels = [chip.label for chip in self.chips]
        more = ["…"] if len(labels) > TITLED else []
        return " · ".join(labels[:TITLED] + more)

    @property
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
        return urlencode(pairs)


class ListingView(FilterView):
    """A listing, 24 rows a page; no query string makes it fail."""

    template_name = "layout/listing.html"
    paginate_by = 24
    strict = False
    #: What the page says of itself.
    heading: Any = ""
    lead: Any = ""
    search_label: Any = ""
    #: The partial that shows the rows and all that depends on them.
    results_template = ""
    page_notices: Sequence[str] = ()

    def paginate_queryset(
        self, queryset: models.QuerySet, page_size: int
    ) -> tuple[Paginator, Page, models.QuerySet, bool]:
        """Give the page asked for, or the nearest one and a notice."""
        paginator = self.get_paginator(queryset, page_size)
        number, self.page_notices = nearest_page(
            self.request.GET.get(self.page_kwarg, "").strip(), paginator.num_pages
        )
        page = paginator.page(number)
        return paginator, page, page.object_list, page.has_other_pages()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what the page says of dropped values, and the page numbers to show."""
        context = super().get_context_data(**kwargs)
        page = context["page_obj"]
        notices = [*self.filterset.notices, *self.page_notices]
        numbers = page.paginator.get_elided_page_range(
            page.number, on_each_side=1, on_ends=1
        )
        return {**context, "notices": notices, "page_numbers": list(numbers)}


def nearest_page(raw: str, last: int) -> tuple[int, list[str]]:
    """The number of the page to show, and what is said when it is not the one asked."""
    if not raw:
        return 1, []
    if not re.fullmatch(r"[0-9]{1,9}", raw):
        notice = _(
            "«\u00a0%s\u00a0» n’est pas un numéro de page\u00a0: voici la première."
        )
        return 1, [notice % quoted(raw)]
    number = min(max(int(raw), 1), last)
    if number == int(raw):
        return number, []
    notice = _("La page %(asked)s n’existe pas\u00a0: voici la page %(shown)d.")
    return number, [notice % {"asked": raw, "shown": number}]
