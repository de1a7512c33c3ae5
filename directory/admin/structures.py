"""The structures of the directory and the people who speak for them."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from directory.admin.base import RegisterAdmin, RegisterInline
from directory.admin.filters import (
    ConsentFilter,
    DepartmentFilter,
    FreshnessFilter,
    MemberFilter,
    SourceFilter,
    TypeFilter,
)
from directory.admin.forms import StructureForm, TypeField
from directory.admin.publishing import SourcedAdmin
from directory.models import Contact, Participation, Structure, StructureType

CONTACT_FIELDS = (
    ("honorific", "first_name", "last_name"),
    ("role", "is_representative"),
    ("email", "phone"),
    ("consent_given_on", "consent_expires_on"),
    "position",
)


class ContactInline(RegisterInline):
    """The people of a structure."""

    model = Contact
    template = "admin/edit_inline/stacked.html"
    fields = CONTACT_FIELDS


class StructureParticipationInline(RegisterInline):
    """The projects of a structure."""

    model = Participation
    fields = ("project", "role", "amount")
    autocomplete_fields = ("project",)
    verbose_name = _("participation à un projet")
    verbose_name_plural = _("participations aux projets")

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        return (
            super()
            .get_queryset(request)
            .select_related("project", "structure", "funder")
        )


@admin.register(Structure)
class StructureAdmin(SourcedAdmin):
    """The structures, as the staff keep them."""

    form = StructureForm
    list_display = (
        "sorted_name",
        "type",
        "place",
        "member_today",
        "publication",
        "life",
        "verified_at",
    )
    list_select_related = ("type", "commune")
    list_filter = (
        MemberFilter,
        "publication",
        TypeFilter,
        DepartmentFilter,
        "life",
        FreshnessFilter,
        SourceFilter,
    )
    search_fields = ("search_key", "commune__search_key")
    search_help_text = _("Nom, sigle, ville, SIREN, RNA ou adresse électronique.")
    ordering = ("name_key", "name", "pk")
    show_full_result_count = False
    autocomplete_fields = (
        "commune",
        "department",
        "countries",
        "sectors",
        "goals",
        "merged_into",
    )
    inlines: ClassVar[Any] = (ContactInline, StructureParticipationInline)
    title = "is_representative"
    readonly_fields: ClassVar[Any] = (
        *SourcedAdmin.readonly_fields,
        "contact_hidden_at",
        "asleep_since",
    )
    provenance = (
        SourcedAdmin.provenance[0],
        {
            "fields": (
                *SourcedAdmin.provenance[1]["fields"],
                ("contact_hidden_at", "asleep_since"),
            )
        },
    )
    fieldsets = (
        (
            _("Identité"),
            {
                "fields": (
                    ("name", "acronym"),
                    "other_names",
                    "slug",
                    "type",
                    ("life", "founded_in"),
                    ("siren", "rna"),
                )
            },
        ),
        (_("Adhésion"), {"fields": (("member_from", "member_until"),)}),
        (
            _("Coordonnées"),
            {
                "fields": (
                    "address",
                    ("postcode", "city"),
                    ("commune", "department", "is_abroad"),
                    ("latitude", "longitude", "point_source"),
                    ("website", "email", "phone"),
                    "social_links",
                )
            },
        ),
        (_("Intervention"), {"fields": ("countries", "sectors", "goals")}),
        (_("Présentation"), {"fields": ("description", ("logo", "logo_alt"))}),
        (_("Publication"), {"fields": (("publication", "merged_into"),)}),
    )

    def formfield_for_foreignkey(
        self, db_field: models.ForeignKey, request: HttpRequest, **kwargs: Any
    ) -> Any:
        """Offer the types of structure as a tree."""
        if db_field.name == "type":
            kwargs["queryset"] = StructureType.objects.by_level()
            kwargs["form_class"] = TypeField
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_inlines(self, request: HttpRequest, obj: Any = None) -> Any:
        """Leave projects for later: they need the structure to exist."""
        inlines = super().get_inlines(request, obj)
        if obj:
            return inlines
        return [one for one in inlines if one is not StructureParticipationInline]

    @admin.display(description=_("nom"), ordering="name_key")
    def sorted_name(self, structure: Structure) -> str:
        """Give the name, sorted as French readers expect."""
        return structure.name

    @admin.display(description=_("lieu"), ordering="commune__label_key")
    def place(self, structure: Structure) -> str:
        """Give the town and the département."""
        return structure.place

    @admin.display(description=_("adhérent"), boolean=True, ordering="member_from")
    def member_today(self, structure: Structure) -> bool:
        """Whether it is a member today."""
        return structure.is_member


@admin.register(Contact)
class ContactAdmin(RegisterAdmin):
    """The people of every structure, and what they agreed to."""

    list_display = (
        "full_name",
        "structure",
        "role",
        "is_representative",
        "email",
        "consent_expires_on",
    )
    list_select_related = ("structure",)
    list_filter = ("is_representative", ConsentFilter)
    search_fields = ("last_name", "first_name", "email", "role", "structure__name_key")
    ordering = ("last_name", "first_name", "pk")
    show_full_result_count = False
    autocomplete_fields = ("structure",)
    fields = ("structure", *CONTACT_FIELDS)

    @admin.display(description=_("nom"), ordering="last_name")
    def full_name(self, contact: Contact) -> str:
        """Give the whole name: the staff may read it."""
        return contact.full_name
