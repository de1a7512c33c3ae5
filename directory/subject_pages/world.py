"""The countries of the world by region, with who acts in each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from directory.models import Country, WorldRegion
from directory.subject_pages.headcounts import totals
from directory.subject_pages.subjects import KINDS


@dataclass(frozen=True)
class Place:
    """A country, with its numbers of actors and of projects."""

    country: Country
    actors: int
    projects: int


@dataclass(frozen=True)
class Continent:
    """A continent: the countries in each of its regions."""

    label: str
    regions: dict[str, list[Place]] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """How many countries it has here."""
        return sum(len(places) for places in self.regions.values())


def places() -> tuple[list[Place], list[Country]]:
    """The countries where somebody acts, then the others, by name: three queries."""
    counts = totals(KINDS[Country])
    countries = Country.objects.select_related("world_region__parent__parent")
    acting, others = [], []
    for country in countries:
        if country.pk in counts:
            acting.append(Place(country, *counts[country.pk]))
        else:
            others.append(country)
    return acting, others


def by_continent(places: Iterable[Place]) -> list[Continent]:
    """The same countries in their regions, the continents of most countries first."""
    found: dict[str, Continent] = {}
    for place in places:
        chain = regions_of(place.country)
        names = [str(region) for region in chain] or [_("Ailleurs")]
        continent = found.setdefault(names[-1], Continent(names[-1]))
        continent.regions.setdefault(names[0], []).append(place)
    for continent in found.values():
        ordered = sorted(continent.regions.items())
        continent.regions.clear()
        continent.regions.update(ordered)
    return sorted(found.values(), key=lambda continent: -continent.size)


def regions_of(country: Country) -> list[WorldRegion]:
    """The regions that contain the country, the smallest first; load them all."""
    found, region = [], country.world_region
    while region is not None:
        found.append(region)
        region = region.parent
    return found
