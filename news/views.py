"""The public pages of the news, and those that the staff write."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.views.generic import DetailView

from directory.listings import ListingView
from news.filters import ArticleFilter
from news.models import Article, Page


class ArticleListView(ListingView):
    """The news: published articles, narrowed by the query string."""

    filterset_class = ArticleFilter
    context_object_name = "articles"
    results_template = "news/_article_results.html"
    heading = _("Actualités")
    lead = _("Les nouvelles du réseau et de ses adhérents.")
    search_label = _("Chercher une actualité")

    def get_queryset(self) -> models.QuerySet:
        """Ask at each request: what is published depends on the hour."""
        return Article.objects.published().for_cards()


class ArticleView(DetailView):
    """The page of a published article."""

    context_object_name = "article"
    template_name = "news/article.html"

    def get_queryset(self) -> models.QuerySet:
        """Ask at each request: what is published depends on the hour."""
        return Article.objects.published().for_page()


class PageView(DetailView):
    """A page that the network writes about itself."""

    queryset = Page.objects.published()
    context_object_name = "page"
    template_name = "pages/page.html"
