"""The staff's page of offers."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from news.admin.posts import PostAdmin, StateFilter
from news.models import Offer, OfferState


class OfferStateFilter(StateFilter):
    """Whether one may still apply."""

    states = OfferState


@admin.register(Offer)
class OfferAdmin(PostAdmin):
    """The offers, as the staff keep them."""

    list_display = (
        "title",
        "kind",
        "state",
        "organisation",
        "closes_on",
        "publication",
    )
    list_select_related = ("structure",)
    list_filter = (OfferStateFilter, "publication", "kind")
    autocomplete_fields = (*PostAdmin.autocomplete_fields, "structure", "commune")
    identity = ("title", "slug", "kind")
    details = (
        (
            _("Qui, où, jusqu’à quand"),
            {
                "fields": (
                    ("structure", "name"),
                    ("commune", "place"),
                    "closes_on",
                    "apply_url",
                )
            },
        ),
    )

    @admin.display(description=_("organisation"))
    def organisation(self, offer: Offer) -> str:
        """Give the name of who offers it."""
        return offer.organisation
