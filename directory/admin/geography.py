"""The places of the world and of France."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from directory.admin.base import RegisterAdmin
from directory.admin.vocabularies import OfficialListAdmin, TermAdmin
from directory.models import (
    Commune,
    Country,
    DacList,
    Department,
    Epci,
    Region,
    WorldRegion,
)


@admin.register(Country)
class CountryAdmin(TermAdmin):
    """The countries and territories."""

    list_display = ("label", "code", "world_region", "is_ldc", "ldc_until", "is_active")
    list_select_related = ("world_region",)
    list_filter = ("is_ldc", "is_active", "world_region")
    search_fields = ("search_key", "code", "alpha3")
    ordering = ("label_key", "pk")
    fixed_fields = ("code", "alpha3", "slug")
    prepopulated_fields = {"slug": ("label",)}
    details = ("alpha3", "slug", "preposition", "world_region", "is_ldc", "ldc_until")
    autocomplete_fields = ("world_region",)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Keep countries: untick « proposé » to stop offering one."""
        return False


@admin.register(DacList)
class DacListAdmin(RegisterAdmin):
    """The list of the DAC of the OECD, for each time that it was revised."""

    list_display = ("__str__", "begins_on", "ends_on")
    search_fields = ("source",)
    ordering = ("-begins_on",)
    autocomplete_fields = ("countries", "unsettled")


@admin.register(WorldRegion)
class WorldRegionAdmin(OfficialListAdmin):
    """The regions of the world."""

    list_display = ("label", "code", "parent")
    list_select_related = ("parent",)
    search_fields = ("label", "code")
    fixed_fields = ("code",)
    autocomplete_fields = ("parent",)


@admin.register(Region)
class RegionAdmin(RegisterAdmin):
    """The régions of France."""

    list_display = ("label", "code")
    search_fields = ("label", "code")
    ordering = ("label",)
    fixed_fields = ("code",)


@admin.register(Department)
class DepartmentAdmin(RegisterAdmin):
    """The départements of France."""

    list_display = ("label", "code", "region")
    list_select_related = ("region",)
    list_filter = ("region",)
    search_fields = ("label", "code")
    ordering = ("code",)
    fixed_fields = ("code",)
    autocomplete_fields = ("region",)


@admin.register(Epci)
class EpciAdmin(RegisterAdmin):
    """The groupings of communes."""

    list_display = ("label", "siren")
    search_fields = ("label", "siren")
    ordering = ("label",)
    fixed_fields = ("siren",)


@admin.register(Commune)
class CommuneAdmin(RegisterAdmin):
    """The communes of the network's region."""

    list_display = ("label", "code", "department", "epci")
    list_select_related = ("department", "epci")
    list_filter = (("department", admin.RelatedOnlyFieldListFilter),)
    search_fields = ("search_key", "code")
    search_arrays = ("postcodes",)
    ordering = ("label_key", "code")
    show_full_result_count = False
    fixed_fields = ("code",)
    autocomplete_fields = ("department", "epci")
