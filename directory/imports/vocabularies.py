"""The closed lists of the register, read once, found by what people type."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from directory.imports.places import Gazetteer
from directory.imports.reports import Kind, Warn
from directory.labels import LabelIndex
from directory.models import Country, Funder, Goal, Sector, StructureType


@dataclass(frozen=True)
class Spelling:
    """A term that has no synonyms of its own, with those that people use."""

    term: Any
    label: str
    synonyms: list[str] = field(default_factory=list)
    code: str = ""


@dataclass(frozen=True)
class Terms:
    """The terms of a cell. Incomplete when a label of it was not understood."""

    found: tuple[Any, ...]
    is_complete: bool = True


class Vocabulary:
    """One closed list, and the warnings about labels that are not in it."""

    def __init__(self, terms: Iterable[Any], name: str) -> None:
        """`name` says what the terms are, in a message: « pays », « secteur »."""
        self._index: LabelIndex[Any] = LabelIndex(terms)
        self._name = name

    def one(self, label: str, warnings: list[Warn], column: str = "") -> Any | None:
        """The term of this label; None with a warning when none or several."""
        term = self._index.find(label)
        if term is not None:
            return term.term if isinstance(term, Spelling) else term
        kind, message = (
            Kind.LABEL,
            _("%(name)s inconnu\u00a0: «\u00a0%(label)s\u00a0», laissé de côté."),
        )
        if self._index.is_ambiguous(label):
            kind = Kind.AMBIGUOUS
            message = _(
                "%(name)s ambigu\u00a0: «\u00a0%(label)s\u00a0» en désigne plusieurs."
            )
        warnings.append(Warn(kind, message % self._words(label), column))
        return None

    def several(
        self, labels: Iterable[str], warnings: list[Warn], column: str = ""
    ) -> Terms:
        """The terms of these labels, each once; a warning names each unknown one."""
        found = [self.one(label, warnings, column) for label in labels]
        terms = tuple(dict.fromkeys(term for term in found if term is not None))
        return Terms(terms, is_complete=None not in found)

    def known(self, label: str) -> Any | None:
        """The term of this label, or None, without a word."""
        return self._index.find(label)

    def _words(self, label: str) -> dict[str, str]:
        return {"name": self._name[:1].upper() + self._name[1:], "label": label}


class Vocabularies:
    """All the lists that rows point to, each read once, when a row first needs it."""

    def __init__(self, abroad: Iterable[str] = ()) -> None:
        """`abroad` are towns to take for foreign ones."""
        self._abroad = abroad

    @cached_property
    def countries(self) -> Vocabulary:
        """Countries of the world."""
        return Vocabulary(Country.objects.active(), _("pays"))

    @cached_property
    def sectors(self) -> Vocabulary:
        """Fields of action."""
        return Vocabulary(Sector.objects.active(), _("secteur"))

    @cached_property
    def types(self) -> Vocabulary:
        """Types of structure, of both levels."""
        return Vocabulary(StructureType.objects.active(), _("type de structure"))

    @cached_property
    def goals(self) -> Vocabulary:
        """The seventeen goals."""
        return Vocabulary(map(_goal_spellings, Goal.objects.all()), _("ODD"))

    @cached_property
    def funders(self) -> Vocabulary:
        """Known funders."""
        return Vocabulary(Funder.objects.all(), _("financeur"))

    @cached_property
    def places(self) -> Gazetteer:
        """Départements and communes."""
        gazetteer = Gazetteer.load(Country.objects.active())
        gazetteer.add_towns_abroad(self._abroad)
        return gazetteer


def _goal_spellings(goal: Goal) -> Spelling:
    number = goal.number
    synonyms = [
        f"{number}",
        f"{number:02}",
        f"ODD {number}",
        f"ODD{number}",
        goal.title,
    ]
    return Spelling(goal, goal.label, [*synonyms, str(goal), f"objectif {number}"])
