"""The tables of people and of what they may do."""

from members.models.access_requests import AccessRequest
from members.models.alerts import SavedSearch, Subscriber, ToldRow
from members.models.drifts import DismissedDrift
from members.models.freshness import FreshnessRequest
from members.models.invitations import Invitation
from members.models.mails import Mail
from members.models.memberships import Membership, Ownerless, held_by, owned_by
from members.models.proposals import (
    Proposal,
    ProposalFile,
    ReviewPolicy,
    State,
)
from members.models.reports import Report
from members.models.users import User

__all__ = [
    "AccessRequest",
    "DismissedDrift",
    "FreshnessRequest",
    "Invitation",
    "Mail",
    "Membership",
    "Ownerless",
    "Proposal",
    "ProposalFile",
    "Report",
    "ReviewPolicy",
    "SavedSearch",
    "State",
    "Subscriber",
    "ToldRow",
    "User",
    "held_by",
    "owned_by",
]
