"""The staff's pages of people: accounts, who answers for what, and their mail."""

from members.admin import accounts, drifts, mails, ownerless, requests

__all__ = ["accounts", "drifts", "mails", "ownerless", "requests"]
