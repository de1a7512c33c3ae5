"""What somebody typed in a search box, understood: a text becomes a `Query`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from directory.labels import fold

#: How many words of a search are looked for.
MOST_WORDS = 10
#: How many letters of a word are looked for: PostgreSQL refuses words of 2,000.
MOST_LETTERS = 60

WORD = re.compile(r"[^\W_]+")
QUOTES = str.maketrans(dict.fromkeys("“”„«»", '"'))
#: A word, or words between quotes; a minus counts before them and after a space only.
ITEM = re.compile(
    r'(?P<minus>(?<!\S)[-\u2010\u2011\u2212](?=["\w]))?'
    r'(?:"(?P<phrase>[^"]*)"|(?P<word>[^\s"]+))'
)


@dataclass(frozen=True)
class Query:
    """What somebody typed, understood. Every text is folded: letters and digits."""

    #: Each is the beginning of a word, or another form of it.
    words: tuple[str, ...] = ()
    #: Words in this order, as they are written: « "eau potable" ».
    phrases: tuple[str, ...] = ()
    #: Words or phrases that must not be found: « -sport ».
    excluded: tuple[str, ...] = ()
    #: Whether words after the first `MOST_WORDS` were left out.
    is_cut: bool = False

    def __bool__(self) -> bool:
        """Whether there is something to find."""
        return bool(self.words or self.phrases or self.excluded)

    @property
    def ranks(self) -> bool:
        """Whether some rows say it better than others: not what is excluded alone."""
        return bool(self.words or self.phrases)

    @property
    def text(self) -> str:
        """The shortest text that says the same."""
        phrases = [f'"{phrase}"' for phrase in self.phrases]
        excluded = [f'-"{it}"' if " " in it else f"-{it}" for it in self.excluded]
        return " ".join([*self.words, *phrases, *excluded])


def words_of(text: str) -> list[str]:
    """The folded words of a text; one that begins another is found with it."""
    return _longest(fold(text).split())


def _longest(words: Iterable[str]) -> list[str]:
    found = list(dict.fromkeys(words))
    return [
        word
        for word in found
        if not any(other != word and other.startswith(word) for other in found)
    ]


def _split(text: str) -> list[str]:
    return [word[:MOST_LETTERS] for word in WORD.findall(fold(text))]


def parse(text: str) -> Query:
    """Understand what somebody typed; any text will do.

    A quote that is not closed is ignored: it is being typed.
    """
    text = text.translate(QUOTES)
    if text.count('"') % 2:
        text = " ".join(text.rsplit('"', 1))
    words, phrases, excluded = [], [], []
    for item in ITEM.finditer(text):
        if item["minus"]:
            excluded.append(_split(item["phrase"] or item["word"] or ""))
        elif item["phrase"] is not None:
            phrases.append(_split(item["phrase"]))
        else:
            words.append(item["word"])
    return _within_limits(_longest(_split(" ".join(words))), phrases, excluded)


def _within_limits(
    words: list[str], phrases: list[list[str]], excluded: list[list[str]]
) -> Query:
    left = MOST_WORDS - len(words)
    kept: list[tuple[str, ...]] = []
    for texts in (phrases, excluded):
        found: dict[str, None] = {}
        for text in texts:
            found[" ".join(text[: max(left, 0)])] = None
            left -= len(text)
        kept.append(tuple(filter(None, found)))
    return Query(tuple(words[:MOST_WORDS]), kept[0], kept[1], is_cut=left < 0)


def parameters(query: Query) -> list[list[str]]:
    """What the statements of a search ask for: words, phrases, excluded."""
    return [list(query.words), list(query.phrases), list(query.excluded)]
