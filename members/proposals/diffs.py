"""Two values of a field, side by side, as people read them.

Long texts word by word, lists as what comes and what goes, choices and dates in words,
pictures side by side. What is given is plain text: templates escape it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import formats
from django.utils.translation import gettext as _

from directory.history.diffs import Diff, Picture, words
from members.proposals.wire import Value
from news.rich_text import RichTextWidget, as_lines

from . import wire


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
        return as_lines(text)
    if isinstance(one, forms.ChoiceField | forms.ModelChoiceField):
        chosen = isinstance(one.widget, forms.Select)
        return (labels(one, value) or [text])[0] if chosen and text else text
    return _written(one, text)


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
