"""What people follow by mail: how many, what and how often; who, to few."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote_plus

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from directory.admin.base import ChildAdmin, RegisterAdmin
from members.alerts import followed
from members.models import SavedSearch, Subscriber, ToldRow


class ReadOnly(admin.ModelAdmin):
    """What only the people concerned write; deleted when they ask for it."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Leave it to those who follow."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Leave it to those who follow."""
        return False


@admin.register(SavedSearch)
class SavedSearchAdmin(ReadOnly, RegisterAdmin):
    """Every alert; nobody follows anything for somebody else.

    Addresses of people are shown to those who may see the subscribers.
    """

    list_display = ("page", "filters", "rhythm", "state", "asked_at", "address")
    list_select_related = ("subscriber",)
    list_filter = ("listing", "rhythm", ("confirmed_at", admin.EmptyFieldListFilter))
    ordering = ("-asked_at", "pk")
    fields = (
        *("page", "filters", "rhythm", "state"),
        *("asked_at", "confirmed_at", "address"),
    )
    readonly_fields = ("page", "filters", "state", "address")

    def get_list_display(self, request: HttpRequest) -> Any:
        """Leave the addresses out for those who may not see them."""
        return self._allowed(request, super().get_list_display(request))

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Leave the addresses out for those who may not see them."""
        return self._allowed(request, super().get_fields(request, obj))

    def get_search_fields(self, request: HttpRequest) -> Any:
        """Let those who may see addresses look for one."""
        return ("subscriber__email",) if self._sees_addresses(request) else ()

    @admin.display(description=_("liste"), ordering="listing")
    def page(self, search: SavedSearch) -> Any:
        """Name the listing."""
        try:
            return followed.listing(search.listing).heading
        except followed.NoListing:
            return search.listing

    @admin.display(description=_("filtres"))
    def filters(self, search: SavedSearch) -> str:
        """Say the filters as addresses do."""
        return unquote_plus(search.query).replace("&", ", ") or "–"

    @admin.display(description=_("état"))
    def state(self, search: SavedSearch) -> Any:
        """Tell whether it is on."""
        if search.is_pending:
            return _("À confirmer")
        return _("En pause") if search.paused_at else _("Active")

    @admin.display(description=_("adresse"), ordering="subscriber__email")
    def address(self, search: SavedSearch) -> str:
        """Tell who follows, which journals do not: see `Subscriber.__str__`."""
        return search.subscriber.email

    def _sees_addresses(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("members.view_subscriber"))

    def _allowed(self, request: HttpRequest, names: Any) -> list[Any]:
        sees = self._sees_addresses(request)
        return [name for name in names if sees or name != "address"]


@admin.register(Subscriber)
class SubscriberAdmin(ReadOnly, ChildAdmin):
    """The addresses that follow something, for those who may see them."""

    list_display = ("email", "since")
    search_fields = ("email",)
    ordering = ("email", "pk")
    fields = ("email", "since")


@admin.register(ToldRow)
class ToldRowAdmin(ReadOnly, ChildAdmin):
    """What people were told."""

    list_display = ("told_at", "listing", "row")
    list_filter = ("listing",)
    ordering = ("-told_at", "pk")
    fields = ("told_at", "listing", "row")
