"""`python -m bench.probes NAME`: what is measured inside a process of the site.

- `queries`: the SQL queries of each page, read from the input as JSON;
- `index`: the milliseconds that the index of the annuaire takes to build;
- `edits`: waits for words on its input, writes each in the first structure.
"""

from __future__ import annotations

import json
import sys
import time
from typing import Any

import django
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.client import HOST

LOOKED_AT = 5  # addresses of a page


def queries() -> None:
    """Print the most queries of each page, once all its addresses were asked for.

    Those of a page that has more of them than are kept are forgotten by then.
    """
    client = Client(headers={"host": HOST, "x-forwarded-proto": "https"})
    found = {}
    for name, paths in json.load(sys.stdin).items():
        numbers = []
        for path in paths:
            client.get(path)
        for path in paths[:LOOKED_AT]:
            with CaptureQueriesContext(connection) as captured:
                client.get(path)
            numbers.append(len(captured))
        found[name] = max(numbers)
    sys.stdout.write(json.dumps(found))


def index() -> None:
    """Print how long an index takes to be built."""
    from directory.filters import StructureFilter  # noqa: PLC0415 - after setup
    from directory.listings.facets import FacetIndex  # noqa: PLC0415

    connection.ensure_connection()
    start = time.perf_counter()
    FacetIndex(StructureFilter)
    sys.stdout.write(json.dumps(1_000 * (time.perf_counter() - start)))


def edits() -> None:
    """Write each word that is read as the acronym of the first structure of the list.

    Its type changes too, so that counts move. It is put back as it was at the end.
    """
    from directory.models import Structure, StructureType  # noqa: PLC0415 - after setup

    listed = Structure.objects.published().by_name()
    key, acronym, kind = listed.values_list("pk", "acronym", "type_id")[0]
    rows = Structure.objects.filter(pk=key)
    others = StructureType.objects.exclude(pk=kind).values_list("pk", flat=True)[:2]
    kinds = list(others)
    try:
        for number, line in enumerate(sys.stdin):
            rows.update(acronym=line.strip(), type=kinds[number % len(kinds)])
            sys.stdout.write("fait\n")
            sys.stdout.flush()
    finally:
        rows.update(acronym=acronym, type=kind)


def main(name: str) -> None:
    """Run a probe by its name."""
    django.setup()
    probes: dict[str, Any] = {"queries": queries, "index": index, "edits": edits}
    probes[name]()


if __name__ == "__main__":
    main(sys.argv[1])
