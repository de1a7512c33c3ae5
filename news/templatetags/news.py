"""The publications as seen from templates of any app."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from directory.models import Country, Project, Structure
from directory.subject_pages.subjects import Subject, about
from news.models import Article, ArticleQuerySet, Call, CallQuerySet, Page
from news.rich_text import ANCHOR, clean, with_anchors
from news.rubrics import RUBRICS

register = template.Library()

LATEST = 6


@register.simple_tag
def news_about(subject: Structure | Project | Subject) -> ArticleQuerySet:
    """The latest published articles linked to the row, or about the subject."""
    articles = Article.objects.published().for_cards().latest_first()
    if isinstance(subject, Structure):
        return articles.about_structure(subject)[:LATEST]
    if isinstance(subject, Project):
        return articles.about_project(subject)[:LATEST]
    found: ArticleQuerySet = about(articles, subject)[:LATEST]
    return found


@register.simple_tag
def open_calls_about(subject: Subject) -> CallQuerySet:
    """The open calls for projects about the subject, the nearest deadline first."""
    calls = Call.objects.published().open().for_cards().soonest_first()
    if isinstance(subject, Country):
        return calls.eligible_in([subject])[:LATEST]
    found: CallQuerySet = about(calls, subject)[:LATEST]
    return found


@register.inclusion_tag("news/_rubrics.html", takes_context=True)
def rubrics(context: Context) -> dict[str, Any]:
    """The listings of publications side by side, that of the page marked."""
    match = context["request"].resolver_match
    view = match.view_name if match else ""
    links = [
        {
            "label": rubric.label,
            "address": reverse(rubric.listing),
            "mark": rubric.mark(view),
        }
        for rubric in RUBRICS
    ]
    return {"links": links}


@register.simple_tag(takes_context=True)
def published_pages(context: Context, group: str = "") -> list[Page]:
    """The pages that the public may read, in order: all, or those of a group.

    One query for each request, however often it is asked, includes with `only` too.
    """
    request = getattr(context, "request", None)
    pages: list[Page] | None = getattr(request, "published_pages", None)
    if pages is None:
        pages = list(Page.objects.published().in_order().defer("body"))
        if request is not None:
            request.published_pages = pages
    return [page for page in pages if group in ("", page.group)]


@register.filter
def rich_text(html: str, prefix: str = ANCHOR) -> SafeString:
    """A rich text as HTML, cleaned again, whose headings can be linked to.

    The one place where a text that people wrote becomes HTML: nh3 has just built it.
    """
    return mark_safe(with_anchors(clean(html), prefix))  # noqa: S308 - see above
