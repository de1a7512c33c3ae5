"""The addresses that rows have had: they lead to them for ever.

A trigger of each table that has public pages remembers them (migration
`0011_former_addresses`): the admin, imports, `update()` and SQL are all seen.
"""

from __future__ import annotations

from django.db import connection, models

FIND = "SELECT row_id FROM directory_former_address WHERE source = %s AND slug = %s"


def row_that_had(model: type[models.Model], slug: str) -> int | None:
    """The key of the last row of the model that had this address; or None."""
    with connection.cursor() as cursor:
        cursor.execute(FIND, [model._meta.db_table, slug])
        found = cursor.fetchone()
    return found[0] if found else None
