"""What was asked of structures, and what visitors say is wrong."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from directory.admin.base import RegisterAdmin
from members.models import FreshnessRequest, Report


@admin.register(FreshnessRequest)
class FreshnessRequestAdmin(RegisterAdmin):
    """What was asked, of whom, and what came back."""

    list_display = ("structure", "step", "to", "asked_at", "answer", "answered_at")
    list_select_related = ("structure",)
    list_filter = ("step", "answer", "asked_at")
    search_fields = ("structure__name_key", "to")
    ordering = ("-asked_at", "pk")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Let the yearly round alone ask."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Let nobody answer for a structure."""
        return False


@admin.register(Report)
class ReportAdmin(RegisterAdmin):
    """What is said to be wrong, to be verified, then settled in one click."""

    list_display = ("record", "about", "text", "is_own", "sent_at", "outcome")
    list_select_related = ("structure", "project")
    list_filter = ("outcome", "about", "is_own", "sent_at")
    search_fields = ("structure__name_key", "project__title", "text")
    ordering = ("outcome", "-sent_at", "pk")
    actions = ("mark_done", "mark_refused")
    fields = (
        *("record", "about", "text", "email", "is_own"),
        *("sent_at", "outcome", "settled_at", "settled_by"),
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Let those who see an error tell it."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Keep what was said as it was said: the actions settle it."""
        return False

    def has_settle_permission(self, request: HttpRequest) -> bool:
        """Let those who may edit the reports settle them."""
        return request.user.has_perm("members.change_report")

    @admin.display(description=_("fiche"))
    def record(self, report: Report) -> str:
        """Name the structure or the project."""
        return str(report.record)

    @admin.action(description=_("Corrigé"), permissions=["settle"])
    def mark_done(self, request: HttpRequest, queryset: Any) -> None:
        """Settle the chosen ones: the records were corrected."""
        self._settle(request, queryset, Report.Outcome.DONE)

    @admin.action(description=_("Sans suite"), permissions=["settle"])
    def mark_refused(self, request: HttpRequest, queryset: Any) -> None:
        """Settle the chosen ones: nothing was wrong."""
        self._settle(request, queryset, Report.Outcome.REFUSED)

    def _settle(self, request: HttpRequest, queryset: Any, outcome: str) -> None:
        count = queryset.settle(outcome, by=request.user)
        said = ngettext("%(n)d message traité.", "%(n)d messages traités.", count)
        self.message_user(request, said % {"n": count}, messages.SUCCESS)
