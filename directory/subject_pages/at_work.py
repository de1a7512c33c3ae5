"""Who is at work on a country, a sector or a goal, with which projects, and where else.

Three queries whatever the number of rows: the counts, the actors, the projects. The
counts are those of the listings to which they lead.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F, Window
from django.db.models.functions import Coalesce, RowNumber
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.labels import fold
from directory.models import Goal, Project, Structure
from directory.models.links import linked
from directory.models.membership import members_first
from directory.models.projects import ProjectQuerySet
from directory.models.structures import StructureQuerySet
from directory.subject_pages import reach
from directory.subject_pages.headcounts import (
    ACTORS,
    MEMBER,
    PROJECTS,
    Headcounts,
    headcounts,
)
from directory.subject_pages.subjects import (
    KINDS,
    Kind,
    Subject,
    about,
    kind_of,
    kinds_beside,
    listed,
)

ANNUAIRE, PANORAMA = "directory:structures", "directory:projects"
#: How many actors of each list, and how many projects of each state, a page shows.
SHOWN_ACTORS, SHOWN_PROJECTS = 12, 5
#: What each group of projects is called, in the order of the page.
STATES = {
    Project.Status.RUNNING: _("Projets en cours"),
    Project.Status.PREPARATION: _("Projets en préparation"),
    Project.Status.IDEA: _("Idées qui cherchent des partenaires"),
    Project.Status.DONE: _("Projets terminés"),
    Project.Status.SUSPENDED: _("Projets suspendus"),
    Project.Status.CANCELLED: _("Projets annulés"),
    "": _("Projets dont l’état n’est pas indiqué"),
}


@dataclass(frozen=True)
class Cell:
    """A number of rows, and the way to them."""

    count: int
    address: str


@dataclass(frozen=True)
class Row:
    """A term beside the subject: its page, its actors and its projects."""

    label: str
    address: str
    actors: Cell
    projects: Cell
    #: The number of a goal, which has a colour.
    number: int | None = None


@dataclass(frozen=True)
class Group:
    """The projects in one state: the first ones, and the way to all of them."""

    state: str
    heading: str
    projects: list[Project]
    total: Cell


@dataclass(frozen=True)
class AtWork:
    """What the register says of a subject."""

    #: Those whose profile names the subject, then those that other rows show there.
    actors: list[Structure]
    reached: list[Structure]
    actors_total: Cell
    members_total: Cell
    reached_total: int
    groups: list[Group]
    projects_total: Cell
    #: By field (`sectors`): the terms beside the subject, the most frequent first.
    beside: dict[str, list[Row]] = field(default_factory=dict)

    @property
    def is_nothing(self) -> bool:
        """Whether nobody is at work there, as far as the register knows."""
        return not (self.actors or self.reached or self.groups)

    @property
    def reached_shown(self) -> list[Structure]:
        """The first of those that other rows show."""
        return self.reached[:SHOWN_ACTORS]

    @property
    def reached_named(self) -> list[Structure]:
        """Those after them, of whom the name is enough."""
        return self.reached[SHOWN_ACTORS:]

    @property
    def reached_others(self) -> int:
        """How many of those that other rows show are left out."""
        return self.reached_total - len(self.reached)


def at_work(
    subject: Subject,
    *,
    reached: int,
    actors: int = SHOWN_ACTORS,
    projects: int = SHOWN_PROJECTS,
    order: Callable[[StructureQuerySet], StructureQuerySet] | None = None,
) -> AtWork:
    """What the register says of the subject, with so many rows of each list.

    `reached` bounds those that other rows show, whom no listing has together.
    `order` sorts the actors: members first, then by name, unless another is given.
    """
    counts = headcounts(subject)
    found = list(_actors(subject, order or members_then_names, actors, reached))
    members = counts.actors.get(MEMBER, 0)
    return AtWork(
        actors=[row for row in found if row.names_it],
        reached=[row for row in found if not row.names_it],
        actors_total=Cell(sum(counts.actors.values()), listed(ANNUAIRE, subject)),
        members_total=Cell(members, listed(ANNUAIRE, subject, adherent=MEMBER)),
        reached_total=counts.reached,
        groups=_groups(subject, projects, counts.projects),
        projects_total=Cell(sum(counts.projects.values()), listed(PANORAMA, subject)),
        beside=_beside(subject, counts),
    )


def members_then_names(structures: StructureQuerySet) -> StructureQuerySet:
    """Sort the members of today first, then by name."""
    today = timezone.localdate()
    return structures.order_by(members_first(today), "name_key", "name", "pk")


def _actors(
    subject: Subject,
    order: Callable[[StructureQuerySet], StructureQuerySet],
    most: int,
    most_reached: int,
) -> Iterable[Any]:
    """The first actors of each list, in this order, with why they are shown."""
    declared = order(about(Structure.objects.published(), subject))[:most]
    others = order(reach.reached(subject))[:most_reached]
    keys = declared.values("pk").union(others.values("pk"), all=True)
    shown = Structure.objects.filter(pk__in=keys)
    names_it = linked(Structure, kind_of(subject).field, [subject])
    cards = reach.with_reasons(shown.for_cards(), subject).annotate(names_it=names_it)
    return order(cards)


def _groups(subject: Subject, most: int, counts: dict[str, int]) -> list[Group]:
    found = defaultdict(list)
    for project in _projects(subject, most):
        found[project.status].append(project)
    return [
        Group(
            state=state,
            heading=str(heading),
            projects=found[state],
            total=Cell(
                counts.get(state, 0),
                listed(PANORAMA, subject, **({"etat": state} if state else {})),
            ),
        )
        for state, heading in STATES.items()
        if state in found
    ]


def _projects(subject: Subject, most: int) -> ProjectQuerySet:
    """The first projects in each state: those that began last."""
    started = Coalesce("actual_start_on", "planned_start_on")
    rank = Window(
        RowNumber(),
        partition_by=F("status"),
        order_by=[started.desc(nulls_last=True), "title_key", "pk"],
    )
    ranked = about(Project.objects.published(), subject).annotate(rank=rank)
    first = ranked.filter(rank__lte=most).values("pk")
    return Project.objects.filter(pk__in=first).for_cards().recent_first()


def _beside(subject: Subject, counts: Headcounts) -> dict[str, list[Row]]:
    """The terms of the other kinds, the most frequent first."""
    kinds = {kind.field: kind for kind in kinds_beside(subject)}
    found: dict[str, list[Row]] = {name: [] for name in kinds}
    for term, numbers in counts.beside.items():
        kind = kinds[term.field]
        found[term.field].append(
            Row(
                label=term.label,
                address=reverse(kind.view, args=[term.end]),
                actors=_cell(ANNUAIRE, numbers[ACTORS], subject, kind, term.key),
                projects=_cell(PANORAMA, numbers[PROJECTS], subject, kind, term.key),
                number=int(term.key) if kind is KINDS[Goal] else None,
            )
        )
    return {name: sorted(rows, key=_rank) for name, rows in found.items()}


def _cell(view: str, count: int, subject: Subject, kind: Kind, key: str) -> Cell:
    return Cell(count, listed(view, subject, **{kind.parameter: key}))


def _rank(row: Row) -> tuple[int, str]:
    return -(row.actors.count + row.projects.count), fold(row.label)
