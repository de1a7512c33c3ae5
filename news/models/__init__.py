"""The publications of the network: its news, and its pages."""

from news.models.articles import Article, ArticleQuerySet
from news.models.pages import Page, PageQuerySet

__all__ = ["Article", "ArticleQuerySet", "Page", "PageQuerySet"]
