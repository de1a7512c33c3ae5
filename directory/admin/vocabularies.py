"""The closed lists that the staff may reword, reorder or retire."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin
from django.db import models
from django.db.models.functions import Cast
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from directory.admin.base import RegisterAdmin
from directory.models import (
    CrsCode,
    Funder,
    Goal,
    Sector,
    StructureType,
    Target,
    Theme,
)
from directory.models.vocabularies import BY_LEVEL


class TermAdmin(RegisterAdmin):
    """A vocabulary: what it says, how else it is said, whether it is still offered."""

    list_display: Any = ("label", "code", "position", "is_active")
    list_filter: ClassVar[Any] = ("is_active",)
    search_fields: ClassVar[Any] = ("search_key", "code")
    ordering: ClassVar[Any] = ("position", "label_key", "pk")
    fixed_fields: Any = ("code",)
    prepopulated_fields: ClassVar[Any] = {"code": ("label",)}
    details: tuple[str, ...] = ()

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Give the fields of every term, then those of this vocabulary."""
        return ("label", "code", "synonyms", *self.details, "position", "is_active")

    def get_search_results(
        self, request: HttpRequest, queryset: models.QuerySet, search_term: str
    ) -> tuple[models.QuerySet, bool]:
        """Stop offering a retired term; the list of the vocabulary still finds it."""
        match = request.resolver_match
        if match is not None and match.url_name == "autocomplete":
            queryset = queryset.filter(is_active=True)
        return super().get_search_results(request, queryset, search_term)

    def get_deleted_objects(
        self, objs: Any, request: HttpRequest
    ) -> tuple[list[Any], dict[str, int], set[str], list[Any]]:
        """Keep the terms in use: deleting one would empty records without a word."""
        to_delete, counts, perms_needed, protected = super().get_deleted_objects(
            objs, request
        )
        kept = [sentence for term in objs if (sentence := said_in_use(term))]
        return to_delete, counts, perms_needed, [*protected, *kept]


def said_in_use(term: Any) -> str:
    """What uses a term through a list of choices, and what to do; or nothing."""
    uses = []
    for relation in type(term)._meta.related_objects:
        if relation.many_to_many:
            count = getattr(term, relation.get_accessor_name()).count()
            plural = relation.related_model._meta.verbose_name_plural
            uses += [f"{plural} ({count})"] if count else []
    if not uses:
        return ""
    return gettext(
        "%(term)s\u00a0: %(uses)s. Décochez «\u00a0proposé\u00a0» sur sa page pour ne"
        " plus l’offrir\u00a0; les fiches qui l’ont le gardent."
    ) % {"term": term, "uses": ", ".join(uses)}


class OfficialListAdmin(RegisterAdmin):
    """A list that others decide: its rows are reworded, never added nor deleted."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Leave additions to the official list."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Leave deletions to the official list."""
        return False


@admin.register(StructureType)
class StructureTypeAdmin(TermAdmin):
    """The types of structure, as a tree."""

    list_display = ("in_tree", "code", "position", "is_active")
    list_select_related = ("parent",)
    ordering = BY_LEVEL
    details = ("parent",)
    autocomplete_fields = ("parent",)

    @admin.display(description=_("libellé"), ordering="label_key")
    def in_tree(self, kind: StructureType) -> str:
        """Set the second level back."""
        return f"— {kind}" if kind.parent_id else str(kind)


@admin.register(Sector)
class SectorAdmin(TermAdmin):
    """The sectors, and what they are called in the nomenclatures of aid."""

    list_display = ("label", "code", "is_provisional", "main_goal", "is_active")
    list_select_related = ("main_goal",)
    list_filter = ("is_active", "is_provisional")
    details = (
        "is_provisional",
        "crs_main",
        "crs_codes",
        "main_goal",
        "goals",
        "targets",
    )
    autocomplete_fields = ("crs_main", "crs_codes", "main_goal", "goals", "targets")


@admin.register(Theme)
class ThemeAdmin(TermAdmin):
    """The themes of calls and events."""


@admin.register(Funder)
class FunderAdmin(TermAdmin):
    """The funders."""

    list_display = ("label", "code", "website", "is_active")
    details = ("website",)


@admin.register(Goal)
class GoalAdmin(OfficialListAdmin):
    """The seventeen goals."""

    list_display = ("number", "label", "title")
    list_display_links = ("number", "label")
    search_fields = ("label", "title", "number_text")
    ordering = ("number",)
    fixed_fields = ("number",)

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        """Let « 6 » find the sixth goal."""
        number = Cast("number", models.CharField())
        rows = super().get_queryset(request)
        numbered: models.QuerySet = rows.annotate(number_text=number)
        return numbered


@admin.register(Target)
class TargetAdmin(OfficialListAdmin):
    """The targets of the goals."""

    list_display = ("code", "text", "goal")
    list_select_related = ("goal",)
    list_filter = ("goal",)
    search_fields = ("code", "text")
    ordering = ("position",)
    fixed_fields = ("code",)
    autocomplete_fields = ("goal",)


@admin.register(CrsCode)
class CrsCodeAdmin(OfficialListAdmin):
    """The purpose codes of the OECD."""

    list_display = ("code", "label", "category_label")
    search_fields = ("code", "label", "category_label")
    ordering = ("code",)
    fixed_fields = ("code",)
