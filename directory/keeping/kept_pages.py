"""Whole pages of visitors, kept until anything that a page can show has changed.

A page is kept with the versions of every table, for those who come without a cookie or
a query string: it is never older than the database. It lasts a minute at most, since
some things begin or end at an hour without a write: a membership, an announcement.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from directory.keeping import versions
from directory.keeping.compression import compressed_once, public_page
from directory.keeping.stores import new_store, put

Page = Callable[..., Any]

_store: dict[str, KeptPage] = new_store()


@dataclass(frozen=True)
class KeptPage:
    """The body of a page, compressed, and what it is true of."""

    version: versions.Versions
    made_at: datetime.datetime
    content_type: str
    body: bytes

    def holds(self, version: versions.Versions) -> bool:
        """Whether the page would be the same if it were made now."""
        return self.version == version and _minute(self.made_at) == _minute()

    def response(self, request: HttpRequest) -> HttpResponse:
        """The page, as the visitor's browser takes it."""
        return public_page(
            request, self.body, is_compressed=True, content_type=self.content_type
        )


def kept_page(view: Page) -> Page:
    """Make a view keep the pages that it shows to visitors."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.method != "GET" or request.COOKIES or request.META["QUERY_STRING"]:
            return view(request, *args, **kwargs)
        address, version = request.build_absolute_uri(), versions.of_request(request)
        page = _store.get(address)
        if page is not None and page.holds(version):
            return page.response(request)
        made_at = timezone.now()
        response = view(request, *args, **kwargs)
        if hasattr(response, "render"):
            response.render()
        if response.status_code == HttpResponse.status_code:
            body = compressed_once(response.content)
            page = KeptPage(version, made_at, response["Content-Type"], body)
            put(_store, address, page)
        return response

    return answer


def _minute(moment: datetime.datetime | None = None) -> datetime.datetime:
    return (moment or timezone.now()).replace(second=0, microsecond=0)
