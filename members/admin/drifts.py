"""The staff's list of what is suggested to structures, and of what was dismissed."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from directory.admin.base import RegisterAdmin
from directory.models import Structure
from members.drift import drifts
from members.models import DismissedDrift
from members.models.drifts import deciding_on

PER_PAGE = 20


@admin.register(DismissedDrift)
class DriftAdmin(RegisterAdmin):
    """What was dismissed: taken off this list, it is suggested again."""

    list_display = ("structure", "subject", "dismissed_by", "dismissed_at")
    list_select_related = ("structure", "country", "sector", "goal", "dismissed_by")
    search_fields = ("structure__name_key",)
    ordering = ("-dismissed_at", "pk")
    change_list_template = "admin/members/dismissed_drifts.html"

    def way_in(self, request: HttpRequest) -> str:
        """Where the menu leads who may answer: to what is suggested."""
        may = request.user.has_perm("directory.change_structure")
        return reverse("admin:members_drift_queue") if may else ""

    def get_urls(self) -> list[Any]:
        """Add the page of what is suggested."""
        view = self.admin_site.admin_view(self.queue)
        return [
            path("a-examiner/", view, name="members_drift_queue"),
            *super().get_urls(),
        ]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Name the list for what it holds."""
        title = gettext("Suggestions écartées")
        return super().changelist_view(
            request, {**(extra_context or {}), "title": title}
        )

    def queue(self, request: HttpRequest) -> HttpResponse:
        """Show the structures to which something is suggested, the most told first."""
        if not request.user.has_perm("directory.change_structure"):
            raise PermissionDenied
        structures = deciding_on(request.user)
        slug = request.GET.get("structure", "")
        if slug:
            structures = structures.filter(slug=slug)
        found = drifts(structures)
        rank: dict[Structure, int] = {}
        for drift in found:
            rank.setdefault(drift.structure, len(rank))
        found.sort(key=lambda drift: rank[drift.structure])
        groups = [
            (structure, list(each))
            for structure, each in groupby(found, key=lambda drift: drift.structure)
        ]
        page = Paginator(groups, PER_PAGE).get_page(request.GET.get("page"))
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Suggestions à examiner"),
            "opts": self.opts,
            "page": page,
            "total": len(found),
            "next": request.get_full_path(),
        }
        return TemplateResponse(request, "admin/members/drift_queue.html", context)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Let answers alone add one."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Let one be taken off, not turned into another."""
        return False

    @admin.display(description=_("suggestion"))
    def subject(self, dismissed: DismissedDrift) -> str:
        """Name the country, the sector or the goal."""
        return str(dismissed.subject)
