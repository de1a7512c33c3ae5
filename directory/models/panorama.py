"""The questions that the panorama asks of projects, beyond their own columns."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Self

from django.db import models
from django.db.models.functions import Coalesce, ExtractYear, Greatest
from django.utils import timezone

from directory.models.cards import labels_of
from directory.models.geography import Country
from directory.models.links import linked
from directory.models.vocabularies import Sector
from directory.models.whereabouts import PlacedQuerySet

END = Coalesce("actual_end_on", "planned_end_on")
#: How far a project is that goes on, and one that looks for partners.
RUNNING, IDEA = "en-cours", "idee"


def first_year() -> ExtractYear:
    """The year when a project begins, or the only one that is known; None: no date."""
    return ExtractYear(Coalesce("actual_start_on", "planned_start_on", END))


def last_year() -> Greatest:
    """The last year in which a project is active, for one that has a date.

    That of its end; this year for one that goes on without an end; else the first.
    """
    goes_on = models.Case(
        models.When(
            status=RUNNING,
            actual_end_on=None,
            planned_end_on=None,
            then=models.Value(timezone.localdate().year),
        )
    )
    return Greatest(first_year(), ExtractYear(END), goes_on)


class PanoramaQuerySet(PlacedQuerySet):
    """What narrows the panorama: the world, the years, who leads, who funds."""

    def in_world_regions(self, codes: Iterable[str]) -> Self:
        """Keep the projects of a country of one of these M49 regions.

        A region holds those below it; M49 has three levels.
        """
        codes = list(codes)
        countries = Country.objects.filter(
            models.Q(world_region__in=codes)
            | models.Q(world_region__parent__in=codes)
            | models.Q(world_region__parent__parent__in=codes)
        )
        return self.filter(linked(self.model, "countries", countries))

    def active_in_years(
        self, years: Iterable[int], *, or_undated: bool = False
    ) -> Self:
        """Keep the projects that were active in one of these years.

        From the first to the last of its years, a project is active in each.
        """
        found = models.Q(first_year=None) if or_undated else models.Q(pk__in=[])
        for year in years:
            found |= models.Q(first_year__lte=year, last_year__gte=year)
        dated = self.alias(first_year=first_year(), last_year=last_year())
        return dated.filter(found)

    def led_by(self, structures: models.QuerySet) -> Self:
        """Keep the projects that one of these structures leads, if it is published."""
        return self.filter(self._leads(structure__in=structures))

    def led_by_types(self, types: Iterable[Any]) -> Self:
        """Keep those led by a structure of one of these types or of their children."""
        return self.led_by(self._structures().of_types(types))

    def led_from(
        self,
        codes: Iterable[str],
        *,
        or_elsewhere: bool = False,
        or_unknown: bool = False,
    ) -> Self:
        """Keep those whose lead is seated in one of these départements.

        Or out of the network's regions; or nobody knows where, or who leads.
        """
        seated = self._structures().in_departments(codes, or_elsewhere=or_elsewhere)
        found = models.Q(self._leads(structure__in=seated))
        if or_unknown:
            placed = self._leads(
                models.Q(structure__department__isnull=False)
                | models.Q(structure__is_abroad=True)
            )
            found |= ~models.Q(placed)
        return self.filter(found)

    def funded_by(self, funders: Iterable[Any]) -> Self:
        """Keep the projects that one of these known funders pays for."""
        parts = self._parts().objects.filter(funder__in=list(funders))
        return self.filter(models.Exists(parts.filter(project=models.OuterRef("pk"))))

    def seeking_partners(self) -> Self:
        """Keep the ideas, whose leads look for partners."""
        return self.filter(status=IDEA)

    def for_table(self) -> Self:
        """Load all that a row of a table shows, in queries of a fixed number."""
        leads = self._parts().objects.filter(
            project=models.OuterRef("pk"), role="porteur"
        )
        return self.annotate(
            country_names=labels_of(Country, "projects"),
            sector_names=labels_of(Sector, "projects"),
            lead_name=models.Subquery(leads.named().values("public_name")[:1]),
        )

    def _leads(self, *conditions: models.Q, **fields: Any) -> models.Exists:
        """The condition that the published lead of a project is such."""
        leads = self._parts().objects.leading().filter(*conditions, **fields)
        return models.Exists(leads.filter(project=models.OuterRef("pk")))

    def _parts(self) -> Any:
        return self.model._meta.get_field("participations").related_model

    def _structures(self) -> Any:
        structures: Any = self.model._meta.get_field("structures").related_model
        return structures.objects.all()
