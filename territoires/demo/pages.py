"""The static pages of the demonstration, in words of its own."""

from __future__ import annotations

from directory.models import Publication
from news import standard_pages
from news.models import Page
from news.rich_text import clean
from territoires.demo.files import DATA


def load() -> int:
    """Write and publish the standard pages nobody has touched; give how many."""
    standard_pages.load()
    drafts = Page.objects.filter(publication=Publication.DRAFT)
    untouched = [
        page
        for page in drafts.filter(slug__in=[slug for slug, *_ in standard_pages.PAGES])
        if page.body == clean(standard_pages.text(page.slug))
    ]
    for page in untouched:
        page.body = (DATA / "pages" / f"{page.slug}.html").read_text(encoding="utf-8")
        page.publication = Publication.PUBLISHED
        page.save()
    return len(untouched)
