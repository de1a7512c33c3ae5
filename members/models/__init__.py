"""The tables of people and of what they may do."""

from members.models.drifts import DismissedDrift
from members.models.memberships import Membership
from members.models.users import User

__all__ = ["DismissedDrift", "Membership", "User"]
