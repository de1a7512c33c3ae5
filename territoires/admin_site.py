"""The menu of the staff: what is worked on every day first, official lists last."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.i18n import JavaScriptCatalog

from members import second_factor

#: Title of a group -> the names of its models, in order.
GROUPS = (
    (_("À valider"), ("Proposal",)),
    (
        _("Annuaire"),
        (
            *("Structure", "Project", "Contact"),
            *("Report", "DismissedDrift", "FreshnessRequest", "Network"),
        ),
    ),
    (_("Publications"), ("Article", "Call", "Event", "Offer", "Page", "Tag")),
    (
        _("Comptes"),
        (
            *("AccessRequest", "Ownerless", "User", "Membership", "Invitation"),
            *("Mail", "Group", "ReviewPolicy"),
        ),
    ),
)
PASSWORDS = {"password_change", "password_change_done"}
THE_REST = _("Listes de référence")


class StaffSite(AdminSite):
    """The admin of the network's staff."""

    site_header = _("Territoires solidaires")
    site_title = _("Territoires solidaires")
    index_title = _("Administration de l’annuaire")

    def i18n_javascript(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> Any:
        """The words of the admin's scripts, with those of the editor of rich text."""
        packages = ["django.contrib.admin", "django_prose_editor"]
        return JavaScriptCatalog.as_view(packages=packages)(request)

    @method_decorator(never_cache)
    @method_decorator(login_not_required)
    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Sign in where everyone does; who is signed in already and may not, stops.

        The staff who used no second factor are led to the page that sets one up.
        """
        home = reverse("admin:index")
        if self.has_permission(request):
            return HttpResponseRedirect(home)
        target = request.GET.get(REDIRECT_FIELD_NAME, home)
        if not request.user.is_authenticated:
            return redirect_to_login(target, resolve_url(settings.LOGIN_URL))
        if super().has_permission(request):
            return redirect_to_login(target, reverse("mfa_index"))
        raise PermissionDenied

    def has_permission(self, request: HttpRequest) -> bool:
        """Open to the staff alone, once they used a second factor."""
        return super().has_permission(request) and second_factor.proved(request)

    def get_urls(self) -> list[Any]:
        """Leave out the pages of passwords: there are none."""
        urls = super().get_urls()
        return [url for url in urls if getattr(url, "name", "") not in PASSWORDS]

    def get_app_list(
        self, request: HttpRequest, app_label: str | None = None
    ) -> list[dict[str, Any]]:
        """The models that the person may see, grouped by use rather than by app."""
        apps = super().get_app_list(request, app_label)
        if app_label is not None:
            return apps
        models = {m["object_name"]: (app, m) for app in apps for m in app["models"]}
        for _app, model in models.values():
            self._lead_to_work(request, model)
        groups = [
            _group(title, [models.pop(name) for name in names if name in models])
            for title, names in GROUPS
        ]
        groups.append(_group(THE_REST, list(models.values())))
        return [group for group in groups if group["models"]]

    def _lead_to_work(self, request: HttpRequest, model: dict[str, Any]) -> None:
        """Open on what waits, where a list is of what was done."""
        way_in = getattr(self.get_model_admin(model["model"]), "way_in", None)
        if address := way_in and way_in(request):
            model["admin_url"] = address


def _group(title: Any, entries: list[tuple[Any, Any]]) -> dict[str, Any]:
    home = entries[0][0] if entries else {}
    return {**home, "name": title, "models": [model for _app, model in entries]}
