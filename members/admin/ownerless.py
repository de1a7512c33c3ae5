"""Structures left without an owner: who does it is told, and the list keeps it."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from directory.admin.base import RegisterAdmin
from members.models import Ownerless


class TellsOwnerless:
    """A page of the admin that may take away the last owner of a structure."""

    def save_related(
        self,
        request: HttpRequest,
        form: Any,
        formsets: Any,
        change: bool,  # noqa: FBT001 - Django's signature
    ) -> None:
        """Save the rows of the page, then tell."""
        super().save_related(request, form, formsets, change)  # type: ignore[misc]
        self._tell(request)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        """Delete the row, then tell."""
        with transaction.atomic():
            super().delete_model(request, obj)  # type: ignore[misc]
            self._tell(request)

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        """Delete the rows, then tell."""
        with transaction.atomic():
            super().delete_queryset(request, queryset)  # type: ignore[misc]
            self._tell(request)

    @staticmethod
    def _tell(request: HttpRequest) -> None:
        told = _("«\u00a0%s\u00a0» n’a plus de propriétaire\u00a0: donnez-lui-en un.")
        rows = Ownerless.objects.of_this_transaction().select_related("structure")
        for row in rows:
            messages.warning(request, told % row.structure)


@admin.register(Ownerless)
class OwnerlessAdmin(RegisterAdmin):
    """The structures that lost their last owner; giving one takes them away."""

    list_display = ("structure", "lost_at", "find_one")
    list_select_related = ("structure",)
    search_fields = ("structure__name",)
    ordering = ("-lost_at", "pk")
    fields = ("structure", "lost_at", "find_one")
    readonly_fields = ("find_one",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Leave it to the database."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Leave it to the database."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Leave it to the database: an owner takes the note away."""
        return False

    @admin.display(description=_("à faire"))
    def find_one(self, row: Ownerless) -> str:
        """Lead to where an owner is given."""
        page = reverse("admin:directory_structure_change", args=[row.pk])
        return format_html('<a href="{}">{}</a>', page, _("Donner un propriétaire"))
