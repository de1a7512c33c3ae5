"""The contours of a region, which its map is drawn on, and how far they go.

A region has a folder of `data/maps/`, named after its INSEE code, with TopoJSON files
of one object each, whose geometries have a `nom`. Without one there is no background.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

from django.templatetags.static import static

FOLDER = Path(__file__).parent / "data" / "maps"
#: Where the folder is among static files (`STATICFILES_DIRS`).
PREFIX = "maps"
#: From the whole to the detail; each level is drawn when one looks closer.
LEVELS = ("departements", "epci", "communes")


class Bounds(NamedTuple):
    """A box of the globe, in degrees."""

    south: float
    west: float
    north: float
    east: float

    def holds(self, latitude: float, longitude: float) -> bool:
        """Whether a point is in the box, its edges included."""
        return (
            self.south <= latitude <= self.north and self.west <= longitude <= self.east
        )


def bounds_of(regions: Iterable[str]) -> Bounds | None:
    """The box of these regions together; None when one of them has no contours."""
    boxes = [_bounds(region) for region in regions]
    known = [box for box in boxes if box is not None]
    if not known or len(known) < len(boxes):
        return None
    south, west, north, east = zip(*known, strict=True)
    return Bounds(min(south), min(west), max(north), max(east))


def addresses(regions: Iterable[str], level: str) -> list[str]:
    """The static files that draw a level of these regions; those that are there."""
    return [
        static(f"{PREFIX}/{region}/{level}.json")
        for region in regions
        if _file(region, level).is_file()
    ]


def _file(region: str, level: str) -> Path:
    """The file of a level; a code that is no folder's name leads to none."""
    name = region if re.fullmatch(r"\w+", region) else "_"
    return FOLDER / name / f"{level}.json"


@cache
def _bounds(region: str) -> Bounds | None:
    """The box of a region's largest contours.

    In a TopoJSON file an arc is a point, then steps, all in whole units of a grid:
    https://github.com/topojson/topojson-specification
    """
    path = _file(region, LEVELS[0])
    if not path.is_file():
        return None
    topology = json.loads(path.read_text(encoding="utf-8"))
    scale, origin = topology["transform"]["scale"], topology["transform"]["translate"]
    longitudes, latitudes = (
        [
            origin[axis] + scale[axis] * unit
            for arc in topology["arcs"]
            for unit in accumulate(point[axis] for point in arc)
        ]
        for axis in (0, 1)
    )
    return Bounds(min(latitudes), min(longitudes), max(latitudes), max(longitudes))
