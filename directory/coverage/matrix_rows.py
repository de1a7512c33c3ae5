"""The rows of the coverage matrix as HTML: thousands of cells from a few templates."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from django.urls import reverse
from django.utils.safestring import SafeString

from directory.coverage.matrix import Cell, Column, Row
from directory.keeping.pieces import Mould, joined, spelled

ROW = "directory/_matrix_row.html"
CELL = "directory/_matrix_cell.html"
NONE = "directory/_matrix_none.html"
#: What is between the address of a country and the end of it.
SLUG = "pays-du-tableau"


def printed_rows(
    rows: Iterable[Row], columns: Iterable[Column], listing: str, *, has_unknown: bool
) -> SafeString:
    """The rows; `listing` is where the numbers lead, `has_unknown` adds a column."""
    names = [column.value.label for column in columns]
    before, after = reverse("directory:country", args=[SLUG]).split(SLUG)
    return joined(
        _mould(ROW).filled(
            address=f"{before}{row.slug}{after}",
            label=row.value.label,
            total=_cell(row.total, listing, row.value.label, "matrix__total"),
            unknown=_without_link(row.unknown, "matrix__unknown")
            if has_unknown
            else "",
            cells=joined(
                _cell(cell, listing, f"{row.value.label}, {name}")
                for cell, name in zip(row.cells, names, strict=True)
            ),
        )
        for row in rows
    )


def _cell(cell: Cell, listing: str, of: str, kind: str = "") -> SafeString:
    if not cell.number:
        return _without_link(0, kind or "matrix__none")
    return _mould(CELL).filled(
        kind=kind or f"matrix__cell matrix__cell--{cell.tint}",
        address=f"{listing}?{cell.query}",
        number=cell.text,
        of=of,
    )


def _without_link(number: int, kind: str) -> SafeString:
    return _mould(NONE).filled(kind=kind, number=spelled(number))


HOLES = {
    ROW: ["address", "label", "total", "unknown", "cells"],
    CELL: ["kind", "address", "number", "of"],
    NONE: ["kind", "number"],
}


@cache
def _mould(template: str) -> Mould:
    return Mould(template, {}, HOLES[template])
