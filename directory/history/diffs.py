"""Two values side by side: what the pages that show differences are made of.

Long texts word by word, lists as what comes and what goes, pictures side by side. What
is given is plain text: templates escape it (`directory/_diff.html`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any

#: Beyond so many words on a side, a text is compared paragraph by paragraph first.
MOST_WORDS = 1_500
SAME, ADDED, REMOVED = "", "ajout", "retrait"


@dataclass(frozen=True)
class Piece:
    """Some words of a text: the same on both sides, added or removed."""

    kind: str
    text: str


@dataclass(frozen=True)
class Picture:
    """A picture: where it is, and what it is called."""

    address: str
    name: str


@dataclass(frozen=True)
class Diff:
    """What differs between two values, by kind of field."""

    kind: str
    before: str = ""
    after: str = ""
    pieces: list[Piece] = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    kept: int = 0
    picture_before: Picture | None = None
    picture_after: Picture | None = None


def words(before: str, after: str) -> Iterator[Piece]:
    """The two texts as one: the same words, those added, those removed, in order."""
    pieces: list[Piece] = []
    for kind, text in _pieces(_tokens(before), _tokens(after)):
        if pieces and pieces[-1].kind == kind:
            pieces[-1] = Piece(kind, pieces[-1].text + text)
        else:
            pieces.append(Piece(kind, text))
    yield from pieces


def _tokens(text: str) -> list[str]:
    return re.findall(r"\S+\s*|\s+", text.replace("\r\n", "\n"))


def _pieces(old: list[str], new: list[str]) -> Iterator[tuple[str, str]]:
    if max(len(old), len(new)) <= MOST_WORDS:
        yield from _matched(old, new)
        return
    was, becomes = _paragraphs(old), _paragraphs(new)
    for tag, start, end, begin, finish in _blocks(was, becomes):
        left = [token for part in was[start:end] for token in part]
        right = [token for part in becomes[begin:finish] for token in part]
        if tag == "equal":
            yield SAME, "".join(right)
        elif max(len(left), len(right)) <= MOST_WORDS:
            yield from _matched(left, right)
        else:
            yield from _replaced(left, right)


def _matched(old: list[str], new: list[str]) -> Iterator[tuple[str, str]]:
    for tag, start, end, begin, finish in _blocks(old, new):
        if tag == "equal":
            yield SAME, "".join(new[begin:finish])
        else:
            yield from _replaced(old[start:end], new[begin:finish])


def _replaced(old: list[str], new: list[str]) -> Iterator[tuple[str, str]]:
    if old:
        yield REMOVED, "".join(old)
    if new:
        yield ADDED, "".join(new)


def _blocks(old: list[Any], new: list[Any]) -> list[Any]:
    """The differences between two lists, their common ends put aside at once."""
    keys = [tuple(map(_key, side)) for side in (old, new)]
    return SequenceMatcher(None, keys[0], keys[1], autojunk=True).get_opcodes()


def _key(token: Any) -> Any:
    return token.split()[0] if isinstance(token, str) and token.split() else token


def _paragraphs(tokens: list[str]) -> list[tuple[str, ...]]:
    """The words by sentence: cut at ends of lines and after full stops."""
    found: list[tuple[str, ...]] = []
    current: list[str] = []
    for token in tokens:
        current.append(token)
        if "\n" in token or token.rstrip().endswith((".", "!", "?")):
            found.append(tuple(current))
            current = []
    if current:
        found.append(tuple(current))
    return found
