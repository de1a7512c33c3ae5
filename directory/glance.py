"""The register at a glance: how many actors in each département, for each country."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from directory.labels import fold
from directory.models import Country, Department, Network
from directory.models.structures import StructureQuerySet

MAPS = Path(__file__).parent / "data" / "maps"
#: How many tints the map has.
TINTS = 5
#: A name longer than this is written on two lines.
LINE = 14


@dataclass(frozen=True)
class Counted:
    """A term of the register, how many actors it has, and the way to them."""

    label: str
    count: int
    address: str


@dataclass(frozen=True)
class Place(Counted):
    """A département on the map: its shape, and the point where its name is written."""

    path: str = ""
    x: int = 0
    y: int = 0
    tint: int = 1
    lines: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class RegionMap:
    """The départements of the network: drawn when their shapes are known."""

    view_box: str
    places: list[Place]
    rows: list[Counted]


def region_map(network: Network | None, structures: StructureQuerySet) -> RegionMap:
    """The départements of the network's regions, with the actors seated in each."""
    regions = [region.code for region in network.regions.all()] if network else []
    seats = structures.filter(department__region__in=regions).order_by()
    counts = dict(seats.values_list("department").annotate(Count("pk")))
    departments = list(Department.objects.filter(region__in=regions))
    return drawn(departments, counts, lambda code: annuaire(departement=code))


def drawn(
    departments: Sequence[Department],
    counts: Mapping[str, int],
    address: Callable[[str], str],
) -> RegionMap:
    """Départements with their numbers, each the way to `address` of its code."""
    regions = {department.region_id for department in departments}
    shapes = _shapes(*regions) if len(regions) == 1 else {}
    known = {shape["code"]: shape for shape in shapes.get("departments", ())}
    rows = [
        Counted(str(row), counts.get(row.code, 0), address(row.code))
        for row in departments
    ]
    most = max([*(row.count for row in rows), 1])
    places = [
        Place(
            label=department.label,
            count=row.count,
            address=row.address,
            path=known[department.code]["path"],
            x=known[department.code]["x"],
            y=known[department.code]["y"],
            tint=max(1, -(-row.count * TINTS // most)),
            lines=_lines(department.label),
        )
        for department, row in zip(departments, rows, strict=True)
        if department.code in known
    ]
    return RegionMap(shapes.get("view_box", ""), places, rows)


def actors_by_country(structures: StructureQuerySet) -> list[Counted]:
    """The countries where actors work, the most frequent first."""
    acting = Q(structures__in=structures.order_by().values("pk"))
    found = Country.objects.annotate(
        actors=Count("structures", filter=acting, distinct=True)
    ).filter(actors__gt=0)
    return [
        Counted(str(row), row.actors, annuaire(pays=row.code))
        for row in found.order_by("-actors", "label_key")
    ]


def used_by(rows: QuerySet, path: str) -> Q:
    """The condition of the terms that one of the rows reaches through this field."""
    return Q(pk__in=rows.order_by().values(path))


def by_name(rows: list[Counted]) -> list[Counted]:
    """The same rows as French readers sort names: « Émirats » under E."""
    return sorted(rows, key=lambda row: fold(row.label))


def annuaire(**query: str) -> str:
    """The address of the annuaire, filtered: `annuaire(pays="ML")`."""
    return f"{reverse('directory:structures')}?{urlencode(query)}"


@cache
def _shapes(region: str) -> dict[str, Any]:
    """The shapes of a region's départements; none when nobody drew them."""
    path = MAPS / f"{region}.json"
    if not re.fullmatch(r"\w+", region) or not path.is_file():
        return {}
    shapes: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return shapes


def _lines(name: str) -> list[str]:
    """A long name on two lines, cut at the hyphen nearest the middle."""
    cuts = [n + 1 for n, sign in enumerate(name) if sign in "- "]
    if len(name) <= LINE or not cuts:
        return [name]
    cut = min(cuts, key=lambda n: abs(n - len(name) / 2))
    return [name[:cut].strip(), name[cut:]]
