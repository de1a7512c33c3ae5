"""CSV files as people export them: encoding and separator are found, not asked."""

from __future__ import annotations

import csv
import io
import itertools
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.imports.encodings import Decoded, Knows, decode
from directory.imports.refusals import ImportRefused

SEPARATORS = (";", ",", "\t", "|")
SAMPLE_RECORDS = 50
LONGEST_SAMPLE = 40
NAMES = {
    ";": gettext_lazy("point-virgule"),
    ",": gettext_lazy("virgule"),
    "\t": gettext_lazy("tabulation"),
    "|": gettext_lazy("barre verticale"),
}


def records(
    data: bytes, knows: Knows | None = None
) -> tuple[Iterator[tuple[int, list[str]]], list[str]]:
    """The numbered records of the file, and remarks on how it was read.

    `knows` says whether a header is that of a known column: between two encodings it
    decides.

    Raises:
        ImportRefused: when the bytes are no text; while the records are read too, where
            a quotation mark stays open.

    """
    decoded = decode(data, knows)
    separator = find_separator(decoded.text)
    encoding = _("Encodage\u00a0: %(encoding)s") % {"encoding": decoded.encoding}
    if not decoded.is_certain:
        encoding += _to_check(decoded, separator)
    remark = _("%(encoding)s\u00a0; séparateur\u00a0: %(separator)s.")
    values = {"encoding": encoding, "separator": NAMES[separator]}
    return _records(decoded.text, separator), [remark % values]


def find_separator(text: str) -> str:
    """The separator that cuts the first records into the most equal columns."""
    return max(SEPARATORS, key=lambda separator: _score(text, separator))


def _to_check(decoded: Decoded, separator: str) -> str:
    """The first cell that shows whether the encoding is the right one."""
    try:
        cells = itertools.chain.from_iterable(_reader(decoded.text, separator))
        cell = next(" ".join(cell.split()) for cell in cells if not cell.isascii())
    except (csv.Error, StopIteration):
        return ""
    if len(cell) > LONGEST_SAMPLE:
        cell = _around_first_accent(cell)
    return _(" (à vérifier\u00a0: «\u00a0%(cell)s\u00a0»…)") % {"cell": cell}


def _around_first_accent(text: str) -> str:
    first = next(place for place, char in enumerate(text) if not char.isascii())
    start = max(0, first - LONGEST_SAMPLE // 2)
    return text[start : start + LONGEST_SAMPLE].strip()


def _score(text: str, separator: str) -> float:
    reader = _reader(text, separator)
    widths: list[int] = []
    try:
        widths.extend(len(row) for row in itertools.islice(reader, SAMPLE_RECORDS))
    except csv.Error:
        # Kept as the last resort: the reading itself will say what is wrong.
        return 0.1 if widths else 0
    filled = [width for width in widths if width]
    if not filled:
        return 0
    return (filled[0] - 1) * filled.count(filled[0]) / len(filled)


def _records(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    number = 0
    try:
        for number, record in enumerate(_reader(text, separator), start=1):
            yield number, record
    except csv.Error as error:
        if "field limit" in str(error):
            message = _(
                "Ligne %(number)s\u00a0: une cellule dépasse 131\u00a0072 caractères,"
                " ou un guillemet n’est jamais refermé."
            )
        else:
            message = _(
                "Ligne %(number)s\u00a0: un guillemet mal placé ou jamais refermé"
                " empêche de lire la suite."
            )
        raise ImportRefused(message % {"number": number + 1}) from error


def _reader(text: str, separator: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
