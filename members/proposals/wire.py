"""Wire values: what a form posts, field by field, kept exactly as it was typed.

A wire value is a list of texts: the boxes ticked, the one text of a line, nothing for
a box left empty. It is read from any form by reflection over its fields, so that a
field that a later version adds is covered without a line here.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict

Value = list[str]
Wire = dict[str, Value]

#: What comes before the key of a file that was sent with a draft.
SENT = "envoi:"
NUL = "\x00"


def sent(key: uuid.UUID) -> Value:
    """The wire value of a file that was sent with a draft."""
    return [f"{SENT}{key}"]


def sent_key(value: Iterable[str]) -> uuid.UUID | None:
    """The key of the file that was sent, when the wire value is one."""
    for text in value:
        if text.startswith(SENT):
            return uuid.UUID(text.removeprefix(SENT))
    return None


def is_file(field: forms.Field) -> bool:
    """Whether files are sent in the field."""
    return isinstance(field, forms.FileField)


def is_list(field: forms.Field) -> bool:
    """Whether several values are chosen in the field, in no order."""
    return bool(getattr(field.widget, "allow_multiple_selected", False))


def shown(form: forms.BaseForm, name: str) -> Value:
    """What the field holds before anything is typed: the wire of the row as it is."""
    field = form.fields[name]
    initial = form.get_initial_for_field(field, name)
    value, widget = field.prepare_value(initial), field.widget
    if is_file(field):
        return [value.name] if value else []
    if isinstance(widget, forms.CheckboxInput):
        return ["on"] if widget.check_test(value) else []
    if isinstance(widget, forms.MultiWidget):
        parts: Any = value if isinstance(value, list) else widget.decompress(value)
        pairs = zip(widget.widgets, parts, strict=False)
        return [_text(part.format_value(one)) for part, one in pairs]
    written = widget.format_value(value)
    if isinstance(written, list | tuple):
        return [_text(one) for one in written]
    return [_text(written)]


def shown_by(form: forms.BaseForm) -> Wire:
    """What each field of an unbound form holds."""
    return {name: shown(form, name) for name in form.fields}


def initial(field: forms.Field, value: Value) -> Any:
    """What a form shows to begin with, for this wire value."""
    if is_list(field) or isinstance(field.widget, forms.MultiWidget):
        return value
    if isinstance(field.widget, forms.CheckboxInput):
        return bool(value)
    return value[0] if value else ""


def typed(form: forms.BaseForm, data: Any, files: Any) -> Wire:
    """What was posted in each field but those of files, valid or not."""
    return {
        name: _posted(field.widget, data, files, form.add_prefix(name))
        for name, field in form.fields.items()
        if not is_file(field)
    }


def posted(form: forms.BaseForm, wire: Mapping[str, Value]) -> MultiValueDict:
    """The data that a browser would post for these wire values, but for files."""
    data: MultiValueDict = MultiValueDict()
    for name, field in form.fields.items():
        value, key = list(wire.get(name, [])), form.add_prefix(name)
        if is_file(field):
            continue
        if isinstance(field.widget, forms.MultiWidget):
            endings = field.widget.widgets_names  # type: ignore[attr-defined]
            for ending, text in zip(endings, value, strict=False):
                data.setlist(key + ending, [text])
        elif value:
            data.setlist(key, value)
    return data


def differ(field: forms.Field, one: Value, other: Value) -> bool:
    """Whether the two say different things: neither order nor blanks do."""
    return bool(one != other and normal(field, one) != normal(field, other))


def normal(field: forms.Field, value: Value) -> Any:
    """What the value means, or the value itself when it means nothing; no query."""
    if is_list(field):
        return frozenset(value)
    if is_file(field):
        return tuple(value)
    first = value[0].replace("\r\n", "\n").strip() if value else ""
    if isinstance(field, forms.ChoiceField | forms.ModelChoiceField):
        return first
    if isinstance(field.widget, forms.MultiWidget):
        return tuple(value)
    said = bool(value) if isinstance(field.widget, forms.CheckboxInput) else first
    try:
        return field.to_python(said)
    except ValidationError:
        return first


def _posted(widget: forms.Widget, data: Any, files: Any, name: str) -> Value:
    value = widget.value_from_datadict(data, files, name)
    if isinstance(widget, forms.CheckboxInput):
        return ["on"] if value else []
    if isinstance(value, list | tuple):
        return [_text(one) for one in value]
    return [] if value is None else [_text(value)]


def _text(value: Any) -> str:
    """A text that PostgreSQL keeps: it refuses the character NUL."""
    return "" if value is None else str(value).replace(NUL, "")


def upload(form: forms.BaseForm, name: str, data: Any, files: Any) -> Any:
    """The file just sent in the field, False when it is emptied, None otherwise."""
    key = form.add_prefix(name)
    found = files.get(key)
    if isinstance(found, UploadedFile):
        return found
    emptied = form.fields[name].widget.value_from_datadict(data, files, key) is False
    return False if emptied else None
