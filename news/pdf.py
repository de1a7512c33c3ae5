"""PDF files that people send: refused when they would do something on opening.

No reader of PDF is among the dependencies: the file is searched for the names of what
runs (ISO 32000-2, § 12.6), in its bytes and in each of its compressed streams, with
names unescaped. What cannot be searched is refused.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.utils.translation import gettext_lazy as _

MOST_BYTES = 10 * 1024 * 1024
#: How much the streams of a file may come to, once unpacked.
MOST_UNPACKED = 256 * 1024 * 1024
PIECE = 64 * 1024
#: Longer than any name that is looked for, with what follows it.
OVERLAP = 128
#: The end of a file, where its last lines are.
TAIL = 2048
#: What runs, as a name and not in the path of a link; and `OpenAction`, unless it only
#: tells at which page the file opens.
ACTIVE = re.compile(
    rb"(?:/S|obj|[^A-Za-z0-9.:/_~-])/(?:JavaScript|Launch)\b"
    rb"|/OpenAction\s*[^\s\[A-Za-z]"
)
ENCRYPTED = re.compile(rb"/Encrypt\b")
#: Streams that hold objects, and how far their dictionary goes on each side.
OBJECTS, AROUND = re.compile(rb"/ObjStm\b"), 600
UNPACKABLE = re.compile(rb"/Filter\s*(?:/FlateDecode\b|\[\s*/FlateDecode\s*\])")
PREDICTED = re.compile(rb"/Predictor\s+(?!1\b)")
STREAM = re.compile(rb"stream\r?\n")
ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")


def check_pdf(file: File, name: str) -> None:
    """Accept a PDF that only shows pages.

    Raises:
        ValidationError: when it is too heavy, is not a PDF, cannot be searched, or
            holds a script or an action.

    """
    if PurePath(name).suffix.lower() != ".pdf":
        raise ValidationError(_("Document accepté\u00a0: un fichier PDF."), code="pdf")
    if file.size > MOST_BYTES:
        message = _("Document trop lourd\u00a0: 10 Mo au plus.")
        raise ValidationError(message, code="heavy")
    file.seek(0)
    content = file.read()
    file.seek(0)
    if not content.startswith(b"%PDF-") or b"%%EOF" not in content[-TAIL:]:
        message = _("Ce fichier n’est pas un PDF, ou il est abîmé.")
        raise ValidationError(message, code="unreadable")
    if any(map(_is_opaque, _dictionaries(_plain(content)))):
        message = _("Ce PDF ne peut pas être vérifié\u00a0: enregistrez-le de nouveau.")
        raise ValidationError(message, code="unreadable")
    for piece in _pieces(content):
        _refuse(_plain(piece))


def _plain(piece: bytes) -> bytes:
    """The bytes with the names unescaped: « /Java#53cript »."""
    return ESCAPED.sub(_unescaped, piece) if b"#" in piece else piece


def _dictionaries(plain: bytes) -> Iterator[bytes]:
    """What is said of each stream that holds objects."""
    for kind in OBJECTS.finditer(plain):
        start = plain.rfind(b"obj", max(0, kind.start() - AROUND), kind.start())
        end = plain.find(b"stream", kind.end(), kind.end() + AROUND)
        yield plain[start:end] if start >= 0 and end >= 0 else b"/Filter"


def _is_opaque(dictionary: bytes) -> bool:
    """Whether the objects of the stream cannot be read here."""
    if b"/Filter" not in dictionary:
        return False
    return not UNPACKABLE.search(dictionary) or bool(PREDICTED.search(dictionary))


def _refuse(plain: bytes) -> None:
    if ACTIVE.search(plain):
        message = _(
            "Ce PDF contient un script ou une action automatique\u00a0: imprimez-le en"
            " PDF, puis renvoyez-le, ou donnez son adresse."
        )
        raise ValidationError(message, code="active")
    if ENCRYPTED.search(plain):
        message = _("Ce PDF est protégé\u00a0: envoyez-le sans mot de passe.")
        raise ValidationError(message, code="encrypted")


def _unescaped(escape: re.Match[bytes]) -> bytes:
    return bytes([int(escape[1], 16)])


def _pieces(content: bytes) -> Iterator[bytes]:
    """The bytes of the file, then those of each stream that unpacks, with overlaps."""
    yield content
    unpacked = 0
    for keyword in STREAM.finditer(content):
        before = b""
        for piece in _inflated(content, keyword.end()):
            unpacked += len(piece)
            if unpacked > MOST_UNPACKED:
                message = _("Ce PDF est trop compressé pour être vérifié.")
                raise ValidationError(message, code="unreadable")
            yield before + piece
            before = piece[-OVERLAP:]


def _inflated(content: bytes, start: int) -> Iterator[bytes]:
    unpacker = zlib.decompressobj()
    for at in range(start, len(content), PIECE):
        packed = content[at : at + PIECE]
        while packed:
            try:
                piece = unpacker.decompress(packed, PIECE * 16)
            except zlib.error:
                return
            if piece:
                yield piece
            if unpacker.eof:
                return
            packed = unpacker.unconsumed_tail
