"""The tables of people and of what they may do."""

from members.models.drifts import DismissedDrift
from members.models.mails import Mail
from members.models.memberships import Membership
from members.models.users import User

__all__ = ["DismissedDrift", "Mail", "Membership", "User"]
