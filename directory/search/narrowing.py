"""A QuerySet narrowed to the rows that a text finds, in SQL alone."""

from __future__ import annotations

from typing import TypeVar

from django.db import connection, models
from django.db.models.expressions import RawSQL

from directory.search.queries import Query, parameters, parse

Rows = TypeVar("Rows", bound=models.QuerySet)


def narrow(rows: Rows, text: str) -> Rows:
    """Keep the published rows that the text finds; all of them if it has no word."""
    query = parse(text)
    if not query:
        return rows
    table = connection.ops.quote_name(_texts_of(rows.model))
    statement = ONLY_KEYS.format(
        texts=table,
        whole=_found_in_whole(query),
        unless=_unless_excluded(query, table),
    )
    # Composed of the constants below alone: what is typed goes in the parameters.
    keys = RawSQL(statement, parameters(query))  # noqa: S611
    return rows.filter(pk__in=keys)


#: A sub-query, so that the planner goes through the index whatever the words: to look
#: at the texts one by one costs a hundred times more than it believes.
ONLY_KEYS = """
WITH typed AS MATERIALIZED (
    SELECT %s::text[] AS words, %s::text[] AS phrases, %s::text[] AS excluded
), asked AS MATERIALIZED (
    SELECT
        directory_wanted(words, phrases) AS wanted,
        directory_unwanted(excluded) AS unwanted
    FROM typed
)
SELECT id FROM {texts} WHERE {whole} {unless}
"""


def _texts_of(model: type[models.Model]) -> str:
    return f"{model._meta.db_table}_text"


def _found_in_whole(query: Query) -> str:
    return "whole @@ (SELECT wanted FROM asked)" if query.ranks else "true"


def _unless_excluded(query: Query, table: str) -> str:
    if not query.excluded:
        return ""
    excluded = f"SELECT id FROM {table} WHERE whole @@ (SELECT unwanted FROM asked)"  # noqa: S608 - the name of a table of ours
    return f"AND id NOT IN ({excluded})"
