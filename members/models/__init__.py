"""The tables of people and of what they may do."""

from members.models.drifts import DismissedDrift
from members.models.memberships import Membership
from members.models.proposals import (
    Proposal,
    ProposalFile,
    ReviewPolicy,
    State,
)
from members.models.users import User

__all__ = [
    "DismissedDrift",
    "Membership",
    "Proposal",
    "ProposalFile",
    "ReviewPolicy",
    "State",
    "User",
]
