"""Facets that registers share: types, départements, countries, sectors, goals."""

from __future__ import annotations

from typing import Any

from django.db.models import F, Model
from django.utils.translation import gettext_lazy as _
from pyroaring import BitMap

from directory.listings.facet_kinds import NumberFacet, TermFacet
from directory.listings.gathering import Gathered, Listed
from directory.listings.parameters import Answer, Known, Value
from directory.models import (
    Country,
    Department,
    Goal,
    Network,
    Region,
    Sector,
    StructureType,
)


class TypeFacet(TermFacet):
    """The types of structures, in two levels: a parent stands for its children."""

    def __init__(self, **kwargs: Any) -> None:
        types = StructureType.objects.by_level()
        super().__init__(terms=types, key="code", **kwargs)

    def value_of(self, term: Any) -> Value:
        pair = (term.pk, term.parent_id)
        return Value(term.code, term.label, pair, int(bool(term.parent_id)))

    def columns(self) -> dict[str, Any]:
        return {self.name: F("type_id")}

    def typed(self, listed: Listed) -> Gathered:
        """Rows by primary key of their own type."""
        return listed.grouped(self.name)

    def gather(self, listed: Listed, known: Known) -> Gathered:
        own = self.typed(listed)
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
        if not value.values:
            return qs
        return getattr(qs, self.verb)([pk for pk, _parent in value.rows])


class DepartmentFacet(TermFacet):
    """The départements of the network's regions; the others and the unknown, whole.

    Every département may be chosen; those of other regions are not offered.
    """

    ELSEWHERE = "hors-region"
    UNKNOWN = "non-precise"
    WORDS = {ELSEWHERE: _("Hors de la région"), UNKNOWN: _("Non précisé")}

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

    def placed(self, listed: Listed) -> tuple[Gathered, BitMap]:
        """Rows by code of their département, and those that are abroad."""
        return listed.grouped("department"), listed.flagged("is-abroad")

    def gather(self, listed: Listed, known: Known) -> Gathered:
        rows, abroad = self.placed(listed)
        others = [found for code, found in rows.items() if known[code].row is False]
        placed = BitMap.union(abroad, *rows.values())
        rows[self.ELSEWHERE] = BitMap.union(abroad, *others)
        rows[self.UNKNOWN] = listed.everything - placed
        return rows

    def offers(self, value: Value, *, is_used: bool) -> bool:
        return is_used and value.row is not False

    def filter(self, qs: Any, value: Answer) -> Any:
        if not value.values:
            return qs
        return getattr(qs, self.verb)(
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

    def __init__(self, *, is_folded: bool = False) -> None:
        super().__init__(
            label=_("Objectif de développement durable"),
            field_name="goals",
            terms=Goal.objects.all(),
            key="number",
            noun=_("un ODD connu"),
            verb="with_goals",
            is_folded=is_folded,
        )
