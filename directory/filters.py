"""The filters of the register; parameter names and values are part of our addresses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Case, DecimalField, F, Model, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from pyroaring import BitMap

from directory.listings import ListingFilter
from directory.models import (
    Commune,
    Country,
    Department,
    Funder,
    Goal,
    Network,
    Participation,
    Project,
    Region,
    Sector,
    Structure,
    StructureType,
)
from directory.models.membership import membership_runs
from directory.parameters import Answer, Known, SortOrder, TextSearch, Value
from directory.values import (
    BandFacet,
    ChoiceFacet,
    FlagFacet,
    NumberFacet,
    TermFacet,
)

if TYPE_CHECKING:
    from directory.facets import Gathered, Listed


class TypeFacet(TermFacet):
    """The types of structures, in two levels: a parent stands for its children."""

    def __init__(self, **kwargs: Any) -> None:
        types = StructureType.objects.by_level()
        super().__init__(terms=types, key="code", **kwargs)

    def values_of(self, terms: Any) -> dict[str, Value]:
        return {
            term.code: Value(
                term.code,
                term.label,
                (term.pk, term.parent_id),
                int(bool(term.parent_id)),
            )
            for term in terms
        }

    def columns(self) -> dict[str, Any]:
        return {self.name: F("type_id")}

    def gather(self, listed: Listed, known: Known) -> Gathered:
        own = listed.grouped(self.name)
        rows: Gathered = {}
        keys = {value.row[0]: key for key, value in known.items()}
        for key, value in known.items():
            pk, parent = value.row
            if found := own.get(pk):
                rows[key] = rows.get(key, BitMap()) | found
                if parent is not None:
                    above = keys[parent]
                    rows[above] = rows.get(above, BitMap()) | found
        return rows

    def filter(self, qs: Any, value: Answer) -> Any:
        return qs.of_types([pk for pk, _parent in value.rows]) if value.values else qs


class DepartmentFacet(TermFacet):
    """The départements of the network's regions; the others and the unknown, whole.

    Every département may be chosen; those of other regions are not offered.
    """

    ELSEWHERE = "hors-region"
    UNKNOWN = "non-precise"
    WORDS = {ELSEWHERE: _("Hors région"), UNKNOWN: _("Non précisé")}

    def __init__(self, **kwargs: Any) -> None:
        departments = Department.objects.all()
        super().__init__(terms=departments, key="code", normal=_as_code, **kwargs)

    def known(self) -> Known:
        """The départements; `row` tells whether they are the network's own.

        It is None when the network has no region: none is elsewhere.
        """
        ours = set(Department.objects.of_the_network().values_list("code", flat=True))
        found = {
            row.code: Value(row.code, str(row), row.code in ours if ours else None)
            for row in self.terms
        }
        words = {
            key: Value(key, str(label), bool(ours)) for key, label in self.WORDS.items()
        }
        return {**found, **words}

    def models(self, model: type[Model]) -> list[type[Model]]:
        return [Department, Region, Network, Network.regions.through]

    def columns(self) -> dict[str, Any]:
        return {"department": F("department_id"), "is-abroad": F("is_abroad")}

    def gather(self, listed: Listed, known: Known) -> Gathered:
        rows = listed.grouped("department")
        abroad = listed.flagged("is-abroad")
        others = [found for code, found in rows.items() if not known[code].row]
        placed = BitMap.union(abroad, *rows.values())
        rows[self.ELSEWHERE] = BitMap.union(abroad, *others)
        rows[self.UNKNOWN] = listed.everything - placed
        return rows

    def offers(self, value: Value, *, is_used: bool) -> bool:
        return is_used and value.row is not False

    def filter(self, qs: Any, value: Answer) -> Any:
        if not value.values:
            return qs
        return qs.in_departments(
            value.keys - self.WORDS.keys(),
            or_elsewhere=self.ELSEWHERE in value.keys,
            or_unknown=self.UNKNOWN in value.keys,
        )


def _as_code(raw: str) -> str:
    """« 2a » is 2A; what is not a département is a word."""
    return raw.lower() if raw.lower() in DepartmentFacet.WORDS else raw.upper()


class CountryFacet(TermFacet):
    """The countries of the rows."""

    def __init__(self, *, label: Any, verb: str) -> None:
        super().__init__(
            label=label,
            field_name="countries",
            terms=Country.objects.all(),
            key="code",
            normal=str.upper,
            noun=_("un pays connu"),
            verb=verb,
        )


class SectorFacet(TermFacet):
    """The sectors of the rows."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Secteur d’intervention"),
            field_name="sectors",
            terms=Sector.objects.all(),
            key="code",
            noun=_("un secteur connu"),
            verb="in_sectors",
        )


class GoalFacet(NumberFacet):
    """The Sustainable Development Goals of the rows."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Objectif de développement durable"),
            field_name="goals",
            terms=Goal.objects.all(),
            key="number",
            noun=_("un ODD connu"),
            verb="with_goals",
        )


class StructureFilter(ListingFilter):
    """Narrow the published structures: the annuaire."""

    also_reads = (Commune,)

    q = TextSearch(hint=_("Nom, ville, pays, secteur…"), verb="search")
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

    also_reads = (Participation, Structure, Funder)

    q = TextSearch(hint=_("Titre, pays, secteur, acteur…"), verb="search")
    pays = CountryFacet(label=_("Pays"), verb="taking_place_in")
    secteur = SectorFacet()
    odd = GoalFacet()
    nature = ChoiceFacet(
        label=_("Nature"),
        field_name="kind",
        choices=Project.Kind,
        noun=_("une nature connue"),
        verb="of_kinds",
    )
    etat = ChoiceFacet(
        label=_("État"),
        field_name="status",
        choices=Project.Status,
        noun=_("un état connu"),
        verb="in_statuses",
    )
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
    )
    tri = SortOrder(
        recent=("recent_first", _("Plus récents")), titre=("by_title", _("Titre"))
    )

    class Meta:
        model = Project
        fields = ()
