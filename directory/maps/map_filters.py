"""The listings of the map: those of the registers, and where their rows are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from directory.filters import ProjectFilter, StructureFilter
from directory.listings.facet_kinds import ChoiceFacet
from directory.listings.gathering import Gathered, Listed, Measure
from directory.listings.parameters import Answer, Known
from directory.models import (
    Commune,
    Department,
    Locality,
    Network,
    Participation,
    Project,
    Region,
    Structure,
)
from directory.models.whereabouts import Whereabouts, current_area, whereabouts

#: The parameter that the map adds to those of a register.
POSITION = "position"
#: What the box of the map and the place of a structure depend on.
AREA = (Network, Network.regions.through, Region, Department, Commune)


class WhereaboutsFacet(ChoiceFacet):
    """Whether the map shows the rows: each has one answer, so that none is lost."""

    def __init__(self, *, model: type[models.Model], reads: tuple[Any, ...]) -> None:
        """Take the model of the rows, and the others that tell where they are."""
        super().__init__(
            label=_("Position"),
            noun=_("une position connue"),
            choices=Whereabouts,
            verb="placed",
        )
        self.placed_model = model
        self.reads = reads

    def models(self, model: type[models.Model]) -> list[type[models.Model]]:
        return [*AREA, *self.reads]

    def columns(self) -> dict[str, Any]:
        return {self.name: whereabouts(self.placed_model, current_area())}

    def gather(self, listed: Listed, known: Known) -> Gathered:
        return listed.grouped(self.name)

    def filter(self, qs: Any, value: Answer) -> Any:
        return qs.placed(value.keys, current_area()) if value.values else qs


class StructureMapFilter(StructureFilter):
    """Narrow the published structures, as the map shows them."""

    position = WhereaboutsFacet(model=Structure, reads=())

    class Meta(StructureFilter.Meta):
        """The same rows."""


class ProjectMapFilter(ProjectFilter):
    """Narrow the published projects, as the map shows them."""

    measures: Mapping[str, Measure] = {}  # The map adds nothing up.

    position = WhereaboutsFacet(
        model=Project, reads=(Locality, Participation, Structure)
    )

    class Meta(ProjectFilter.Meta):
        """The same rows."""
