"""Files that French offices open in a spreadsheet: UTF-8 with a mark, semicolons."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

#: What makes a spreadsheet take a cell for a formula (OWASP, « CSV Injection »).
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_text(cell: str) -> str:
    """The cell, which no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def written(rows: Iterable[Iterable[str | int]]) -> bytes:
    """The rows as a file; numbers stay numbers, texts are never formulas."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=";").writerows(
        [as_text(cell) if isinstance(cell, str) else cell for cell in row]
        for row in rows
    )
    return text.getvalue().encode("utf-8-sig")
