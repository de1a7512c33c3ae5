"""The filters beside the staff's lists. Each value is one question of a QuerySet."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from directory.models import Department, Freshness, StructureType


class MemberFilter(admin.SimpleListFilter):
    """Whether the structure is a member of the network today."""

    title = _("adhérent aujourd’hui")
    parameter_name = "adherent"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("oui", _("Oui")), ("non", _("Non"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        """Ask the dates of membership."""
        match self.value():
            case "oui":
                return queryset.members()
            case "non":
                return queryset.non_members()
        return queryset


class TypeFilter(admin.SimpleListFilter):
    """The type of structure: a type of the first level brings those it contains."""

    title = _("type de structure")
    parameter_name = "type"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [
            (kind.code, f"— {kind}" if kind.parent_id else str(kind))
            for kind in StructureType.objects.by_level()
        ]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        """Ask for the type and its children."""
        if self.value() is None:
            return queryset
        return queryset.of_types(StructureType.objects.filter(code=self.value()))


class DepartmentFilter(admin.SimpleListFilter):
    """The département, among those of the network's regions."""

    title = _("département")
    parameter_name = "departement"
    ELSEWHERE = "hors-region"
    UNKNOWN = "non-precise"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        ours = Department.objects.of_the_network()
        return [
            *((department.code, str(department)) for department in ours),
            (self.ELSEWHERE, _("Hors de la région")),
            (self.UNKNOWN, _("Non précisé")),
        ]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        """Ask where the structure is seated."""
        match self.value():
            case None:
                return queryset
            case self.ELSEWHERE:
                return queryset.in_departments([], or_elsewhere=True)
            case self.UNKNOWN:
                return queryset.in_departments([], or_unknown=True)
        return queryset.in_departments([self.value()])


class FreshnessFilter(admin.SimpleListFilter):
    """How long ago a person confirmed the row."""

    title = _("vérification")
    parameter_name = "verification"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return Freshness.choices

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        """Ask the date of verification."""
        if self.value() not in Freshness.values:
            return queryset
        return queryset.of_freshness(self.value())


class SourceFilter(admin.SimpleListFilter):
    """The import that brought the row, or the hand that typed it."""

    title = _("source")
    parameter_name = "source"
    TYPED = "saisie"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        sources = (
            model_admin.model.objects.exclude(source="")
            .order_by("source")
            .values_list("source", flat=True)
            .distinct()
        )
        return [
            (self.TYPED, _("Saisie à la main")),
            *((name, name) for name in sources),
        ]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        """Ask for the source."""
        if self.value() is None:
            return queryset
        source = "" if self.value() == self.TYPED else self.value()
        return queryset.from_source(source)


class ConsentFilter(admin.SimpleListFilter):
    """Whether the person agreed to be named in public, and still does."""

    title = _("accord pour être nommé")
    parameter_name = "accord"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            ("en-cours", _("En cours")),
            ("expire-bientot", _("Expire dans les 60 jours")),
            ("expire", _("Expiré")),
            ("jamais", _("Jamais donné")),
        ]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        """Ask the dates of the consent."""
        match self.value():
            case "en-cours":
                return queryset.consenting()
            case "expire-bientot":
                return queryset.consent_ends_within(days=60)
            case "expire":
                return queryset.consent_ended()
            case "jamais":
                return queryset.filter(consent_given_on__isnull=True)
        return queryset
