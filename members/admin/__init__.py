"""The staff's pages of people: accounts, who answers for what, what they propose."""

from members.admin import (
    accounts,
    alerts,
    contacts,
    drifts,
    freshness,
    mails,
    ownerless,
    proposals,
    requests,
)

__all__ = [
    "accounts",
    "alerts",
    "contacts",
    "drifts",
    "freshness",
    "mails",
    "ownerless",
    "proposals",
    "requests",
]
