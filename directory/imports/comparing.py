"""What changes in a record that exists, told as people read it."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from directory.imports.reports import Change

#: Whole numbers below are years as often as counts: their thousands stay together.
SMALLEST_GROUPED = 10_000


def change_of(record: Any, name: str, value: Any) -> Change:
    """The change of one attribute that takes another value."""
    before = getattr(record, name)
    column = record._meta.get_field(name)
    choices = dict(column.flatchoices)
    is_listed = bool(choices)
    return Change(
        field=str(column.verbose_name),
        before=shown(choices.get(before, before) if is_listed else before),
        after=shown(choices.get(value, value) if is_listed else value),
    )


def change_of_terms(
    record: Any, name: str, before: list[Any], added: list[Any], removed: list[Any]
) -> Change:
    """The change of a many-to-many field."""
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
    if isinstance(value, int | float | Decimal):
        return _shown_number(value)
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    if isinstance(value, datetime.date):
        return date_format(value, "SHORT_DATE_FORMAT")
    return str(value)


def _shown_number(value: float | Decimal) -> str:
    if isinstance(value, Decimal):
        return str(number_format(value, decimal_pos=2, force_grouping=True))
    return str(number_format(value, force_grouping=value >= SMALLEST_GROUPED))
