"""A country on paper: everybody who acts there, and how to call them.

What a crisis cell prints the day of an earthquake. Two pages hold the first actors,
each with all that reaches them, some thirty others in a line each, and the projects.
Nobody is left out to save paper: more actors take more pages, up to three hundred. Past
that, and for the projects that are not there, a number and the address where they are.
"""

from __future__ import annotations

from typing import Any

from django.db.models import (
    Case,
    Prefetch,
    Q,
    QuerySet,
    Value,
    When,
    prefetch_related_objects,
)
from django.utils import timezone

from directory.models import Contact, Locality, Project, Structure
from directory.models.membership import members_first
from directory.models.structures import StructureQuerySet
from directory.subject_pages.at_work import AtWork, at_work
from directory.subject_pages.term_pages import CountryView

#: What two pages hold: measured on the longest names, addresses and titles.
ACTORS, PROJECTS = 20, 12
#: How many actors the sheet names at most, whatever the paper.
NAMED = 300
#: The projects of which people are there, or about to be.
LIVE = (Project.Status.RUNNING, Project.Status.PREPARATION)


class CountrySheetView(CountryView):
    """The sheet of a country, made to be printed."""

    template_name = "directory/country_sheet.html"

    def get_work(self) -> AtWork:
        """Load everybody, and as many projects as the paper holds."""
        return at_work(
            self.object,
            actors=NAMED,
            reached=NAMED,
            projects=PROJECTS,
            order=_reachable_first,
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the first rows, the names of the other actors, and the hour."""
        context = super().get_context_data(now=timezone.localtime(), **kwargs)
        work: AtWork = context["work"]
        live = [group for group in work.groups if group.state in LIVE]
        projects = [project for group in live for project in group.projects]
        actors, total = _actors(work), work.actors_total.count + work.reached_total
        first, others = actors[:ACTORS], actors[ACTORS:]
        shown = projects[:PROJECTS]
        prefetch_related_objects(shown, Prefetch("localities", self._places()))
        representatives = Contact.objects.representatives()
        prefetch_related_objects(first, Prefetch("contacts", representatives))
        absolute = self.request.build_absolute_uri
        return {
            **context,
            "actors": first,
            "named": sorted(others, key=lambda row: (row.name_key, row.pk)),
            "total_actors": total,
            "other_actors": total - len(actors),
            "page_address": absolute(self.object.get_absolute_url()),
            "projects": shown,
            "other_projects": work.projects_total.count - len(shown),
            "projects_address": absolute(work.projects_total.address),
        }

    def _places(self) -> QuerySet:
        """The places in the country, and those of which nobody said where they are."""
        here = Q(country=self.object) | Q(country__isnull=True)
        return Locality.objects.filter(here)


def _reachable_first(structures: StructureQuerySet) -> StructureQuerySet:
    """Sort the members first, then those with a public phone or mailbox, by name."""
    silent = Case(
        When(phone="", email="", then=Value(1)),
        When(contact_hidden_at__isnull=False, then=Value(1)),
        default=Value(0),
    )
    today = timezone.localdate()
    return structures.order_by(members_first(today), silent, "name_key", "name", "pk")


def _actors(work: AtWork) -> list[Structure]:
    """The actors of both lists in one."""
    both = [*work.actors, *work.reached]
    found = sorted(
        both,
        key=lambda row: (not row.is_member, not (row.public_phone or row.public_email)),
    )
    return found[:NAMED]
