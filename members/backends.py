"""Who keeps a session, and what they may do."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.backends import ModelBackend


class AccountBackend(ModelBackend):
    """The accounts of the site; those of the demonstration open nothing elsewhere.

    Anybody opens those: a production that a copy of the demonstration's database
    reached must not be open to everyone.
    """

    def authenticate(self, *args: Any, **credentials: Any) -> None:
        """Open nothing: no account has a password."""

    def user_can_authenticate(self, user: Any) -> bool:
        """Refuse closed accounts, and everybody's outside the demonstration."""
        may = super().user_can_authenticate(user)
        return may and (settings.DEMO or not user.is_demonstration)
