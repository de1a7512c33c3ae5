"""The staff's pages of people: accounts, who answers for what, and their mail."""

from members.admin import accounts, drifts, freshness, mails, ownerless, requests

__all__ = ["accounts", "drifts", "freshness", "mails", "ownerless", "requests"]
