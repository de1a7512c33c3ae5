"""Whether what was computed from the database still holds.

PostgreSQL keeps, for each table that pages read, a version that moves with every write
(migration `0005_changes`): `update()`, bulk writes, SQL and other processes included.
It is seen to move at commit, with the data, and a write never waits for it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db import InterfaceError, OperationalError, connection

from directory.keeping import prepared
from directory.keeping.stores import kept_as_of, new_store

#: The rows as they are: to add them up here costs half of what it costs PostgreSQL.
READ = """
SELECT source, token FROM directory_change
UNION ALL SELECT coalesce(current_setting('directory.written', true), ''), 0
"""

#: What the query gave last, and what it means: nothing moves between most requests.
_last: dict[str, tuple[Any, Versions]] = new_store()


@dataclass(frozen=True)
class Versions:
    """The versions of the tables at one moment; equal ones mean unchanged tables."""

    #: What the current transaction has written, then the sum of each table's tokens.
    written: str
    tokens: dict[str, int]

    def of(self, tables: Iterable[str]) -> tuple[str | int, ...]:
        """The version of these tables together, to be compared with another one."""
        tokens = self.tokens
        return (self.written, *[tokens.get(table, 0) for table in tables])


def current() -> Versions:
    """The versions now: one small query.

    What the current transaction has written counts, before anybody else sees it. The
    query tells by itself whether the connection is alive, and opens another if not.
    """
    connection.health_check_done = True  # type: ignore[attr-defined]
    try:
        return _read()
    except (InterfaceError, OperationalError):
        if connection.in_atomic_block:
            raise
        connection.close()
        return _read()


def _read() -> Versions:
    with prepared.cursor() as cursor:
        cursor.execute(READ)
        rows = tuple(cursor.fetchall())
    return kept_as_of(_last, READ, rows, partial(_understood, rows))


def _understood(rows: tuple[Any, ...]) -> Versions:
    *noted, (written, _none) = rows
    tokens: dict[str, int] = {}
    for source, token in noted:
        tokens[source] = tokens.get(source, 0) + token
    return Versions(written, tokens)


def of_request(request: Any) -> Versions:
    """The versions when the request first asked: what a page shows is of one moment."""
    versions: Versions | None = getattr(request, "versions", None)
    if versions is None:
        versions = request.versions = current()
    return versions
