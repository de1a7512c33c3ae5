"""Where a row is on the map of the region: an SQL expression, shared by the QuerySets.

A structure is at its own point, else at that of its commune. A project is at the first
of its localities that the map shows, else where its lead is: most happen abroad. A lead
that the public may not see tells nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from directory.contours import Bounds, bounds_of
from directory.models.geography import Region
from directory.models.published import SourcedQuerySet


class Whereabouts(models.TextChoices):
    """Whether the map shows a row."""

    ON_MAP = "sur-la-carte", _("Sur la carte")
    OUTSIDE = "hors-region", _("Hors de la région")
    UNKNOWN = "inconnue", _("Sans position connue")


@dataclass(frozen=True)
class Area:
    """What the map shows: the network's regions, and the box that holds them.

    Without a box every point is shown; without regions no seat is elsewhere.
    """

    regions: tuple[str, ...]
    bounds: Bounds | None

    def shows(self, prefix: str = "") -> Q:
        """The condition of the rows whose point is in the box."""
        if self.bounds is None:
            return Q(**{f"{prefix}latitude__isnull": False})
        south, west, north, east = self.bounds
        return Q(
            **{
                f"{prefix}latitude__range": (south, north),
                f"{prefix}longitude__range": (west, east),
            }
        )

    def holds(self, latitude: float, longitude: float) -> bool:
        """Whether the map shows a point."""
        return self.bounds is None or self.bounds.holds(latitude, longitude)


def current_area() -> Area:
    """The area of the network, as it is described now: one query."""
    codes = Region.objects.filter(networks__isnull=False).distinct().order_by("code")
    regions = tuple(codes.values_list("code", flat=True))
    return Area(regions, bounds_of(regions))


def whereabouts(model: type[models.Model], area: Area) -> Any:
    """The expression that gives the `Whereabouts` of a row."""
    if model._meta.model_name == "project":
        return _of_project(area)
    return _of_structure(area)


class PlacedQuerySet(SourcedQuerySet):
    """What is asked of the tables whose rows are on the map."""

    def placed(self, kinds: Iterable[str], area: Area) -> Self:
        """Keep the rows that are of one of these `Whereabouts`."""
        found = self.alias(whereabouts=whereabouts(self.model, area))
        return found.filter(whereabouts__in=list(kinds))


def local(area: Area) -> models.QuerySet:
    """The localities that the map shows, in their order: the first one is taken."""
    rows: models.QuerySet = apps.get_model("directory", "Locality").objects.all()
    return rows.filter(area.shows()).order_by("name", "pk")


def leads() -> models.QuerySet:
    """The participations of leads that the public may see."""
    structures = apps.get_model("directory", "Structure").objects.published()
    rows: models.QuerySet = apps.get_model("directory", "Participation").objects.all()
    return rows.filter(role="porteur", structure__in=structures)


def _of_structure(area: Area, prefix: str = "") -> Case:
    has_point = Q(**{f"{prefix}latitude__isnull": False})
    has_commune = Q(**{f"{prefix}commune__isnull": False})
    elsewhere = Q(**{f"{prefix}is_abroad": True})
    if area.regions:
        elsewhere |= Q(**{f"{prefix}department__isnull": False}) & ~Q(
            **{f"{prefix}department__region__in": area.regions}
        )
    return Case(
        When(has_point & area.shows(prefix), then=Value(Whereabouts.ON_MAP)),
        When(has_point, then=Value(Whereabouts.OUTSIDE)),
        When(
            has_commune & area.shows(f"{prefix}commune__"),
            then=Value(Whereabouts.ON_MAP),
        ),
        When(has_commune | elsewhere, then=Value(Whereabouts.OUTSIDE)),
        default=Value(Whereabouts.UNKNOWN),
        output_field=models.CharField(),
    )


def _of_project(area: Area) -> Case:
    own = local(area).filter(project=OuterRef("pk"))
    lead = leads().filter(project=OuterRef("pk")).order_by()
    at_lead = lead.annotate(whereabouts=_of_structure(area, "structure__"))
    return Case(
        When(Exists(own), then=Value(Whereabouts.ON_MAP)),
        default=Coalesce(
            Subquery(at_lead.values("whereabouts")[:1]), Value(Whereabouts.UNKNOWN)
        ),
        output_field=models.CharField(),
    )
