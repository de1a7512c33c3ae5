"""What is new about a country, for feed readers: projects and articles."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from operator import attrgetter
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.feedgenerator import Atom1Feed, get_tag_uri
from django.utils.html import escape
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from directory.misspelled import meant
from directory.models import Country, Network, Project
from directory.subjects import about
from directory.term_pages import CountryView, moved_to
from news.models import Article

#: How many entries the feed has, and how long the summary of one is.
LATEST, SUMMARY = 30, 400
#: What XML 1.0 cannot hold.
UNSPEAKABLE = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
#: When a feed without entries was last changed: always the same, so that it is kept.
BEGINNING = datetime.datetime(2025, 1, 1, tzinfo=datetime.UTC)


class StableFeed(Atom1Feed):
    """An Atom feed that is the same as long as its entries are."""

    def latest_post_date(self) -> datetime.datetime:
        """When an entry was last changed."""
        found: datetime.datetime = super().latest_post_date()
        return found if self.items else BEGINNING


@dataclass(frozen=True)
class Entry:
    """A project or an article, as feed readers show it."""

    title: str
    address: str
    summary: str
    kind: str
    published_at: datetime.datetime
    updated_at: datetime.datetime
    #: Names it for ever, whatever the scheme of the site.
    key: str


@dataclass(frozen=True)
class Subscription:
    """What is followed, from which host."""

    country: Country
    host: str
    network: str


class CountryFeed(Feed):
    """The latest published projects and articles about a country."""

    feed_type = StableFeed
    language = "fr"

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Give the feed, without a date: what is hidden makes the last one go back.

        The ETag of the middleware tells whether anything changed. Other ways to name
        the country lead to its feed.
        """
        try:
            response: HttpResponse = super().__call__(request, *args, **kwargs)
        except Http404:
            if found := meant(kwargs["end"], Country.objects.all()):
                return moved_to(request, found)
            raise
        del response["Last-Modified"]
        return response

    def get_object(self, request: HttpRequest, end: str) -> Subscription:
        """Find the country; raise `Country.DoesNotExist`, which is a 404."""
        if not CountryView.addresses.fullmatch(end):
            raise Country.DoesNotExist
        network = Network.objects.first()
        return Subscription(
            Country.objects.get(slug=end),
            host=request.get_host(),
            network=network.name if network else _("Territoires solidaires"),
        )

    def title(self, followed: Subscription) -> str:
        return _("Nouveautés %(where)s – %(network)s") % {
            "where": _speakable(followed.country.where),
            "network": _speakable(followed.network),
        }

    def subtitle(self, followed: Subscription) -> str:
        where = _speakable(followed.country.where)
        return _("Les derniers projets et articles %s.") % where

    def link(self, followed: Subscription) -> str:
        return followed.country.get_absolute_url()

    def feed_guid(self, followed: Subscription) -> str:
        return _key(followed, followed.country.get_absolute_url(), BEGINNING)

    def author_name(self, followed: Subscription) -> str:
        return _speakable(followed.network)

    def items(self, followed: Subscription) -> list[Entry]:
        entries = chain(_projects(followed), _articles(followed))
        return sorted(entries, key=attrgetter("updated_at"), reverse=True)[:LATEST]

    def item_title(self, item: Entry) -> str:
        return _speakable(item.title)

    def item_description(self, item: Entry) -> str:
        return escape(_speakable(Truncator(item.summary).chars(SUMMARY)))

    def item_link(self, item: Entry) -> str:
        return item.address

    def item_guid(self, item: Entry) -> str:
        return item.key

    def item_pubdate(self, item: Entry) -> datetime.datetime:
        return item.published_at

    def item_updateddate(self, item: Entry) -> datetime.datetime:
        return item.updated_at

    def item_categories(self, item: Entry) -> list[str]:
        return [item.kind]


def _projects(followed: Subscription) -> Iterator[Entry]:
    found = about(Project.objects.published(), followed.country)
    for row in found.order_by("-updated_at", "pk")[:LATEST]:
        address = row.get_absolute_url()
        yield Entry(
            title=row.title,
            address=address,
            summary=row.summary or row.description,
            kind=_("Projet"),
            published_at=row.created_at,
            updated_at=row.updated_at,
            key=_key(followed, address, row.created_at),
        )


def _articles(followed: Subscription) -> Iterator[Entry]:
    found = about(Article.objects.published(), followed.country).latest_first()
    for row in found[:LATEST]:
        address = row.get_absolute_url()
        yield Entry(
            title=row.title,
            address=address,
            summary=row.summary or row.text,
            kind=_("Actualité"),
            published_at=row.published_at,
            updated_at=max(row.updated_at, row.published_at),
            key=_key(followed, address, row.created_at),
        )


def _key(followed: Subscription, address: str, since: datetime.datetime) -> str:
    return get_tag_uri(f"https://{followed.host}{address}", since)


def _speakable(text: str) -> str:
    return UNSPEAKABLE.sub(" ", text)
