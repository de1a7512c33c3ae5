"""How programs follow a listing: the ways to its files, and how few bytes they cost.

A file follows a selection: the same rows as the page at the same query string, the
newest first. A program that has it already is answered in a line.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag

from directory.keeping import versions
from directory.listings.elsewhere import Elsewhere
from directory.listings.facets import NEWEST, index_of
from directory.listings.listing_filters import ListingFilter
from directory.listings.results import Results
from directory.listings.selections import Selection
from directory.models.network import READ_WITH_NETWORK


@dataclass(frozen=True)
class Feed(Elsewhere):
    """A file that has the rows of a listing under the same filters."""

    content_type: str = "application/atom+xml"
    #: Whether programs subscribe to it by an address of their own, `webcal:`.
    is_calendar: bool = False

    def file(self, asked: Selection) -> File:
        """The link to it, under the filters asked for."""
        way = self.way(asked)
        return File(way.label, way.address, self.content_type, self.is_calendar)


@dataclass(frozen=True)
class File:
    """A link to a file that follows rows."""

    label: str
    address: str
    content_type: str
    is_calendar: bool


class Followed:
    """A listing under the filters of a request, as a program follows it."""

    def __init__(self, request: HttpRequest, register: type[ListingFilter]) -> None:
        """Read the query string, which may be anything."""
        self.request = request
        self.versions = versions.of_request(request)
        self.index = index_of(register, self.versions)
        self.selection = register.select(request.GET, self.index.known)

    @cached_property
    def results(self) -> Results:
        """What the page would find, repaired like it."""
        return Results(self.index, self.selection).as_shown()

    def newest(self, most: int, *load: str) -> list[Any]:
        """The rows, the newest first, so many at most.

        `load` names the methods of the QuerySet that load more than the row.
        """
        keys = self.index.ranked(self.results.rows, NEWEST, 0, most)
        rows = self.index.register.published().filter(pk__in=keys)
        for name in load:
            rows = getattr(rows, name)()
        found = {row.pk: row for row in rows}
        return [found[key] for key in keys if key in found]

    def address(self, *, without: str = "") -> str:
        """The address of the file, as short as can be; or of the page it follows.

        The view of the page has the name of that of the file, `without` its end.
        """
        match = self.request.resolver_match
        view = match.view_name.removesuffix(without) if match else ""
        return Elsewhere("", view).way(self.selection).address

    @property
    def version(self) -> tuple[Any, ...]:
        """What moves when the file would be another one: a write, or an hour."""
        tables = (*self.index.register.tables(), *READ_WITH_NETWORK)
        return (
            *self.versions.of(tables),
            self.index.valid_until,
            self.selection.query,
        )

    def answer(self, write: Callable[[], HttpResponse]) -> HttpResponseBase:
        """The file; or that nothing has changed, to a program that has it."""
        return answered(self.request, self.version, write)


def answered(
    request: HttpRequest,
    version: tuple[Any, ...],
    write: Callable[[], HttpResponse],
) -> HttpResponseBase:
    """A file, unless the program has it already.

    `version` tells its state from any other, the same in every process. No date is
    told: two changes may be of the same second, and what is hidden leaves none.
    """
    told = (request.build_absolute_uri(request.path), *version)
    tag = quote_etag(hashlib.sha256(repr(told).encode()).hexdigest()[:32])
    response = get_conditional_response(request, etag=tag)
    if response is None:
        response = write()
    response.headers.setdefault("ETag", tag)
    return response
