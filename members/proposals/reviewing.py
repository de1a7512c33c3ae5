"""The page where the staff read a proposal: each change, what to do of it, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms

from directory.history.diffs import Diff
from members.models import Proposal
from members.proposals.changes import Change
from members.proposals.outcomes import ACCEPTED, AMENDED, Decision
from members.proposals.proposal_pages import stored

from . import applying, changes, diffs, editing, wire

PREFIX = "retouche"


@dataclass
class Line:
    """One change to decide of."""

    change: Change
    diff: Diff
    #: What it would be, in the form's own field; None when it cannot be amended.
    amending: forms.BoundField | None = None
    group: str = ""
    #: What it changed to meanwhile, when it did.
    meanwhile: Diff | None = None
    rivals: list[Proposal] = field(default_factory=list)
    chosen: str = ""
    reason: str = ""
    errors: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The name of the field."""
        return self.change.name


@dataclass
class Review:
    """All that the page shows."""

    proposal: Proposal
    form: forms.BaseForm
    row: Any
    lines: list[Line]
    rivals: list[Proposal]
    errors: list[str] = field(default_factory=list)

    @property
    def removal(self) -> str:
        """Why the row should go, when that is what is asked."""
        return str(self.proposal.values.get(applying.WHOLE, [""])[0])


def read(proposal: Proposal) -> Review | None:
    """The page of a proposal that waits; None when its row is gone."""
    editable, row = changes.editable_of(proposal), changes.row_of(proposal)
    if editable is None or row is None:
        return None
    form = editable.unbound(row, proposal.structure, PREFIX)
    found = [] if is_removal(proposal) else changes.of(proposal, form)
    rivals = [*Proposal.objects.rivals_of(proposal)]
    pictures = {**stored(form), **editing.pictures(proposal)} if found else {}
    titles = {n: str(g.title) for g in editable.sections(form) for n in g.fields}
    lines = []
    for one in found:
        line = Line(
            change=one,
            diff=diffs.compare(one.field, one.now, one.proposed, pictures),
            group=titles.get(one.name, ""),
            chosen="" if one.is_conflict else ACCEPTED,
        )
        if one.is_conflict:
            line.meanwhile = diffs.compare(one.field, one.base, one.now, pictures)
        if not wire.is_file(one.field):
            line.amending = amending(form, one.name, one.proposed)
        line.rivals = [rival for rival in rivals if touches(rival, one)]
        if line.rivals:
            line.chosen = ""
        lines.append(line)
    return Review(proposal, form, row, lines, rivals)


def is_removal(proposal: Proposal) -> bool:
    """Whether the row would go."""
    return proposal.kind == Proposal.Kind.REMOVE


def touches(rival: Proposal, change: Change) -> bool:
    """Whether another proposal changes the same field."""
    value = rival.values.get(change.name)
    base = rival.base.get(change.name, change.now)
    return value is not None and wire.differ(change.field, base, value)


def amending(form: forms.BaseForm, name: str, value: wire.Value) -> forms.BoundField:
    """The field of the form, in which this value is typed; nothing is checked."""
    one = form.fields[name]
    if isinstance(one.widget, forms.Select | forms.CheckboxSelectMultiple):
        diffs.remembered(one)
    form.initial[name] = wire.initial(one, value)
    return one.get_bound_field(form, name)


def decisions(review: Review, data: Any, files: Any) -> dict[str, Decision]:
    """What was decided on the page, which keeps it in case it is shown again."""
    everything = "_accept_all" in data
    if is_removal(review.proposal):
        chosen = ACCEPTED if everything else data.get("decision-", "")
        return {applying.WHOLE: Decision(chosen, reason=data.get("reason", ""))}
    typed = wire.typed(review.form, data, files)
    said = {}
    for line in review.lines:
        line.chosen = data.get(f"decision-{line.name}", "")
        line.reason = data.get(f"reason-{line.name}", "")
        if everything and line.chosen != AMENDED:
            line.chosen = ACCEPTED
        said[line.name] = Decision(line.chosen, typed.get(line.name, []), line.reason)
    return said


def retyped(review: Review, said: Mapping[str, Decision]) -> None:
    """Show again, in the fields, what was amended."""
    for line in review.lines:
        one = said.get(line.name)
        if line.amending is not None and one is not None and one.outcome == AMENDED:
            line.amending = amending(review.form, line.name, one.value)


def blame(review: Review, refused: forms.BaseForm) -> None:
    """Say beside each field what is wrong with it, and the rest at the top."""
    by_name = {line.name: line for line in review.lines}
    for name, errors in refused.errors.items():
        for error in errors:
            if name in by_name:
                by_name[name].errors.append(str(error))
            elif name in refused.fields:
                label = refused.fields[name].label
                review.errors.append(f"{label}\u00a0: {error}")
            else:
                review.errors.append(str(error))
