"""The closed lists of the register, found from the labels of the data files."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from directory.labels import LabelIndex
from directory.models import Country, Funder, Sector, StructureType, Theme


class Vocabularies:
    """Terms by label, synonym or code; what finds none is kept to be reported."""

    def __init__(self) -> None:
        """Read the tables once."""
        self._indexes: dict[str, tuple[str, LabelIndex[Any]]] = {
            "countries": ("pays", LabelIndex(Country.objects.all())),
            "sectors": ("secteur", LabelIndex(Sector.objects.all())),
            "type": ("type", LabelIndex(StructureType.objects.all())),
            "funder": ("financeur", LabelIndex(Funder.objects.all())),
            "theme": ("thème", LabelIndex(Theme.objects.all())),
        }
        #: One sentence for each label that was not understood.
        self.unmatched: list[str] = []

    def peek(self, field: str, label: str) -> Any | None:
        """The term, or None without a word."""
        return self._indexes[field][1].find(label)

    def find(self, field: str, label: str, *, of: str) -> Any | None:
        """The term, or None, which is then reported as missing from `of`."""
        word, index = self._indexes[field]
        term = index.find(label)
        if term is None:
            why = "ambigu" if index.is_ambiguous(label) else "inconnu"
            self.unmatched.append(f"{of}\u00a0: {word} «\u00a0{label}\u00a0» {why}")
        return term

    def find_all(self, field: str, labels: Iterable[str], *, of: str) -> list[Any]:
        """The terms of the labels that are understood, each once."""
        found = (self.find(field, label, of=of) for label in labels)
        return list(dict.fromkeys(term for term in found if term is not None))

    def link(self, item: Any, row: dict[str, Any], *, of: str) -> None:
        """Set countries, sectors and goals as the row says them."""
        for field in ("countries", "sectors"):
            if terms := self.find_all(field, row.get(field, ()), of=of):
                getattr(item, field).set(terms)
        if goals := row.get("goals"):
            item.goals.set(goals)
