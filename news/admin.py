"""The staff's pages of news, of static pages and of keywords."""

from __future__ import annotations

from django.apps import apps
from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from taggit.admin import TagAdmin
from taggit.models import Tag

from directory.admin.base import RegisterAdmin
from directory.admin.forms import RowForm
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


apps.get_app_config("taggit").verbose_name = _("Mots-clés")
admin.site.unregister(Tag)


class KeywordForm(RowForm):
    """A keyword, whose address is in small letters as the site reads it."""

    def clean_slug(self) -> str:
        """Write the address in small letters."""
        return str(self.cleaned_data["slug"]).lower()


@admin.register(Tag)
class KeywordAdmin(RegisterAdmin):
    """The keywords, with how many publications have each."""

    form = KeywordForm
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
