"""The map of a country with the places where projects happen, numbered; without SQL.

The drawing never says more than its list: a place without a point, or out of the
outline, is listed with the others.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from directory.labels import fold
from directory.models import Country, Locality, Project

OUTLINES = Path(__file__).parents[1] / "data" / "world" / "outlines.json"
#: The drawing: its width, the bounds of its height, and the room around the outline.
WIDTH, LEAST_HEIGHT, MOST_HEIGHT, MARGIN = 600, 260, 560, 30
#: Outlines are written in thousandths of a degree, to the east and to the south.
UNIT = 1000
#: How far from the box of an outline a place may be, in parts of its size: the sea
#: front of a town can be off a coast that is drawn in short.
TOLERANCE = 0.03
#: Half of the width of a number on the drawing, and where it may be put beside its
#: place when another number is there: right, left, above, below, then farther.
MARK = 15
AROUND = [(0, 0)] + [
    (round(reach * math.cos(turn)), round(reach * math.sin(turn)))
    for reach in (2.6 * MARK, 4.6 * MARK)
    for turn in (math.pi / 4 * n for n in (0, 4, 6, 2, 7, 5, 1, 3))
]


@dataclass(frozen=True)
class Mention:
    """What happens at a place: a title, and the way to its page."""

    label: str
    address: str


@dataclass(frozen=True)
class MapPlace:
    """A place of the list; one that is drawn has a number."""

    label: str
    mentions: tuple[Mention, ...] = ()
    number: int | None = None
    #: Where it is on the drawing, and where its number is.
    x: int = 0
    y: int = 0
    mark_x: int = 0
    mark_y: int = 0

    @property
    def is_aside(self) -> bool:
        """Whether the number stands beside the place, and a line leads to it."""
        return (self.x, self.y) != (self.mark_x, self.mark_y)


@dataclass(frozen=True)
class CountryMap:
    """The places of a country; `view_box` is empty when there is nothing to draw."""

    label: str
    places: tuple[MapPlace, ...]
    view_box: str = ""
    path: str = ""
    #: From the units of the outline to those of the drawing.
    transform: str = ""

    def named(self, place: MapPlace) -> str:
        """The name of a place with its country: « Mopti (Mali) »."""
        return f"{place.label} ({self.label})" if self.label else place.label


@dataclass(frozen=True)
class _Frame:
    """Where the box of an outline goes on the drawing: degrees made into units."""

    west: float
    south: float
    east: float
    north: float

    @property
    def squeeze(self) -> float:
        """How long a degree of longitude is there, in degrees of latitude."""
        return math.cos(math.radians((self.south + self.north) / 2))

    @property
    def width(self) -> float:
        return (self.east - self.west) * self.squeeze

    @property
    def scale(self) -> float:
        """How many units a degree of latitude takes."""
        return min(
            (WIDTH - 2 * MARGIN) / self.width,
            (MOST_HEIGHT - 2 * MARGIN) / (self.north - self.south),
        )

    @property
    def height(self) -> int:
        drawn = (self.north - self.south) * self.scale + 2 * MARGIN
        return max(LEAST_HEIGHT, math.ceil(drawn))

    @property
    def origin(self) -> tuple[float, float]:
        """Where the north-west corner of the box is: the box is in the middle."""
        tall = (self.north - self.south) * self.scale
        return (WIDTH - self.width * self.scale) / 2, (self.height - tall) / 2

    @property
    def transform(self) -> str:
        """The same for a whole outline, as SVG says it."""
        x, y = self.origin
        return (
            f"translate({x:.1f} {y:.1f})"
            f" scale({self.squeeze * self.scale / UNIT:.6f} {self.scale / UNIT:.6f})"
            f" translate({-self.west * UNIT:.0f} {self.north * UNIT:.0f})"
        )

    def placed(self, latitude: float, longitude: float) -> tuple[int, int] | None:
        """Where a point is on the drawing; None out of the country's box."""
        # Beyond the 180th meridian, outlines go on: 181 is -179.
        turns = [longitude - 360, longitude, longitude + 360]
        room = TOLERANCE * max(self.east - self.west, self.north - self.south)
        found = [x for x in turns if self.west - room <= x <= self.east + room]
        if not found or not self.south - room <= latitude <= self.north + room:
            return None
        x, y = self.origin
        return (
            round(x + (found[0] - self.west) * self.squeeze * self.scale),
            round(y + (self.north - latitude) * self.scale),
        )


