"""What an alert follows: a listing, and a selection of its rows, as its page shows it.

A `ListingView` that has feeds can be followed: nothing else is to be declared.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import QueryDict
from django.urls import NoReverseMatch, Resolver404, resolve, reverse
from django.utils.translation import gettext as _
from pyroaring import BitMap

from directory.keeping.versions import Versions
from directory.listings.facets import FacetIndex, index_of
from directory.listings.listing_pages import ListingView
from directory.listings.results import Results
from directory.listings.selections import Selection, with_query
from members.models import SavedSearch


class NoListing(Exception):
    """No listing has that address, or that name."""


@dataclass(frozen=True)
class Followed:
    """A listing's page, by its name, and what is asked of it at a moment."""

    name: str
    view: type[ListingView]
    data: QueryDict
    now: Versions

    @cached_property
    def index(self) -> FacetIndex:
        """The rows of the listing and their values."""
        return index_of(self.view.register, self.now)

    @cached_property
    def selection(self) -> Selection:
        """What the query string asks for, as the page understands it."""
        return self.view.register.select(self.data, self.index.known)

    @cached_property
    def results(self) -> Results:
        """What the page would show."""
        return Results(self.index, self.selection).as_shown()

    @property
    def rows(self) -> BitMap:
        """The keys of the rows that it finds now; none when a filter is lost."""
        return BitMap() if self.is_lost else self.results.rows

    @property
    def query(self) -> str:
        """The query string that says the same and nothing else, without an order."""
        return self.selection.query_without()

    @property
    def address(self) -> str:
        """The address of the page."""
        path = reverse(self.name)
        return with_query(path, self.query)

    @property
    def title(self) -> str:
        """The search in a few words: « Mali · Éducation – Annuaire des acteurs »."""
        return self.view.feed_title(self.selection)

    @property
    def is_lost(self) -> bool:
        """Whether a filter has no value left that exists.

        The page then shows the rows without that filter; nobody asked to be told of
        these.
        """
        answers = self.selection.answers
        return any(
            any(self.data.getlist(name)) and not answer.values
            for name, answer in answers.items()
            if name != self.view.register.sort().name
        )

    @property
    def notices(self) -> list[str]:
        """What is said of the values that exist no more."""
        return self.selection.notices

    def first(self, rows: BitMap, most: int) -> list[Any]:
        """Some of its rows in the usual order of the listing, so many at most."""
        register = self.view.register
        keys = self.index.ranked(rows, register.sort().default, 0, most)
        found = {row.pk: row for row in register.published().filter(pk__in=keys)}
        return [found[key] for key in keys if key in found]


def at(path: str, data: QueryDict, now: Versions) -> Followed:
    """What the page at a path, without its first slash, shows of a query string.

    Raises:
        NoListing: when no listing is there.

    """
    name, view = _at(path)
    return Followed(name, view, data, now)


def listing(name: str) -> type[ListingView]:
    """The listing of a name.

    Raises:
        NoListing: when there is none.

    """
    return _at(_path(name))[1]


def of(search: SavedSearch, now: Versions) -> Followed:
    """What an alert follows.

    Raises:
        NoListing: when its listing is no more.

    """
    return at(_path(search.listing), QueryDict(search.query), now)


def _path(name: str) -> str:
    try:
        return reverse(name).removeprefix("/")
    except NoReverseMatch:
        raise NoListing from None


def _at(path: str) -> tuple[str, type[ListingView]]:
    try:
        match = resolve(f"/{path}")
    except Resolver404:
        raise NoListing from None
    view = getattr(match.func, "view_class", None)
    if view is None or not issubclass(view, ListingView) or not view.feeds:
        raise NoListing
    return match.view_name, view


@dataclass(frozen=True)
class Alert:
    """An alert as pages show it: the search, and what it follows if that exists."""

    search: SavedSearch
    now: Versions

    @cached_property
    def followed(self) -> Followed | None:
        """What it follows; None when its listing is no more."""
        try:
            return of(self.search, self.now)
        except NoListing:
            return None

    @property
    def title(self) -> str:
        """The search in a few words."""
        return self.followed.title if self.followed else _("Liste disparue")

    @property
    def notices(self) -> list[str]:
        """What it asks for in vain."""
        if self.followed is None:
            return [_("Cette liste n’existe plus\u00a0: l’alerte ne dira plus rien.")]
        return self.followed.notices

    @property
    def is_lost(self) -> bool:
        """Whether it can find nothing more."""
        return self.followed is None or self.followed.is_lost

    @property
    def rows(self) -> BitMap:
        """The keys of the rows that it finds now."""
        return self.followed.rows if self.followed else BitMap()
