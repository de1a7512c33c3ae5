"""The page of a keyword: all that is published under it, of every kind."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db import models
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
)
from django.template.response import TemplateResponse
from django.utils.safestring import SafeString
from django.utils.translation import ngettext
from taggit.models import Tag

from directory.cards import Card
from directory.listings import nearest_page
from directory.pieces import joined
from news.models import Article, Call, Event, Offer

EACH = 24
#: What may have keywords: the template of its card, and the name of the row in it.
CARDS: dict[Any, tuple[str, str]] = {
    Article: ("news/_article_card.html", "article"),
    Call: ("news/_call_card.html", "call"),
    Event: ("news/_event_card.html", "event"),
    Offer: ("news/_offer_card.html", "offer"),
}


def tag_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what is published under a keyword, the newest first.

    The address of a keyword that was merged leads for ever to the one that was kept.
    """
    tag = Tag.objects.filter(slug=slug.lower()).first()
    if tag is None or tag.slug != slug:
        return _elsewhere(tag, slug)
    found = published_under(tag)
    paginator = Paginator(found, EACH)
    if not paginator.count:
        raise Http404
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
            "cards": _cards(list(page.object_list)),
            "page": page,
            "numbers": paginator.get_elided_page_range(
                number, on_each_side=1, on_ends=1
            ),
            "notices": notices,
        },
    )


def published_under(tag: Tag) -> models.QuerySet:
    """What the public sees under a keyword: its rank in `CARDS` and its primary key."""
    each = [
        model.objects.published()
        .tagged([tag])
        .order_by()
        .annotate(rank=models.Value(rank))
        .values_list("published_at", "rank", "pk")
        for rank, model in enumerate(CARDS)
    ]
    rows: models.QuerySet = each[0].union(*each[1:], all=True)
    return rows.order_by("-published_at", "rank", "pk")


def _elsewhere(tag: Tag | None, slug: str) -> HttpResponse:
    tag = tag or Tag.objects.filter(aliases__slug=slug.lower()).first()
    if tag is None:
        raise Http404
    return HttpResponsePermanentRedirect(tag.get_absolute_url())


def _cards(rows: list[tuple[Any, int, int]]) -> SafeString:
    loaded = {}
    for rank, (model, (template, name)) in enumerate(CARDS.items()):
        keys = [pk for _date, its_rank, pk in rows if its_rank == rank]
        for row in model.objects.for_cards().filter(pk__in=keys) if keys else ():
            loaded[rank, row.pk] = Card(template, {name: row}, "").html
    return joined(loaded[key] for _date, *row in rows if (key := tuple(row)) in loaded)
