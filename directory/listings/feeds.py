"""What is new, for feed readers: the rows of any listing, in Atom and in RSS.

Atom is RFC 4287; RSS is version 2.0, with the link to itself that its advisory board
recommends.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path
from django.utils.feedgenerator import (
    Atom1Feed,
    Rss201rev2Feed,
    SyndicationFeed,
    get_tag_uri,
)
from django.utils.html import escape
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from directory.listings.following import Feed, Followed
from directory.listings.listing_pages import ListingView
from directory.models import Network

#: How many entries a feed has, and how long the summary of one is.
MOST, SUMMARY = 50, 400
#: What XML 1.0 cannot hold.
UNSPEAKABLE = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
#: When a feed without entries was last changed: always the same, so that it is kept.
BEGINNING = datetime.datetime(2025, 1, 1, tzinfo=datetime.UTC)


class Stable(SyndicationFeed):
    """A feed that is the same as long as its entries are."""

    content_type: str

    def latest_post_date(self) -> datetime.datetime:
        """When an entry was last changed."""
        found: datetime.datetime = super().latest_post_date()
        return found if self.items else BEGINNING


class StableAtom(Stable, Atom1Feed):
    """The same in Atom."""


class StableRss(Stable, Rss201rev2Feed):
    """The same in RSS."""


@dataclass(frozen=True)
class Format:
    """A language of feeds."""

    label: Any
    #: The end of the address, after « flux. », and of the name of the view.
    end: str
    make: type[Stable]

    def of(self, listing: str) -> Feed:
        """The feed of a listing, whose view is named."""
        content_type = self.make.content_type.partition(";")[0]
        return Feed(self.label, f"{listing}-{self.end}", content_type=content_type)


ATOM = Format(gettext_lazy("Flux Atom"), "atom", StableAtom)
RSS = Format(gettext_lazy("Flux RSS"), "rss", StableRss)


def feeds_of(listing: str) -> tuple[Feed, ...]:
    """The feeds of a listing, whose view is named."""
    return (ATOM.of(listing), RSS.of(listing))


@dataclass(frozen=True)
class Channel:
    """What a feed says of itself: its words, its own address, that of its page."""

    title: str
    subtitle: str
    address: str
    page: str
    author: str


def paths(start: str, name: str, listing: type[ListingView]) -> Iterator[URLPattern]:
    """The addresses of the feeds of a listing, whose own address and name are given."""
    for form in (ATOM, RSS):
        view = listing_feed(listing, form)
        yield path(f"{start}flux.{form.end}", view, name=f"{name}-{form.end}")


def listing_feed(listing: type[ListingView], form: Format) -> Any:
    """The view of a feed of a listing: no query string makes it fail."""

    @require_safe
    def answer(request: HttpRequest) -> HttpResponseBase:
        followed = Followed(request, listing.register)

        def write() -> HttpResponse:
            network = network_name()
            channel = Channel(
                f"{listing.feed_title(followed.selection)} – {network}",
                str(listing.introduction),
                address=followed.address(),
                page=followed.address(without=f"-{form.end}"),
                author=network,
            )
            return written(request, form, channel, followed.newest(MOST))

        return followed.answer(write)

    return answer


def network_name() -> str:
    """Who publishes the feeds."""
    network = Network.objects.current()
    return network.name if network else _("Territoires solidaires")


def written(
    request: HttpRequest, form: Format, channel: Channel, rows: Iterable[Any]
) -> HttpResponse:
    """A feed of rows, in their order."""
    feed = form.make(
        title=speakable(channel.title),
        link=request.build_absolute_uri(channel.page),
        description=speakable(channel.subtitle),
        subtitle=speakable(channel.subtitle),
        language="fr",
        author_name=speakable(channel.author),
        feed_url=request.build_absolute_uri(channel.address),
        feed_guid=_key(request, channel.page, BEGINNING),
    )
    for row in rows:
        address = row.get_absolute_url()
        feed.add_item(
            title=speakable(str(row)),
            link=request.build_absolute_uri(address),
            description=escape(speakable(Truncator(row.abstract).chars(SUMMARY))),
            unique_id=_key(request, address, row.created_at),
            unique_id_is_permalink=False,
            pubdate=row.appeared_at,
            updateddate=row.changed_at,
            categories=[capfirst(str(row._meta.verbose_name))],
        )
    response = HttpResponse(content_type=feed.content_type)
    feed.write(response, "utf-8")
    return response


def speakable(text: str) -> str:
    """The text without the characters that XML refuses."""
    return UNSPEAKABLE.sub(" ", text)


def _key(request: HttpRequest, address: str, since: datetime.datetime) -> str:
    """What names a thing for ever, whatever the scheme of the site (RFC 4151).

    Filters count: the tag keeps a fragment, where it would lose a query.
    """
    whole = f"https://{request.get_host()}{address}"
    return get_tag_uri(whole.replace("?", "#", 1), since)
