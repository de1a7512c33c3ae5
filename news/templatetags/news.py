"""The news as seen from the pages of the register, which know nothing of it."""

from __future__ import annotations

from django import template

from directory.models import Project, Structure
from news.models import Article, ArticleQuerySet

register = template.Library()

LATEST = 6


@register.simple_tag
def news_about(subject: Structure | Project) -> ArticleQuerySet:
    """The latest published articles linked to the structure or to the project."""
    articles = Article.objects.published().for_cards().latest_first()
    if isinstance(subject, Structure):
        return articles.about_structure(subject)[:LATEST]
    return articles.about_project(subject)[:LATEST]
