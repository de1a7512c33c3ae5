"""The rows of `data/*.json`, and what every loader does with one."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Generic, TypeVar

from django.db import models
from django.utils.text import slugify

DATA = Path(__file__).parent / "data"
#: The source of the rows that no public page states.
INVENTED = "demonstration"
#: Keys that every row may have, read by `Vocabularies.link` or by people.
SHARED = frozenset({"countries", "sectors", "goals", "note"})

Row = dict[str, Any]
M = TypeVar("M", bound=models.Model)


class UnknownKey(Exception):
    """A row of a data file has a key that nothing reads."""


@dataclass
class Loaded(Generic[M]):
    """Rows of one table, found by the name that the data files give them."""

    by_name: dict[str, M] = field(default_factory=dict)
    added: int = 0


def rows(*names: str) -> list[Row]:
    """All the rows of these files, in order."""
    return [
        row
        for name in names
        for row in json.loads((DATA / name).read_text(encoding="utf-8"))
    ]


def values(model: type[models.Model], row: Row, *, besides: Collection[str]) -> Row:
    """The plain columns that the row gives, as Python values.

    `besides` are the keys that the caller reads itself, with the `SHARED` ones.

    Raises:
        UnknownKey: when a key is neither a column nor in `besides`.

    """
    columns = {
        column.name: column
        for column in model._meta.concrete_fields
        if not column.is_relation and not isinstance(column, models.FileField)
    }
    unknown = row.keys() - columns.keys() - SHARED - set(besides)
    if unknown:
        raise UnknownKey(", ".join(sorted(unknown)))
    return {
        name: columns[name].to_python(value)
        for name, value in row.items()
        if name in columns and name not in besides
    }


def load_missing(
    model: type[M], rows: Iterable[Row], naming: str, create: Callable[[Row], M]
) -> Loaded[M]:
    """Create the rows that the table misses; leave those it has as they are.

    A row is known by its source and key, which survive a change of name or address.
    `naming` is the key of a row that holds its name.
    """
    rows = [
        {"source": INVENTED, "external_key": slugify(row[naming]), **row}
        for row in rows
    ]
    known = {
        (item.source, item.external_key): item  # type: ignore[attr-defined]
        for item in model._default_manager.filter(
            source__in={row["source"] for row in rows}
        )
    }
    loaded: Loaded[M] = Loaded()
    for row in rows:
        item = known.get((row["source"], row["external_key"]))
        if item is None:
            item = create(row)
            loaded.added += 1
        loaded.by_name[row[naming]] = item
    return loaded
