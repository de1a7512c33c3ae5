"""The tables of people and of what they may do."""

from members.models.access_requests import AccessRequest
from members.models.drifts import DismissedDrift
from members.models.invitations import Invitation
from members.models.mails import Mail
from members.models.memberships import Membership, Ownerless, held_by, owned_by
from members.models.proposals import (
    Proposal,
    ProposalFile,
    ReviewPolicy,
    State,
)
from members.models.users import User

__all__ = [
    "AccessRequest",
    "DismissedDrift",
    "Invitation",
    "Mail",
    "Membership",
    "Ownerless",
    "Proposal",
    "ProposalFile",
    "ReviewPolicy",
    "State",
    "User",
    "held_by",
    "owned_by",
]
