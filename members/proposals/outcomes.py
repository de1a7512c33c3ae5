"""What the staff say of a proposal, field by field."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from members.models import Proposal, State
from members.proposals.wire import Value

ACCEPTED, AMENDED, RETURNED = "acceptee", "amendee", "renvoyee"
#: What the network published without waiting for a decision.
AT_ONCE = "aussitot"


@dataclass(frozen=True)
class Decision:
    """What a person of the staff says of one field."""

    outcome: str
    value: Value = field(default_factory=list)
    reason: str = ""


def outcome(proposal: Proposal) -> State:
    """The state that the decisions about its fields amount to."""
    outcomes = {one["outcome"] for one in proposal.decisions.values()}
    if outcomes == {RETURNED}:
        return State.RETURNED
    return State.PARTLY if RETURNED in outcomes else State.ACCEPTED


def decided_for_good(proposal: Proposal) -> list[str]:
    """The fields that were accepted, amended or not: they are the row's."""
    settled = {ACCEPTED, AMENDED}
    return [
        name for name, one in proposal.decisions.items() if one["outcome"] in settled
    ]


def written(decision: Decision) -> dict[str, Any]:
    """The decision as the proposal keeps it."""
    kept: dict[str, Any] = {"outcome": decision.outcome}
    if decision.outcome == AMENDED:
        kept["value"] = list(decision.value)
    if decision.reason.strip():
        kept["reason"] = decision.reason.strip()
    return kept


def told_of(proposal: Proposal) -> dict[str, Any]:
    """The last decisions, as the proposal keeps them once it is taken up again."""
    moment = proposal.decided_at or timezone.now()
    return {
        "at": moment.isoformat(),
        "by": str(proposal.moderator or ""),
        "state": proposal.state,
        "decisions": proposal.decisions,
        "reason": proposal.reason,
    }
