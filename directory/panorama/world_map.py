"""The map of the world: each country in a tint that tells its number, and a link.

The shapes are in `static/img/world.svg`, which browsers keep; the page names them. A
small state is a dot. What is drawn depends on nothing but what is given.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import dist
from pathlib import Path
from typing import Any

from django.templatetags.static import static
from django.utils.safestring import SafeString

from directory.keeping.pieces import Mould, joined, rendered, spelled
from directory.keeping.stores import kept, new_store

WORLD = Path(__file__).parents[1] / "data" / "world" / "places.json"
SHAPES = "img/world.svg"
MAP = "components/world_map.html"
PLACE = "components/world_place.html"
#: How many tints there are, and which of them are taken by fewer classes.
TINTS = 5
SPREAD = {1: (4,), 2: (2, 4), 3: (1, 3, 5), 4: (1, 2, 4, 5), 5: (1, 2, 3, 4, 5)}
#: The dot of a small state, and how far around it a pointer finds it.
DOT, REACH = 3.2, 13.0

_moulds: dict[Any, Mould] = new_store()


@dataclass(frozen=True)
class Entry:
    """A country: its number, and where its link leads."""

    code: str
    label: str
    count: int
    address: str


@dataclass(frozen=True)
class Band:
    """A class of the legend: the numbers from the least to the most, and its tint."""

    least: int
    most: int
    tint: int

    @property
    def words(self) -> str:
        """The numbers, as the legend says them: « 1 », « 2 à 5 »."""
        if self.least == self.most:
            return spelled(self.least)
        return f"{spelled(self.least)} à {spelled(self.most)}"


@dataclass(frozen=True)
class Place:
    """Where a country is on the map; a small one has no shape but a dot."""

    code: str
    x: float
    y: float
    is_small: bool
    #: The other places that a pointer could take for it, and how far they are.
    near: Mapping[str, float]


def world_map(
    entries: Iterable[Entry], *, title: str, unit: str, counted: Callable[[int], str]
) -> SafeString:
    """The map of these countries, its legend and its notices, as HTML.

    `title` names the map, `unit` what the legend counts, and `counted` says a number
    in words, none included. A country without a number leads somewhere too, but
    neither the keyboard nor a screen reader stops there: give a list beside the map.
    """
    given = {entry.code: entry for entry in entries}
    used = {code: entry.count for code, entry in given.items() if entry.count}
    bands = classes(used.values())
    tints = {
        count: band.tint
        for count in set(used.values())
        for band in bands
        if band.least <= count <= band.most
    }
    places, shapes = world_places(), static(SHAPES)
    found = [
        _mould(place, shapes, is_used=entry.count > 0).filled(
            tint=tints.get(entry.count, 0),
            address=entry.address,
            said=f"{entry.label}\u00a0: {counted(entry.count)}",
            reach=_reach(place, used),
        )
        for place in places
        if (entry := given.get(place.code))
    ]
    there = {place.code for place in places}
    missing = [given[code] for code in used if code not in there]
    return rendered(
        MAP,
        {
            "title": title,
            "unit": unit,
            "view_box": _world()["view_box"],
            "places": joined(found),
            "bands": bands,
            "missing": [f"{e.label} ({counted(e.count)})" for e in missing],
        },
    )


def classes(counts: Iterable[int]) -> list[Band]:
    """Five classes at most for numbers above zero, which a few countries dwarf.

    Each number has its own if there are few; else each class is as many times the one
    before. None is empty.
    """
    values = sorted(set(counts))
    if len(values) <= TINTS:
        bounds = [(value, value) for value in values]
    else:
        lows = _geometric(values[0], values[-1])
        bounds = list(
            zip(lows, [*(low - 1 for low in lows[1:]), values[-1]], strict=True)
        )
        bounds = [(a, b) for a, b in bounds if any(a <= v <= b for v in values)]
    tints = SPREAD.get(len(bounds), ())
    return [Band(a, b, tint) for (a, b), tint in zip(bounds, tints, strict=True)]


def _geometric(least: int, most: int) -> list[int]:
    """The first number of each class, growing by the same ratio."""
    lows: list[int] = []
    for step in range(TINTS):
        low = round(least * (most / least) ** (step / TINTS))
        lows.append(max(low, lows[-1] + 1) if lows else low)
    return lows


@cache
def world_places() -> Sequence[Place]:
    """The places of the map, the small ones last, above the others."""
    rows = _world()["places"]
    return [
        Place(
            row["code"],
            row["x"],
            row["y"],
            row["is_small"],
            _near(row, rows) if row["is_small"] else {},
        )
        for row in rows
    ]


def _near(row: dict[str, Any], rows: list[dict[str, Any]]) -> dict[str, float]:
    here = (row["x"], row["y"])
    far = {other["code"]: dist(here, (other["x"], other["y"])) for other in rows}
    return {c: d for c, d in far.items() if d < 2 * REACH and c != row["code"]}


@cache
def _world() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(WORLD.read_text(encoding="utf-8"))
    return found


def _mould(place: Place, shapes: str, *, is_used: bool) -> Mould:
    """A country on the map, but for what is said of it and where it leads."""
    where = (shapes, place.code, is_used)
    found = _moulds.get(where)
    if found is None:
        shown = {"place": place, "is_used": is_used, "shapes": shapes, "dot": DOT}
        holes = ["tint", "address", "said", "reach"]
        found = kept(_moulds, where, lambda: Mould(PLACE, shown, holes))
    return found


def _reach(place: Place, used: Mapping[str, int]) -> float:
    """How far around a dot a pointer finds it, without hiding those nearby."""
    if place.code not in used or not place.is_small:
        return DOT
    near = [far / 2 for code, far in place.near.items() if code in used]
    return round(max(DOT, min([REACH, *near])), 1)
