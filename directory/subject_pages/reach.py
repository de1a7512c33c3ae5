"""How an actor is known to be at work on a subject that its profile does not name.

Profiles age: a project or an article that names the actor and the country says more.
An app above the register adds the rows it has by `add_way`, when it is ready.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from directory.models import Project, Structure
from directory.models.links import linked
from directory.models.structures import StructureQuerySet
from directory.subject_pages.subjects import Subject, about, kind_of

#: How many rows are read of each way: a structure with two roles is there twice.
READ = 4
#: How many reasons are shown of each way.
SHOWN = 2


@dataclass(frozen=True)
class Way:
    """Rows with a title, a page, subjects and `structures`: who is at work."""

    #: The rows that the public may see now, the most telling first.
    rows: Callable[[], Any]
    #: What introduces the title of one: « par le projet ».
    words: Any
    view: str


@dataclass(frozen=True)
class Reason:
    """The row that shows an actor at work."""

    words: str
    title: str
    address: str


def _projects() -> Any:
    return Project.objects.published().recent_first()


_ways: dict[str, Way] = {
    "projects": Way(_projects, _("Par le projet"), "directory:project")
}


def add_way(name: str, way: Way) -> None:
    """Let rows of another app show who is at work; `name` is a Python identifier."""
    _ways[name] = way


def reached(subject: Subject) -> StructureQuerySet:
    """The published structures at work on a subject, whose profiles do not name it."""
    found = Q()
    for way in _ways.values():
        rows = about(way.rows(), subject).order_by()
        found |= Q(pk__in=rows.values("structures"))
    names_it = linked(Structure, kind_of(subject).field, [subject])
    return Structure.objects.published().filter(found).exclude(names_it)


def with_reasons(structures: StructureQuerySet, subject: Subject) -> StructureQuerySet:
    """Load the rows that show each structure at work, for `reasons`."""
    found: StructureQuerySet = structures.annotate(
        **{
            f"reached_by_{name}": ArraySubquery(
                about(way.rows(), subject)
                .filter(structures=OuterRef("pk"))
                .values(found=JSONObject(title="title", slug="slug"))[:READ]
            )
            for name, way in _ways.items()
        }
    )
    return found


def reasons(structure: Any) -> list[Reason]:
    """What shows the structure at work, once `with_reasons` has loaded it."""
    found = []
    for name, way in _ways.items():
        rows = {row["slug"]: row for row in getattr(structure, f"reached_by_{name}")}
        found += [
            Reason(str(way.words), row["title"], reverse(way.view, args=[slug]))
            for slug, row in list(rows.items())[:SHOWN]
        ]
    return found
