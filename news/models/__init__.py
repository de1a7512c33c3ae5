"""The publications of the network: its news, and its pages."""

from news.models.articles import Article, ArticleQuerySet

__all__ = ["Article", "ArticleQuerySet"]
