"""The texts by which rows are found, checked against the rows.

Triggers keep them (migration `0004_text_search`). One race is theirs by choice: what a
transaction renames while another one links it to a row (ADR 7). This closes it.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.apps import apps
from django.db import connection, models, transaction

#: How many rows are checked at once.
BATCH = 500

#: The rows of which the text is not what it would be if it were told now. The terms of
#: a row are told in any order: what is known is compared by its words.
ASTRAY = """
SELECT coalesce(kept.id, told.id)
FROM (SELECT * FROM {register}_text WHERE id = ANY (%(keys)s)) AS kept
FULL JOIN (
    SELECT id, names, known, described
    FROM {register}_known(%(keys)s) JOIN {register}_described(%(keys)s) USING (id)
) AS told USING (id)
WHERE (kept.names, strip(kept.known), kept.described)
    IS DISTINCT FROM (told.names, strip(told.known), told.described)
ORDER BY 1
"""
#: Moves the version of the register: what was found in the former texts is forgotten.
NOTED = "UPDATE {register} SET id = id WHERE false"
LOCKED = "SELECT FROM {register} WHERE id = ANY (%s) ORDER BY id FOR NO KEY UPDATE"


def mend_texts() -> int:
    """Tell again each text that is not that of its row; how many there were.

    Rows are checked without a lock; only those that are astray are locked.
    """
    return sum(
        _mended(model._meta.db_table, keys)
        for model in _registers()
        for keys in _batches(model)
    )


def _registers() -> list[type[models.Model]]:
    """The models whose rows are found by their texts."""
    tables = set(connection.introspection.table_names())
    return [m for m in apps.get_models() if f"{m._meta.db_table}_text" in tables]


def _batches(model: type[models.Model]) -> Iterator[list[int]]:
    rows = model._base_manager.order_by("pk").values_list("pk", flat=True)
    last = 0
    while keys := list(rows.filter(pk__gt=last)[:BATCH]):
        yield keys
        last = keys[-1]


def _mended(register: str, keys: list[int]) -> int:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(ASTRAY.format(register=register), {"keys": keys})
        astray = [key for (key,) in cursor.fetchall()]
        if astray:
            cursor.execute(LOCKED.format(register=register), [astray])
            cursor.execute("SELECT directory_tell(%s, %s)", [register, astray])
            cursor.execute(NOTED.format(register=register))
    return len(astray)
