"""Articles show actors at work where their profiles are silent."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from directory.subject_pages.reach import Way, add_way
from news.models import Article, ArticleQuerySet


def register() -> None:
    """Let published articles tell, the latest first."""
    add_way("articles", Way(_articles, _("Cité dans l’article"), "news:article"))


def _articles() -> ArticleQuerySet:
    return Article.objects.published().latest_first()
