"""The filters of the publications; parameter names and values are in our addresses."""

from __future__ import annotations

import datetime

from django.db.models import Min, Q
from django.utils.translation import gettext_lazy as _

from directory.listings.facet_kinds import ChoiceFacet, FlagFacet, TermFacet
from directory.listings.listing_filters import ListingFilter
from directory.listings.parameters import SortOrder, TextSearch
from directory.models import Commune, Funder, Publication, Structure
from directory.register_facets import CountryFacet, GoalFacet, SectorFacet
from news.facets import (
    ConditionsFacet,
    EligibleCountryFacet,
    EligibleTypeFacet,
    KeywordFacet,
    ThemeFacet,
)
from news.models import (
    Article,
    Call,
    CallState,
    Event,
    EventFormat,
    EventTime,
    Offer,
    OfferState,
    agenda,
)


class PostFilter(ListingFilter):
    """Narrow publications, which appear and change state at moments told ahead."""

    #: The columns of these moments; those that are days change at midnight.
    moments: tuple[str, ...] = ("published_at",)
    newest = "latest_first"

    @classmethod
    def valid_until(cls, now: datetime.datetime) -> datetime.datetime:
        """Tell when a row appears or changes state next, or the day ends."""
        rows = cls.model()._default_manager.filter(publication=Publication.PUBLISHED)
        firsts: dict[str, datetime.datetime | None] = rows.aggregate(
            **{
                f"first_{name}": Min(name, filter=Q(**{f"{name}__gt": now}))
                for name in cls.moments
            }
        )
        return min([super().valid_until(now), *filter(None, firsts.values())])


class ArticleFilter(PostFilter):
    """Narrow the published articles."""

    q = TextSearch(hint=_("Titre, pays, secteur…"), verb="search")
    nature = ChoiceFacet(
        label=_("Nature"),
        field_name="kind",
        choices=Article.Kind,
        noun=_("une nature connue"),
        verb="of_kinds",
    )
    pays = CountryFacet(label=_("Pays"), verb="about_countries")
    secteur = SectorFacet()
    odd = GoalFacet(is_folded=True)
    mot_cle = KeywordFacet(Article, is_folded=True)
    tri = SortOrder(recent=("latest_first", _("Plus récentes")))

    class Meta:
        model = Article
        fields = ()


class CallFilter(PostFilter):
    """Narrow the published calls for projects."""

    moments = ("published_at", "opens_at", "closes_at")

    q = TextSearch(hint=_("Titre, financeur, pays…"), verb="search")
    etat = ConditionsFacet(
        label=_("État"),
        choices=CallState,
        conditions=lambda: Call.objects.all().conditions(),
        below={CallState.CLOSING: CallState.OPEN},
        noun=_("un état connu"),
        verb="in_states",
    )
    financeur = TermFacet(
        label=_("Financeur"),
        field_name="funders",
        terms=Funder.objects.all(),
        key="code",
        noun=_("un financeur connu"),
        verb="funded_by",
    )
    pour = EligibleTypeFacet()
    adherent = FlagFacet(
        label=_("Adhésion"),
        box=_("Réservés aux adhérents du réseau"),
        column=lambda: Q(is_for_members=True),
        verb="for_members",
    )
    pays = EligibleCountryFacet()
    secteur = SectorFacet()
    odd = GoalFacet(is_folded=True)
    theme = ThemeFacet(is_folded=True)
    mot_cle = KeywordFacet(Call, is_folded=True)
    tri = SortOrder(
        echeance=("nearest_first", _("Échéance la plus proche")),
        recent=("latest_first", _("Publiés récemment")),
    )

    class Meta:
        model = Call
        fields = ()


class EventFilter(PostFilter):
    """Narrow the published events: the agenda."""

    also_reads = (Commune,)
    moments = ("published_at", "starts_at", "ends_at")

    q = TextSearch(hint=_("Titre, lieu, pays…"), verb="search")
    quand = ConditionsFacet(
        label=_("Quand"),
        choices=EventTime,
        conditions=lambda: Event.objects.all().times(),
        noun=_("une période connue"),
        verb="at_times",
    )
    modalite = ConditionsFacet(
        label=_("Comment participer"),
        choices=EventFormat,
        conditions=agenda.formats,
        noun=_("une façon connue de participer"),
        verb="in_formats",
    )
    pays = CountryFacet(label=_("Pays"), verb="about_countries")
    secteur = SectorFacet()
    odd = GoalFacet(is_folded=True)
    theme = ThemeFacet(is_folded=True)
    mot_cle = KeywordFacet(Event, is_folded=True)
    tri = SortOrder(
        date=("nearest_first", _("Date la plus proche")),
        recent=("latest_first", _("Publiés récemment")),
    )

    class Meta:
        model = Event
        fields = ()


class OfferFilter(PostFilter):
    """Narrow the published offers."""

    also_reads = (Structure, Commune)

    q = TextSearch(hint=_("Titre, lieu, pays…"), verb="search")
    nature = ChoiceFacet(
        label=_("Nature"),
        field_name="kind",
        choices=Offer.Kind,
        noun=_("une nature connue"),
        verb="of_kinds",
    )
    etat = ConditionsFacet(
        label=_("État"),
        choices=OfferState,
        conditions=lambda: Offer.objects.all().conditions(),
        noun=_("un état connu"),
        verb="in_states",
    )
    pays = CountryFacet(label=_("Pays"), verb="about_countries")
    secteur = SectorFacet()
    mot_cle = KeywordFacet(Offer, is_folded=True)
    tri = SortOrder(
        echeance=("nearest_first", _("Échéance la plus proche")),
        recent=("latest_first", _("Publiées récemment")),
    )

    class Meta:
        model = Offer
        fields = ()
