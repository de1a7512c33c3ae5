"""What changes in a record that exists, told as people read it."""

from __future__ import annotations

import datetime
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from directory.imports.reports import Change
from directory.imports.vocabularies import Terms


def compare(record: Any, name: str, value: Any) -> Change | None:
    """The change of one attribute, or None when it already has this value."""
    before = getattr(record, name)
    if before == value:
        return None
    column = record._meta.get_field(name)
    choices = dict(column.flatchoices)
    return Change(
        field=str(column.verbose_name),
        before=shown(choices.get(before, before)),
        after=shown(choices.get(value, value)),
    )


def compare_terms(
    record: Any, name: str, before: list[Any], terms: Terms
) -> Change | None:
    """The terms added to a many-to-many field and taken from it, or None.

    A cell that was not wholly understood takes nothing away.
    """
    added = [term for term in terms.found if term not in before]
    removed = [term for term in before if term not in terms.found]
    if not terms.is_complete:
        removed = []
    if not added and not removed:
        return None
    after = [term for term in [*before, *added] if term not in removed]
    return Change(
        field=str(record._meta.get_field(name).verbose_name),
        before=shown(before),
        after=shown(after),
        added=tuple(map(str, added)),
        removed=tuple(map(str, removed)),
    )


def shown(value: Any) -> str:
    """A value as French readers write it; '' for nothing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("oui") if value else _("non")
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if isinstance(value, datetime.date):
        return date_format(value, "SHORT_DATE_FORMAT")
    if isinstance(value, float):
        return number_format(value)
    return str(value)
