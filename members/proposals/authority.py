"""Who may write in a row today, and decide of what others would write."""

from __future__ import annotations

from typing import Any

from django.db import models

from directory.models import Structure
from members.models import Membership, Proposal, User

from . import changes


def is_theirs(user: Any, proposal: Proposal, *, survives: bool = True) -> bool:
    """Whether the person may still write in the row: theirs, of a structure of theirs.

    `survives`: that a structure of theirs was merged into is theirs to propose for.
    """
    structure, editable = proposal.structure, changes.editable_of(proposal)
    if structure is None or editable is None:
        return False
    ways = models.Q(structure=structure)
    if survives:
        ways |= models.Q(structure__merged_into=structure)
    if not Membership.objects.filter(ways, user=user).exists():
        return False
    if proposal.target_id is None:
        return True
    if editable.model is Structure:
        return bool(proposal.target_id == structure.pk)
    return bool(editable.held(structure).filter(pk=proposal.target_id).exists())


def may_decide(user: Any, proposal: Proposal) -> bool:
    """Whether the person of the staff may decide: not of their own, unless alone."""
    others = User.objects.who_decide().exclude(pk=user.pk)
    return proposal.author_id != user.pk or not others.exists()
