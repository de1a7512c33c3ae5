"""A page of edit: from the row or the draft to the form, and from what comes back."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.urls import reverse

from directory.history.diffs import Picture
from directory.models import Structure
from members.models import Proposal
from members.proposals.editables import Editable
from members.proposals.policies import read_after
from members.proposals.sent_files import Typed
from members.proposals.starts import Start
from members.proposals.wire import Value, Wire

from . import applying, changes, wire


@dataclass
class ShownField:
    """A field, and what the staff said when they returned it."""

    field: forms.BoundField
    reason: str = ""


@dataclass
class Section:
    """A group of fields, as the page shows it."""

    key: str
    title: str
    fields: list[ShownField]
    #: Whether what is typed there is in public as soon as it is sent.
    is_at_once: bool = False


@dataclass
class Editing:
    """What a page of edit shows."""

    start: Start
    form: forms.BaseForm
    version: int = 0
    proposal: Proposal | None = None
    #: What the staff said of each field, when it was returned.
    reasons: dict[str, str] = field(default_factory=dict)

    @property
    def token(self) -> str:
        """What the page carries, signed."""
        return self.start.signed()

    @property
    def editable(self) -> Editable:
        """The kind of row."""
        return self.start.editable

    @property
    def is_new(self) -> bool:
        """Whether the row is to come."""
        return self.start.target is None

    @property
    def sections(self) -> list[Section]:
        """The groups of fields."""
        at_once = read_after()
        return [
            Section(
                key=group.key,
                title=str(group.title),
                fields=[
                    ShownField(self.form[name], self.reasons.get(name, ""))
                    for name in group.fields
                ],
                is_at_once=self.editable.rule(group.key) in at_once,
            )
            for group in self.editable.sections(self.form)
        ]

    @property
    def media(self) -> Any:
        """The scripts and the styles of the fields."""
        return self.form.media


def begun(
    *, author: Any, structure: Structure, editable: Editable, row: Any
) -> Editing:
    """The page of a row as it is, before anything is typed."""
    form = editable.unbound(row, structure)
    start = Start(
        proposal=uuid.uuid4(),
        author=author.pk,
        structure_key=structure.pk,
        structure_name=structure.name,
        editable=editable,
        target=row.pk,
        label=str(row) if row.pk else str(editable.label),
        base=wire.shown_by(form),
    )
    return Editing(start, form)


def of_draft(proposal: Proposal) -> Editing:
    """The page of a draft, on the row of today."""
    editable = changes.editable_of(proposal)
    assert editable is not None  # noqa: S101 - the view has checked it
    row = changes.row_of(proposal)
    unbound = editable.unbound(row, proposal.structure)
    base, values = changes.refreshed(unbound, proposal.base, proposal.values)
    start = Start(
        proposal=proposal.pk,
        author=proposal.author_id or 0,
        structure_key=proposal.structure_id or 0,
        structure_name=proposal.structure_name,
        editable=editable,
        target=proposal.target_id,
        label=proposal.label,
        base=base,
    )
    editing = Editing(start, unbound, proposal.version, proposal)
    editing.form = bound(start, values, proposal)
    editing.reasons = {
        name: one.get("reason") or proposal.reason
        for name, one in proposal.decisions.items()
        if proposal.returned(name)
    }
    return editing


def row_at(start: Start) -> Any:
    """The row that the page was about; a blank one when it is new, or gone."""
    rows = start.editable.model._default_manager
    row = rows.filter(pk=start.target).first() if start.target is not None else None
    return row or start.editable.blank(start.structure)


def bound(start: Start, values: Wire, proposal: Proposal | None) -> forms.BaseForm:
    """The form in which these values are typed, with the files that wait."""
    files = applying.opened(proposal, values) if proposal else {}
    form = start.editable.bound(row_at(start), start.structure, values, files)
    if proposal is not None:
        show_waiting(form, values, pictures(proposal))
    for name, one in form.fields.items():
        if wire.is_file(one):
            one.widget.is_emptied = values.get(name) == []
    return form


def pictures(proposal: Proposal) -> dict[str, Picture]:
    """The pictures that wait with a proposal, by wire value."""
    return {
        wire.sent(one.pk)[0]: Picture(one.get_absolute_url(), one.name)
        for one in proposal.files.all()
    }


def show_waiting(
    form: forms.BaseForm, values: Wire, waiting: dict[str, Picture]
) -> None:
    """Show, beside each field of files, the one that waits."""
    for name, one in form.fields.items():
        if wire.is_file(one):
            value: Value = values.get(name, [])
            one.widget.waiting = waiting.get(value[0]) if value else None


def read(start: Start, data: Any, files: Any) -> tuple[Typed, forms.BaseForm]:
    """What was posted, with the files that may be kept; and the form that says why."""
    row, editable = row_at(start), start.editable
    form = editable.form(data, files, instance=row, structure=start.structure)
    uploads = {
        name: wire.upload(form, name, data, files)
        for name, one in form.fields.items()
        if wire.is_file(one)
    }
    typed = Typed(
        values=wire.typed(form, data, files),
        files={
            name: file
            for name, file in uploads.items()
            if file and name not in form.errors
        },
        emptied=tuple(name for name, file in uploads.items() if file is False),
    )
    return typed, form


def rejected(form: forms.BaseForm) -> Iterator[tuple[str, Any]]:
    """The fields whose file was not kept, and why."""
    for name, one in form.fields.items():
        if wire.is_file(one) and form.files.get(form.add_prefix(name)):
            yield from ((name, error) for error in form.errors.get(name, ()))


def address_of(structure: Structure, editable: Editable, row: Any) -> str:
    """Where a row is edited."""
    if editable.model is Structure:
        return reverse("members:edit", args=[structure.slug])
    return reverse("members:edit-row", args=[structure.slug, editable.key, row.pk])
