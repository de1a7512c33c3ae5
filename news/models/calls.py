"""Calls for projects: who funds what, for whom, until when."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from directory.models import Country, Funder, StructureType, Theme
from directory.models.cards import labels_of
from directory.models.fields import (
    WebAddressField,
    at_least,
    at_most,
    in_order,
    is_web_address,
    plausible,
)
from directory.models.links import linked
from news.models import moments
from news.models.groups import CountryGroup, countries_of
from news.models.posts import Post
from news.models.states import StatefulQuerySet

#: A call whose last day is that near is about to close.
SOON = 7
WHOLE = 100


class CallState(models.TextChoices):
    """Where a call is in its life: computed from its dates, never stored."""

    UPCOMING = "a-venir", _("À venir")
    OPEN = "ouvert", _("Ouvert")
    CLOSING = "cloture-proche", _("Clôture proche")
    PERMANENT = "permanent", _("Permanent")
    UNDATED = "dates-a-preciser", _("Dates à préciser")
    CLOSED = "cloture", _("Clôturé")


#: The states in which one may apply.
APPLICABLE = (CallState.OPEN, CallState.CLOSING, CallState.PERMANENT)


class CallQuerySet(StatefulQuerySet):
    """Every question asked of the calls table."""

    date = "closes_at"

    def conditions(self) -> Mapping[str, models.Q]:
        """Give the condition of each state, now: the twin of `Call.state`."""
        now, far = timezone.now(), moments.days_ahead(SOON + 1)
        begun = models.Q(opens_at__isnull=True) | models.Q(opens_at__lte=now)
        return {
            CallState.UPCOMING: models.Q(opens_at__gt=now),
            CallState.OPEN: begun & models.Q(closes_at__gt=now, closes_at__gte=far),
            CallState.CLOSING: begun & models.Q(closes_at__gt=now, closes_at__lt=far),
            CallState.PERMANENT: begun & models.Q(is_permanent=True),
            CallState.UNDATED: begun
            & models.Q(closes_at__isnull=True, is_permanent=False),
            CallState.CLOSED: models.Q(closes_at__lte=now),
        }

    def behind(self) -> models.Q:
        """Give the condition of what it is too late to apply to."""
        return self.conditions()[CallState.CLOSED]

    def open(self) -> CallQuerySet:
        """Keep the calls to which one may apply now, the permanent ones too."""
        return self.in_states(APPLICABLE)

    def closing_soon(self) -> CallQuerySet:
        """Keep the open calls whose last day is near."""
        return self.in_states([CallState.CLOSING])

    def permanent(self) -> CallQuerySet:
        """Keep the open calls that never close."""
        return self.in_states([CallState.PERMANENT])

    def undated(self) -> CallQuerySet:
        """Keep the calls whose last day is not told yet."""
        return self.in_states([CallState.UNDATED])

    def upcoming(self) -> CallQuerySet:
        """Keep the calls that are not open yet."""
        return self.in_states([CallState.UPCOMING])

    def closed(self) -> CallQuerySet:
        """Keep the calls to which it is too late to apply."""
        return self.in_states([CallState.CLOSED])

    def for_members(self) -> CallQuerySet:
        """Keep the calls that only members of the network may answer."""
        return self.filter(is_for_members=True)

    def funded_by(self, funders: Iterable[Funder]) -> CallQuerySet:
        """Keep the calls of one of these funders."""
        return self.filter(linked(self.model, "funders", funders))

    def on_themes(self, themes: Iterable[Theme]) -> CallQuerySet:
        """Keep the calls on one of these themes."""
        return self.filter(linked(self.model, "themes", themes))

    def eligible_in(self, countries: Iterable[Country | int]) -> CallQuerySet:
        """Keep the calls whose projects may take place in one of these countries.

        Named by the call, or known to be today of a group that the call is for, unless
        the call excludes it.
        """
        named = Country.objects.filter(pk__in=_keys(countries))
        excluding = Call.excluded_countries.through.objects.filter(
            call_id=models.OuterRef(models.OuterRef("pk")),
            country_id=models.OuterRef("pk"),
        )
        found = models.Q(linked(self.model, "countries", named))
        for group in CountryGroup:
            members = named.filter(pk__in=countries_of(group, moments.today()))
            some = models.Q(models.Exists(members.exclude(models.Exists(excluding))))
            found |= models.Q(country_groups__contains=[group]) & some
        return self.filter(found)

    def open_to(
        self, types: Iterable[StructureType | int], *, or_unknown: bool = False
    ) -> CallQuerySet:
        """Keep the calls for one of these types, the one above it or one below it.

        `or_unknown` keeps those that do not say for whom they are, too.
        """
        keys = _keys(types)
        near = StructureType.objects.filter(
            models.Q(pk__in=keys)
            | models.Q(parent__in=keys)
            | models.Q(children__in=keys)
        )
        found = models.Q(linked(self.model, "eligible_types", near.values("pk")))
        if or_unknown:
            said = Call.eligible_types.through.objects.filter(
                call_id=models.OuterRef("pk")
            )
            found |= models.Q(~models.Exists(said))
        return self.filter(found)

    def for_cards(self) -> CallQuerySet:
        """Load all that a card shows."""
        funders = labels_of(Funder, "calls")
        return super().for_cards().annotate(funder_names=funders)

    def for_page(self) -> CallQuerySet:
        """Load all that a call's page shows."""
        return (
            super()
            .for_page()
            .prefetch_related(
                "funders",
                "themes",
                "eligible_types",
                "excluded_countries",
                "documents",
            )
        )

    def for_matching(self) -> CallQuerySet:
        """Keep the calls that are not closed, with all that says who may answer."""
        return self.exclude(self.behind()).prefetch_related(
            "eligible_types", "countries", "excluded_countries", "sectors"
        )

    def for_calendars(self) -> CallQuerySet:
        """Keep the calls that have a deadline."""
        return self.filter(closes_at__isnull=False)

    def soonest_first(self) -> CallQuerySet:
        """Sort by deadline, the nearest first; the calls that have none are last."""
        return self.order_by(models.F("closes_at").asc(nulls_last=True), "pk")


