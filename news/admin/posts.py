"""What the staff's pages of every publication have in common."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from directory.admin.base import RegisterInline
from directory.admin.publishing import PublishableAdmin
from news.admin.keywords import TaggedForm


class PostAdmin(PublishableAdmin):
    """A page of publications: what they say, when, and what they speak of."""

    form = TaggedForm
    search_fields: ClassVar[Any] = ("search_key",)
    search_help_text = _("Titre, chapeau ou texte.")
    ordering: ClassVar[Any] = (models.F("published_at").desc(nulls_first=True), "pk")
    date_hierarchy: ClassVar[Any] = "published_at"
    show_full_result_count = False
    autocomplete_fields: ClassVar[Any] = (
        "structures",
        "projects",
        "countries",
        "sectors",
        "goals",
    )
    readonly_fields = ("created_at", "updated_at")
    #: The fields of the first part, and the parts between it and the text.
    identity: Any = ("title", "slug")
    details: Any = ()
    #: The fields that follow the text, and those that come with the links.
    texts: tuple[str, ...] = ()
    links: tuple[str, ...] = ()

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Give the parts of every publication, with those of this kind."""
        linked = ("structures", "projects", "countries", "sectors", "goals")
        others = tuple(name for name in linked if name not in self._placed())
        return (
            (_("Identité"), {"fields": self.identity}),
            *self.details,
            (_("Texte"), {"fields": ("summary", "body", *self.texts, "source_url")}),
            (_("Image"), {"fields": (("image", "image_alt"), "image_credit")}),
            (_("Liens"), {"fields": (*others, *self.links, "tags")}),
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

    def _placed(self) -> set[str]:
        """The fields that the parts of this kind show already."""
        return {
            name
            for _title, options in self.details
            for line in options["fields"]
            for name in ((line,) if isinstance(line, str) else line)
        }

    @admin.display(description=_("état"))
    def state(self, post: Any) -> str:
        """Tell where it is in its life, in words."""
        return str(post.state_label)


class DocumentInline(RegisterInline):
    """The documents of a publication."""

    fields = ("title", "file", "url", "position")


class StateFilter(admin.SimpleListFilter):
    """Where the publication is in its life, now."""

    title = _("état")
    parameter_name = "etat"
    states: type[models.TextChoices]

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return self.states.choices

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        """Ask the dates."""
        if self.value() not in self.states.values:
            return queryset
        return queryset.in_states([self.value()])
