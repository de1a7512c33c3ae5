"""Pieces of HTML that a template renders once and that pages use again.

A template costs more than the database: what depends on a version of the tables and on
nothing else is kept in the process until the version moves. Escaping stays with the
template engine: what is put into a piece later is escaped as a variable would be.
"""

from __future__ import annotations

import html
import re
import secrets
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any

from django.http import HttpRequest
from django.template.loader import get_template
from django.utils.formats import get_format
from django.utils.safestring import SafeString

from directory.keeping.stores import kept

#: What stands for a hole until it is filled: no text can hold it but by chance.
HOLE = f"\ue000{secrets.token_hex(8)}-%d\ue001"
#: Pieces of longer query strings are made anew: nobody asks for them twice.
LONGEST_KEPT = 200
THOUSAND = 1_000


class Mould:
    """A template rendered once, with holes for what changes from page to page.

    In the template a hole is a variable that is printed, never one that is tested.
    """

    def __init__(
        self,
        template: str,
        context: dict[str, Any],
        holes: Iterable[str],
        request: HttpRequest | None = None,
    ) -> None:
        """Render the template with the context, the holes left open."""
        self.holes = {name: HOLE % n for n, name in enumerate(holes)}
        whole = str(rendered(template, {**context, **self.holes}, request))
        names = {sign: name for name, sign in self.holes.items()}
        found = re.split(f"({'|'.join(names)})", whole) if names else [whole]
        #: The text, and between its parts where the holes are.
        self.parts: list[str] = found
        self.fillings = [(n, names[found[n]]) for n in range(1, len(found), 2)]

    def filled(self, **values: Any) -> SafeString:
        """The HTML with the holes filled; a text is escaped, a piece is not."""
        pieces = self.parts.copy()
        for place, name in self.fillings:
            value = values[name]
            is_safe = type(value) is SafeString
            pieces[place] = value if is_safe else escaped(value)
        return SafeString("".join(pieces))


def mould_of(
    moulds: dict[Any, Mould],
    template: str,
    context: Mapping[str, Hashable],
    holes: Iterable[str] = (),
) -> Mould:
    """The mould of a template for a context, made now if it is missing."""
    return kept(
        moulds,
        (template, *context.values()),
        lambda: Mould(template, dict(context), holes),
    )


def moulded(
    moulds: dict[Any, Mould], template: str, context: dict[str, Any]
) -> SafeString:
    """What a template makes of its context, of texts, numbers, lists and dataclasses.

    It is rendered once for all the contexts that differ by their texts alone. So the
    template may test whether there is a text, and print it as it is: never test which
    one it is, nor pass it through a filter.
    """
    texts: list[str] = []
    shape, opened = _opened(context, texts)
    holes = [str(n) for n in range(len(texts))]
    mould = kept(moulds, (template, shape), lambda: Mould(template, opened, holes))
    return mould.filled(**dict(zip(holes, texts, strict=True)))


def _opened(value: Any, texts: list[str]) -> tuple[Any, Any]:
    """The shape of a value, and the value with holes for its texts, which are added."""
    if isinstance(value, str):
        if not value:
            return value, value
        texts.append(value)
        return str, HOLE % (len(texts) - 1)
    if isinstance(value, dict):
        parts = [_opened(part, texts) for part in value.values()]
        made: Any = dict(zip(value, (opened for _shape, opened in parts), strict=True))
    elif isinstance(value, (list, tuple)):
        parts = [_opened(part, texts) for part in value]
        made = [opened for _shape, opened in parts]
    elif is_dataclass(kind := type(value)):
        parts = [_opened(getattr(value, name), texts) for name in _names(kind)]
        made = kind(*[opened for _shape, opened in parts])
    else:
        return (type(value), value), value
    names = tuple(value) if isinstance(value, dict) else ()
    return (type(value), *names, *[shape for shape, _made in parts]), made


@cache
def _names(kind: Any) -> list[str]:
    """The fields of a dataclass, in the order in which it takes them."""
    return [field.name for field in fields(kind)]


def rendered(
    template: str, context: dict[str, Any], request: HttpRequest | None = None
) -> SafeString:
    """What a template makes of its context."""
    return SafeString(get_template(template).render(context, request))


def spelled(number: int) -> str:
    """A whole number as the site writes it: « 1 234 »."""
    if number < THOUSAND:
        return str(number)
    return f"{number:,}".replace(",", _separator())


@cache
def _separator() -> str:
    """What stands between thousands: the site speaks one language."""
    separator: str = get_format("THOUSAND_SEPARATOR")
    return separator


def escaped(value: object) -> str:
    """A text as the template engine prints a variable; a number without separators."""
    text = str(value)
    return html.escape(text) if _means_something(text) else text


#: Tells, sooner than five replacements do, that a text has nothing to escape.
_means_something = re.compile("[&<>\"']").search


def joined(pieces: Iterable[str]) -> SafeString:
    """Pieces one after the other. Each must come from a template, or from `escaped`."""
    return SafeString("".join(pieces))
