"""`python -m bench.prepare`: the database of a size, made once and used again.

Its comment holds a fingerprint of what made it: the first rows that the generator
gives, and the loader. When one of them changes, it is dropped and made anew; a new
migration is run on what is there. What the measures need to know is printed, as JSON.
"""

from __future__ import annotations

import hashlib
import json
import sys
import time
from itertools import islice
from pathlib import Path
from typing import Any

import django
import psycopg
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from psycopg import sql
from tqdm import tqdm

from bench.generator import Generator
from territoires import env

HERE = Path(__file__).parent
LOOKED_AT = 200  # rows of each kind
PROFILES = 20


def main() -> None:
    """Make the database if it must be, and print what is known of it."""
    django.setup()
    name, size = connection.settings_dict["NAME"], env.integer("BENCH_SIZE", 0)
    mark = fingerprint(size)
    known = _comment(name)
    is_new = known is None or known.get("fingerprint") != mark
    if known is None or is_new:
        known = {"fingerprint": mark, **_make(name, size)}
        _say_on(name, known)
    else:
        _bring_up_to_date()
    facts = {key: value for key, value in known.items() if key != "fingerprint"}
    sys.stdout.write(json.dumps({**facts, "is_new": is_new, **_read(size)}))


def fingerprint(size: int) -> str:
    """What the rows come from, in a few characters."""
    digest = hashlib.sha256()
    made = Generator(size)
    every = (
        *(made.structures(), made.projects()),
        *(made.articles(), made.calls(), made.events()),
    )
    for rows in every:
        for row in islice(rows, LOOKED_AT):
            digest.update(repr(row).encode())
    digest.update((HERE / "loading.py").read_bytes())
    return digest.hexdigest()[:16]


def _bring_up_to_date() -> None:
    """Run the migrations that are newer than the database."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0)
        _vacuum()


def _make(name: str, size: int) -> dict[str, Any]:
    """Drop what is there, create the tables, write the rows."""
    from bench.loading import Loader  # noqa: PLC0415 - its models need Django

    _run(
        sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)),
        sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)),
    )
    call_command("migrate", verbosity=0)
    with tqdm(unit=" lignes", leave=False, desc=f"Base de {size}") as bar:
        start = time.perf_counter()
        loader = Loader(size, bar.update)
        bar.reset(loader.total)
        rows = loader.load()
        seconds = time.perf_counter() - start
    _vacuum()
    return {"rows": rows, "load_seconds": round(seconds, 1)}


def _vacuum() -> None:
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")


def _read(size: int) -> dict[str, Any]:
    """What the database says of itself: addresses of pages, bytes, version."""
    from directory.models import Structure  # noqa: PLC0415 - as above

    slugs = list(
        Structure.objects.by_name().values_list("slug", flat=True)[
            :: max(1, size // PROFILES)
        ][:PROFILES]
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        (size_in_bytes,) = cursor.fetchone()
        cursor.execute("SHOW server_version_num")
        (version,) = cursor.fetchone()
    return {
        "slugs": slugs,
        "database_mb": round(size_in_bytes / 1e6),
        "postgresql": int(version) // 10_000,
    }


def _maintenance() -> psycopg.Connection:
    """A connection to the database that every server has."""
    options = {
        key: value
        for key, value in connection.get_connection_params().items()
        if key not in {"cursor_factory", "context", "prepare_threshold"}
    }
    return psycopg.connect(**{**options, "dbname": "postgres"}, autocommit=True)


def _run(*statements: sql.Composed) -> None:
    with _maintenance() as server:
        for statement in statements:
            server.execute(statement)


def _comment(name: str) -> dict[str, Any] | None:
    with _maintenance() as server:
        found = server.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database"
            " WHERE datname = %s",
            [name],
        ).fetchone()
    if not found or not found[0]:
        return None
    comment: dict[str, Any] = json.loads(found[0])
    return comment


def _say_on(name: str, known: dict[str, Any]) -> None:
    _run(
        sql.SQL("COMMENT ON DATABASE {} IS {}").format(
            sql.Identifier(name), sql.Literal(json.dumps(known))
        )
    )


if __name__ == "__main__":
    main()