class Call(Post):
    """A call for projects.

    Its `countries` and `sectors` are those in which the funded projects take place.
    """

    opens_at = models.DateTimeField(
        _("ouvre le"),
        null=True,
        blank=True,
        help_text=_("Vide\u00a0: ouvert dès sa publication."),
    )
    closes_at = models.DateTimeField(
        _("clôture le"),
        null=True,
        blank=True,
        help_text=_(
            "À l’heure de Paris, la dernière minute exclue. Vide\u00a0: permanent si"
            " c’est coché, sinon «\u00a0Dates à préciser\u00a0»."
        ),
    )
    is_permanent = models.BooleanField(
        _("permanent"),
        default=False,
        help_text=_("Le financeur le dit\u00a0: on peut répondre toute l’année."),
    )
    funders = models.ManyToManyField(
        Funder, verbose_name=_("financeurs"), blank=True, related_name="calls"
    )
    grant_floor = models.DecimalField(
        _("aide minimale (€)"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    grant_ceiling = models.DecimalField(
        _("aide maximale (€)"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    share_ceiling = models.DecimalField(
        _("part maximale du budget (%)"),
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("La part du budget que l’aide peut couvrir, de 0 à 100."),
    )
    budget_floor = models.DecimalField(
        _("budget minimal du projet (€)"),
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
    )
    budget_ceiling = models.DecimalField(
        _("budget maximal du projet (€)"),
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
    )
    eligible_types = models.ManyToManyField(
        StructureType,
        verbose_name=_("types de structure éligibles"),
        blank=True,
        related_name="calls",
        help_text=_("Aucun\u00a0: l’appel ne le précise pas."),
    )
    is_for_members = models.BooleanField(
        _("réservé aux adhérents"),
        default=False,
        help_text=_("Il faut être adhérent du réseau pour répondre."),
    )
    country_groups = ArrayField(
        models.CharField(max_length=20, choices=CountryGroup),
        verbose_name=_("groupes de pays éligibles"),
        default=list,
        blank=True,
        help_text=_("S’ajoutent aux pays choisis un par un."),
    )
    excluded_countries = models.ManyToManyField(
        Country,
        verbose_name=_("pays exclus"),
        blank=True,
        related_name="excluding_calls",
        help_text=_("Par exemple «\u00a0liste du CAD, hors Mali\u00a0»."),
    )
    themes = models.ManyToManyField(
        Theme, verbose_name=_("thèmes"), blank=True, related_name="calls"
    )
    apply_url = WebAddressField(
        _("adresse pour candidater"), blank=True, help_text=_("Où déposer un dossier.")
    )

    objects = CallQuerySet.as_manager()

    class Meta(Post.Meta):
        verbose_name = _("appel à projets")
        verbose_name_plural = _("appels à projets")
        constraints = [
            *Post.Meta.constraints,
            in_order(
                "call_closes_after_it_opens",
                "opens_at",
                "closes_at",
                _("La clôture précède l’ouverture\u00a0: corrigez l’une des deux."),
            ),
            models.CheckConstraint(
                name="call_permanent_never_closes",
                condition=models.Q(is_permanent=False)
                | models.Q(closes_at__isnull=True),
                violation_error_code="is_permanent",
                violation_error_message=_(
                    "Un appel permanent ne clôture pas\u00a0: videz la date de clôture,"
                    " ou décochez «\u00a0permanent\u00a0»."
                ),
            ),
            plausible("call_opens_in_our_time", "opens_at"),
            plausible("call_closes_in_our_time", "closes_at"),
            at_least("call_grant_floor_is_not_negative", "grant_floor", 0),
            at_least("call_grant_ceiling_is_not_negative", "grant_ceiling", 0),
            at_least("call_budget_floor_is_not_negative", "budget_floor", 0),
            at_least("call_budget_ceiling_is_not_negative", "budget_ceiling", 0),
            at_least("call_share_ceiling_is_not_negative", "share_ceiling", 0),
            at_most("call_share_ceiling_is_a_part", "share_ceiling", WHOLE),
            in_order(
                "call_grants_are_in_order",
                "grant_floor",
                "grant_ceiling",
                _("L’aide maximale est inférieure à l’aide minimale."),
            ),
            in_order(
                "call_budgets_are_in_order",
                "budget_floor",
                "budget_ceiling",
                _("Le budget maximal est inférieur au budget minimal."),
            ),
            models.CheckConstraint(
                name="call_country_groups_are_known",
                condition=models.Q(country_groups__contained_by=CountryGroup.values),
                violation_error_code="country_groups",
                violation_error_message=_("Ce groupe de pays n’est pas connu."),
            ),
            is_web_address("call_apply_address_is_web_address", "apply_url"),
        ]

    def get_absolute_url(self) -> str:
        return reverse("news:call", args=[self.slug])

    @property
    def state(self) -> CallState:
        """Where the call is in its life, now."""
        now = timezone.now()
        if self.closes_at is not None and self.closes_at <= now:
            return CallState.CLOSED
        if self.opens_at is not None and self.opens_at > now:
            return CallState.UPCOMING
        if self.closes_at is None:
            return CallState.PERMANENT if self.is_permanent else CallState.UNDATED
        is_near = self.closes_at < moments.days_ahead(SOON + 1)
        return CallState.CLOSING if is_near else CallState.OPEN

    @property
    def state_label(self) -> str:
        """The state in words: « Clôture dans 5 jours »."""
        state = self.state
        if state != CallState.CLOSING or self.closes_at is None:
            return str(state.label)
        return _closing(self.closes_at)

    @property
    def is_open(self) -> bool:
        """Whether one may apply now."""
        return self.state in APPLICABLE

    @property
    def is_closed(self) -> bool:
        """Whether it is too late to apply."""
        return self.state == CallState.CLOSED

    @property
    def is_to_come(self) -> bool:
        """Whether one will be able to apply, and cannot yet."""
        return self.state == CallState.UPCOMING

    @property
    def group_labels(self) -> list[str]:
        """The groups of countries that are eligible, in words."""
        return [str(CountryGroup(group).label) for group in self.country_groups]


def _keys(rows: Iterable[models.Model | int]) -> list[int]:
    """Give the primary keys of rows, which may be keys already."""
    return [row.pk if isinstance(row, models.Model) else row for row in rows]


def _closing(moment: datetime.datetime) -> str:
    left = (moments.local(moment).date() - moments.today()).days
    if left == 0:
        return gettext("Clôture aujourd’hui à %s") % moments.hour(moment)
    if left == 1:
        return gettext("Clôture demain")
    return gettext("Clôture dans %d jours") % left
