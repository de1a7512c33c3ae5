"""Which column of a file goes to which field: from a JSON file, or from the headers.

The format of the JSON file is told to the staff in `docs/guide/importer.md`.
"""

from __future__ import annotations

import difflib
import json
import string
from collections.abc import Iterator
from collections.abc import Mapping as MappingType
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from directory.imports.fields import Fields
from directory.imports.refusals import ImportRefused
from directory.imports.sheets import is_storable
from directory.labels import fold

SEPARATORS = (",", ";", "|", " ")
TOP_KEYS = ("columns", "defaults", "key", "sheet", "titles", "abroad")
TITLE_KEYS = ("template", "below", "limit")
TEMPLATE_FIELDS = {"lead", "title", "year"}
MAX_MAP_BYTES = 1024 * 1024


@dataclass(frozen=True)
class Target:
    """Where a column goes: a field, and how its lists are cut."""

    field: str
    separator: str = ","


@dataclass(frozen=True)
class Titles:
    """How titles too short to say anything are completed, and long ones cut."""

    template: str = ""
    below: int = 0
    limit: int = 250


@dataclass(frozen=True)
class Mapping:
    """The correspondence between a file and the register; empty: headers decide."""

    #: Folded header -> its field, or None to leave the column out.
    columns: MappingType[str, Target | None] = field(default_factory=dict)
    #: Field -> text, for rows that are created and say nothing of it.
    defaults: MappingType[str, str] = field(default_factory=dict)
    #: Headers of the columns that identify a row in its source.
    key: tuple[str, ...] = ()
    sheet: str = ""
    titles: Titles = Titles()
    #: Towns that the file writes without their country.
    abroad: tuple[str, ...] = ()


def load(path: Path | str, fields: Fields) -> Mapping:
    """Read a JSON file of correspondence.

    Raises:
        ImportRefused: with all that is wrong in it.

    """
    path = Path(path)
    try:
        if path.stat().st_size > MAX_MAP_BYTES:
            raise ImportRefused(_("La correspondance dépasse 1\u00a0Mo."))
        data = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, RecursionError) as error:
        message = _(
            "La correspondance «\u00a0%(path)s\u00a0» n’est pas un fichier JSON"
            " lisible."
        )
        raise ImportRefused(message % {"path": path}) from error
    return parse(data, fields)


def parse(data: Any, fields: Fields) -> Mapping:
    """A correspondence from decoded JSON.

    Raises:
        ImportRefused: with all that is wrong in it.

    """
    if not isinstance(data, dict):
        raise ImportRefused(
            _("La correspondance doit être un objet JSON\u00a0: { … }.")
        )
    if not all(map(is_storable, _texts_in(data))):
        raise ImportRefused(
            _("La correspondance a un caractère illisible (nul ou invalide).")
        )
    parser = _Parser(data, fields)
    mapping = parser.mapping()
    if parser.errors:
        intro = _("La correspondance est à corriger\u00a0:")
        raise ImportRefused(" ".join([intro, *parser.errors]))
    return mapping


