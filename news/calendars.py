"""The agenda and the deadlines, for the calendars that people keep."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from directory.keeping import versions
from directory.listings.feeds import network_name
from directory.listings.following import Feed, Followed, answered
from directory.listings.listing_pages import ListingView
from directory.models.network import READ_WITH_NETWORK
from news import icalendar
from news.icalendar import Line, Span
from news.models import Call, Event, moments

#: How many entries a calendar has, the last published ones.
MOST = 500
DAY = datetime.timedelta(days=1)
Entries = Callable[[HttpRequest, Any], Iterator[Line]]


def calendar_feed(view: str) -> Feed:
    """The way to a calendar, from the listing whose rows it has."""
    return Feed(
        gettext_lazy("Fichier iCalendar"),
        view,
        content_type="text/calendar",
        is_calendar=True,
    )


def listing_calendar(listing: type[ListingView], lines: Entries, kind: Any = "") -> Any:
    """The view of a calendar of the rows of a listing, under its filters.

    `kind` says what it has of them, when it is not the whole.
    """

    @require_safe
    def answer(request: HttpRequest) -> HttpResponseBase:
        followed = Followed(request, listing.register)

        def write() -> HttpResponse:
            title = listing.feed_title(followed.selection)
            named = filter(None, [str(kind), title, network_name()])
            rows = followed.newest(MOST, "for_calendars")
            return _written(request, " – ".join(named), lines, rows)

        return followed.answer(write)

    return answer


@require_safe
def event_calendar(request: HttpRequest, slug: str) -> HttpResponseBase:
    """One event, to be put in a calendar."""
    rows = Event.objects.published().for_calendars()
    event = get_object_or_404(rows, slug=slug)
    tables = ["news_event", "directory_commune", *READ_WITH_NETWORK]
    version = versions.of_request(request).of(tables)
    return answered(
        request,
        (*version, event.state),
        lambda: _written(request, str(event), of_event, [event], name=slug),
    )


def of_event(request: HttpRequest, event: Event) -> Iterator[Line]:
    """An event; a cancelled one stays, and says so.

    Where it is online is said as long as one may go there, as on its page.
    """
    title = _("Annulé\u00a0: %s") % event if event.is_cancelled else str(event)
    words, online = [event.summary], event.online_url if event.is_to_come else ""
    if online:
        words.append(_("En ligne\u00a0: %s") % online)
    yield from _common(request, event, title, words)
    yield from _span(event).lines()
    place = event.location or online
    if place:
        yield "LOCATION", icalendar.text(place)
    yield "STATUS", "CANCELLED" if event.is_cancelled else "CONFIRMED"


def of_deadline(request: HttpRequest, call: Call) -> Iterator[Line]:
    """The moment when a call closes; it takes no time of anybody's day."""
    closing: Any = call.closes_at
    yield from _common(request, call, _("Clôture\u00a0: %s") % call, [call.summary])
    is_whole = moments.is_midnight(closing)
    yield from Span(moments.last_day(closing) if is_whole else closing).lines()
    yield "STATUS", "CONFIRMED"
    yield "TRANSP", "TRANSPARENT"


def _span(event: Event) -> Span:
    """When the event is; until midnight if nothing says when it ends."""
    first, last = event.days
    if event.is_all_day:
        return Span(first, last)
    return Span(event.starts_at, event.ends_at or moments.beginning(first + DAY))


def _common(
    request: HttpRequest, post: Event | Call, title: str, words: Iterable[str]
) -> Iterator[Line]:
    """What every entry says; its key lasts, and its number grows with its changes."""
    address = request.build_absolute_uri(post.get_absolute_url())
    changed = icalendar.moment(post.changed_at)
    age = max(post.changed_at - post.created_at, datetime.timedelta())
    yield "UID", f"{post._meta.model_name}-{post.pk}@{request.get_host()}"
    yield "DTSTAMP", changed
    yield "LAST-MODIFIED", changed
    yield "SEQUENCE", str(int(age.total_seconds()))
    yield "SUMMARY", icalendar.text(title)
    said = "\n".join(filter(None, [*words, address]))
    yield "DESCRIPTION", icalendar.text(said)
    yield "URL", icalendar.address(address)


def _written(
    request: HttpRequest,
    title: str,
    lines: Entries,
    rows: Iterable[Any],
    *,
    name: str = "agenda",
) -> HttpResponse:
    body = icalendar.calendar(title, [lines(request, row) for row in rows])
    response = HttpResponse(body, content_type=icalendar.CONTENT_TYPE)
    response["Content-Disposition"] = f'inline; filename="{name}.ics"'
    return response
