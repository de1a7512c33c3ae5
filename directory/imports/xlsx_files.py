"""XLSX workbooks: the values of one sheet, as texts."""

from __future__ import annotations

import datetime
import io
import itertools
import zipfile
from collections.abc import Iterator
from typing import Any

import openpyxl
from django.utils.translation import gettext as _

from directory.imports.refusals import ImportRefused
from directory.labels import fold

#: A workbook unpacks to about ten times its size; far more is an attack or a mistake.
MAX_UNPACKED_BYTES = 200 * 1024 * 1024
Record = tuple[int, list[str]]


def records(
    data: bytes, *, sheet: str = "", max_columns: int = 200
) -> tuple[Iterator[Record], list[str]]:
    """The numbered rows of a sheet that hold something, and remarks on the others.

    Without `sheet`, the first one that is visible and not empty. One column more than
    `max_columns` is read, so that the reader of the rows sees that there are too many.

    Raises:
        ImportRefused: damaged, too big, or without that sheet; while the rows are read
            too, at a formula or an error value.

    """
    try:
        _check_size(data)
        book = openpyxl.load_workbook(
            io.BytesIO(data), read_only=True, keep_links=False
        )
        return _first_filled(book, sheet, max_columns)
    except ImportRefused:
        raise
    except Exception as error:  # the parser of a hostile file raises anything
        raise ImportRefused(_damaged()) from error


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
    book: Any, sheet: str, max_columns: int
) -> tuple[Iterator[Record], list[str]]:
    pages = [page for page in book.worksheets if page.sheet_state == "visible"]
    wanted = [page for page in pages if not sheet or fold(page.title) == fold(sheet)]
    if not wanted:
        message = _("Le classeur n’a pas de feuille «\u00a0%(sheet)s\u00a0».")
        raise ImportRefused(message % {"sheet": sheet})
    for page in wanted:
        rows = _rows(page, max_columns)
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


def _rows(page: Any, max_columns: int) -> Iterator[Record]:
    page.reset_dimensions()
    try:
        for number, row in enumerate(page.iter_rows(max_col=max_columns + 1), start=1):
            if any(cell.value is not None for cell in row):
                yield number, [_text(cell) for cell in row]
    except ImportRefused:
        raise
    except Exception as error:  # the parser of a hostile file raises anything
        raise ImportRefused(_damaged()) from error


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
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        return value.date().isoformat()
    return str(value)


def _damaged() -> str:
    return _("Ce classeur est abîmé, ou n’est pas un fichier XLSX.")
