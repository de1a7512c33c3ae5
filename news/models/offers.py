"""Offers: a job, an internship, a time of volunteering."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from directory.models import Structure
from directory.models.fields import (
    WebAddressField,
    is_web_address,
    plausible_day,
)
from directory.models.links import linked
from news.models import moments
from news.models.organisations import Named
from news.models.places import Placed
from news.models.posts import Post
from news.models.states import StatefulQuerySet


class OfferState(models.TextChoices):
    """Whether one may still apply: computed from the date, never stored."""

    OPEN = "ouverte", _("Ouverte")
    CLOSED = "cloturee", _("Clôturée")


class OfferQuerySet(StatefulQuerySet):
    """Every question asked of the offers table."""

    date = "closes_on"

    def conditions(self) -> Mapping[str, models.Q]:
        """Give the condition of each state, now: the twin of `Offer.state`."""
        today = moments.today()
        return {
            OfferState.OPEN: models.Q(closes_on__isnull=True)
            | models.Q(closes_on__gte=today),
            OfferState.CLOSED: models.Q(closes_on__lt=today),
        }

    def behind(self) -> models.Q:
        """Give the condition of what it is too late to apply to."""
        return self.conditions()[OfferState.CLOSED]

    def of_kinds(self, kinds: Iterable[str]) -> OfferQuerySet:
        """Keep the offers of one of these kinds."""
        return self.filter(kind__in=list(kinds))

    def open(self) -> OfferQuerySet:
        """Keep the offers to which one may apply, the last day included."""
        return self.in_states([OfferState.OPEN])

    def closed(self) -> OfferQuerySet:
        """Keep the offers to which it is too late to apply."""
        return self.in_states([OfferState.CLOSED])

    def about_structure(self, structure: Structure) -> OfferQuerySet:
        """Keep the offers of the structure, or linked to it."""
        is_linked = linked(self.model, "structures", [structure])
        return self.filter(is_linked | models.Q(structure=structure))

    def for_cards(self) -> OfferQuerySet:
        """Load all that a card shows."""
        return super().for_cards().select_related("structure", "commune")

    def for_page(self) -> OfferQuerySet:
        """Load all that an offer's page shows."""
        return super().for_page().select_related("structure", "commune")

    def soonest_first(self) -> OfferQuerySet:
        """Sort by closing date, the nearest first; those without one are last."""
        return self.order_by(models.F("closes_on").asc(nulls_last=True), "pk")


class Offer(Post, Named, Placed):
    """Work that an organisation offers."""

    class Kind(models.TextChoices):
        """What is offered."""

        JOB = "emploi", _("Emploi")
        INTERNSHIP = "stage", _("Stage")
        CIVIC_SERVICE = "service-civique", _("Service civique")
        VOLUNTEERING = "volontariat", _("Volontariat")

    kind = models.CharField(_("nature"), max_length=20, choices=Kind)
    closes_on = models.DateField(
        _("clôture le"),
        null=True,
        blank=True,
        help_text=_("Le dernier jour pour répondre, compris. Vide\u00a0: sans limite."),
    )
    apply_url = WebAddressField(_("adresse pour répondre"), blank=True)

    objects = OfferQuerySet.as_manager()

    class Meta(Post.Meta):
        verbose_name = _("offre")
        verbose_name_plural = _("offres")
        constraints = [
            *Post.Meta.constraints,
            *Named.Meta.constraints,
            plausible_day("offer_closes_in_our_time", "closes_on"),
            is_web_address("offer_apply_address_is_web_address", "apply_url"),
        ]

    def get_absolute_url(self) -> str:
        return reverse("news:offer", args=[self.slug])

    @property
    def where(self) -> list[str]:
        """Who offers it, if the public may know, and where; select its `structure`."""
        return [*([self.organisation] if self.is_public else []), *super().where]

    @property
    def is_open(self) -> bool:
        """Whether one may still apply."""
        return self.closes_on is None or self.closes_on >= moments.today()

    @property
    def state(self) -> OfferState:
        """Whether one may still apply, as a state."""
        return OfferState.OPEN if self.is_open else OfferState.CLOSED

    @property
    def state_label(self) -> str:
        """The state in words."""
        return str(self.state.label)
