"""A file, whatever its format, as a header and numbered rows of texts."""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.imports import csv_files, xlsx_files
from directory.imports.encodings import Knows
from directory.imports.refusals import ImportRefused
from directory.labels import fold

MAX_BYTES = 50 * 1024 * 1024
MAX_ROWS = 100_000
#: Blank rows included: the height of a spreadsheet.
MAX_RECORDS = 1_048_576
MAX_COLUMNS = 200
#: First bytes of the formats that people send by mistake, and what to do instead.
OTHER_FORMATS = {
    b"\xd0\xcf\x11\xe0": gettext_lazy("C’est un ancien fichier Excel (.xls) ou Word."),
    b"%PDF": gettext_lazy("C’est un PDF."),
    b"\x89PNG": gettext_lazy("C’est une image."),
    b"\xff\xd8\xff": gettext_lazy("C’est une image."),
    b"\x1f\x8b": gettext_lazy("C’est une archive."),
}
BLANKS = " \t\r\n\u00a0\u202f\ufeff"


@dataclass(frozen=True)
class SheetRow:
    """One row of the file, under its number in a spreadsheet: the header is 1."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    """The table that a file holds: texts only, spaces trimmed, blank rows left out."""

    headers: tuple[str, ...]
    rows: tuple[SheetRow, ...]
    #: What was found about the file, in sentences: encoding, other sheets…
    remarks: tuple[str, ...] = ()


def read(path: Path | str, *, sheet: str = "", knows: Knows | None = None) -> Sheet:
    """Read a CSV or XLSX file; `sheet` names one of the sheets of the latter.

    `knows` says whether a header is that of a known column.

    Raises:
        ImportRefused: when the file is missing, too big, or is no table.

    """
    path = Path(path)
    try:
        if path.stat().st_size > MAX_BYTES:
            raise ImportRefused(_("Le fichier dépasse 50\u00a0Mo\u00a0: découpez-le."))
        data = path.read_bytes()
    except (OSError, ValueError) as error:
        message = _("Le fichier «\u00a0%(path)s\u00a0» ne peut pas être lu.")
        raise ImportRefused(message % {"path": path}) from error
    return read_bytes(data, sheet=sheet, knows=knows)


def read_bytes(data: bytes, *, sheet: str = "", knows: Knows | None = None) -> Sheet:
    """Read the content of a CSV or XLSX file.

    Raises:
        ImportRefused: when it is too big, or is no table.

    """
    if len(data) > MAX_BYTES:
        raise ImportRefused(_("Le fichier dépasse 50\u00a0Mo\u00a0: découpez-le."))
    if not data.strip():
        raise ImportRefused(_("Le fichier est vide."))
    for start, name in OTHER_FORMATS.items():
        if data.startswith(start):
            advice = _("Enregistrez le tableau au format XLSX ou CSV.")
            message = f"{name} {advice}"
            raise ImportRefused(message)
    with warnings.catch_warnings():
        # openpyxl tells of the ornaments of a workbook that it does not read.
        warnings.simplefilter("ignore")
        if data.startswith(b"PK\x03\x04"):
            limits = xlsx_files.Limits(rows=MAX_RECORDS, columns=MAX_COLUMNS)
            found = xlsx_files.records(data, sheet=sheet, limits=limits)
        else:
            found = csv_files.records(data, knows)
        return from_records(*found)


def from_records(
    records: Iterable[tuple[int, list[str]]], remarks: Iterable[str] = ()
) -> Sheet:
    """A sheet from the numbered records of a table; blank ones are left out.

    Raises:
        ImportRefused: without header or rows, with too many rows or columns, or with
            two headers alike.

    """
    headers: tuple[str, ...] = ()
    rows: list[SheetRow] = []
    for number, record in records:
        cells = _trimmed(record, number)
        if number > MAX_RECORDS or (cells and len(rows) == MAX_ROWS):
            raise ImportRefused(
                _("Le fichier a plus de 100\u00a0000 lignes\u00a0: découpez-le.")
            )
        if cells and not headers:
            headers = cells
        elif cells:
            rows.append(SheetRow(number, cells))
    _check(headers, rows)
    return Sheet(headers, tuple(rows), tuple(remarks))


def _trimmed(record: list[str], number: int) -> tuple[str, ...]:
    cells = [cell.strip(BLANKS) for cell in record]
    while cells and not cells[-1]:
        cells.pop()
    if len(cells) > MAX_COLUMNS:
        message = _("Ligne %(number)s\u00a0: plus de 200 colonnes.")
        raise ImportRefused(message % {"number": number})
    if not all(is_storable(cell) for cell in cells):
        message = _("Ligne %(number)s\u00a0: un caractère illisible (nul ou invalide).")
        raise ImportRefused(message % {"number": number})
    return tuple(cells)


def is_storable(cell: str) -> bool:
    """Whether PostgreSQL can hold the text: no NUL, no half of a surrogate pair."""
    return "\x00" not in cell and not any("\ud800" <= char <= "\udfff" for char in cell)


def _check(headers: tuple[str, ...], rows: list[SheetRow]) -> None:
    if not headers:
        raise ImportRefused(_("Le fichier est vide."))
    if not rows:
        raise ImportRefused(_("Le fichier n’a qu’une ligne d’en-tête, sans données."))
    seen: set[str] = set()
    for header in headers:
        key = fold(header)
        if key and key in seen:
            message = _(
                "Deux colonnes s’appellent «\u00a0%(header)s\u00a0»\u00a0:"
                " renommez-en une."
            )
            raise ImportRefused(message % {"header": header})
        seen.add(key)
