"""Show in a page the words that a search found in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from django.utils.safestring import SafeString, mark_safe

from directory.labels import fold
from directory.search.queries import Query

#: Tags, quoted attributes included, and entities, which are left alone; or a word.
PIECE = re.compile(
    r"""(<(?:[^"'<>]|"[^"]*"|'[^']*')*>|&[^;\s<]{1,30};|(?:[^\W_]|[\u0300-\u036f])+)"""
)
MARKED = re.compile(r"<mark>([^<]*)</mark>")
WORD = re.compile(r"(?:[^\W_]|[\u0300-\u036f])+")

# A site says the same words again and again, and to fold one costs more than to look.
folded = lru_cache(maxsize=50_000)(fold)


def words_in(text: str) -> list[str]:
    """The folded words of a short text."""
    return [folded(word) for word in WORD.findall(text)]


class MarkedText:
    """HTML of the template engine, cut into words once, to be marked many times."""

    def __init__(self, html: SafeString) -> None:
        """Find where each word is: neither in a tag nor in an entity."""
        self.html = html
        self.pieces = PIECE.split(html)
        self.places: dict[str, list[int]] = {}
        for place in range(1, len(self.pieces), 2):
            if self.pieces[place][0] not in "<&":
                word = folded(self.pieces[place])
                self.places.setdefault(word, []).append(place)

    def marked(self, words: Sequence[str]) -> SafeString:
        """The HTML with a `mark` around each of these folded words.

        Tags, attributes and entities stay as they are: no text is unescaped, and the
        only thing added is the element. A word cut by a tag is not seen.
        """
        if not words:
            return self.html
        pieces = self.pieces.copy()
        for word in words:
            for place in self.places[word]:
                pieces[place] = f"<mark>{pieces[place]}</mark>"
        return mark_safe("".join(pieces))  # noqa: S308 - safe before, and see above


class PlainText:
    """A text without markup, cut into words once, to be searched many times."""

    def __init__(self, text: str) -> None:
        """Find where each word stands first."""
        self.text = text
        self.places: dict[str, int] = {}
        for match in WORD.finditer(text):
            self.places.setdefault(folded(match[0]), match.start())


class Highlighter:
    """Finds the words that a query found: whole words, accents or not."""

    def __init__(self, query: Query, forms: Mapping[str, Sequence[str]]) -> None:
        """Take what was asked, and the other forms of its words that rows have."""
        exact = {form for others in forms.values() for form in others}
        exact.update(forms, *(phrase.split() for phrase in query.phrases))
        self._exact = frozenset(exact)
        self._beginnings = tuple(word for word in forms if len(word) > 1)

    def mark(self, text: MarkedText) -> SafeString:
        """The text with its words marked; as it was when there are none."""
        return text.marked(self.found(text.places))

    def found(self, words: Iterable[str]) -> list[str]:
        """Those of these folded words that were looked for, or begin like one."""
        exact, beginnings = self._exact, self._beginnings
        return [word for word in words if word in exact or word.startswith(beginnings)]

    def excerpt(self, text: PlainText, length: int = 160) -> str:
        """The part of a text around the first word found; nothing if none is."""
        found = [text.places[word] for word in self.found(text.places)]
        return _around(text.text, min(found), length) if found else ""


def _around(text: str, position: int, length: int) -> str:
    """The words of the text that stand around a position."""
    start = max(0, min(position - length // 3, len(text) - length))
    end = start + length
    if start:
        start = text.find(" ", start, position) + 1 or position
    if end < len(text):
        end = text.rfind(" ", position + 1, end) + 1 or end
    before, after = "… " if start else "", " …" if end < len(text) else ""
    return f"{before}{text[start:end].strip()}{after}"
