"""What a proposal changes, field by field, seen from three sides.

Each field has what it held when the edit began, what it holds now, and what is
proposed. What the row says already is no change.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms

from members.models import Proposal
from members.proposals.editables import Editable
from members.proposals.wire import Value, Wire

from . import editables, wire


@dataclass(frozen=True)
class Change:
    """What is proposed for one field."""

    name: str
    field: forms.Field
    base: Value
    now: Value
    proposed: Value

    @property
    def label(self) -> str:
        """The name of the field on screens."""
        return str(self.field.label or self.name)

    @property
    def is_conflict(self) -> bool:
        """Whether the field changed meanwhile, to something else."""
        return wire.differ(self.field, self.base, self.now)


def editable_of(proposal: Proposal) -> Editable | None:
    """The kind of row that the proposal is about, if the site still has it."""
    return editables.get(proposal.editable)


def row_of(proposal: Proposal, *, for_update: bool = False) -> Any:
    """The row that the proposal is about: a new one if it adds, None if it is gone.

    Locked until the end of the transaction when it is for update.
    """
    editable = editable_of(proposal)
    if editable is None:
        return None
    if proposal.kind == Proposal.Kind.ADD:
        return editable.blank(proposal.structure)
    structure = proposal.structure
    is_loaded = isinstance(structure, editable.model) and not for_update
    if is_loaded and structure is not None and structure.pk == proposal.target_id:
        return structure
    rows = editable.model._default_manager.filter(pk=proposal.target_id)
    return (rows.select_for_update(of=("self",)) if for_update else rows).first()


def between(
    fields: Mapping[str, forms.Field], base: Wire, now: Wire, values: Wire
) -> list[Change]:
    """The changes that these values would make, in the order of the form.

    A field that came to the form since the edit began has no value: it stays.
    """
    found = []
    for name, field in fields.items():
        if name not in values:
            continue
        change = Change(
            name=name,
            field=field,
            base=base.get(name, now[name]),
            now=now[name],
            proposed=values[name],
        )
        if wire.differ(field, change.base, change.proposed) and wire.differ(
            field, change.now, change.proposed
        ):
            found.append(change)
    return found


def of(proposal: Proposal, form: forms.BaseForm) -> list[Change]:
    """What the proposal changes in the row of this unbound form.

    What was published at once, or decided, is the row's already, and no change.
    """
    now = wire.shown_by(form)
    return between(form.fields, proposal.base, now, proposal.values)


def held(form: forms.BaseForm, names: Iterable[str]) -> Wire:
    """What these fields of the row hold."""
    return {name: wire.shown(form, name) for name in names if name in form.fields}


def refreshed(form: forms.BaseForm, base: Wire, values: Wire) -> tuple[Wire, Wire]:
    """The same draft on the row of today: what was not touched follows the row.

    Gives its base and its values.
    """
    now = wire.shown_by(form)
    touched = {
        name
        for name, field in form.fields.items()
        if name in values
        and wire.differ(field, base.get(name, now[name]), values[name])
    }
    kept = {name: base.get(name, now[name]) for name in touched}
    return {**now, **kept}, {**now, **{name: values[name] for name in touched}}
