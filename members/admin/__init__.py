"""The staff's pages of people: accounts, who answers for what, and their mail."""

from members.admin import accounts, mails

__all__ = ["accounts", "mails"]
