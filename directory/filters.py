"""The filters of the register; parameter names and values are part of our addresses."""

from __future__ import annotations

from django.db.models import Case, DecimalField, F, Q, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.listings.facet_kinds import BandFacet, ChoiceFacet, FlagFacet
from directory.listings.listing_filters import ListingFilter
from directory.listings.parameters import SortOrder, TextSearch
from directory.models import (
    Commune,
    Funder,
    Locality,
    Participation,
    Project,
    Structure,
)
from directory.models.membership import membership_runs
from directory.models.panorama import IDEA
from directory.panorama.totals import MEASURES
from directory.project_facets import (
    FunderFacet,
    LeadDepartmentFacet,
    LeadTypeFacet,
    WorldRegionFacet,
    YearFacet,
)
from directory.register_facets import (
    CountryFacet,
    DepartmentFacet,
    GoalFacet,
    SectorFacet,
    TypeFacet,
)


class StructureFilter(ListingFilter):
    """Narrow the published structures: the annuaire."""

    also_reads = (Commune,)

    q = TextSearch(hint=_("Nom, ville, pays…"), verb="search")
    type = TypeFacet(
        label=_("Type de structure"), noun=_("un type connu"), verb="of_types"
    )
    departement = DepartmentFacet(
        label=_("Département"),
        field_name="department",
        noun=_("un département connu"),
        verb="in_departments",
    )
    pays = CountryFacet(label=_("Pays d’intervention"), verb="active_in")
    secteur = SectorFacet()
    odd = GoalFacet()
    adherent = FlagFacet(
        label=_("Adhésion"),
        box=_("Adhérents du réseau"),
        column=lambda: membership_runs(timezone.localdate()),
        verb="members",
    )
    tri = SortOrder(
        nom=("by_name", _("Nom")),
        verifie=("recently_verified", _("Vérifié récemment")),
    )

    class Meta:
        model = Structure
        fields = ()


class ProjectFilter(ListingFilter):
    """Narrow the published projects: the panorama."""

    also_reads = (Participation, Structure, Funder, Locality)
    measures = MEASURES

    q = TextSearch(hint=_("Titre, pays, acteur…"), verb="search")
    pays = CountryFacet(label=_("Pays"), verb="taking_place_in")
    region = WorldRegionFacet(
        label=_("Région du monde"), verb="in_world_regions", is_folded=True
    )
    secteur = SectorFacet()
    odd = GoalFacet(is_folded=True)
    annee = YearFacet(
        label=_("Année d’activité"), verb="active_in_years", is_folded=True
    )
    etat = ChoiceFacet(
        label=_("État"),
        field_name="status",
        choices=Project.Status,
        noun=_("un état connu"),
        verb="in_statuses",
        is_folded=True,
    )
    partenaires = FlagFacet(
        label=_("Partenariat"),
        box=_("Cherche des partenaires"),
        column=lambda: Q(status=IDEA),
        verb="seeking_partners",
    )
    nature = ChoiceFacet(
        label=_("Nature"),
        field_name="kind",
        choices=Project.Kind,
        noun=_("une nature connue"),
        verb="of_kinds",
        is_folded=True,
    )
    type = LeadTypeFacet(
        label=_("Type du porteur"),
        noun=_("un type connu"),
        verb="led_by_types",
        is_folded=True,
    )
    departement = LeadDepartmentFacet(
        label=_("Département du porteur"),
        noun=_("un département connu"),
        verb="led_from",
        is_folded=True,
    )
    financeur = FunderFacet(label=_("Financeur"), verb="funded_by", is_folded=True)
    budget = BandFacet(
        label=_("Budget"),
        column=Case(
            When(budget_is_public=True, currency="EUR", then=F("budget")),
            output_field=DecimalField(),
        ),
        bands={
            "moins-de-5000": (0, _("Moins de 5\u202f000\u00a0€")),
            "5000-a-20000": (5_000, _("De 5\u202f000 à 20\u202f000\u00a0€")),
            "20000-a-100000": (20_000, _("De 20\u202f000 à 100\u202f000\u00a0€")),
            "plus-de-100000": (100_000, _("100\u202f000\u00a0€ et plus")),
        },
        noun=_("une tranche connue"),
        verb="with_public_budgets",
        is_folded=True,
    )
    tri = SortOrder(
        recent=("recent_first", _("Plus récents")), titre=("by_title", _("Titre"))
    )

    class Meta:
        model = Project
        fields = ()
