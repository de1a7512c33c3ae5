"""The staff's pages of people: accounts, who answers for what, what they propose."""

from members.admin import accounts, drifts, mails, ownerless, proposals, requests

__all__ = ["accounts", "drifts", "mails", "ownerless", "proposals", "requests"]
