"""The rows of a listing as an index is being built: read once, gathered by value.

Whatever links them to other tables is kept until those tables are written.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import compress
from typing import Any, Protocol

from django.db import models
from pyroaring import BitMap

from directory.keeping.stores import kept_as_of, new_store
from directory.keeping.versions import Versions
from directory.search.finding import unpacked

Gathered = dict[Any, BitMap]
NOTHING = BitMap()
#: The type of columns that psycopg reads well: to convert each value again costs most.
AS_IT_COMES: models.Field = models.Field()


@dataclass(frozen=True)
class Links:
    """Rows of another table that lead to the rows of a listing, with what they say."""

    #: Gives the links; `row` is their column that holds the key of a listed row.
    found: Callable[[], models.QuerySet]
    row: str
    #: The columns by which the rows are gathered.
    values: tuple[str, ...]
    #: The models that are read.
    reads: tuple[type[models.Model], ...]


class Part(Protocol):
    """What an index gathers of its rows: a facet, a measure."""

    def columns(self) -> dict[str, Any]:
        """The expressions that the index reads for each row."""


class Measure:
    """What an index knows of its rows besides who has which value: amounts, people."""

    def models(self, _model: type[models.Model]) -> list[type[models.Model]]:
        """The models, besides the listing's, whose rows it reads."""
        return []

    def columns(self) -> dict[str, Any]:
        """The expressions that the index reads for each row."""
        return {}

    def gather(self, listed: Listed, rows: Mapping[str, Gathered]) -> Any:
        """Give what the index keeps; `rows` are those of each value of facets."""
        raise NotImplementedError


class PackedKeys(models.Aggregate):
    """Primary keys as bytes, four for each, the most significant first."""

    function = "string_agg"
    template = "string_agg(int4send((%(expressions)s)::int4), ''::bytea)"
    output_field = models.BinaryField()


class Listed:
    """The published rows of a listing in its order, as an index is being built."""

    def __init__(
        self, rows: models.QuerySet, parts: Iterable[Part], now: Versions
    ) -> None:
        """Read the rows, with the columns that the parts ask for: one query."""
        self.now = now
        columns = {
            _column(name): models.ExpressionWrapper(expression, AS_IT_COMES)
            for part in parts
            for name, expression in part.columns().items()
        }
        found = rows.annotate(**columns).values_list("pk", *columns)
        read = list(zip(*found, strict=True)) or [()] * (1 + len(columns))
        self.model = rows.model
        self.keys = array("I", read[0])
        self.everything = BitMap(self.keys)
        self.columns = dict(zip(columns, read[1:], strict=True))

    def column(self, name: str) -> tuple[Any, ...]:
        """A column, as long as the keys."""
        return self.columns[_column(name)]

    def grouped(
        self, *names: str, as_key: Callable[[Any], Any] | None = None
    ) -> Gathered:
        """Rows by value of a column, or by what is made of it; None left out.

        Of several columns, by the tuples of their values.
        """
        found: dict[Any, array[int]] = defaultdict(lambda: array("I"))
        columns = [self.column(name) for name in names]
        values = columns[0] if len(columns) == 1 else zip(*columns, strict=True)
        for key, value in zip(self.keys, values, strict=True):
            found[value].append(key)
        groups: Gathered = {}
        for value, keys in found.items():
            group = as_key(value) if as_key else value
            if group is not None:
                groups[group] = groups.get(group, NOTHING) | BitMap(keys)
        return groups

    def flagged(self, name: str) -> BitMap:
        """The rows of which a column is true."""
        return BitMap(array("I", compress(self.keys, self.column(name))))

    def linked(self, field_name: str) -> Gathered:
        """Rows by primary key of the rows that a many-to-many field leads to.

        Read again only when the links were written, which most edits do not do.
        """
        field: Any = self.model._meta.get_field(field_name)
        groups = kept_as_of(
            _links,
            (self.model, field_name),
            self.now.of([field.remote_field.through._meta.db_table]),
            partial(_linked, self.model, field),
        )
        return {key: rows & self.everything for key, rows in groups.items()}

    def packed(self, links: Links) -> Gathered:
        """Rows by the values of the links that lead to them, as tuples.

        Read again only when one of the tables of the links was written.
        """
        tables = [model._meta.db_table for model in links.reads]
        groups = kept_as_of(_links, links, self.now.of(tables), partial(_packed, links))
        return {key: rows & self.everything for key, rows in groups.items()}


def _packed(links: Links) -> Gathered:
    found = links.found().order_by().values_list(*links.values)
    packed = found.annotate(packed=PackedKeys(links.row))
    return {tuple(key): BitMap(unpacked(keys)) for *key, keys in packed}


def _linked(model: type[models.Model], field: Any) -> Gathered:
    if isinstance(field, models.ManyToManyField):
        source, target = field.m2m_field_name(), field.m2m_reverse_field_name()
        links: Any = field.remote_field.through
        found = links._base_manager.values_list(f"{target}_id")
        packed = PackedKeys(f"{source}_id")
    else:  # tags: the links of several models are in one table
        found = model._base_manager.values_list(field.name)
        packed = PackedKeys("pk")
    rows = found.order_by().annotate(packed=packed)
    return {key: BitMap(unpacked(keys)) for key, keys in rows if key is not None}


_links: dict[Any, tuple[Any, Gathered]] = new_store()


def _column(name: str) -> str:
    return f"index_{name}".replace("-", "_")
