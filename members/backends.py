"""Who may open a session."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.backends import ModelBackend


class AccountBackend(ModelBackend):
    """The accounts of the site; those of the demonstration open nothing elsewhere.

    Their password is printed in the README: a production that a copy of the
    demonstration's database reached must not be open to everyone.
    """

    def user_can_authenticate(self, user: Any) -> bool:
        """Refuse closed accounts, and known passwords outside the demonstration."""
        may = super().user_can_authenticate(user)
        return may and (settings.DEMO or not user.is_demonstration)
