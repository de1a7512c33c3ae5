"""The staff's pages of the texts of the network."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from directory.admin.publishing import PublishableAdmin
from news.models import Page


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
