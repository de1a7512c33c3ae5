"""Titles of projects: those too short to say anything completed, long ones cut."""

from __future__ import annotations

import string
from typing import Any

from django.utils.translation import gettext as _

from directory.imports.casing import sentence
from directory.imports.mapping import Titles
from directory.imports.reports import Kind, Warn


def readable_title(
    values: dict[str, Any], rule: Titles, warnings: list[Warn], column: str = ""
) -> str:
    """The title that the row's `title` gives, under the rule of the correspondence."""
    typed = str(values["title"])
    title = sentence(typed)
    if title != typed:
        message = _("«\u00a0%(typed)s\u00a0» devient «\u00a0%(title)s\u00a0».")
        said = {"typed": typed, "title": title}
        warnings.append(Warn(Kind.CASE, message % said, column))
    if len(title) < rule.below:
        title = _completed(title, values, rule.template)
    if len(title) > rule.limit:
        message = _("Titre de plus de %(limit)s caractères, coupé.")
        warnings.append(Warn(Kind.CUT, message % {"limit": rule.limit}, column))
        title = _cut(title, rule.limit)
    return title


def _completed(title: str, values: dict[str, Any], template: str) -> str:
    """The template filled; the bare title when a part of it is unknown."""
    known = {**values, "title": title}
    names = [name for _text, name, *_rest in string.Formatter().parse(template) if name]
    if not template or any(not known.get(name) for name in names):
        return title
    return template.format(**{name: known[name] for name in names})


def _cut(text: str, limit: int) -> str:
    head = text[: limit - 1]
    if " " in head:
        head = head.rsplit(" ", 1)[0]
    return head.rstrip(" ,;:.–-") + "…"
