"""What an import writes in a record, and what it keeps because the staff changed it.

`Sourced.imported` holds, for each field, what the last import wrote. While the record
still says that, the file may change it; once it says something else a person decided,
and the record is right.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from directory.imports.comparing import change_of, change_of_terms, shown
from directory.imports.reports import Kind, Warn
from directory.imports.vocabularies import Terms
from directory.imports.writing import Draft

#: How much of a long text a warning quotes.
LONGEST_QUOTE = 80


def set_values(
    draft: Draft, values: dict[str, Any], *, together: tuple[str, ...] = ()
) -> None:
    """Give the values to the record, but keep those that the staff changed.

    The fields of `together` only make sense with each other: one of them changed by
    the staff keeps them all.
    """
    for names in _grouped(values, together):
        given = {name: values[name] for name in names if name in values}
        differing = [name for name in given if not _agrees(draft, name, given[name])]
        if differing and any(_is_edited(draft.instance, name) for name in names):
            for name in differing:
                _keep(draft, name, given[name])
        else:
            for name, value in given.items():
                _set(draft, name, value, is_new=name in differing)


def note(draft: Draft, name: str, value: Any) -> None:
    """Remember that the import wrote this value."""
    draft.imported[name] = stored(value)


def set_terms(draft: Draft, name: str, terms: Terms) -> None:
    """Add the terms that the file has more than last time, take away the others.

    What the staff added or took away since stays so. A cell that was not wholly
    understood takes nothing away.
    """
    before: list[Any] = list(getattr(draft.instance, name).all())
    last = set(draft.imported.get(name, ()))
    added = [term for term in terms.found if term.pk not in last and term not in before]
    gone = [term for term in before if term.pk in last and term not in terms.found]
    if not terms.is_complete:
        gone = []
    after = [term for term in [*before, *added] if term not in gone]
    if added or gone:
        draft.terms[name] = after
        change = change_of_terms(draft.instance, name, before, added, gone)
        draft.row.report.changes.append(change)
    kept = [term for term in after if term.pk not in last and term not in terms.found]
    if kept or any(term not in after for term in terms.found):
        label = str(draft.instance._meta.get_field(name).verbose_name)
        say_kept(draft, label, shown(after), shown(list(terms.found)))
    written = {term.pk for term in terms.found}
    draft.imported[name] = sorted(written if terms.is_complete else written | last)


def say_kept(draft: Draft, label: str, kept: str, said: str) -> None:
    """Warn that the record keeps a value of the staff; both values are named."""
    message = _("%(field)s\u00a0: %(kept)s est gardé, le fichier dit %(said)s.")
    values = {"field": label, "kept": _quoted(kept), "said": _quoted(said)}
    draft.row.report.warnings.append(Warn(Kind.KEPT, message % values))


def written(values: dict[str, Any], terms: dict[str, list[Any]]) -> dict[str, Any]:
    """What a new record remembers of its import."""
    memory = {name: stored(value) for name, value in values.items()}
    memory |= {name: sorted(term.pk for term in found) for name, found in terms.items()}
    return memory


def stored(value: Any) -> Any:
    """The value as JSON keeps it."""
    if isinstance(value, models.Model):
        return value.pk
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, str):
        # A form of the admin sends the line breaks of the web.
        return value.replace("\r\n", "\n").replace("\r", "\n")
    return value


def _grouped(
    names: Iterable[str], together: tuple[str, ...]
) -> Iterable[tuple[str, ...]]:
    return dict.fromkeys(together if name in together else (name,) for name in names)


def _of(record: Any, name: str) -> Any:
    return stored(record.serializable_value(name))


def _agrees(draft: Draft, name: str, value: Any) -> bool:
    return bool(_of(draft.instance, name) == stored(value))


def _is_edited(record: Any, name: str) -> bool:
    """Whether it says something else than what the last import wrote."""
    now = _of(record, name)
    if name in record.imported:
        return bool(now != record.imported[name])
    default = record._meta.get_field(name).get_default()
    return not (now == stored(default) or now in (None, "", []))


def _set(draft: Draft, name: str, value: Any, *, is_new: bool) -> None:
    note(draft, name, value)
    if is_new:
        draft.row.report.changes.append(change_of(draft.instance, name, value))
        draft.changed.add(name)
        setattr(draft.instance, name, value)


def _keep(draft: Draft, name: str, value: Any) -> None:
    change = change_of(draft.instance, name, value)
    say_kept(draft, change.field, change.before, change.after)


def _quoted(text: str) -> str:
    if not text:
        return _("vide")
    text = " ".join(text.split())
    if len(text) > LONGEST_QUOTE:
        text = text[: LONGEST_QUOTE - 1].rstrip() + "…"
    return f"«\u00a0{text}\u00a0»"
