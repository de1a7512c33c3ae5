"""What a process that serves pages does, and a command does not."""

from __future__ import annotations

from django.conf import settings
from django.db import connections


def limit_statements() -> None:
    """Stop the queries that last too long, on every connection opened from now on.

    Imports and migrations may be long: only the entry points of the web call this.
    """
    if not settings.STATEMENT_TIMEOUT_MS:
        return
    options = connections.settings["default"].setdefault("OPTIONS", {})
    limit = f"-c statement_timeout={settings.STATEMENT_TIMEOUT_MS}"
    options["options"] = f"{options.get('options', '')} {limit}".strip()
