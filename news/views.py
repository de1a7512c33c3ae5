"""The public pages of the news, and those that the staff write."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from directory.listing_pages import ListingView
from directory.previews import PreviewedView
from news.filters import ArticleFilter
from news.models import Article, Page


class ArticleListView(ListingView):
    """The news: published articles, narrowed by the query string."""

    register = ArticleFilter
    card_template = "news/_article_card.html"
    card_name = "article"
    text_field = "text"
    layout = "columns"
    none = _("Aucune actualité")
    some = ngettext_lazy("%(n)d actualité", "%(n)d actualités", "n")
    heading = _("Actualités")
    introduction = _("Les nouvelles du réseau et de ses adhérents.")
    search_label = _("Chercher une actualité")


class ArticleView(PreviewedView):
    """The page of an article."""

    model = Article
    context_object_name = "article"
    template_name = "news/article.html"

    def get_queryset(self) -> Any:
        """Load what the page shows."""
        return super().get_queryset().for_page()


class PageView(PreviewedView):
    """A page that the network writes about itself."""

    model = Page
    context_object_name = "page"
    template_name = "pages/page.html"
