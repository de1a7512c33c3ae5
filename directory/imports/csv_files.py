"""CSV files as people export them: encoding and separator are found, not asked."""

from __future__ import annotations

import codecs
import csv
import io
import itertools
import re
from collections.abc import Iterator

from charset_normalizer import from_bytes
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.imports.refusals import ImportRefused

SEPARATORS = (";", ",", "\t", "|")
SAMPLE_RECORDS = 50
#: Old exports for Excel: Windows first, then Mac.
OLD_ENCODINGS = ["cp1252", "mac_roman"]
CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f]")
NAMES = {
    ";": gettext_lazy("point-virgule"),
    ",": gettext_lazy("virgule"),
    "\t": gettext_lazy("tabulation"),
    "|": gettext_lazy("barre verticale"),
}


def records(data: bytes) -> tuple[Iterator[tuple[int, list[str]]], list[str]]:
    """The numbered records of the file, and remarks on how it was read.

    Raises:
        ImportRefused: when the bytes are no text; while the records are read too, where
            a quotation mark stays open.

    """
    text, encoding = decode(data)
    separator = find_separator(text)
    remark = _("Encodage\u00a0: %(encoding)s\u00a0; séparateur\u00a0: %(separator)s.")
    values = {"encoding": encoding, "separator": NAMES[separator]}
    return _records(text, separator), [remark % values]


def decode(data: bytes) -> tuple[str, str]:
    """The text of the bytes, and the name of their encoding.

    UTF-8 and UTF-16 are recognised for certain; else the most plausible of the old
    encodings of French office software.

    Raises:
        ImportRefused: when no encoding makes a text of them.

    """
    for encoding in _certain_encodings(data):
        try:
            return _without_controls(data.decode(encoding)), encoding
        except UnicodeDecodeError:
            continue
    match = from_bytes(data, cp_isolation=OLD_ENCODINGS).best()
    if match is None:
        raise ImportRefused(_not_a_table())
    return _without_controls(data.decode(match.encoding)), match.encoding


def find_separator(text: str) -> str:
    """The separator that cuts the first records into the most equal columns."""
    return max(SEPARATORS, key=lambda separator: _score(text, separator))


def _certain_encodings(data: bytes) -> list[str]:
    if data.startswith(codecs.BOM_UTF8):
        return ["utf-8-sig"]
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return ["utf-16"]
    sample = data[:2000]
    if sample[1::2].count(0) > len(sample) / 4:
        return ["utf-16-le"]
    if sample[::2].count(0) > len(sample) / 4:
        return ["utf-16-be"]
    return ["utf-8"]


def _without_controls(text: str) -> str:
    if CONTROLS.search(text):
        raise ImportRefused(_not_a_table())
    return text


def _not_a_table() -> str:
    return _(
        "Ce fichier n’est ni un CSV ni un XLSX\u00a0: il ne contient pas de texte"
        " lisible."
    )


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
        message = _(
            "Ligne %(number)s\u00a0: un guillemet mal placé ou jamais refermé empêche"
            " de"
            " lire la suite."
        )
        raise ImportRefused(message % {"number": number + 1}) from error


def _reader(text: str, separator: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
