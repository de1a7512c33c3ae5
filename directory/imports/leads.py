"""The structures that lead the projects of a file: found in their source, or made.

A file writes one organisation in several ways. Rows of one name, folded, are one
organisation when their town or their postcode agree, or when only one town is known;
the same name in two towns is two organisations.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from directory.imports import edits, keys
from directory.imports.casing import is_shouted
from directory.imports.places import ABROAD, PlaceCells, city_key
from directory.imports.reports import Kind, Warn
from directory.imports.rows import Row
from directory.imports.vocabularies import Vocabularies
from directory.imports.writing import Draft, write
from directory.labels import fold
from directory.models import Publication, Structure
from directory.slugs import Slugs

CELLS = {
    "city": "lead_city", "postcode": "lead_postcode", "department": "lead_department",
}  # fmt: skip


@dataclass
class Lead:
    """One organisation of the file, with all that its rows say of it."""

    cells: list[PlaceCells] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    structure: Structure | None = None

    @property
    def name(self) -> str:
        """Its first spelling in the file, one in small letters if there is one."""
        rows = sorted(self.rows, key=lambda row: row.raw.number)
        names: list[str] = [row.values["lead"] for row in rows]
        typed = [
            name for row, name in zip(rows, names, strict=True) if name in row.raw.cells
        ]
        return next((name for name in typed if not is_shouted(name)), names[0])

    @property
    def place(self) -> PlaceCells:
        """What is known of its place, put together: the first row that says it."""
        said = {
            name: next((value for c in self.cells if (value := getattr(c, name))), "")
            for name in CELLS
        }
        return PlaceCells(**said)

    def add(self, row: Row, cells: PlaceCells) -> None:
        """Add a row."""
        self.rows.append(row)
        if cells:
            self.cells.append(cells)

    def is_near(self, cells: PlaceCells) -> bool:
        """Whether the town or the postcode is one of its own."""
        return any(_agree(known, cells) for known in self.cells)


def _agree(one: PlaceCells, other: PlaceCells) -> bool:
    same_town = one.city and city_key(one.city) == city_key(other.city)
    same_postcode = one.postcode and one.postcode == other.postcode
    return bool(same_town or same_postcode)


def gather(rows: Iterable[Row]) -> list[Lead]:
    """The organisations that lead the good rows, in the order of the file."""
    by_name: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row.is_good and "lead" in row.values:
            by_name[fold(row.values["lead"])].append(row)
    return [lead for namesakes in by_name.values() for lead in _gather(namesakes)]


def _gather(namesakes: list[Row]) -> list[Lead]:
    leads: list[Lead] = []
    without_place: list[Row] = []
    for row in namesakes:
        cells = _cells(row)
        if not (cells.city or cells.postcode):
            without_place.append(row)
            continue
        lead = next((lead for lead in leads if lead.is_near(cells)), None)
        if lead is None:
            lead = _another(leads, row)
        lead.add(row, cells)
    if without_place and len(leads) != 1:
        _another(leads, without_place[0])
    for row in without_place:
        leads[-1].add(row, _cells(row))
    return leads


def _another(leads: list[Lead], row: Row) -> Lead:
    """Begin one more organisation of this name; say so when it is not the first."""
    if leads:
        message = _(
            "Le porteur de la ligne %(line)s a le même nom dans une autre ville."
        )
        values = {"line": leads[0].rows[0].raw.number}
        row.report.warnings.append(Warn(Kind.DUPLICATE, message % values))
    leads.append(Lead())
    return leads[-1]


def _cells(row: Row) -> PlaceCells:
    return PlaceCells(**{name: row.values.get(f, "") for name, f in CELLS.items()})


class Leads:
    """Finds or makes the structures that lead projects, within one source.

    A structure that exists is taken as it is: importing projects never changes it.
    """

    model: Any = Structure
    many: tuple[str, ...] = ()

    def __init__(
        self,
        source: str,
        words: Vocabularies,
        defaults: dict[str, Any],
        header: Callable[[str], str],
    ) -> None:
        """Read the structures of the source, and the names of all the others.

        `header` gives the column of the file that fills a field.
        """
        self._source = source
        self._words = words
        self._defaults = defaults
        self._header = header
        self._by_key: dict[str, Structure] = {}
        self._all: dict[str, Structure] = {}
        self._by_name: dict[str, list[Structure]] = defaultdict(list)
        mine = Structure.objects.from_source(source).select_related("merged_into")
        for structure in mine:
            self._by_key[structure.external_key] = structure
            self._all[structure.external_key] = structure
            self._by_name[fold(structure.name)].append(structure)
        others = Structure.objects.exclude(source=source)
        self._elsewhere = {fold(name) for name in others.values_list("name", flat=True)}
        self._leads: list[Lead] = []
        self._of_row: dict[int, Structure] = {}
        self._key_of_row: dict[int, str] = {}
        self._declined: set[int] = set()

    @cached_property
    def _slugs(self) -> Slugs:
        return Slugs(Structure)

    def settle(self, rows: Iterable[Row]) -> None:
        """Find or make the lead of each good row. Nothing is saved."""
        self._leads = gather(rows)
        for lead in self._leads:
            found = self._find(lead)
            made = found or self._make(lead)
            lead.structure = _survivor(made)
            for row in lead.rows:
                self._of_row[row.raw.number] = lead.structure
                self._key_of_row[row.raw.number] = made.external_key

    def of(self, row: Row) -> Structure | None:
        """The lead of a row."""
        return self._of_row.get(row.raw.number)

    def key_of(self, row: Row) -> str:
        """What identifies the lead of a row in the source, whatever the staff do."""
        return self._key_of_row[row.raw.number]

    def known(self, key: str) -> Structure | None:
        """The structure that the source brought under this key, or its survivor."""
        structure = self._all.get(key)
        return _survivor(structure) if structure else None

    def decline(self, row: Row) -> None:
        """Do without the lead of this row: its project keeps another."""
        self._declined.add(row.raw.number)

    def save(self) -> None:
        """Save the new ones that lead a good row; those that fail refuse their rows."""
        drafts: list[Draft] = []
        for lead in self._leads:
            good = [
                row
                for row in lead.rows
                if row.is_good and row.raw.number not in self._declined
            ]
            if good and lead.structure and lead.structure.pk is None:
                drafts.append(Draft(good[0], lead.structure, is_new=True))
                good[0].report.new_structure = lead.structure.name
        write(self, drafts)
        for draft in drafts:
            if not draft.row.is_good:
                self._refuse_the_others(draft)

    def _refuse_the_others(self, draft: Draft) -> None:
        problem = draft.row.report.problems[-1]
        lead = next(lead for lead in self._leads if lead.structure is draft.instance)
        for row in lead.rows:
            if row.is_good:
                row.refuse(problem.message, problem.column)

    def _find(self, lead: Lead) -> Structure | None:
        found = self._by_key.pop(self._key(lead), None)
        if found is not None:
            return found
        near = [
            structure
            for structure in self._by_name[fold(lead.name)]
            if structure.external_key in self._by_key and _may_be(lead, structure)
        ]
        return self._by_key.pop(near[0].external_key) if len(near) == 1 else None

    def _key(self, lead: Lead) -> str:
        return keys.of_structure(lead.name, lead.place.city, lead.place.postcode)

    def _make(self, lead: Lead) -> Structure:
        cells = lead.place
        if any(self._words.places.is_abroad(known) for known in lead.cells):
            cells = replace(cells, department=ABROAD)
        place = self._words.places.find(cells)
        first = lead.rows[0]
        first.report.warnings.extend(
            replace(warning, column=self._header(CELLS[warning.column]))
            for warning in place.warnings
        )
        if fold(lead.name) in self._elsewhere:
            message = _(
                "Une fiche d’une autre source s’appelle «\u00a0%(name)s\u00a0»."
            )
            warning = Warn(Kind.DUPLICATE, message % {"name": lead.name})
            first.report.warnings.append(warning)
        publication = self._said(first, "lead_publication") or Publication.DRAFT
        values = {
            "name": lead.name,
            "type": self._said(first, "lead_type"),
            "publication": publication,
            "city": place.city,
            "postcode": place.postcode,
            "commune": place.commune,
            "department": place.department,
            "is_abroad": place.is_abroad,
        }
        structure = Structure(
            source=self._source,
            external_key=self._key(lead),
            slug=self._slugs.take(lead.name),
            imported=edits.written(values, {}),
            **values,
        )
        structure.locate()
        _validate(structure, lead, self._header)
        return structure

    def _said(self, row: Row, name: str) -> Any:
        return row.values.get(name, self._defaults.get(name))


def _survivor(structure: Structure) -> Structure:
    """The structure, or the one that the staff merged it into."""
    seen = {structure.pk}
    while structure.merged_into is not None and structure.merged_into.pk not in seen:
        structure = structure.merged_into
        seen.add(structure.pk)
    return structure


def _may_be(lead: Lead, structure: Structure) -> bool:
    """Whether nothing known of their places tells them apart."""
    known = PlaceCells(city=structure.city, postcode=structure.postcode)
    return not known or not lead.cells or lead.is_near(known)


def _validate(structure: Structure, lead: Lead, header: Callable[[str], str]) -> None:
    relations = {c.name for c in Structure._meta.concrete_fields if c.is_relation}
    try:
        structure.clean_fields(exclude=relations)
    except ValidationError as error:
        for name, messages in error.message_dict.items():
            for row in lead.rows:
                row.refuse(messages[0], header(CELLS.get(name, "lead")))
