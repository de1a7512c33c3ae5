"""The rows of a sheet, each cell understood, and what was said about each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from directory.imports.cells import BadCell
from directory.imports.columns import Column, Plan
from directory.imports.fields import Cell, Fields
from directory.imports.mapping import Mapping
from directory.imports.refusals import ImportRefused
from directory.imports.reports import Outcome, Problem, RowReport
from directory.imports.sheets import Sheet, SheetRow
from directory.imports.vocabularies import Vocabularies


@dataclass
class Row:
    """One row: the values of its cells by field, blank cells left out."""

    raw: SheetRow
    report: RowReport
    values: dict[str, Any] = field(default_factory=dict)
    #: What identifies it in its source.
    key: str = ""

    @property
    def is_good(self) -> bool:
        """Whether nothing was found that refuses it."""
        return not self.report.problems

    def refuse(self, message: str, column: str = "") -> None:
        """Add a reason not to import the row."""
        self.report.problems.append(Problem(message, column))
        self.report.outcome = Outcome.REFUSED

    def text(self, index: int) -> str:
        """The cell of a column as typed, '' where the row is too short."""
        return self.raw.cells[index] if index < len(self.raw.cells) else ""


def read(
    sheet: Sheet, plan: Plan, fields: Fields, mapping: Mapping, words: Vocabularies
) -> Iterator[Row]:
    """Every row, understood, one after the other."""
    for raw in sheet.rows:
        row = Row(raw, RowReport(raw.number, raw.cells[0], Outcome.UNCHANGED))
        if len(raw.cells) > len(sheet.headers):
            message = _("La ligne a %(cells)s colonnes, l’en-tête en a %(headers)s.")
            values = {"cells": len(raw.cells), "headers": len(sheet.headers)}
            row.refuse(message % values)
        else:
            for column in plan.columns:
                _read_cell(row, column, words)
            _require(row, plan, fields, mapping)
        yield row


def read_defaults(
    mapping: Mapping, fields: Fields, words: Vocabularies
) -> dict[str, Any]:
    """The values of the correspondence's `defaults`.

    Raises:
        ImportRefused: at a value that its field cannot take, or takes with a warning.

    """
    values: dict[str, Any] = {}
    for name, text in mapping.defaults.items():
        cell = Cell(text, words)
        try:
            values[name] = fields[name].read(cell)
        except BadCell as error:
            cell.warnings.clear()
            raise ImportRefused(_bad_default(name, str(error))) from error
        if cell.warnings:
            raise ImportRefused(_bad_default(name, cell.warnings[0].message))
    return values


def _bad_default(name: str, reason: str) -> str:
    message = _("Valeur par défaut de «\u00a0%(name)s\u00a0»\u00a0: %(reason)s")
    return message % {"name": name, "reason": reason}


def _read_cell(row: Row, column: Column, words: Vocabularies) -> None:
    text = row.text(column.index)
    if not text:
        return
    cell = Cell(text, words, row.report.warnings, column.header, column.separator)
    try:
        value = column.field.read(cell)
    except BadCell as error:
        row.refuse(str(error), column.header)
        return
    if value is not None:
        row.values[column.field.name] = value


def _require(row: Row, plan: Plan, fields: Fields, mapping: Mapping) -> None:
    for name, needed in fields.items():
        if not needed.is_required or name in row.values or name in mapping.defaults:
            continue
        if any(p.column == plan.header(name) for p in row.report.problems):
            continue
        message = _("«\u00a0%(field)s\u00a0» est vide.") % {"field": needed.label}
        row.refuse(message, plan.header(name))