def project_maps(project: Project) -> list[CountryMap]:
    """The places of a project, drawn country by country; the last map is a mere list.

    A place without a country is in that of the project, if it has one only. Prefetch
    `localities__country`.
    """
    countries = list(project.countries.all())
    only = countries[0] if len(countries) == 1 else None
    groups: dict[Country | None, list[Locality]] = {}
    for locality in project.localities.all():
        groups.setdefault(locality.country or only, []).append(locality)
    maps = [country_map(country, rows) for country, rows in groups.items()]
    drawn = [found for found in maps if found and found.view_box]
    others = tuple(
        replace(place, label=found.named(place))
        for found in maps
        if found and not found.view_box
        for place in found.places
    )
    return [*drawn, CountryMap("", others)] if others else drawn


def country_map(
    country: Country | None,
    localities: Iterable[Locality],
    *,
    with_projects: bool = False,
) -> CountryMap | None:
    """The places among these localities, drawn on the country; None if there are none.

    Localities of the same name are one place. `with_projects` tells the projects of
    each, for which `Locality.objects.published().with_projects()` is made. Without a
    country, or for one too small to be drawn, there is the list alone.
    """
    groups: dict[str, list[Locality]] = {}
    for locality in sorted(localities, key=lambda row: fold(row.name)):
        groups.setdefault(fold(locality.name), []).append(locality)
    if not groups:
        return None
    label = str(country or "")
    outline = _outlines().get(country.code) if country else None
    frame = _Frame(*outline["box"]) if outline else None
    places = _numbered(
        [_place(rows, frame, with_projects=with_projects) for rows in groups.values()]
    )
    if outline is None or frame is None or places[0].number is None:
        return CountryMap(label, places)
    return CountryMap(
        label,
        places,
        view_box=f"0 0 {WIDTH} {frame.height}",
        path=outline["path"],
        transform=frame.transform,
    )


Drawn = tuple[MapPlace, tuple[int, int] | None]


def _place(rows: list[Locality], frame: _Frame | None, *, with_projects: bool) -> Drawn:
    """The place of localities of one name, and where it is on the drawing."""
    projects = [row.project for row in rows] if with_projects else []
    mentions = [Mention(row.title, row.get_absolute_url()) for row in projects]
    place = MapPlace(rows[0].name, tuple(dict.fromkeys(mentions)))
    points = (
        frame.placed(row.latitude, row.longitude)
        for row in rows
        if frame and row.latitude is not None and row.longitude is not None
    )
    return place, next((point for point in points if point), None)


def _numbered(places: list[Drawn]) -> tuple[MapPlace, ...]:
    """The places that are drawn, numbered; then the others."""
    marks: list[tuple[int, int]] = []
    drawn = []
    for place, point in places:
        if point is not None:
            mark = _beside(point, marks)
            marks.append(mark)
            drawn.append(
                MapPlace(place.label, place.mentions, len(marks), *point, *mark)
            )
    return (*drawn, *(place for place, point in places if point is None))


def _beside(point: tuple[int, int], marks: list[tuple[int, int]]) -> tuple[int, int]:
    """Where the number of a point covers no other: on it, or the nearest beside it."""
    x, y = point
    spots = [(x + right, y + down) for right, down in AROUND]
    free = (
        spot
        for spot in spots
        if 0 < spot[0] < WIDTH
        and all(math.dist(spot, mark) >= 2 * MARK for mark in marks)
    )
    return next(free, point)


@cache
def _outlines() -> dict[str, dict[str, Any]]:
    """The outlines by country, read once."""
    found: dict[str, dict[str, Any]] = json.loads(OUTLINES.read_text(encoding="utf-8"))
    return found
