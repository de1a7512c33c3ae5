"""XLSX workbooks: the values of one sheet, as texts."""

from __future__ import annotations

import datetime
import io
import itertools
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

import openpyxl
from django.utils.translation import gettext as _

from directory.imports.refusals import ImportRefused
from directory.labels import fold

#: A workbook unpacks to about ten times its size; far more is an attack or a mistake.
MAX_UNPACKED_BYTES = 200 * 1024 * 1024
Record = tuple[int, list[str]]
T = TypeVar("T")


@dataclass(frozen=True)
class Limits:
    """How far a sheet is read; one row or column more shows that there are more."""

    rows: int = 1_048_576
    columns: int = 200


def records(
    data: bytes, *, sheet: str = "", limits: Limits | None = None
) -> tuple[Iterator[Record], list[str]]:
    """The numbered rows of a sheet that hold something, and remarks on the others.

    Without `sheet`, the first one that is visible and not empty.

    Raises:
        ImportRefused: damaged, too big, or without that sheet; while the rows are read
            too, at a formula or an error value.

    """
    book = _parsed(lambda: _book(data))
    return _first_filled(book, sheet, limits or Limits())


def _parsed(step: Callable[[], T]) -> T:
    """What a step of the parser gives; its failures are those of a damaged file."""
    try:
        return step()
    except (ImportRefused, MemoryError, TimeoutError):
        raise
    except Exception as error:  # the parser of a hostile file raises anything
        raise ImportRefused(
            _("Ce classeur est abîmé, ou n’est pas un fichier XLSX.")
        ) from error


def _book(data: bytes) -> Any:
    _check_size(data)
    return openpyxl.load_workbook(io.BytesIO(data), read_only=True, keep_links=False)


def _check_size(data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if "xl/workbook.xml" not in archive.namelist():
            message = _(
                "Cette archive n’est pas un classeur Excel\u00a0: enregistrez le"
                " tableau au"
                " format XLSX ou CSV."
            )
            raise ImportRefused(message)
        if sum(part.file_size for part in archive.infolist()) > MAX_UNPACKED_BYTES:
            raise ImportRefused(_("Ce classeur est démesuré une fois décompressé."))


def _first_filled(
    book: Any, sheet: str, limits: Limits
) -> tuple[Iterator[Record], list[str]]:
    pages = [page for page in book.worksheets if page.sheet_state == "visible"]
    wanted = [page for page in pages if not sheet or fold(page.title) == fold(sheet)]
    if not wanted:
        message = _("Le classeur n’a pas de feuille «\u00a0%(sheet)s\u00a0».")
        raise ImportRefused(message % {"sheet": sheet})
    for page in wanted:
        rows = _rows(page, limits)
        first = next(rows, None)
        if first is not None:
            others = [other.title for other in pages if other is not page]
            return itertools.chain([first], rows), _remarks(page.title, others)
    raise ImportRefused(_("Le fichier est vide."))


def _remarks(title: str, others: list[str]) -> list[str]:
    if not others:
        return []
    message = _(
        "Feuille lue\u00a0: «\u00a0%(title)s\u00a0»\u00a0; feuilles non lues\u00a0:"
        " %(others)s."
    )
    return [message % {"title": title, "others": ", ".join(others)}]


def _rows(page: Any, limits: Limits) -> Iterator[Record]:
    page.reset_dimensions()
    rows = page.iter_rows(max_col=limits.columns + 1)
    number, last = 0, None
    while (row := _parsed(lambda: next(rows, None))) is not None:
        number += 1
        if number > limits.rows:
            yield number, []  # enough for the reader to see that there are too many
            return
        # Missing rows are one and the same tuple: a gap is crossed in no time.
        if row is not last and any(cell.value is not None for cell in row):
            yield number, [_text(cell) for cell in row]
        last = row


def _text(cell: Any) -> str:
    """The cell as a person reads it: no « .0 » after whole numbers, ISO dates."""
    value = cell.value
    if cell.data_type == "f":
        raise ImportRefused(
            _(
                "La cellule %(cell)s contient une formule\u00a0: collez les valeurs à"
                " la"
                " place (Collage spécial, Valeurs) et recommencez."
            )
            % {"cell": cell.coordinate}
        )
    if cell.data_type == "e":
        message = _(
            "La cellule %(cell)s contient une erreur de calcul\u00a0: %(value)s."
        )
        raise ImportRefused(message % {"cell": cell.coordinate, "value": value})
    if value is None:
        return ""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, float):
        return format(value, ".15g")  # all that a spreadsheet keeps of a number
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        return value.date().isoformat()
    return str(value)
