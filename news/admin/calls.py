"""The staff's page of calls for projects."""

from __future__ import annotations

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from directory.admin.base import ChildAdmin
from news.admin.keywords import TaggedForm
from news.admin.posts import DocumentInline, PostAdmin, StateFilter
from news.models import Call, CallDocument, CallState, CountryGroup


class CallForm(TaggedForm):
    """A call as the staff type it, its groups of countries as boxes to tick."""

    country_groups = forms.MultipleChoiceField(
        label=_("Groupes de pays éligibles"),
        choices=CountryGroup,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("S’ajoutent aux pays choisis un par un."),
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        for name, help_text in (
            ("countries", _("Les pays éligibles, un par un.")),
            ("sectors", _("Les secteurs éligibles. Aucun\u00a0: non précisé.")),
        ):
            if name in self.fields:
                self.fields[name].help_text = help_text


class CallStateFilter(StateFilter):
    """Where the call is in its life, now."""

    states = CallState


class CallDocumentInline(DocumentInline):
    """The documents of a call."""

    model = CallDocument


@admin.register(Call)
class CallAdmin(PostAdmin):
    """The calls for projects, as the staff keep them."""

    form = CallForm
    list_display = ("title", "state", "opens_at", "closes_at", "publication")
    list_filter = (
        CallStateFilter,
        "publication",
        "is_for_members",
        ("funders", admin.RelatedOnlyFieldListFilter),
    )
    inlines = (CallDocumentInline,)
    autocomplete_fields = (
        *PostAdmin.autocomplete_fields,
        "funders",
        "themes",
        "eligible_types",
        "excluded_countries",
    )
    links = ("themes",)
    details = (
        (
            _("Calendrier"),
            {
                "fields": (
                    ("opens_at", "closes_at", "is_permanent"),
                    "funders",
                    "apply_url",
                )
            },
        ),
        (
            _("Montants"),
            {
                "fields": (
                    ("grant_floor", "grant_ceiling", "share_ceiling"),
                    ("budget_floor", "budget_ceiling"),
                )
            },
        ),
        (
            _("Qui peut répondre, et pour où"),
            {
                "fields": (
                    "eligible_types",
                    "is_for_members",
                    "countries",
                    "country_groups",
                    "excluded_countries",
                    "sectors",
                )
            },
        ),
    )


@admin.register(CallDocument)
class CallDocumentAdmin(ChildAdmin):
    """The documents of every call; edited on the page of the call."""

    list_display = ("title", "call", "position")
    list_select_related = ("call",)
    search_fields = ("title", "call__search_key")
    ordering = ("call__title", "position", "pk")
    show_full_result_count = False
    autocomplete_fields = ("call",)
