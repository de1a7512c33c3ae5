"""What a structure's publications and projects say, and its profile does not.

An article or an event linked to a structure, or a project that it leads or is a partner
of, names a country, a sector or a goal which is not in the profile: somebody should
say whether it belongs there. A funder does not work where its money goes.

Nothing of it is stored: what is suggested is what the tables say now. What is accepted
is in the profile, what is dismissed is remembered (`DismissedDrift`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.admin.models import CHANGE, LogEntry
from django.db import models, transaction
from django.db.models import Exists, F, OuterRef
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from directory.history.traces import because
from directory.models import Country, Goal, Participation, Project, Sector, Structure
from members.models import DismissedDrift
from news.models import Article, Event

ACTING = (Participation.Role.LEAD, Participation.Role.PARTNER)


class NoSuchDrift(Exception):
    """It is no longer suggested: accepted or dismissed meanwhile, or never was."""


@dataclass(frozen=True)
class Kind:
    """A kind of subject: its key in addresses, where profiles hold it."""

    key: str
    label: Any
    model: type[models.Model]
    #: The many-to-many field of structures, articles, events and projects.
    field: str
    #: The column that names a subject in addresses.
    code: str
    #: The column of `DismissedDrift`.
    column: str


KINDS = (
    Kind("pays", _("Pays d’intervention"), Country, "countries", "code", "country"),
    Kind("secteur", _("Secteur d’intervention"), Sector, "sectors", "code", "sector"),
    Kind("odd", _("ODD"), Goal, "goals", "number", "goal"),
)


@dataclass(frozen=True)
class Source:
    """Public rows that speak of structures, and how they lead to them."""

    model: type[models.Model]
    path: str
    only: tuple[tuple[str, Any], ...] = ()


SOURCES = (
    Source(Article, "structures"),
    Source(Event, "structures"),
    Source(Event, "participations__structure"),
    Source(
        Project, "participations__structure", (("participations__role__in", ACTING),)
    ),
)


@dataclass(frozen=True)
class Drift:
    """A subject that a structure's profile lacks, and the public rows that name it."""

    structure: Structure
    kind: Kind
    subject: Any
    evidence: tuple[Any, ...]

    @property
    def key(self) -> str:
        """How a form names it: « pays:AM »."""
        return f"{self.kind.key}:{getattr(self.subject, self.kind.code)}"


def drifts(structures: models.QuerySet) -> list[Drift]:
    """Everything that is suggested to these structures, the best told first.

    Seven queries at most, however many structures there are.
    """
    found: dict[tuple[int, Kind, int], set[tuple[str, int]]] = defaultdict(set)
    for kind in KINDS:
        for holder, subject, source, row in _named(kind, structures):
            found[holder, kind, subject].add((source, row))
    if not found:
        return []
    held = structures.model._default_manager.in_bulk({key[0] for key in found})
    subjects = {
        kind: kind.model._default_manager.in_bulk({k[2] for k in found if k[1] is kind})
        for kind in KINDS
    }
    rows = _rows({place for places in found.values() for place in places})
    made = [
        Drift(
            held[holder],
            kind,
            subjects[kind][subject],
            tuple(rows[place] for place in sorted(places) if place in rows),
        )
        for (holder, kind, subject), places in found.items()
    ]
    return sorted(
        made,
        key=lambda it: (-len(it.evidence), KINDS.index(it.kind), str(it.subject)),
    )


def _named(
    kind: Kind, structures: models.QuerySet
) -> Iterator[tuple[int, int, str, int]]:
    """Structures, subjects that their profiles lack, and the rows that name them."""
    of_structures: Any = Structure._meta.get_field(kind.field)
    through = of_structures.remote_field.through._default_manager
    has_it = through.filter(
        structure=OuterRef("holder"),
        **{of_structures.m2m_reverse_field_name(): OuterRef("subject")},
    )
    dismissed = DismissedDrift.objects.filter(
        structure=OuterRef("holder"), **{kind.column: OuterRef("subject")}
    )
    parts = [
        source.model._default_manager.published()  # type: ignore[attr-defined]
        .filter(**{f"{source.path}__in": structures, **dict(source.only)})
        .filter(**{f"{kind.field}__isnull": False})
        .annotate(
            holder=F(source.path),
            subject=F(kind.field),
            told_in=models.Value(source.model._meta.label_lower),
        )
        .filter(~Exists(has_it), ~Exists(dismissed))
        .order_by()
        .values_list("holder", "subject", "told_in", "pk")
        for source in SOURCES
    ]
    yield from parts[0].union(*parts[1:])


def _rows(places: Iterable[tuple[str, int]]) -> dict[tuple[str, int], Any]:
    keys: dict[str, set[int]] = defaultdict(set)
    for source, row in places:
        keys[source].add(row)
    return {
        (source.model._meta.label_lower, key): row
        for source in {source.model: source for source in SOURCES}.values()
        for key, row in source.model._default_manager.in_bulk(
            keys[source.model._meta.label_lower]
        ).items()
    }


def find(structure: Structure, key: str) -> Drift:
    """What is suggested to a structure under a key.

    Raises:
        NoSuchDrift: when it is not, or no longer.

    """
    for drift in drifts(Structure.objects.filter(pk=structure.pk)):
        if drift.key == key:
            return drift
    raise NoSuchDrift


@transaction.atomic
def accept(*, structure: Structure, key: str, by: Any) -> Drift:
    """Add the subject to the profile; the history says who did, and after what.

    Raises:
        NoSuchDrift: when it is no longer suggested.

    """
    Structure.objects.select_for_update(no_key=True).get(pk=structure.pk)
    drift = find(structure, key)
    with because("suggestion", user=by.pk):
        getattr(structure, drift.kind.field).add(drift.subject)
    told = {
        "what": drift.subject,
        "titles": " · ".join(str(row) for row in drift.evidence),
    }
    LogEntry.objects.log_actions(
        user_id=by.pk,
        queryset=[structure],
        action_flag=CHANGE,
        change_message=gettext("Ajout de %(what)s, d’après\u00a0: %(titles)s") % told,
        single_object=True,
    )
    return drift


@transaction.atomic
def dismiss(*, structure: Structure, key: str, by: Any) -> Drift:
    """Never suggest it to the structure again.

    Raises:
        NoSuchDrift: when it is no longer suggested.

    """
    Structure.objects.select_for_update(no_key=True).get(pk=structure.pk)
    drift = find(structure, key)
    DismissedDrift.objects.create(
        structure=structure,
        dismissed_by=by,
        **{drift.kind.column: drift.subject},
    )
    return drift
