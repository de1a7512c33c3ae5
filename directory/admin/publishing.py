"""What the staff do to rows that the public reads: publish, archive, confirm."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.admin.utils import unquote
from django.contrib.auth import get_permission_codename
from django.db import models, transaction
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from directory.admin.base import RegisterAdmin
from directory.admin.forms import PageForm
from directory.history import retelling

#: How many rows a message names.
MOST_NAMED = 10
PUBLISHED = ngettext_lazy("Fiche publiée.", "%(count)d fiches publiées.", "count")
ARCHIVED = ngettext_lazy("Fiche archivée.", "%(count)d fiches archivées.", "count")
VERIFIED = ngettext_lazy(
    "Fiche marquée comme vérifiée.",
    "%(count)d fiches marquées comme vérifiées.",
    "count",
)


def _may_read(user: Any, model: type[models.Model]) -> bool:
    """Whether the person may open the rows of a table."""
    names = (get_permission_codename(verb, model._meta) for verb in ("view", "change"))
    return any(user.has_perm(f"{model._meta.app_label}.{name}") for name in names)


class PublishableAdmin(RegisterAdmin):
    """A page of rows that the public may read."""

    form = PageForm
    actions: Any = ("publish", "archive")
    object_history_template = "admin/directory/history.html"

    def view_on_site(self, obj: Any) -> str | None:
        """Give the page, before it is published too; a merged row has none."""
        if getattr(obj, "merged_into_id", None) is not None:
            return None
        return str(obj.get_absolute_url())

    def history_view(
        self,
        request: HttpRequest,
        object_id: str,
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Tell who wrote what in the row and why, before Django's own journal."""
        row = self.get_object(request, unquote(object_id))
        told: dict[str, Any] = {}
        if row is not None and self.has_view_or_change_permission(request, row):
            number = request.GET.get("page")
            may_read = partial(_may_read, request.user)
            told["entries"] = retelling.page_of(row, number, may_read=may_read)
        context = {**told, **(extra_context or {})}
        return super().history_view(request, object_id, context)

    @admin.action(description=_("Publier la sélection"), permissions=["change"])
    def publish(self, request: HttpRequest, queryset: Any) -> None:
        """Show the selected rows to everyone."""
        rows = self.apply(request, queryset, lambda rows: rows.publish(), PUBLISHED)
        hidden = [f"{row} ({row.hidden_because})" for row in rows if row.hidden_because]
        if hidden:
            sentence = gettext(
                "Fiches que le public voit\u00a0: %(visible)d. Il ne voit pas encore"
                "\u00a0: %(rows)s"
            )
            more = ["…"] if len(hidden) > MOST_NAMED else []
            told = {
                "visible": len(rows) - len(hidden),
                "rows": ", ".join(hidden[:MOST_NAMED] + more),
            }
            self.message_user(request, sentence % told, messages.WARNING)

    @admin.action(description=_("Archiver la sélection"), permissions=["change"])
    def archive(self, request: HttpRequest, queryset: Any) -> None:
        """Hide the selected rows from the public."""
        self.apply(request, queryset, lambda rows: rows.archive(), ARCHIVED)

    def apply(
        self,
        request: HttpRequest,
        queryset: models.QuerySet,
        verb: Callable[[Any], int],
        done: Any,
    ) -> models.QuerySet:
        """Do it to the rows, write it in the history of each, and say how many.

        Gives the rows as they are now.
        """
        rows = list(queryset)
        selected = self.model._default_manager.filter(pk__in=[row.pk for row in rows])
        with transaction.atomic():
            count = verb(selected)
            LogEntry.objects.log_actions(
                request.user.pk,  # type: ignore[arg-type]
                rows,
                CHANGE,
                str(done % {"count": 1}),
            )
        self.message_user(request, done % {"count": count}, messages.SUCCESS)
        current: models.QuerySet = selected.all()
        return current


class SourcedAdmin(PublishableAdmin):
    """A page of rows that imports bring, and that a person confirms."""

    actions = ("publish", "archive", "mark_verified")
    readonly_fields = (
        "verified_at",
        "verified_by",
        "source",
        "external_key",
        "created_at",
        "updated_at",
    )
    provenance: Any = (
        _("Provenance et vérification"),
        {
            "fields": (
                ("verified_at", "verified_by"),
                ("source", "external_key"),
                ("created_at", "updated_at"),
            )
        },
    )

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Tell where a row comes from, once there is one."""
        fieldsets = super().get_fieldsets(request, obj)
        return (*fieldsets, self.provenance) if obj else fieldsets

    @admin.action(description=_("Marquer comme vérifié"), permissions=["change"])
    def mark_verified(self, request: HttpRequest, queryset: Any) -> None:
        """Note that the user has just confirmed the selected rows."""
        self.apply(
            request,
            queryset,
            lambda rows: rows.mark_verified(by=request.user),
            VERIFIED,
        )

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Offer to confirm the row while saving it (`submit_line.html`)."""
        return super().render_change_form(
            request, {**context, "show_verify": True}, *args, **kwargs
        )

    def save_model(
        self,
        request: HttpRequest,
        obj: Any,
        form: ModelForm,
        change: bool,  # noqa: FBT001 - Django's signature
    ) -> None:
        """Confirm the row when that button was pressed."""
        if "_verify" in request.POST:
            obj.mark_verified(by=request.user)
        super().save_model(request, obj, form, change)

    def construct_change_message(
        self,
        request: HttpRequest,
        form: Any,
        formsets: Any,
        add: bool = False,  # noqa: FBT001, FBT002 - Django's signature
    ) -> Any:
        """Write the confirmation in the history of the row."""
        message = super().construct_change_message(request, form, formsets, add)
        if "_verify" in request.POST:
            message.append({"changed": {"fields": [gettext("vérifié le")]}})
        return message
