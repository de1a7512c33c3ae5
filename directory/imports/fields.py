"""The fields that a column can fill: their names in a file, and how a cell is read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.imports import cells
from directory.imports.casing import readable
from directory.imports.reports import Kind, Warn
from directory.imports.vocabularies import Vocabularies
from directory.labels import fold
from directory.models import Publication, Structure
from directory.models.fields import validate_phone, validate_rna

#: What the columns of names hold.
LONGEST_NAME = 200


@dataclass(frozen=True)
class Cell:
    """A cell that is not blank, with all that is needed to understand it."""

    text: str
    vocabularies: Vocabularies
    warnings: list[Warn] = field(default_factory=list)
    column: str = ""
    separator: str = ","

    def warn(self, kind: Kind, message: str) -> None:
        """Add a warning on this column."""
        self.warnings.append(Warn(kind, message, self.column))

    @property
    def line(self) -> str:
        """The text with single spaces and no line break."""
        return " ".join(self.text.split())

    @property
    def labels(self) -> list[str]:
        """The items of the cell, cut at the separator of its column."""
        return cells.labels(self.line, self.separator)


#: From a cell to the value of the field; None when nothing could be kept of it.
Reader = Callable[[Cell], Any]


@dataclass(frozen=True)
class Field:
    """A field of the register that a column can fill."""

    name: str
    label: Any
    read: Reader
    #: Other headers that people give to it, « | » between them; case, accents and
    #: signs do not matter.
    aliases: str = ""
    is_required: bool = False

    @property
    def headers(self) -> list[str]:
        """Every header that announces the field."""
        aliases = self.aliases.split("|") if self.aliases else []
        return [self.name, str(self.label), *aliases]


class Fields(dict[str, Field]):
    """The fields of an import, by name."""

    def __init__(self, fields: Iterable[Field]) -> None:
        """Index them by every header they answer to."""
        super().__init__((field.name, field) for field in fields)
        self._names = {
            fold(header): field.name
            for field in self.values()
            for header in field.headers
        }

    def named(self, header: str) -> str | None:
        """The name of the field that this header announces."""
        return self._names.get(fold(header))


def line(cell: Cell) -> str:
    """A text on one line."""
    return cell.line


def paragraphs(cell: Cell) -> str:
    """A text whose line breaks are kept."""
    return cell.text.replace("\r\n", "\n").replace("\r", "\n")


def organisation(cell: Cell) -> str:
    """The name of an organisation."""
    return _short_enough(cell.line)


def organisations(cell: Cell) -> list[str]:
    """Several names of organisations."""
    return [_short_enough(text) for text in lines(cell)]


def name(cell: Cell) -> str:
    """The name of an organisation; one that is all capitals is made readable."""
    result = readable(_short_enough(cell.line))
    if result != cell.line:
        message = _("«\u00a0%(name)s\u00a0» devient «\u00a0%(result)s\u00a0».")
        cell.warn(Kind.CASE, message % {"name": cell.line, "result": result})
    return result


def _short_enough(name: str) -> str:
    if len(name) > LONGEST_NAME:
        raise cells.BadCell(_("Le nom a plus de 200 caractères."))
    return name


def lines(cell: Cell) -> list[str]:
    """Several texts."""
    return list(dict.fromkeys(cell.labels))


def web_address(cell: Cell) -> str:
    """An address of the web."""
    return cells.web_address(cell.line)


def web_addresses(cell: Cell) -> list[str]:
    """Several addresses of the web."""
    return [cells.web_address(text) for text in lines(cell)]


def currency(cell: Cell) -> str:
    """A code of ISO 4217; the sign of the euro is one too."""
    return "EUR" if cell.line in ("€", "euro", "euros") else cell.line.upper()


def plain(parse: Callable[[str], Any]) -> Reader:
    """The reader of a value that only depends on the text."""
    return lambda cell: parse(cell.line)


def one_of(choices: type[models.TextChoices]) -> Reader:
    """The reader of a closed list of the code."""
    return lambda cell: cells.choice(cell.line, choices)


def several(vocabulary: str) -> Reader:
    """The reader of several terms of a closed list of the register."""

    def read(cell: Cell) -> Any:
        terms = getattr(cell.vocabularies, vocabulary)
        return terms.several(cell.labels, cell.warnings, cell.column)

    return read


def structure_type(cell: Cell) -> Any:
    """A type of structure, alone or after its parent: « Association > OSIM »."""
    label = cell.line.rpartition(">")[2]
    return cell.vocabularies.types.one(label, cell.warnings, cell.column)


def siren(cell: Cell) -> str | None:
    """A SIREN whose key is right; else nothing, with a warning."""
    number, is_padded = cells.siren(cell.line)
    if is_padded:
        message = _("SIREN «\u00a0%(text)s\u00a0» lu %(number)s.")
        cell.warn(Kind.REPAIRED, message % {"text": cell.line, "number": number})
    if not number:
        message = _("SIREN invalide, laissé de côté\u00a0: «\u00a0%(text)s\u00a0».")
        cell.warn(Kind.NUMBER, message % {"text": cell.line})
    return number or None


def rna(cell: Cell) -> str | None:
    """An RNA that is well formed; else nothing, with a warning."""
    number = re.sub(r"\s", "", cell.line).upper()
    try:
        validate_rna(number)
    except ValidationError:
        message = _("RNA invalide, laissé de côté\u00a0: «\u00a0%(text)s\u00a0».")
        cell.warn(Kind.NUMBER, message % {"text": cell.line})
        return None
    return number


def phone(cell: Cell) -> str | None:
    """A telephone number that can be dialled; else nothing, with a warning."""
    longest = Structure._meta.get_field("phone").max_length or 0
    try:
        validate_phone(cell.line)
    except ValidationError:
        is_good = False
    else:
        is_good = len(cell.line) <= longest
    if is_good:
        return cell.line
    message = _("Téléphone invalide, laissé de côté\u00a0: «\u00a0%(text)s\u00a0».")
    cell.warn(Kind.IGNORED, message % {"text": cell.line})
    return None


#: What structures and projects have in common.
SHARED = (
    Field(
        "external_key",
        gettext_lazy("identifiant"),
        line,
        "clé|id|code interne|référence|clé dans la source",
    ),
    Field(
        "countries",
        gettext_lazy("pays d’intervention"),
        several("countries"),
        "pays|pays concernés|pays partenaires|zone d’intervention",
    ),
    Field(
        "sectors",
        gettext_lazy("secteurs d’intervention"),
        several("sectors"),
        "secteurs|secteur|secteur d’intervention|secteur(s) d’intervention|thématiques"
        "|domaines|domaines d’intervention",
    ),
    Field(
        "goals",
        gettext_lazy("objectifs de développement durable"),
        several("goals"),
        "odd|objectifs|numéros odd",
    ),
    Field(
        "publication",
        gettext_lazy("publication"),
        one_of(Publication),
        "état de publication",
    ),
)
