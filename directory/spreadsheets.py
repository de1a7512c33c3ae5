"""Files that French offices open in a spreadsheet: UTF-8 with a mark, semicolons."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable

#: What makes a spreadsheet take a cell for a formula (OWASP, « CSV Injection »): a sign
#: of any width, even after what is not seen; or a break, which some drop.
FORMULA = re.compile(
    r"[\s\x00-\x1f\u200b-\u200f\u2060\ufeff]*[=+@\-\uff1d\uff0b\uff20\uff0d]|[\t\r\n]"
)


def as_text(cell: str) -> str:
    """The cell, which no spreadsheet takes for a formula."""
    return f"'{cell}" if FORMULA.match(cell) else cell


def written(rows: Iterable[Iterable[str | int]]) -> bytes:
    """The rows as a file; numbers stay numbers, texts are never formulas."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=";").writerows(
        [as_text(cell) if isinstance(cell, str) else cell for cell in row]
        for row in rows
    )
    return text.getvalue().encode("utf-8-sig")
