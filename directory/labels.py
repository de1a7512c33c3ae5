"""Labels compared as people read them, whatever the case, accents or punctuation."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Any, Generic, TypeVar

T = TypeVar("T")

#: Letters that Unicode does not decompose, as the `unaccent` of PostgreSQL writes them.
LIGATURES = str.maketrans(
    {"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE", "ß": "ss", "þ": "th", "Þ": "TH"}
    | dict(zip("øØłŁđĐðÐħĦŧŦ\u0131", "oOlLdDdDhHtTi", strict=True))
    # The alphabets of West Africa: Bambara, Ewe, Hausa, Fulfulde.
    | dict(
        zip("ŋŊɛƐɓƁɗƊɖƉɲƝƙƘƴƳƒƑʋƲɠƓƥƤƭƬʈƮ", "nNeEbBdDdDnNkKyYfFvVgGpPtTtT", strict=True)
    )
)
#: Dashes, apostrophes and quotes of every kind that people type for one another.
DASHES = "\\-\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
APOSTROPHES = "'\u2019\u2018\u02bc`\u00b4"
QUOTES = '\u00ab\u00bb"\u201c\u201d'
SEPARATORS = re.compile(rf"[\s{DASHES}{APOSTROPHES}{QUOTES}/\u2044_.,;:!?()&+]+")


def fold(text: str) -> str:
    """The text without case, accents, dashes, apostrophes or repeated spaces.

    >>> fold("Croissance économique- Emploi")
    'croissance economique emploi'
    """
    decomposed = unicodedata.normalize("NFKD", text.translate(LIGATURES))
    bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    return SEPARATORS.sub(" ", bare.casefold()).strip()


def split_labels(text: str) -> list[str]:
    """The labels of a cell: split on « , » (comma and space) only, blanks left out.

    A comma without a space belongs to the label, as in « 1,5 °C ».
    """
    return [label.strip() for label in re.split(r",\s+", text) if label.strip(" ,")]


class LabelIndex(Generic[T]):
    """Find the terms of a vocabulary from what people type.

    Built from terms with a `label`, `synonyms` and often a `code`; a spelling that
    belongs to two different terms is ambiguous and finds neither.
    """

    def __init__(self, terms: Iterable[T]) -> None:
        """Read the terms once; later changes of the table are not seen."""
        self._terms: dict[str, T | None] = {}
        spellings: list[tuple[T, list[str]]] = []
        for term in terms:
            self._claim(term.label, term)  # type: ignore[attr-defined]
            spellings.append((term, _other_spellings(term)))
        labels = set(self._terms)
        for term, others in spellings:
            for other in others:
                if fold(other) not in labels:
                    self._claim(other, term)

    def find(self, text: str) -> T | None:
        """The term with this label, synonym or code; None when none or several."""
        return self._terms.get(fold(text))

    def is_ambiguous(self, text: str) -> bool:
        """Whether several terms answer to this spelling."""
        key = fold(text)
        return key in self._terms and self._terms[key] is None

    def _claim(self, spelling: str, term: T) -> None:
        key = fold(spelling)
        if not key:
            return
        if key in self._terms and self._terms[key] is not term:
            self._terms[key] = None
        else:
            self._terms[key] = term


def _other_spellings(term: Any) -> list[str]:
    code = getattr(term, "code", "")
    return [*term.synonyms, *([str(code)] if code else [])]
