"""The points of the map: every row of a selection that it shows, in a small file.

The places of the rows are read once for each version of the tables. What is asked for
most, the whole register, is compressed once too.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from directory.keeping import versions
from directory.keeping.compression import compressed, compressed_once, public_page
from directory.keeping.stores import kept_as_of, new_store
from directory.listings.facets import FacetIndex, index_of
from directory.listings.listing_filters import ListingFilter
from directory.listings.results import Results
from directory.maps.map_filters import POSITION, ProjectMapFilter, StructureMapFilter
from directory.models import Project, Structure
from directory.models.whereabouts import Whereabouts, current_area, leads, local

#: About a metre.
DECIMALS = 5
JSON = "application/json"


class Point(NamedTuple):
    """A row on the map: its place in words, and a note on how exact its point is."""

    name: str
    slug: str
    latitude: float
    longitude: float
    place: str
    note: str = ""


#: What tells where a structure is.
SEAT = (
    *("city", "department", "latitude", "longitude", "point_source"),
    *("commune__label", "commune__latitude", "commune__longitude"),
)
Points = dict[int, Point]
#: Under which address the page of a row is, followed by its slug.
ADDRESSES: dict[type[models.Model], str] = {
    Structure: "directory:structures",
    Project: "directory:projects",
}
_points: dict[Any, tuple[Any, Points]] = new_store()
_whole: dict[Any, tuple[Any, bytes]] = new_store()


@require_safe
def structure_points(request: HttpRequest) -> HttpResponse:
    """The points of the structures that the query string selects."""
    return _answer(request, StructureMapFilter)


@require_safe
def project_points(request: HttpRequest) -> HttpResponse:
    """The points of the projects that the query string selects."""
    return _answer(request, ProjectMapFilter)


def _answer(request: HttpRequest, register: type[ListingFilter]) -> HttpResponse:
    index = index_of(register, versions.of_request(request))
    asked = Results(index, register.select(request.GET, index.known))
    results = asked.as_shown()
    if asked.selection.query:
        body = compressed(_written(results))
    else:
        body = kept_as_of(
            _whole,
            (register,),
            index.version,
            lambda: compressed_once(_written(results)),
        )
    return public_page(request, body, is_compressed=True, content_type=JSON)


def _written(results: Results) -> bytes:
    content = as_columns(results)
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def as_columns(results: Results) -> dict[str, Any]:
    """The points of the results in their order, as parallel columns.

    Each place is written once: `at` tells which one is that of a row.
    """
    index = results.index
    known = points_of(index)
    shown = index.having(POSITION, [Whereabouts.ON_MAP])
    rows = [
        known[key]
        for key in results.page(0, results.total)
        if key in shown and key in known
    ]
    places: dict[tuple[str, str], int] = {}
    return {
        "base": reverse(ADDRESSES[index.register.model()]),
        "names": [row.name for row in rows],
        "slugs": [row.slug for row in rows],
        "latitudes": [round(row.latitude, DECIMALS) for row in rows],
        "longitudes": [round(row.longitude, DECIMALS) for row in rows],
        "at": [places.setdefault((row.place, row.note), len(places)) for row in rows],
        "places": list(places),
    }


def points_of(index: FacetIndex) -> Points:
    """The rows of an index that the map shows, by primary key."""
    register = index.register
    read = _of_projects if register.model() is Project else _of_structures
    return kept_as_of(_points, (register,), index.version, lambda: dict(read()))


def _of_structures() -> Iterator[tuple[int, Point]]:
    rows = Structure.objects.published().placed([Whereabouts.ON_MAP], current_area())
    for row in rows.select_related("commune").only("name", "slug", *SEAT):
        note = _("Au centre de la commune") if _is_at_center(row) else ""
        yield row.pk, Point(row.name, row.slug, *_position(row), row.place, note)


def _of_projects() -> Iterator[tuple[int, Point]]:
    area = current_area()
    rows = Project.objects.published().placed([Whereabouts.ON_MAP], area)
    own = {place.project_id: place for place in reversed(local(area))}
    parts = leads().select_related("structure__commune")
    fields = [f"structure__{name}" for name in ("name", *SEAT)]
    seats = {part.project_id: part.structure for part in parts.only("project", *fields)}
    for key, title, slug in rows.values_list("pk", "title", "slug"):
        if place := own.get(key):
            yield key, Point(title, slug, place.latitude, place.longitude, place.name)
        elif lead := seats.get(key):
            said = ", ".join(filter(None, (lead.name, lead.place)))
            yield key, Point(title, slug, *_position(lead), said, _note_of_lead(lead))


def _note_of_lead(lead: Structure) -> str:
    if _is_at_center(lead):
        return _("Situé chez son porteur, au centre de la commune")
    return _("Situé chez son porteur")


def _position(structure: Structure) -> tuple[float, float]:
    """The structure's own point, else that of its commune."""
    place: Any = structure.commune if structure.latitude is None else structure
    return place.latitude, place.longitude


def _is_at_center(structure: Structure) -> bool:
    """Whether the point is that of the commune."""
    source = structure.point_source
    return structure.latitude is None or source == Structure.PointSource.COMMUNE
