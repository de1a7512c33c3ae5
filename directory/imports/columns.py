"""Which columns of a sheet are read, and into which fields."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from directory.imports.fields import Field, Fields
from directory.imports.mapping import Mapping, Target
from directory.imports.refusals import ImportRefused
from directory.imports.sheets import Sheet
from directory.labels import fold

#: The field of the column that identifies a row, when the headers announce one.
KEY_FIELD = "external_key"


@dataclass(frozen=True)
class Column:
    """A column of the file that is used."""

    index: int
    header: str
    field: Field
    separator: str = ","


@dataclass(frozen=True)
class Plan:
    """How each row of a sheet will be read."""

    columns: tuple[Column, ...]
    key: tuple[int, ...]
    unused: tuple[str, ...]

    def header(self, name: str) -> str:
        """The column of the file that fills a field, or ''."""
        return next((c.header for c in self.columns if c.field.name == name), "")


def match(sheet: Sheet, mapping: Mapping, fields: Fields) -> Plan:
    """How to read the rows of this sheet: the correspondence first, then the headers.

    Raises:
        ImportRefused: when a column is missing, or two fill the same field.

    """
    headers = {fold(header): i for i, header in enumerate(sheet.headers) if header}
    _require(headers, mapping)
    columns: list[Column] = []
    unused: list[str] = []
    for index, header in enumerate(sheet.headers):
        target = _target(header, mapping, fields)
        if target is None:
            unused.append(header or _("colonne %(n)s, sans nom") % {"n": index + 1})
        else:
            columns.append(
                Column(index, header, fields[target.field], target.separator)
            )
    _check_columns(columns, mapping, fields)
    key = tuple(headers[fold(header)] for header in mapping.key) or tuple(
        column.index for column in columns if column.field.name == KEY_FIELD
    )
    return Plan(tuple(columns), key, tuple(unused))


def _target(header: str, mapping: Mapping, fields: Fields) -> Target | None:
    folded = fold(header)
    if folded in mapping.columns:
        return mapping.columns[folded]
    name = fields.named(header)
    return Target(name) if name else None


def _require(headers: dict[str, int], mapping: Mapping) -> None:
    used = [name for name, target in mapping.columns.items() if target is not None]
    wanted = [*used, *map(fold, mapping.key)]
    missing = [header for header in dict.fromkeys(wanted) if header not in headers]
    if missing:
        message = _(
            "Il manque au fichier une colonne de la correspondance\u00a0: %(names)s."
        )
        raise ImportRefused(message % {"names": ", ".join(missing)})


def _check_columns(columns: list[Column], mapping: Mapping, fields: Fields) -> None:
    by_field: dict[str, str] = {}
    for column in columns:
        other = by_field.setdefault(column.field.name, column.header)
        if other != column.header:
            message = _(
                "Les colonnes «\u00a0%(one)s\u00a0» et «\u00a0%(two)s\u00a0» vont"
                " toutes deux au champ"
                " «\u00a0%(field)s\u00a0»\u00a0: choisissez avec une correspondance."
            )
            values = {"one": other, "two": column.header, "field": column.field.label}
            raise ImportRefused(message % values)
    for name, needed in fields.items():
        if needed.is_required and name not in by_field and name not in mapping.defaults:
            message = _("Il manque une colonne «\u00a0%(field)s\u00a0».")
            raise ImportRefused(message % {"field": needed.label})
