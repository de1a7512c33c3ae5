"""How many actors and projects a subject has, by what is beside it: one statement."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Case, CharField, Count, F, QuerySet, Value, When
from django.db.models.functions import Cast
from django.utils import timezone

from directory.models import Project, Structure
from directory.models.membership import membership_runs
from directory.subject_pages import reach
from directory.subject_pages.subjects import Kind, Subject, about, kinds_beside

#: What is counted.
ACTORS, REACHED, PROJECTS = "actors", "reached", "projects"
MEMBER = "oui"


@dataclass(frozen=True)
class Beside:
    """A term beside the subject: the value of its parameter, and its page."""

    field: str
    key: str
    label: str
    end: str


@dataclass
class Headcounts:
    """The numbers of rows of a subject; a term that has none is left out."""

    #: The actors whose profile names it, by « oui » for the members.
    actors: dict[str, int] = field(default_factory=dict)
    #: The actors that other rows show there.
    reached: int = 0
    #: The projects in each state.
    projects: dict[str, int] = field(default_factory=dict)
    #: Beside it: how many actors and how many projects each term has.
    beside: dict[Beside, dict[str, int]] = field(
        default_factory=lambda: defaultdict(lambda: {ACTORS: 0, PROJECTS: 0})
    )


def headcounts(subject: Subject) -> Headcounts:
    """Count all that the register has about the subject."""
    actors = about(Structure.objects.published(), subject)
    projects = about(Project.objects.published(), subject)
    parts = [
        _by_value(reach.reached(subject), REACHED, Value("")),
        _by_value(actors, ACTORS, _membership()),
        _by_value(projects, PROJECTS, F("status")),
    ]
    for kind in kinds_beside(subject):
        parts += [_by_term(actors, ACTORS, kind), _by_term(projects, PROJECTS, kind)]
    first, *others = parts
    found = Headcounts()
    for counted, name, key, label, end, number in first.union(*others, all=True):
        if name:
            found.beside[Beside(name, key, label, end)][counted] = number
        elif counted == REACHED:
            found.reached = number
        else:
            getattr(found, counted)[key] = number
    return found


def totals(kind: Kind) -> dict[Any, tuple[int, int]]:
    """For each term of the kind that has some: how many actors, how many projects."""
    actors, projects = (
        dict(rows.order_by().values_list(kind.field).annotate(Count("pk")))
        for rows in (Structure.objects.published(), Project.objects.published())
    )
    found = {*actors, *projects} - {None}
    return {key: (actors.get(key, 0), projects.get(key, 0)) for key in found}


def _membership() -> Case:
    runs = membership_runs(timezone.localdate())
    return Case(When(runs, then=Value(MEMBER)), default=Value(""))


def _by_value(rows: Any, counted: str, value: Any) -> QuerySet:
    """One line for each value of the rows."""
    return _lines(rows, counted, "", value, Value(""), Value(""))


def _by_term(rows: Any, counted: str, kind: Kind) -> QuerySet:
    """One line for each term of this kind that the rows have."""
    name = kind.field
    return _lines(
        rows.filter(**{f"{name}__isnull": False}),
        counted,
        name,
        F(f"{name}__{kind.key}"),
        F(f"{name}__label"),
        F(f"{name}__{kind.end}"),
    )


def _lines(
    rows: Any, counted: str, name: str, key: Any, label: Any, end: Any
) -> QuerySet:
    columns = (Value(counted), Value(name), key, label, end)
    line = {f"line_{n}": Cast(column, CharField()) for n, column in enumerate(columns)}
    lines = rows.order_by().annotate(**line).values(*line)
    counts: QuerySet = lines.annotate(line_number=Count("pk"))
    return counts.values_list(*line, "line_number")
