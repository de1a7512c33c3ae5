"""Writing in the register what was accepted of a proposal.

The one place where what a member proposed reaches a public row, and where its history
is told. Called by `members.moderation`, inside its transactions.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib.admin.models import ADDITION, CHANGE, DELETION, LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from directory.admin.base import REFUSALS
from directory.history.traces import because
from directory.models import Structure
from members.models import Proposal
from members.proposals.changes import Change
from members.proposals.editables import Editable
from members.proposals.member_forms import MemberForm
from members.proposals.wire import Wire

from . import changes, wire

#: The name of the only decision that a removal asks for.
WHOLE = ""


class Refused(Exception):
    """The row would have errors: `form` says which, beside the fields."""

    def __init__(self, form: forms.BaseForm) -> None:
        """Take the form whose errors they are."""
        super().__init__(_("Des champs sont à corriger."))
        self.form = form


@dataclass(frozen=True)
class Plan:
    """What would be written: the row, locked, and the changes that it would take."""

    proposal: Proposal
    editable: Editable
    row: Any
    now: Wire
    changes: list[Change]

    @property
    def names(self) -> list[str]:
        """What a decision is asked for: each field that changes, or the whole."""
        if self.proposal.kind == Proposal.Kind.REMOVE:
            return [WHOLE]
        return [one.name for one in self.changes]

    def check(self) -> None:
        """Refuse what the row could not be.

        Raises:
            Refused: with the form that says why.

        """
        values = {one.name: one.proposed for one in self.changes}
        form = self._bound(values)
        if not form.is_valid():
            raise Refused(form)

    def apply(self, accepted: Wire, *, undone: bool = False) -> None:
        """Write these values in the row, tell its history, and forget its files.

        Raises:
            Refused: when the row would have errors; nothing is written.

        """
        with because(**_why(self.proposal, accepted, undone=undone)):
            self._apply(accepted)

    def _apply(self, accepted: Wire) -> None:
        proposal = self.proposal
        if proposal.kind == Proposal.Kind.REMOVE:
            told(proposal, self.row, DELETION, [])
            self._delete()
            return
        form = self._bound(accepted)
        if not form.is_valid():
            raise Refused(form)
        try:
            with transaction.atomic():
                row = self._saved(form)
        except IntegrityError as error:
            form.add_error(None, str(REFUSALS[IntegrityError]))
            raise Refused(form) from error
        is_new = proposal.kind == Proposal.Kind.ADD
        labels = [str(form.fields[name].label) for name in accepted]
        told(proposal, row, ADDITION if is_new else CHANGE, [] if is_new else labels)
        proposal.target_id = row.pk
        proposal.label = str(row)[:250]

    def _saved(self, form: MemberForm) -> Any:
        structure = self.proposal.structure
        is_new = self.proposal.kind == Proposal.Kind.ADD
        if is_new and structure is not None:
            self.editable.before(form.instance, structure)
        row = form.save()
        if is_new and structure is not None:
            self.editable.after(row, structure)
        return row

    def _delete(self) -> None:
        try:
            with transaction.atomic():
                self.row.delete()
        except ProtectedError as error:
            form = self.editable.bound(self.row, self.proposal.structure, self.now)
            form.add_error(None, _("Cette fiche sert ailleurs\u00a0: elle reste."))
            raise Refused(form) from error

    def _bound(self, values: Wire) -> MemberForm:
        files = opened(self.proposal, values)
        posted = {**self.now, **values}
        return self.editable.bound(self.row, self.proposal.structure, posted, files)


def plan(proposal: Proposal) -> Plan:
    """What the proposal would write in its row, which is locked until the end."""
    editable = changes.editable_of(proposal)
    if editable is None:
        message = "The site has no such rows any more."
        raise LookupError(message)
    row = changes.row_of(proposal, for_update=True)
    form = editable.unbound(row, proposal.structure)
    now = wire.shown_by(form)
    found = changes.between(form.fields, proposal.base, now, proposal.values)
    return Plan(proposal, editable, row, now, found)


def unbound(proposal: Proposal) -> MemberForm:
    """The form of the row as it is now."""
    editable = changes.editable_of(proposal)
    assert editable is not None  # noqa: S101 - `moderation` has checked it
    return editable.unbound(changes.row_of(proposal), proposal.structure)


def opened(proposal: Proposal, values: Wire) -> dict[str, Any]:
    """The files that these values name, by field, as if they had just been sent."""
    keys = {
        name: key for name, value in values.items() if (key := wire.sent_key(value))
    }
    if not keys:
        return {}
    kept = {one.pk: one for one in proposal.files.all()}
    found = {}
    for name, key in keys.items():
        if key in kept:
            with kept[key].file.open() as file:
                found[name] = SimpleUploadedFile(kept[key].name, file.read())
    return found


def put_back(proposal: Proposal) -> None:
    """Write again in the row what it held before the fields published at once.

    Raises:
        Refused: when the row of before would have errors, or somebody changed it since.

    """
    if proposal.kind == Proposal.Kind.ADD:
        with because(**_why(proposal, {}, undone=True)):
            _take_off(proposal)
        return
    here = plan(proposal)
    form = here.editable.unbound(here.row, proposal.structure)
    changed: list[str] = [
        str(form.fields[name].label)
        for name in proposal.at_once
        if wire.differ(form.fields[name], here.now[name], proposal.values[name])
    ]
    if changed:
        refused = here.editable.bound(here.row, proposal.structure, here.now)
        message = _("Modifié depuis\u00a0: %(names)s. Corrigez la fiche elle-même.")
        refused.add_error(None, message % {"names": ", ".join(changed)})
        raise Refused(refused)
    here.apply({name: proposal.base[name] for name in proposal.at_once}, undone=True)


def _take_off(proposal: Proposal) -> None:
    editable = changes.editable_of(proposal)
    rows = editable.model._default_manager if editable is not None else None
    row = rows.filter(pk=proposal.target_id).first() if rows is not None else None
    if row is not None:
        told(proposal, row, DELETION, [])
        row.delete()
    proposal.target_id = None


def follow_merge(proposal: Proposal) -> bool:
    """Point the proposal to the structure that replaces its own, without saving.

    Tells whether there was one.
    """
    structure = proposal.structure
    while structure is not None and structure.merged_into is not None:
        structure = structure.merged_into
    if structure is None or structure == proposal.structure:
        return False
    editable = changes.editable_of(proposal)
    if editable is not None and editable.model is Structure:
        proposal.target_id = structure.pk
    proposal.structure = structure
    proposal.structure_name = structure.name
    return True


def _why(proposal: Proposal, accepted: Wire, *, undone: bool = False) -> dict[str, Any]:
    """What the history is told: keys, and the fields that the staff amended."""
    decided = "proposition" if proposal.moderator_id else "proposition-aussitot"
    why = {
        "reason": "proposition-annulee" if undone else decided,
        "proposal": str(proposal.pk),
        "author": proposal.author_id,
    }
    if proposal.moderator_id:
        why["moderator"] = proposal.moderator_id
    values = proposal.values
    amended = [name for name in accepted if accepted[name] != values.get(name, [])]
    return {**why, "amended": amended} if amended and not undone else why


def told(proposal: Proposal, row: Any, action: int, labels: list[str]) -> None:
    """Write in the history of the row who proposed what, and who accepted it."""
    actor = proposal.moderator or proposal.author
    if actor is None:
        return
    names = {"author": proposal.author or _("un compte fermé"), "by": actor}
    message = (
        _("Proposé par %(author)s, accepté par %(by)s.")
        if proposal.moderator
        else _("Proposé par %(author)s, publié aussitôt.")
    ) % names
    if labels:
        message += " " + _("Champs\u00a0: %(names)s.") % {"names": ", ".join(labels)}
    LogEntry.objects.log_actions(actor.pk, [row], action, message)
