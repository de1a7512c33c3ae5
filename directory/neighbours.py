"""« Qui d’autre ? »: who else works on the same, and where; and what is shared.

A neighbour shares a country and a sector, or a locality of a project; failing that, a
country and a goal. Who shares is read in the indexes of the listings, without SQL.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from pyroaring import BitMap

from directory.filters import ProjectFilter, StructureFilter
from directory.keeping.versions import Versions
from directory.labels import fold
from directory.likeness import Share, most_alike
from directory.listings.facets import FacetIndex, index_of
from directory.listings.gathering import NOTHING
from directory.models import Locality, Project, Structure
from directory.models.fields import Fold

#: How many neighbours of each kind are shown.
MOST = 6
#: How many countries, and how many sectors, are named.
NAMED = 2
COUNTRY, SECTOR, GOAL = "pays", "secteur", "odd"
#: Where the network is: two projects in Marseille do not meet for being there.
HOME = "FR"

#: A locality: its name, folded, and the key of its country.
Place = tuple[str, int]


@dataclass(frozen=True)
class Centre:
    """What neighbours are looked for: its values by facet, its places, who is left out.

    Left out: itself, what its page shows already, and those it works with.
    """

    values: dict[str, list[str]]
    places: dict[Place, str] = field(default_factory=dict)
    structures: BitMap = NOTHING
    projects: BitMap = NOTHING


@dataclass(frozen=True)
class Neighbour:
    """A row that shares something with the centre, and what it shares, in words."""

    label: str
    address: str
    shared: str
    #: Where an actor is, who leads a project.
    detail: str = ""
    is_member: bool = False


@dataclass(frozen=True)
class Group:
    """The best neighbours of a kind, and the way to all that share as much as most."""

    found: list[Neighbour]
    #: « Mali · Éducation », and the query string of the listing that is filtered so.
    shared: str
    query: str


NOBODY = Group([], "", "")


@dataclass(frozen=True)
class Neighbours:
    """Who else: the actors, and the projects."""

    structures: Group
    projects: Group

    def __bool__(self) -> bool:
        return bool(self.structures.found or self.projects.found)


def of_structure(structure: Structure, now: Versions) -> Neighbours:
    """The neighbours of a structure; prefetch its countries, sectors and goals.

    Its own projects and those it does them with are left out. Four queries.
    """
    places: dict[Place, str] = {}
    projects, structures = BitMap(), BitMap([structure.pk])
    own = Project.objects.published().involving(structure).order_by()
    for project, name, country, code, partner in own.values_list(
        "pk",
        "localities__name",
        "localities__country_id",
        "localities__country__code",
        "participations__structure_id",
    ):
        projects.add(project)
        if partner is not None:
            structures.add(partner)
        if code not in {None, HOME}:
            places[fold(name), country] = name
    centre = Centre(_values(structure), places, structures, projects)
    return _neighbours(centre, now)


def of_project(project: Project, now: Versions) -> Neighbours:
    """The neighbours of a project, loaded by `for_page`. Three queries.

    Those who take part in it are left out.
    """
    places = {
        (fold(place.name), place.country.pk): place.name
        for place in project.localities.all()
        if place.country is not None and place.country.code != HOME
    }
    parts = (part.structure_id for part in project.participations.all())
    partners = BitMap(key for key in parts if key is not None)
    centre = Centre(_values(project), places, partners, BitMap([project.pk]))
    return _neighbours(centre, now)


def _values(row: Structure | Project) -> dict[str, list[str]]:
    return {
        COUNTRY: [country.code for country in row.countries.all()],
        SECTOR: [sector.code for sector in row.sectors.all()],
        GOAL: [str(goal.number) for goal in row.goals.all()],
    }


def _neighbours(centre: Centre, now: Versions) -> Neighbours:
    places = _near(centre)
    values = centre.values
    may_share = bool(values[COUNTRY] and (values[SECTOR] or values[GOAL]))
    if not may_share and not places.structures and not places.projects:
        return Neighbours(NOBODY, NOBODY)
    actors = Ranking(index_of(StructureFilter, now), centre, places.structures)
    actions = Ranking(index_of(ProjectFilter, now), centre, places.projects)
    structures = Structure.objects.published().select_related("commune")
    projects = Project.objects.published().for_cards()
    return Neighbours(
        actors.group(structures, but=centre.structures),
        actions.group(projects, but=centre.projects),
    )


@dataclass(frozen=True)
class _Near:
    """Who acts in each locality, by key: its names."""

    structures: dict[int, set[str]]
    projects: dict[int, set[str]]


def _near(centre: Centre) -> _Near:
    """Who acts in the same localities, among published projects."""
    found, places = _Near(defaultdict(set), defaultdict(set)), centre.places
    if not places:
        return found
    rows = (
        Locality.objects.published()
        .annotate(folded=Fold("name"))
        .filter(
            country__in={country for _name, country in places},
            folded__in={name for name, _country in places},
        )
        .order_by()
    )
    for name, country, project, structure in rows.values_list(
        "folded", "country_id", "project_id", "project__participations__structure_id"
    ):
        label = places.get((name, country))
        if label is not None and project not in centre.projects:
            found.projects[project].add(label)
            if structure is not None and structure not in centre.structures:
                found.structures[structure].add(label)
    return found


def _neighbour(row: Any, shared: str) -> Neighbour:
    address = row.get_absolute_url()
    if isinstance(row, Project):
        lead: Any = row
        return Neighbour(row.title, address, shared, lead.lead_name or "")
    return Neighbour(row.full_name, address, shared, row.place, row.is_member)


class Ranking:
    """The rows of a listing that share something with a centre, the best first."""

    def __init__(
        self, index: FacetIndex, centre: Centre, places: dict[int, set[str]]
    ) -> None:
        """Take the rows of the listing, and those that share a place."""
        self.index = index
        self.places = places
        self.rows = {
            name: {
                key: index.rows[name][key] for key in keys if key in index.rows[name]
            }
            for name, keys in centre.values.items()
        }
        self._countries = self._having(COUNTRY)

    def group(self, rows: Any, *, but: BitMap) -> Group:
        """The best of the rows, loaded by this QuerySet, with what each shares."""
        keys = self._best(but)
        found = {row.pk: row for row in rows.filter(pk__in=keys)} if keys else {}
        neighbours = [
            _neighbour(found[key], self._said(key)) for key in keys if key in found
        ]
        return Group(neighbours, *self._all())

    def _all(self) -> tuple[str, str]:
        """What most neighbours share: in words, and as the query of the listing."""
        facets = [COUNTRY]
        if self._countries & self._having(SECTOR):
            facets.append(SECTOR)
        elif self._countries & self._having(GOAL):
            facets.append(GOAL)
        named = [self._named(name, self.rows[name]) for name in facets]
        words = [
            f"{', '.join(labels[:NAMED])}{'…' * (len(labels) > NAMED)}"
            for labels in named
        ]
        pairs = [(name, key) for name in facets for key in self.rows[name]]
        return " · ".join(words), urlencode(pairs)

    def _best(self, but: BitMap) -> list[int]:
        """The keys of the best rows: sectors and localities come before goals."""
        near = BitMap(self.places) & self.index.everything
        strong = (self._countries & self._having(SECTOR)) | near
        weak = self._countries & self._having(GOAL)
        index, shares = self.index, self._shares(SECTOR, near)
        best = most_alike(index, strong - but, shares, MOST)
        if len(best) < MOST:
            others, shares = weak - strong - but, self._shares(GOAL)
            best += most_alike(index, others, shares, MOST - len(best))
        return best

    def _having(self, name: str) -> BitMap:
        return BitMap.union(NOTHING, *self.rows[name].values())

    def _shares(self, name: str, near: BitMap = NOTHING) -> list[Share]:
        """What rows may share: each country, each value of a facet, a locality."""
        found = [*self.rows[COUNTRY].values(), *self.rows[name].values()]
        shares = [Share(rows, self._weight(len(rows))) for rows in found]
        return [*shares, Share(near, self._weight(1))] if near else shares

    def _weight(self, number: int) -> float:
        """What it is worth to share what so many rows have: the rarer, the more."""
        return math.log(1 + len(self.index.everything) / number)

    def _said(self, key: int) -> str:
        """What a row shares: « Mopti », « Mali · Éducation », « Mali · ODD 6 »."""
        where = sorted(self.places.get(key, ())) or self._shared(COUNTRY, key)
        what = self._shared(SECTOR, key) or self._shared(GOAL, key)
        return " · ".join([", ".join(some[:NAMED]) for some in (where, what) if some])

    def _shared(self, name: str, key: int) -> list[str]:
        """The values of a facet that a row shares, the rarest first."""
        return self._named(
            name, (value for value, rows in self.rows[name].items() if key in rows)
        )

    def _named(self, name: str, keys: Iterable[str]) -> list[str]:
        """The values in words, the rarest first."""
        known = self.index.known[name]
        return [
            _("ODD %s") % key if name == GOAL else known[key].label
            for key in sorted(keys, key=lambda key: len(self.rows[name][key]))
        ]
