"""The staff's page of the news."""

from __future__ import annotations

from django.contrib import admin

from news.admin.posts import PostAdmin
from news.models import Article


@admin.register(Article)
class ArticleAdmin(PostAdmin):
    """The news of the network and of its members."""

    list_display = ("title", "kind", "publication", "published_at")
    list_filter = ("publication", "kind")
    identity = ("title", "slug", "kind")
