"""The public pages of the publications, for search engines."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib.sitemaps import Sitemap

from directory.sitemaps import RowSitemap
from news.models import Article, Call, Event, Offer, Page

#: What moves when the page of a publication changes: it appears on its date.
DATES = ("updated_at", "published_at")
SECTIONS: Mapping[str, Sitemap] = {
    "actualites": RowSitemap(Article.objects.published, *DATES),
    "appels-a-projets": RowSitemap(Call.objects.published, *DATES),
    "agenda": RowSitemap(Event.objects.published, *DATES),
    "offres": RowSitemap(Offer.objects.published, *DATES),
    "pages": RowSitemap(Page.objects.published),
}
VIEWS = ("news:articles", "news:calls", "news:events", "news:offers")
