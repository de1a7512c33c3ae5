"""Facets of projects that look beyond their columns: world, years, lead, funder."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.db.models import Model, SmallIntegerField
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _
from pyroaring import BitMap

from directory.listings.facet_kinds import Facet, TermFacet
from directory.listings.gathering import Gathered, Links, Listed
from directory.listings.parameters import Answer, Known, Value
from directory.models import (
    Country,
    Funder,
    Participation,
    Structure,
    WorldRegion,
)
from directory.models.panorama import first_year, last_year
from directory.register_facets import DepartmentFacet, TypeFacet

#: The published structures that lead, by what facets ask of them.
LEADS = Links(
    Participation.objects.leading,
    "project_id",
    ("structure__type_id", "structure__department_id", "structure__is_abroad"),
    (Participation, Structure),
)
TYPE, DEPARTMENT, IS_ABROAD = range(3)
FUNDINGS = Links(
    lambda: Participation.objects.filter(funder__isnull=False),
    "project_id",
    ("funder_id",),
    (Participation,),
)


class WorldRegionFacet(TermFacet):
    """The M49 regions of the world: each holds the countries of those below it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            field_name="countries",
            terms=WorldRegion.objects.all(),
            key="code",
            normal=lambda raw: raw.zfill(3),
            noun=_("une région du monde connue"),
            **kwargs,
        )

    def known(self) -> Known:
        """The regions, each one before its own; `row` has the keys of its countries."""
        below: dict[str | None, list[WorldRegion]] = defaultdict(list)
        for region in self.terms:
            below[region.parent_id].append(region)
        countries: dict[str | None, set[int]] = defaultdict(set)
        for pk, code in Country.objects.values_list("pk", "world_region_id"):
            countries[code].add(pk)
        found: dict[str, Value] = {}

        def add(region: WorldRegion, depth: int) -> set[int]:
            found[region.code] = Value(region.code, region.label)  # keeps its place
            inside = set(countries[region.code])
            for child in below[region.code]:
                inside |= add(child, depth + 1)
            row = (region.code, frozenset(inside))
            found[region.code] = Value(region.code, region.label, row, depth)
            return inside

        for region in below[None]:
            add(region, 0)
        return found

    def models(self, model: type[Model]) -> list[type[Model]]:
        return [*super().models(model), Country]

    def gather(self, listed: Listed, known: Known) -> Gathered:
        found = listed.linked(self.field_name)
        rows: Gathered = {}
        for key, value in known.items():
            _code, countries = value.row
            rows[key] = BitMap.union(
                BitMap(), *(found[pk] for pk in countries if pk in found)
            )
        return rows

    def filter(self, qs: Any, value: Answer) -> Any:
        if not value.values:
            return qs
        return getattr(qs, self.verb)([code for code, _countries in value.rows])


class YearFacet(Facet):
    """The years in which a project is active, the last ones first."""

    EARLIEST, LATEST = 1900, 2100
    UNKNOWN = "non-precise"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(noun=_("une année connue"), **kwargs)

    def known(self) -> Known:
        """Every year that a date may be in; `row` is its number, None for no date."""
        years = range(self.LATEST, self.EARLIEST - 1, -1)
        found = {str(year): Value(str(year), str(year), year) for year in years}
        unknown = Value(self.UNKNOWN, str(_("Non précisé")))
        return {**found, self.UNKNOWN: unknown}

    def columns(self) -> dict[str, Any]:
        years = {"first-year": first_year(), "last-year": last_year()}
        # EXTRACT gives numbers with decimals, which are slow to read.
        return {name: Cast(year, SmallIntegerField()) for name, year in years.items()}

    def gather(self, listed: Listed, known: Known) -> Gathered:
        found: dict[str, list[BitMap]] = defaultdict(list)
        for (first, last), rows in listed.grouped("first-year", "last-year").items():
            if first is None:
                found[self.UNKNOWN].append(rows)
                continue
            for year in range(max(first, self.EARLIEST), min(last, self.LATEST) + 1):
                found[str(year)].append(rows)
        return {key: BitMap.union(*groups) for key, groups in found.items()}

    def filter(self, qs: Any, value: Answer) -> Any:
        if not value.values:
            return qs
        years = [year for year in value.rows if year is not None]
        return getattr(qs, self.verb)(years, or_undated=self.UNKNOWN in value.keys)


class OfTheLead(TermFacet):
    """What a facet of structures says of the published one that leads."""

    def models(self, model: type[Model]) -> list[type[Model]]:
        return [*super().models(Structure), *LEADS.reads]

    def columns(self) -> dict[str, Any]:
        return {}

    def led(self, listed: Listed, place: int) -> Gathered:
        """Rows by what their lead has at this place of `LEADS`."""
        found: Gathered = defaultdict(BitMap)
        for lead, rows in listed.packed(LEADS).items():
            if lead[place] is not None:
                found[lead[place]] |= rows
        return dict(found)


class LeadTypeFacet(OfTheLead, TypeFacet):
    """The type of the published structure that leads."""

    def typed(self, listed: Listed) -> Gathered:
        return self.led(listed, TYPE)


class LeadDepartmentFacet(OfTheLead, DepartmentFacet):
    """The département of the published structure that leads."""

    def placed(self, listed: Listed) -> tuple[Gathered, BitMap]:
        abroad = self.led(listed, IS_ABROAD).get(True, BitMap())
        return self.led(listed, DEPARTMENT), abroad


class FunderFacet(TermFacet):
    """The known funders of a project."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            terms=Funder.objects.all(),
            key="code",
            noun=_("un financeur connu"),
            **kwargs,
        )

    def models(self, model: type[Model]) -> list[type[Model]]:
        return [Funder, *FUNDINGS.reads]

    def gather(self, listed: Listed, known: Known) -> Gathered:
        found = {pk: rows for (pk,), rows in listed.packed(FUNDINGS).items()}
        return {v.key: found[v.row] for v in known.values() if v.row in found}
