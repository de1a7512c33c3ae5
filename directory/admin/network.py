"""The network itself: one row, its offices and its partners."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from directory.admin.base import ChildAdmin, RegisterAdmin, RegisterInline
from directory.models import Network, NetworkPartner, Office


class OfficeInline(RegisterInline):
    """The offices of the network."""

    model = Office


class NetworkPartnerInline(RegisterInline):
    """The partners of the network."""

    model = NetworkPartner


@admin.register(Network)
class NetworkAdmin(RegisterAdmin):
    """The page of the network; there is no list, since there is one."""

    autocomplete_fields = ("regions",)
    search_fields = ("name",)
    inlines = (OfficeInline, NetworkPartnerInline)
    fieldsets = (
        (_("Identité"), {"fields": ("name", "baseline", "presentation")}),
        (_("Territoire"), {"fields": ("territory", "regions")}),
        (_("Coordonnées"), {"fields": ("email", "phones", "social_links")}),
    )

    def changelist_view(
        self, request: HttpRequest, extra_context: Any = None
    ) -> HttpResponse:
        """Go straight to the one row, or to the form that describes it."""
        if Network.objects.exists():
            name = "admin:directory_network_change"
            return HttpResponseRedirect(reverse(name, args=[Network.ONLY_KEY]))
        if self.has_add_permission(request):
            return HttpResponseRedirect(reverse("admin:directory_network_add"))
        return super().changelist_view(request, extra_context)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Describe the network once."""
        return super().has_add_permission(request) and not Network.objects.exists()

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Keep the network: every page names it."""
        return False


@admin.register(Office)
class OfficeAdmin(ChildAdmin):
    """The offices; edited on the page of the network."""

    list_display = ("address", "postcode", "city", "label")
    search_fields = ("address", "city", "label")


@admin.register(NetworkPartner)
class NetworkPartnerAdmin(ChildAdmin):
    """The partners; edited on the page of the network."""

    list_display = ("name", "website")
    search_fields = ("name",)
