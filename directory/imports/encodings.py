"""The text of a file whose encoding nobody told."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from directory.imports.refusals import ImportRefused

#: Old exports for Excel, the most frequent first, and how people call them.
OLD_ENCODINGS = {"cp1252": "Windows", "mac_roman": "Mac"}
#: What French office software writes beyond ASCII, the most telling first.
TELLING = frozenset("éèàçêôîœÉÀ’ù«»°–€")
OTHER_FRENCH = frozenset("âäëïöûüÿæÂÄÇÈÊËÎÏÔÖÙÛÜŒÆ")
PUNCTUATION = frozenset("’“”«»–—…·\u2018\u00a0")
CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f]")
BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
#: How much of a file is weighed.
SAMPLE = 1_000_000

#: Whether a header of the file is that of a column which is known.
Knows = Callable[[str], bool]


@dataclass(frozen=True)
class Decoded:
    """A text, how people call its encoding, and whether that is certain."""

    text: str
    encoding: str
    is_certain: bool = True


def decode(data: bytes, knows: Knows | None = None) -> Decoded:
    """The text of the bytes.

    UTF-8 and UTF-16 are recognised for certain; else the most plausible of the old
    encodings of French office software.

    Raises:
        ImportRefused: when no encoding makes a text of them.

    """
    encoding, name = _unicode(data)
    try:
        return Decoded(_without_controls(data.decode(encoding)), name)
    except UnicodeDecodeError:
        pass
    found = max(_candidates(data), key=lambda old: _plausibility(old.text, knows))
    sample = found.text[:SAMPLE]
    if len(BEYOND_ASCII.findall(sample)) > len(sample) / 2:
        raise ImportRefused(_not_a_table())
    return Decoded(_without_controls(found.text), found.encoding, is_certain=False)


def _unicode(data: bytes) -> tuple[str, str]:
    if data.startswith(codecs.BOM_UTF8):
        return "utf-8-sig", "UTF-8"
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16", "UTF-16"
    sample = data[:2000]
    if sample[1::2].count(0) > len(sample) / 4:
        return "utf-16-le", "UTF-16"
    if sample[::2].count(0) > len(sample) / 4:
        return "utf-16-be", "UTF-16"
    return "utf-8", "UTF-8"


def _candidates(data: bytes) -> list[Decoded]:
    """The bytes in each old encoding that has a character for all of them."""
    texts = []
    for encoding, name in OLD_ENCODINGS.items():
        try:
            texts.append(Decoded(data.decode(encoding), name, is_certain=False))
        except UnicodeDecodeError:
            continue
    return texts


def _plausibility(text: str, knows: Knows | None) -> tuple[int, int]:
    """How many headers are known, then how French the letters look."""
    sample = text[:SAMPLE]
    header = sample.lstrip().partition("\n")[0]
    cells = [cell.strip(' "\r') for cell in re.split(r"[;,\t|]", header)]
    known = sum(knows(cell) for cell in cells) if knows else 0
    return known, sum(_weight(sample, at) for at in BEYOND_ASCII.finditer(sample))


def _weight(text: str, at: re.Match[str]) -> int:
    """For a character: how French it looks where it stands, less than 0 for odd."""
    char = at.group()
    before = text[at.start() - 1 : at.start()]
    after = text[at.end() : at.end() + 1]
    if char.isupper() and (before.islower() or before.isdigit()):
        return -2
    if char.islower() and before.isupper() and after.isupper():
        return -2
    if char in TELLING and not (char == "À" and before.isalpha()):
        return 2
    if char in TELLING | OTHER_FRENCH:
        return 1
    is_odd = not (char.isalpha() or char in PUNCTUATION)
    return -2 if is_odd and (before.isalpha() or after.isalpha()) else 0


def _without_controls(text: str) -> str:
    if CONTROLS.search(text):
        raise ImportRefused(_not_a_table())
    return text


def _not_a_table() -> str:
    return _(
        "Ce fichier n’est ni un CSV ni un XLSX\u00a0: il ne contient pas de texte"
        " lisible."
    )
