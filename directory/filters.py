"""The filters of the register; parameter names and values are part of our addresses."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from directory.listings import ListingFilter
from directory.models import (
    Country,
    Department,
    Goal,
    Project,
    Sector,
    StructureType,
)
from directory.parameters import (
    Answer,
    ChoiceFacet,
    FlagFacet,
    NumberFacet,
    SortOrder,
    TermFacet,
    TextSearch,
    Value,
)


class TypeFacet(TermFacet):
    """The types of structures, in two levels: a parent stands for its children."""

    def __init__(self, **kwargs: Any) -> None:
        types = StructureType.objects.by_level()
        super().__init__(terms=types, key="code", **kwargs)

    def used(self) -> models.Q:
        rows = self.parent.queryset.order_by()
        return super().used() | models.Q(pk__in=rows.values("type__parent"))

    def depth(self, value: Value) -> int:
        return 0 if value.row.parent_id is None else 1


class DepartmentFacet(TermFacet):
    """The départements of the network's regions; the others and the unknown, whole."""

    ELSEWHERE = "hors-region"
    UNKNOWN = "non-precise"
    WORDS = {ELSEWHERE: _("Hors région"), UNKNOWN: _("Non précisé")}

    def __init__(self, **kwargs: Any) -> None:
        departments = Department.objects.all()
        super().__init__(terms=departments, key="code", normal=_as_code, **kwargs)

    def known(self, keys: Sequence[str]) -> list[Value]:
        codes = [key for key in keys if key not in self.WORDS]
        return [*super().known(codes), *self._words(keys)]

    def offered(self) -> list[Value]:
        chosen = self.answer.keys
        ours = set(Department.objects.of_the_network().values_list("code", flat=True))
        found = self.terms.filter(self.used() | models.Q(pk__in=chosen))
        if ours:
            found = found.filter(pk__in=ours | chosen)
        return [*self.values_of(found), *self._words(self.WORDS if ours else chosen)]

    def filter(self, qs: Any, value: Answer) -> Any:
        if not value.values:
            return qs
        return qs.in_departments(
            value.keys - self.WORDS.keys(),
            or_elsewhere=self.ELSEWHERE in value.keys,
            or_unknown=self.UNKNOWN in value.keys,
        )

    def _words(self, keys: Iterable[str]) -> list[Value]:
        return [Value(key, str(self.WORDS[key])) for key in self.WORDS if key in keys]


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
        label=_("Adhésion"), box=_("Adhérents du réseau"), verb="members"
    )
    tri = SortOrder(
        nom=("by_name", _("Nom")),
        verifie=("recently_verified", _("Vérifié récemment")),
    )


class ProjectFilter(ListingFilter):
    """Narrow the published projects: the panorama."""

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
    tri = SortOrder(
        recent=("recent_first", _("Plus récents")), titre=("by_title", _("Titre"))
    )
