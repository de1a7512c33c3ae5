"""The history of a record, as people read it: when, who, why, and what changed.

Traces are gathered by transaction and reason. What one of them undoes of another is
left out: only what each gathering changed in the end is told.
"""

from __future__ import annotations

import datetime
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.paginator import Page, Paginator
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.history.column_words import (
    Labels,
    MayRead,
    Reference,
    lines_of,
    links_of,
)
from directory.history.diffs import Diff
from directory.history.traces import PEOPLE, Reason, reason_of
from directory.models import Trace

#: How many entries a page tells.
ENTRIES = 20
WHO = {
    "author": gettext_lazy("proposé par"),
    "moderator": gettext_lazy("accepté par"),
    "user": gettext_lazy("par"),
}
#: What a row is called by, the first that says something.
NAMING = ("title", "last_name", "name", "alternative")


@dataclass(frozen=True)
class Line:
    """What a field, or a list, was and became."""

    label: str
    diff: Diff

    @property
    def said(self) -> str:
        """The only value, in a row that comes or goes."""
        diff = self.diff
        return diff.after or diff.before or ", ".join(diff.added or diff.removed)


@dataclass(frozen=True)
class Part:
    """What happened to the record itself, or to a row that belongs to it."""

    title: str
    operation: str
    lines: list[Line]


@dataclass(frozen=True)
class Entry:
    """What was written at once, for one reason."""

    at: datetime.datetime
    #: What each person did, and their name.
    people: list[tuple[str, str]]
    why: str
    address: str
    amended: str
    parts: list[Part]


@dataclass
class Net:
    """What several traces changed in one row, in the end."""

    source: type[models.Model]
    key: int
    first: str
    last: str = ""
    before: dict[str, Any] = field(default_factory=dict)
    after: dict[str, Any] = field(default_factory=dict)

    def add(self, trace: Trace) -> None:
        """Let a later trace count."""
        for column in {**trace.before, **trace.after}:
            self.before.setdefault(column, trace.before.get(column))
            self.after[column] = trace.after.get(column)
        self.last = trace.operation

    @property
    def operation(self) -> str:
        """What became of the row; nothing when it came and went."""
        if self.first == Trace.Operation.INSERT:
            gone = self.last == Trace.Operation.DELETE
            return "" if gone else Trace.Operation.INSERT
        return self.last

    @property
    def told(self) -> dict[str, Any]:
        """The columns, as the row has or had them."""
        return self.before if self.last == Trace.Operation.DELETE else self.after


def page_of(row: models.Model, number: Any, *, may_read: MayRead) -> Page:
    """A page of entries, the latest first; a number that makes no sense gives one.

    Rows of models that the reader may not read are left out; those that others refer to
    are named if the public reads them, and accounts by the name of the person.
    """
    page = Paginator(Trace.objects.of(row).by_reason(), ENTRIES).get_page(number)
    groups = list(page.object_list)
    nets = _nets(row, groups, may_read)
    labels = Labels(may_read)
    for group, found in zip(groups, nets, strict=True):
        for reference in _references(group["why"], found, type(row)):
            labels.want(reference)
    labels.load()
    page.object_list = [
        _entry(group, found, row, labels)
        for group, found in zip(groups, nets, strict=True)
    ]
    return page


def _nets(
    row: models.Model, groups: list[Mapping[str, Any]], may_read: MayRead
) -> list[list[Net]]:
    """What each group changed, row by row."""
    tables = {
        model._meta.db_table: model
        for model in apps.get_models(include_auto_created=True)
    }
    traces = Trace.objects.of(row).filter(
        transaction__in={group["transaction"] for group in groups}
    )
    found: dict[Any, dict[Any, Net]] = defaultdict(dict)
    for trace in traces.order_by("pk"):
        source = tables.get(trace.source)
        if source is None or not _is_read(source, may_read):
            continue
        rows = found[_group(trace.transaction, trace.at, trace.why)]
        place = trace.source, trace.key
        net = rows.setdefault(place, Net(source, trace.key, trace.operation))
        net.add(trace)
    return [
        list(found[_group(group["transaction"], group["at"], group["why"])].values())
        for group in groups
    ]


def _group(*parts: Any) -> str:
    return json.dumps(parts, default=str, sort_keys=True)