class _Parser:
    """Reads decoded JSON and gathers every error in it."""

    def __init__(self, data: dict[str, Any], fields: Fields) -> None:
        self.data = data
        self.fields = fields
        self.errors: list[str] = []

    def mapping(self) -> Mapping:
        for name in self.data:
            if name not in TOP_KEYS:
                self._error(
                    _("«\u00a0%(name)s\u00a0» n’est pas une rubrique connue."), name
                )
        return Mapping(
            columns=self._columns(),
            defaults=self._defaults(),
            key=self._texts("key"),
            abroad=self._texts("abroad"),
            sheet=self._text(self.data, "sheet"),
            titles=self._titles(),
        )

    def _error(self, message: str, name: object) -> None:
        self.errors.append(message % {"name": name})

    def _object(self, name: str) -> dict[str, Any]:
        value = self.data.get(name, {})
        if not isinstance(value, dict):
            self._error(
                _("«\u00a0%(name)s\u00a0» doit être un objet\u00a0: { … }."), name
            )
            return {}
        return value

    def _text(self, data: dict[str, Any], name: str) -> str:
        value = data.get(name, "")
        if not isinstance(value, str):
            self._error(_("«\u00a0%(name)s\u00a0» doit être un texte."), name)
            return ""
        return value

    def _columns(self) -> dict[str, Target | None]:
        columns: dict[str, Target | None] = {}
        for header, value in self._object("columns").items():
            columns[fold(header)] = self._target(header, value)
        return columns

    def _target(self, header: str, value: Any) -> Target | None:
        if value is None:
            return None
        given = value if isinstance(value, dict) else {"field": value}
        name, separator = given.get("field"), given.get("split", ",")
        if not isinstance(name, str) or name not in self.fields:
            self._error(
                _("champ inconnu pour la colonne «\u00a0%(name)s\u00a0»")
                + self._unknown(name),
                header,
            )
            return None
        if separator not in SEPARATORS or set(given) - {"field", "split"}:
            message = _(
                "«\u00a0split\u00a0» de la colonne «\u00a0%(name)s\u00a0»\u00a0:"
                " «\u00a0,\u00a0», «\u00a0;\u00a0», «\u00a0|\u00a0» ou «\u00a0»."
            )
            self._error(message, header)
            return None
        return Target(name, separator)

    def _unknown(self, name: Any) -> str:
        """The end of a message: the unknown field, and the one that was meant."""
        if not isinstance(name, str):
            return "."
        meant = self.fields.named(name)
        near = difflib.get_close_matches(name, self.fields, n=1)
        end = f"\u00a0: «\u00a0{name}\u00a0»."
        if suggestion := meant or next(iter(near), ""):
            question = _("Vouliez-vous dire «\u00a0%(field)s\u00a0»\u00a0?")
            end += " " + question % {"field": suggestion}
        return end.replace("%", "%%")

    def _defaults(self) -> dict[str, str]:
        defaults: dict[str, str] = {}
        for name, value in self._object("defaults").items():
            if name not in self.fields:
                self._error(
                    _("champ inconnu dans «\u00a0%(name)s\u00a0»")
                    + self._unknown(name),
                    "defaults",
                )
                continue
            values = value if isinstance(value, list) else [value]
            if not all(isinstance(item, str | int | float) for item in values):
                self._error(
                    _("valeur par défaut de «\u00a0%(name)s\u00a0» illisible."), name
                )
                continue
            defaults[name] = ", ".join(_as_text(item) for item in values)
        return defaults

    def _texts(self, name: str) -> tuple[str, ...]:
        value = self.data.get(name, [])
        texts = [value] if isinstance(value, str) else value
        if not isinstance(texts, list) or not all(isinstance(t, str) for t in texts):
            self._error(
                _("«\u00a0%(name)s\u00a0» doit être un texte, ou une liste."), name
            )
            return ()
        return tuple(texts)

    def _titles(self) -> Titles:
        given = self._object("titles")
        if "titles" in self.data and "title" not in self.fields:
            self._error(_("«\u00a0%(name)s\u00a0» ne sert qu’aux projets."), "titles")
            return Titles()
        for name in given:
            if name not in TITLE_KEYS:
                self._error(
                    _(
                        "«\u00a0titles\u00a0»\u00a0: rubrique «\u00a0%(name)s\u00a0»"
                        " inconnue."
                    ),
                    name,
                )
        template = self._text(given, "template")
        if not _is_template(template):
            message = _(
                "«\u00a0titles\u00a0»\u00a0: «\u00a0%(name)s\u00a0» n’admet que"
                " {lead}, {title} et {year}."
            )
            self._error(message, "template")
        numbers = {}
        for name, default, highest in (("below", 0, 250), ("limit", 250, 250)):
            numbers[name] = given.get(name, default)
            if type(numbers[name]) is not int or not 0 <= numbers[name] <= highest:
                self._error(
                    _(
                        "«\u00a0titles\u00a0»\u00a0: «\u00a0%(name)s\u00a0» va de 0 à"
                        " 250."
                    ),
                    name,
                )
        return Titles(template, **numbers)


def _texts_in(data: Any) -> Iterator[str]:
    """Every text of decoded JSON, names included."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        yield from data
        yield from _texts_in(list(data.values()))
    elif isinstance(data, list):
        for item in data:
            yield from _texts_in(item)


def _as_text(value: object) -> str:
    if isinstance(value, bool):
        return "oui" if value else "non"
    return str(value)


def _is_template(text: str) -> bool:
    try:
        parts = list(string.Formatter().parse(text))
    except ValueError:
        return False
    return all(
        name is None or (name in TEMPLATE_FIELDS and not spec and not conversion)
        for _literal, name, spec, conversion in parts
    )
