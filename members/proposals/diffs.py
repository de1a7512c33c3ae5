"""Two values of a field, side by side, as people read them.

Long texts word by word, lists as what comes and what goes, choices and dates in words,
pictures side by side. What is given is plain text: templates escape it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import formats
from django.utils.translation import gettext as _

from members.proposals.wire import Value
from news.rich_text import RichTextWidget, as_text, clean

from . import wire

#: Beyond so many words on a side, a text is compared paragraph by paragraph first.
MOST_WORDS = 1_500
#: A line between two blocks of rich text, so that paragraphs stay apart.
BLOCK = re.compile(r"</(?:p|li|h2|h3|blockquote)>", re.IGNORECASE)
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


def compare(
    one: forms.Field,
    before: Value,
    after: Value,
    pictures: Mapping[str, Picture] | None = None,
) -> Diff:
    """What the field would gain and lose. `pictures` gives those that values name."""
    if wire.is_file(one):
        shown = pictures or {}
        return Diff(
            "image",
            before="".join(before[:1]),
            after="".join(after[:1]),
            picture_before=shown.get(before[0]) if before else None,
            picture_after=shown.get(after[0]) if after else None,
        )
    if wire.is_list(one):
        return _of_lists(one, before, after)
    old, new = said(one, before), said(one, after)
    if is_text(one):
        return Diff("texte", old, new, pieces=list(words(old, new)))
    return Diff("valeur", old, new)


def is_text(one: forms.Field) -> bool:
    """Whether the field holds words, rather than a choice, a date or a number."""
    plain = isinstance(one.widget, forms.TextInput | forms.Textarea)
    special = (forms.DateField, forms.DateTimeField, forms.IntegerField)
    numbers = isinstance(one.widget, forms.NumberInput | forms.DateInput)
    return plain and not numbers and not isinstance(one, special)


def said(one: forms.Field, value: Value) -> str:
    """The value in words; nothing when it is empty."""
    if wire.is_list(one):
        return ", ".join(labels(one, value))
    if isinstance(one.widget, forms.CheckboxInput):
        return _("Oui") if value else _("Non")
    text = value[0] if value else ""
    if isinstance(one.widget, RichTextWidget):
        return plain(text)
    if isinstance(one, forms.ChoiceField | forms.ModelChoiceField):
        chosen = isinstance(one.widget, forms.Select)
        return (labels(one, value) or [text])[0] if chosen and text else text
    return _written(one, text)


def plain(html: str) -> str:
    """The words of a rich text, one block a line."""
    blocks = BLOCK.split(clean(html))
    return "\n".join(filter(None, (as_text(block) for block in blocks)))


def labels(one: Any, value: Iterable[str]) -> list[str]:
    """What is chosen, in words, in the order of the choices; unknown values last."""
    wanted = dict.fromkeys(value)
    known = {
        str(key): str(label)
        for key, label in flat(remembered(one))
        if str(key) in wanted
    }
    return [*known.values(), *(text for text in wanted if text and text not in known)]


def remembered(one: Any) -> list[Any]:
    """The choices of a field, read once: its widget then shows them without a query."""
    kept: list[Any] | None = getattr(one, "_remembered", None)
    if kept is None:
        kept = [pair for pair in one.choices]  # noqa: C416 - a list would count first
        one._remembered = one.widget.choices = kept  # noqa: SLF001 - our own mark
    return kept


def flat(choices: Iterable[Any]) -> Iterator[tuple[Any, Any]]:
    """The choices without their groups."""
    for key, label in choices:
        if isinstance(label, list | tuple):
            yield from flat(label)
        else:
            yield key, label


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


def _of_lists(one: forms.Field, before: Value, after: Value) -> Diff:
    old, new = set(before), set(after)
    return Diff(
        "liste",
        added=labels(one, [text for text in after if text not in old]),
        removed=labels(one, [text for text in before if text not in new]),
        kept=len(old & new),
    )


def _written(one: forms.Field, text: str) -> str:
    """A date or a number as people write it; the text itself when it is none."""
    try:
        value = one.to_python(text)
    except ValidationError:
        return text
    if isinstance(one, forms.DateTimeField) and value:
        return str(formats.date_format(value, "j F Y à G\\hi"))
    if isinstance(one, forms.DateField) and value:
        return str(formats.date_format(value, "j F Y"))
    return text
