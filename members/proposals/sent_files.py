"""The files sent with a draft: kept apart until they are accepted, then deleted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from members.models import Proposal, ProposalFile, State
from members.proposals.starts import Start
from members.proposals.wire import Wire

from . import wire


@dataclass(frozen=True)
class Typed:
    """What was posted: the texts, the files sent, the fields whose file goes."""

    values: Wire
    files: Mapping[str, Any] = field(default_factory=dict)
    emptied: tuple[str, ...] = ()


def kept(proposal: Proposal) -> Wire:
    """The fields in which a file was sent already."""
    return {
        name: value
        for name, value in proposal.values.items()
        if wire.sent_key(value) is not None
    }


def of_the_row(start: Start) -> Wire:
    """What the fields of files hold as long as nothing is sent in them."""
    return {
        name: start.base[name]
        for name, one in start.editable.form.base_fields.items()
        if wire.is_file(one) and name in start.base
    }


def keep(proposal: Proposal, typed: Typed) -> None:
    """Store the files just sent, and forget those that were given up.

    A file that was sent, then given up, leaves the one of the row.
    """
    for name, file in typed.files.items():
        proposal.files.filter(field=name).delete()
        sent = ProposalFile(proposal=proposal, field=name, name=file.name[-200:])
        file.seek(0)
        sent.file.save(file.name, file, save=False)
        sent.save()
        proposal.values[name] = wire.sent(sent.pk)
    for name in typed.emptied:
        was_sent = wire.sent_key(proposal.values.get(name, [])) is not None
        proposal.files.filter(field=name).delete()
        proposal.values[name] = proposal.base.get(name, []) if was_sent else []


def throw(proposal: Proposal) -> None:
    """Delete the files of a proposal, but those that were returned for correction."""
    ended = proposal.state in {State.WITHDRAWN, State.OVERTAKEN}
    returned = [name for name in proposal.values if proposal.returned(name)]
    proposal.files.exclude(field__in=[] if ended else returned).delete()


def without_lost(proposal: Proposal) -> Wire:
    """The fields whose file was deleted, as they were when the edit began."""
    keys = set(proposal.files.values_list("pk", flat=True))
    return {
        name: proposal.base.get(name, [])
        for name, value in kept(proposal).items()
        if wire.sent_key(value) not in keys
    }