def _is_read(source: type[models.Model], may_read: MayRead) -> bool:
    """Lists are read with their record; other rows by those who may open them."""
    is_list = source._meta.auto_created or source._meta.app_label == "taggit"
    return bool(is_list) or may_read(source)


def _references(
    why: Mapping[str, Any], nets: Iterable[Net], subject: type[models.Model]
) -> Iterator[Reference]:
    users = get_user_model()
    for name in PEOPLE:
        if why.get(name):
            yield Reference(users, why[name])
    links = links_of(subject)
    for net in nets:
        link = links.get(net.source)
        for side in (net.before, net.after):
            if link is not None:
                yield from link.references(side)
            else:
                yield from Labels.references(net.source, side)


def _entry(
    group: Mapping[str, Any], nets: list[Net], row: models.Model, labels: Labels
) -> Entry:
    why = group["why"]
    reason = reason_of(why)
    return Entry(
        at=group["at"],
        people=_people(why, labels),
        why=_words(reason, why),
        address=_address(reason, why),
        amended=", ".join(_named(type(row), name) for name in why.get("amended", [])),
        parts=[*_parts(nets, row, labels)],
    )


def _people(why: Mapping[str, Any], labels: Labels) -> list[tuple[str, str]]:
    """Those who proposed and accepted; else the one who was signed in."""
    names = [name for name in ("author", "moderator") if name in why] or ["user"]
    users = get_user_model()
    return [
        (
            str(WHO[name]),
            labels.of(Reference(users, why[name]), gone=_("un compte fermé")),
        )
        for name in names
        if why.get(name)
    ]


def _words(reason: Reason | None, why: Mapping[str, Any]) -> str:
    if reason is None:
        return str(why.get("reason", ""))
    told = defaultdict(str, {key: str(value) for key, value in why.items()})
    return str(reason.words) % told


def _address(reason: Reason | None, why: Mapping[str, Any]) -> str:
    return reason.address(why) if reason is not None and reason.address else ""


def _named(model: type[models.Model], name: str) -> str:
    """The name of a field on screens."""
    known = {one.name: one for one in model._meta.get_fields()}
    return str(getattr(known.get(name), "verbose_name", name))


def _parts(nets: list[Net], row: models.Model, labels: Labels) -> Iterator[Part]:
    """The record first, with its lists; then what belongs to it."""
    links = links_of(type(row))
    own = [net for net in nets if net.source is type(row)]
    lists = [net for net in nets if net.source in links]
    lines = [line for net in own for line in _lines(net, labels)]
    lines += _lists(lists, row, labels)
    operation = own[0].operation if own else Trace.Operation.UPDATE
    if lines or operation == Trace.Operation.INSERT:
        yield Part("", operation, lines)
    for net in nets:
        if net.source is not type(row) and net.source not in links and net.operation:
            shown = _lines(net, labels, holder=type(row))
            if shown or net.operation != Trace.Operation.UPDATE:
                yield Part(_title(net), net.operation, shown)


def _lines(
    net: Net, labels: Labels, holder: type[models.Model] | None = None
) -> list[Line]:
    """What changed in a row; what it belongs to goes without saying."""
    lines = lines_of(net.source, net.before, net.after, labels)
    return [
        Line(str(capfirst(column.verbose_name)), diff)
        for column, diff in lines
        if holder is None or column.related_model is not holder
    ]


def _lists(nets: list[Net], row: models.Model, labels: Labels) -> list[Line]:
    """What came in each list of the record, and what went."""
    links = links_of(type(row))
    added: dict[str, list[str]] = defaultdict(list)
    removed: dict[str, list[str]] = defaultdict(list)
    for net in nets:
        link = links[net.source]
        was, becomes = (link.said(side, labels) for side in (net.before, net.after))
        if was:
            removed[link.label].append(was)
        if becomes:
            added[link.label].append(becomes)
    lines = []
    for label in dict.fromkeys([*added, *removed]):
        new = [name for name in added[label] if name not in removed[label]]
        old = [name for name in removed[label] if name not in added[label]]
        if new or old:
            diff = Diff("liste", added=sorted(new), removed=sorted(old))
            lines.append(Line(label, diff))
    return lines


def _title(net: Net) -> str:
    """What kind of row it is, and what it is called, if the traces say it."""
    names = (net.told.get(name) for name in NAMING)
    name = next((str(name) for name in names if name), "")
    kind = str(capfirst(net.source._meta.verbose_name))
    return f"{kind}\u00a0: {name}" if name else kind
