"""Which changes are published before the staff read them."""

from __future__ import annotations

from members.models import Proposal, ReviewPolicy
from members.proposals.applying import Plan
from members.proposals.authority import is_theirs

from . import wire


def read_after() -> set[str]:
    """The rules of the groups of fields that are published before they are read."""
    rules = ReviewPolicy.objects.filter(mode=ReviewPolicy.Mode.AFTER)
    return set(rules.values_list("group", flat=True))


def published_at_once(proposal: Proposal, plan: Plan) -> list[str]:
    """The fields of the proposal that the network publishes as they are sent.

    A removal and a picture are always read first: neither could be undone. So is what
    its author could not write today. A new row is published at once when all its groups
    are.
    """
    if proposal.kind == Proposal.Kind.REMOVE or not is_theirs(
        proposal.author, proposal, survives=False
    ):
        return []
    after = read_after()
    found = [
        one.name
        for one in plan.changes
        if plan.editable.rule(plan.editable.group_of(one.name)) in after
        and not wire.is_file(one.field)
    ]
    if proposal.kind == Proposal.Kind.ADD and len(found) != len(plan.changes):
        return []
    return found
