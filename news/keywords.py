"""Keywords as people write them: lists, hashtags, and hashtags at the end of a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from directory.labels import fold

#: A list: words between quotes are one name; commas, ends of lines and hashes separate.
PIECE = re.compile(
    r'"(?P<quoted>[^"]*)"|(?P<hash>[#\uff03]?)(?P<plain>[^",;\n\r#\uff03]+)'
)
#: Where a hashtag has a space that could not be typed: « EauPotable », « ONUFemmes ».
HUMP = re.compile(
    r"(?<=[a-zà-öø-ÿœ])(?=[A-ZÀ-ÖØ-ÞŒ])"
    r"|(?<=[A-ZÀ-ÖØ-ÞŒ])(?=[A-ZÀ-ÖØ-ÞŒ][a-zà-öø-ÿœ])"
)
#: What is invisible, or a space in a hashtag.
INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\x00]")
#: A tag of HTML, or hashtags without a space between them: « #Diplomatielocale#UNDP ».
HASHTAGS = re.compile(r"<[^<>]*>|(?<![\w&/#\uff03])(?:[#\uff03]\w[\w’'-]*)+")
HASHTAG = re.compile(r"[#\uff03]([^#\uff03]+)")
#: What may stand between hashtags, and after the last.
GAP = re.compile(r"(?:<[^<>]*>|&nbsp;|[\s,;.·•])*")
#: What goes with the hashtag that it follows.
FOLLOWING = re.compile(r"(?:&nbsp;|[ \u00a0,;.·•])*")
#: What is left at the end of a text once its last words are gone.
LEFT_OVER = re.compile(r"(?:<br>|&nbsp;|\s)+(?=(?:</\w+>)*$)")
EMPTY = re.compile(r"<(\w+)(?: [^<>]*)?></\1>(?=(?:</\w+>)*$)")


@dataclass(frozen=True)
class Hashtag:
    """A hashtag found in a text: its place, and the name that it writes."""

    start: int
    end: int
    name: str


def parse(typed: str) -> list[str]:
    """The names in a list typed or pasted, each once, in order.

    >>> parse("#CoopérationDécentralisée, eau potable #Diplomatielocale#UNDP")
    ['Coopération Décentralisée', 'eau potable', 'Diplomatielocale', 'UNDP']
    """
    names: dict[str, str] = {}
    for piece in PIECE.finditer(_visible(typed)):
        name = piece["quoted"] or piece["plain"] or ""
        is_hashtag = piece["hash"] and not re.search(r"\s", name.strip())
        name = from_hashtag(name) if is_hashtag else " ".join(name.split())
        if is_name(name):
            names.setdefault(fold(name), name)
    return list(names.values())


def written(tags: Iterable[Any]) -> str:
    """The tags as a list that `parse` reads back."""
    return ", ".join(quoted(str(tag)) for tag in sorted(tags, key=_by_name))


def is_name(name: str) -> bool:
    """Whether a text can name a keyword: a letter or a digit at least, no quote."""
    return any(char.isalnum() for char in name) and '"' not in name


def from_hashtag(word: str) -> str:
    """The name that a hashtag writes, words apart: « Coopération Décentralisée »."""
    return " ".join(HUMP.sub(" ", word.strip().replace("_", " ")).split())


def at_end(html: str) -> list[Hashtag]:
    """The hashtags that end a text, rich or plain, in order: nothing follows them."""
    found: list[Hashtag] = []
    start = len(html)
    clusters = [it for it in HASHTAGS.finditer(html) if not it[0].startswith("<")]
    for cluster in reversed(clusters):
        if not GAP.fullmatch(html, cluster.end(), start):
            break
        start = cluster.start()
        found[:0] = _each(cluster)
    return found


def without(html: str, hashtags: Iterable[Hashtag]) -> str:
    """The text without these hashtags of its end, nor what they leave empty."""
    for hashtag in sorted(hashtags, key=lambda it: -it.start):
        html = html[: hashtag.start] + html[hashtag.end :]
    before = None
    while html != before:
        before = html
        html = EMPTY.sub("", LEFT_OVER.sub("", html))
    return html


def _each(cluster: re.Match[str]) -> Iterator[Hashtag]:
    for one in HASHTAG.finditer(cluster[0]):
        name = from_hashtag(one[1].rstrip("’'-"))
        if any(char.isalpha() for char in name):
            start, end = (cluster.start() + place for place in one.span())
            following = FOLLOWING.match(cluster.string, end)
            yield Hashtag(start, following.end() if following else end, name)


def _visible(typed: str) -> str:
    return INVISIBLE.sub("", typed)


def quoted(name: str) -> str:
    """The name as a list writes it: between quotes if it holds what separates."""
    return f'"{name}"' if re.search(r"[,;#\uff03]", name) else name


def _by_name(tag: Any) -> str:
    return fold(str(tag))
