"""What the members of the demonstration propose: sent, drafted, returned."""

from __future__ import annotations

import uuid
from dataclasses import replace
from typing import Any

from directory.models import Structure
from members import moderation
from members.models import Proposal, User
from members.proposals import editables, editing, sent_files, wire
from members.proposals.outcomes import RETURNED, Decision
from territoires.demo.accounts import EDITOR, OWNER, Account
from territoires.demo.files import Loaded

WAITING, WRITTEN, SENT_BACK = (uuid.UUID(int=number) for number in (1, 2, 3))


def load(structures: Loaded[Structure], staff: User) -> int:
    """Create the missing proposals; give how many."""
    before = Proposal.objects.count()
    held = structures.by_name[EDITOR.structure]
    if proposal := _draft(
        WAITING,
        EDITOR,
        held,
        "structure",
        description=f"{held.description} Les ateliers reprennent en janvier.",
        phone="04 00 00 00 26",
        founded_in="1994",
    ):
        moderation.submit(proposal=proposal, author=proposal.author)
    _draft(WRITTEN, EDITOR, held, "actualite", title="Une soirée de contes sahéliens")
    owned = structures.by_name[OWNER.structure]
    if proposal := _draft(
        SENT_BACK, OWNER, owned, "structure", address="28, rue des Trois-Figuiers"
    ):
        moderation.submit(proposal=proposal, author=proposal.author)
        reason = (
            "Le registre national donne le numéro 27\u00a0: avez-vous déménagé\u00a0?"
        )
        moderation.decide(
            proposal=proposal,
            by=staff,
            version=proposal.version + 1,
            decisions={"address": Decision(RETURNED, reason=reason)},
        )
    return Proposal.objects.count() - before


def _draft(
    key: uuid.UUID, account: Account, structure: Structure, kind: str, **typed: str
) -> Proposal | None:
    """A draft in which these values are typed, unless it is there already."""
    if Proposal.objects.filter(pk=key).exists():
        return None
    author = User.objects.get(email=account.email)
    editable = editables.REGISTRY[kind]
    row: Any = structure
    if kind != "structure":
        row = editable.blank(structure)
    page = editing.begun(author=author, structure=structure, editable=editable, row=row)
    fields = editable.form.base_fields
    shown = {n: v for n, v in page.start.base.items() if not wire.is_file(fields[n])}
    values = {**shown, **{name: [text] for name, text in typed.items()}}
    return moderation.save_draft(
        start=replace(page.start, proposal=key),
        author=author,
        version=0,
        typed=sent_files.Typed(values),
    )
