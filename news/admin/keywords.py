"""The staff's page of keywords."""

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
