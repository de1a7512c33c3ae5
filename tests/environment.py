"""What the tests run in: a pytest plugin, loaded by `-p` before Django's settings.

Variables are set at import. PostgreSQL, if `DATABASE_URL` is unset, is started only
when there are tests to run; it stays up, for the demonstration or another run.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Mapping

DEFAULTS: Mapping[str, str] = {
    "DEMO": "1",
    # Playwright's synchronous API runs an event loop in the thread of the tests.
    "DJANGO_ALLOW_ASYNC_UNSAFE": "true",
}

for name, value in DEFAULTS.items():
    os.environ.setdefault(name, value)


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> None:
    if session.config.option.collectonly or not session.items:
        return
    if os.environ.get("DATABASE_URL"):
        return
    from django.conf import settings  # noqa: PLC0415 - after the variables above

    from territoires import postgres  # noqa: PLC0415 - never with DATABASE_URL

    try:
        postgres.Server(settings.VAR_DIR).start()
    except postgres.PostgresUnavailable as error:
        pytest.exit(str(error), returncode=3)
