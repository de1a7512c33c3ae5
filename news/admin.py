"""The staff's pages of news, of static pages and of keywords."""

from __future__ import annotations

from django.apps import apps
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from taggit.admin import TagAdmin
from taggit.models import Tag

from directory.admin.base import RegisterAdmin
from directory.admin.publishing import PublishableAdmin
from news.models import Article, Page


@admin.register(Article)
class ArticleAdmin(PublishableAdmin):
    """The news of the network and of its members."""

    list_display = ("title", "kind", "publication", "published_at")
    list_filter = ("publication", "kind")
    search_fields = ("search_key",)
    ordering = (models.F("published_at").desc(nulls_first=True), "pk")
    date_hierarchy = "published_at"
    show_full_result_count = False
    autocomplete_fields = ("structures", "projects", "countries", "sectors", "goals")
    readonly_fields = ("created_at", "updated_at")
    fieldsets = (
        (_("Identité"), {"fields": ("title", "slug", "kind")}),
        (_("Texte"), {"fields": ("summary", "body", "source_url")}),
        (_("Image"), {"fields": (("image", "image_alt"), "image_credit")}),
        (
            _("Liens"),
            {
                "fields": (
                    "structures",
                    "projects",
                    "countries",
                    "sectors",
                    "goals",
                    "tags",
                )
            },
        ),
        (
            _("Publication"),
            {
                "fields": (
                    ("publication", "published_at"),
                    ("created_at", "updated_at"),
                )
            },
        ),
    )


@admin.register(Page)
class PageAdmin(PublishableAdmin):
    """The pages that the network writes about itself."""

    list_display = ("title", "slug", "group", "position", "publication", "updated_at")
    list_filter = ("publication", "group")
    search_fields = ("title", "body")
    ordering = ("group", "position", "title", "pk")
    readonly_fields = ("created_at", "updated_at")
    fieldsets = (
        (_("Identité"), {"fields": ("title", "slug")}),
        (_("Texte"), {"fields": ("body",)}),
        (
            _("Publication"),
            {
                "fields": (
                    ("publication", "group", "position"),
                    ("created_at", "updated_at"),
                )
            },
        ),
    )

    def get_urls(self) -> list[URLPattern]:
        """Add the page as its readers would see it."""
        preview = path(
            "<int:key>/apercu/",
            self.admin_site.admin_view(self.preview),
            name="news_page_preview",
        )
        return [preview, *super().get_urls()]

    def preview(self, request: HttpRequest, key: int) -> HttpResponse:
        """Show what is saved, published or not, to those who may see the row."""
        page = get_object_or_404(Page, pk=key)
        if not self.has_view_permission(request, page):
            raise PermissionDenied
        return render(request, "pages/page.html", {"page": page, "is_preview": True})


apps.get_app_config("taggit").verbose_name = _("Mots-clés")
admin.site.unregister(Tag)


@admin.register(Tag)
class KeywordAdmin(RegisterAdmin):
    """The keywords, with how many publications have each."""

    list_display = ("name", "uses")
    search_fields = ("name",)
    ordering = ("name", "pk")
    fields = ("name", "slug")
    prepopulated_fields = TagAdmin.prepopulated_fields

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        """Count the uses of each keyword in the query of the list."""
        uses = models.Count("taggit_taggeditem_items")
        rows = super().get_queryset(request)
        counted: models.QuerySet = rows.annotate(uses=uses)
        return counted

    @admin.display(description=_("publications"), ordering="uses")
    def uses(self, tag: Tag) -> int:
        """Give the number of publications that have the keyword."""
        return tag.uses  # type: ignore[no-any-return]
