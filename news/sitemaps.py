"""The public pages of the publications, for search engines."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib.sitemaps import Sitemap
from django.db.models import Q, QuerySet
from django.urls import reverse
from taggit.models import Tag

from directory.sitemaps import RowSitemap
from news.models import Article, Call, Event, Offer, Page


class KeywordSitemap(Sitemap):
    """The pages of the keywords under which something is published."""

    def items(self) -> QuerySet:
        """The keywords, once each."""
        used = Q()
        for model in (Article, Call, Event, Offer):
            used |= Q(pk__in=model.objects.published().order_by().values("tags"))
        found: QuerySet = Tag.objects.filter(used).exclude(slug="").order_by("pk")
        return found

    def location(self, item: Tag) -> str:
        """The address of one."""
        return reverse("news:tag", args=[item.slug])


#: What moves when the page of a publication changes: it appears on its date.
DATES = ("updated_at", "published_at")
SECTIONS: Mapping[str, Sitemap] = {
    "actualites": RowSitemap(Article.objects.published, *DATES),
    "appels-a-projets": RowSitemap(Call.objects.published, *DATES),
    "agenda": RowSitemap(Event.objects.published, *DATES),
    "offres": RowSitemap(Offer.objects.published, *DATES),
    "mots-cles": KeywordSitemap(),
    "pages": RowSitemap(Page.objects.published),
}
VIEWS = ("news:articles", "news:calls", "news:events", "news:offers")
