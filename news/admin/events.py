"""The staff's page of events."""

from __future__ import annotations

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from directory.admin.base import ChildAdmin, RegisterInline
from news.admin.posts import DocumentInline, PostAdmin, StateFilter
from news.models import Event, EventDocument, EventParticipation, EventState


class EventStateFilter(StateFilter):
    """Where the event is in its life, now."""

    states = EventState


class EventParticipationInline(RegisterInline):
    """Who organises an event, and with whom."""

    model = EventParticipation
    fields = ("role", "structure", "name", "position")
    autocomplete_fields = ("structure",)

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        return super().get_queryset(request).select_related("structure")


class EventDocumentInline(DocumentInline):
    """The documents of an event."""

    model = EventDocument


@admin.register(Event)
class EventAdmin(PostAdmin):
    """The events, as the staff keep them."""

    list_display = ("title", "state", "starts_at", "place", "publication")
    list_filter = (EventStateFilter, "publication")
    ordering = ("-starts_at", "pk")
    date_hierarchy = "starts_at"
    inlines = (EventParticipationInline, EventDocumentInline)
    autocomplete_fields = (*PostAdmin.autocomplete_fields, "themes", "commune")
    texts = ("programme",)
    links = ("themes",)
    details = (
        (
            _("Calendrier"),
            {"fields": (("starts_at", "ends_at"), "is_all_day", "is_cancelled")},
        ),
        (
            _("Lieu et inscription"),
            {
                "fields": (
                    ("place", "address"),
                    "commune",
                    "online_url",
                    "registration_url",
                )
            },
        ),
    )


@admin.register(EventParticipation)
class EventParticipationAdmin(ChildAdmin):
    """Who takes part in which event; edited on the page of the event."""

    list_display = ("organisation", "role", "event")
    list_select_related = ("event", "structure")
    list_filter = ("role",)
    search_fields = ("name", "structure__name_key", "event__search_key")
    ordering = ("event__title", "role", "position", "pk")
    show_full_result_count = False
    autocomplete_fields = ("event", "structure")

    @admin.display(description=_("organisation"))
    def organisation(self, participation: EventParticipation) -> str:
        """Give the name of who takes part."""
        return participation.organisation


@admin.register(EventDocument)
class EventDocumentAdmin(ChildAdmin):
    """The documents of every event; edited on the page of the event."""

    list_display = ("title", "event", "position")
    list_select_related = ("event",)
    search_fields = ("title", "event__search_key")
    ordering = ("event__title", "position", "pk")
    show_full_result_count = False
    autocomplete_fields = ("event",)
