"""The projects, who takes part in them, where they happen and what they look like."""

from __future__ import annotations

from django.contrib import admin
from django.db import models
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from directory.admin.base import ChildAdmin, RegisterInline
from directory.admin.filters import FreshnessFilter, SourceFilter
from directory.admin.publishing import SourcedAdmin
from directory.models import Locality, Participation, Project, ProjectImage


class ParticipationInline(RegisterInline):
    """Who takes part in a project."""

    model = Participation
    fields = ("role", "structure", "funder", "name", "amount", "position")
    autocomplete_fields = ("structure", "funder")

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        return super().get_queryset(request).select_related("structure", "funder")


class LocalityInline(RegisterInline):
    """Where a project happens."""

    model = Locality
    fields = ("name", "country", "latitude", "longitude")
    autocomplete_fields = ("country",)

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        return super().get_queryset(request).select_related("country")


class ProjectImageInline(RegisterInline):
    """The pictures of a project."""

    model = ProjectImage
    fields = ("image", "alternative", "credit", "position")


@admin.register(Project)
class ProjectAdmin(SourcedAdmin):
    """The projects, as the staff keep them."""

    list_display = (
        "sorted_title",
        "lead",
        "kind",
        "status",
        "starts_on",
        "publication",
        "verified_at",
    )
    list_filter = (
        "publication",
        "status",
        "kind",
        FreshnessFilter,
        SourceFilter,
        ("countries", admin.RelatedOnlyFieldListFilter),
    )
    search_fields = ("search_key",)
    search_help_text = _("Titre, résumé ou description.")
    ordering = ("title_key", "title", "pk")
    show_full_result_count = False
    autocomplete_fields = ("countries", "sectors", "goals")
    inlines = (ParticipationInline, LocalityInline, ProjectImageInline)
    title = "is_lead"
    fieldsets = (
        (
            _("Identité"),
            {"fields": ("title", "slug", ("kind", "status"), "summary")},
        ),
        (
            _("Calendrier"),
            {
                "fields": (
                    ("planned_start_on", "planned_end_on"),
                    ("actual_start_on", "actual_end_on"),
                    "date_precision",
                )
            },
        ),
        (_("Intervention"), {"fields": ("countries", "sectors", "goals")}),
        (
            _("Présentation"),
            {
                "fields": (
                    "description",
                    ("beneficiaries", "beneficiary_count"),
                    "links",
                )
            },
        ),
        (_("Budget"), {"fields": (("budget", "currency", "budget_is_public"),)}),
        (_("Publication"), {"fields": ("publication",)}),
    )

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        """Name the lead of each project in the query of the list."""
        leads = Participation.objects.filter(
            project=models.OuterRef("pk"), role=Participation.Role.LEAD
        )
        name = Coalesce(models.F("structure__name"), models.F("name"))
        lead_name = models.Subquery(leads.values(label=name)[:1])
        rows = super().get_queryset(request)
        named: models.QuerySet = rows.annotate(lead_name=lead_name)
        return named

    @admin.display(description=_("titre"), ordering="title_key")
    def sorted_title(self, project: Project) -> str:
        """Give the title, sorted as French readers expect."""
        return project.title

    @admin.display(description=_("porteur"), ordering="lead_name", empty_value="–")
    def lead(self, project: Project) -> str | None:
        """Give the name of who leads it."""
        return project.lead_name  # type: ignore[attr-defined, no-any-return]

    @admin.display(
        description=_("début"),
        ordering=Coalesce("actual_start_on", "planned_start_on"),
    )
    def starts_on(self, project: Project) -> object:
        """Give the day it began or should begin."""
        return project.starts_on


@admin.register(Participation)
class ParticipationAdmin(ChildAdmin):
    """Who takes part in which project; edited on the page of the project."""

    list_display = ("organisation", "role", "project", "amount")
    list_select_related = ("project", "structure", "funder")
    list_filter = ("role",)
    search_fields = (
        "name",
        "structure__name_key",
        "funder__label_key",
        "project__title_key",
    )
    ordering = ("project__title_key", "position", "pk")
    show_full_result_count = False
    autocomplete_fields = ("project", "structure", "funder")

    @admin.display(description=_("organisation"))
    def organisation(self, participation: Participation) -> str:
        """Give the name of who takes part."""
        return participation.organisation


@admin.register(Locality)
class LocalityAdmin(ChildAdmin):
    """The places of every project; edited on the page of the project."""

    list_display = ("name", "country", "project", "latitude", "longitude")
    list_select_related = ("country", "project")
    search_fields = ("name", "country__label_key", "project__title_key")
    ordering = ("name", "pk")
    show_full_result_count = False
    autocomplete_fields = ("project", "country")


@admin.register(ProjectImage)
class ProjectImageAdmin(ChildAdmin):
    """The pictures of every project; edited on the page of the project."""

    list_display = ("alternative", "project", "credit")
    list_select_related = ("project",)
    search_fields = ("alternative", "credit", "project__title")
    ordering = ("project__title_key", "position", "pk")
    show_full_result_count = False
    autocomplete_fields = ("project",)
