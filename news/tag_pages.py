"""The page of a keyword: all that is published under it, of every kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db import models
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
)
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import ngettext
from taggit.models import Tag

from directory.keeping.pieces import joined
from directory.listings.cards import Card
from directory.listings.shown import nearest_page
from news.views import (
    ArticleListView,
    CallListView,
    EventListView,
    OfferListView,
)

EACH = 24
#: The listings of what may have keywords.
LISTINGS = (ArticleListView, CallListView, EventListView, OfferListView)


def tag_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what is published under a keyword, the newest first.

    The address of a keyword that was merged leads for ever to the one that was kept.
    """
    tag = Tag.objects.filter(slug=slug.lower()).first()
    if tag is None or tag.slug != slug:
        return _elsewhere(tag, slug)
    found = list(published_under(tag))
    if not found:
        raise Http404
    paginator = Paginator(found, EACH)
    number, notices = nearest_page(
        request.GET.get("page", "").strip(), paginator.num_pages
    )
    page = paginator.page(number)
    count = ngettext("%d publication", "%d publications", paginator.count)
    return TemplateResponse(
        request,
        "news/tag.html",
        {
            "tag": tag,
            "count": count % paginator.count,
            "ways": _ways(tag, Counter(rank for _date, rank, _pk in found)),
            "cards": _cards(list(page.object_list)),
            "page": page,
            "numbers": paginator.get_elided_page_range(
                number, on_each_side=1, on_ends=1
            ),
            "notices": notices,
        },
    )


def published_under(tag: Tag) -> models.QuerySet:
    """What the public sees under a keyword: when, rank in `LISTINGS`, primary key."""
    each = [
        view.register.published()
        .tagged([tag])
        .order_by()
        .annotate(rank=models.Value(rank))
        .values_list("published_at", "rank", "pk")
        for rank, view in enumerate(LISTINGS)
    ]
    rows: models.QuerySet = each[0].union(*each[1:], all=True)
    return rows.order_by("-published_at", "rank", "pk")


def _elsewhere(tag: Tag | None, slug: str) -> HttpResponse:
    tag = tag or Tag.objects.filter(aliases__slug=slug.lower()).first()
    if tag is None:
        raise Http404
    return HttpResponsePermanentRedirect(tag.get_absolute_url())


def _ways(tag: Tag, counts: Counter[int]) -> Iterator[dict[str, str]]:
    """The listings that have some of these publications, narrowed to the keyword."""
    query = urlencode({"mot-cle": tag.slug})
    for rank, view in enumerate(LISTINGS):
        if count := counts[rank]:
            address = f"{reverse(view.rubric.listing)}?{query}"
            yield {"label": str(view.some % {"n": count}), "address": address}


def _cards(rows: Sequence[tuple[Any, int, int]]) -> SafeString:
    loaded = {}
    for rank, view in enumerate(LISTINGS):
        keys = [pk for _date, its_rank, pk in rows if its_rank == rank]
        found = view.register.published().for_cards().filter(pk__in=keys)
        for row in found if keys else ():
            card = Card(view.line.template, {view.line.row: row}, "")
            loaded[rank, row.pk] = card.html
    return joined(loaded[key] for _date, *row in rows if (key := tuple(row)) in loaded)
