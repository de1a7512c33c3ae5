"""Import structures: `run` is the verb."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, Unpack

from django.utils.translation import gettext as _

from directory.imports import edits, keys
from directory.imports.namesakes import warn_of_namesakes
from directory.imports.places import Place, PlaceCells
from directory.imports.reports import Change, Report
from directory.imports.rows import Row
from directory.imports.runs import File, Options, Run, run_file
from directory.imports.structure_fields import FIELDS
from directory.imports.writing import Draft
from directory.models import Publication, Structure

PLACE_FIELDS = ("city", "postcode", "department", "insee")
#: Where a structure is: attributes that contradict each other when only some change.
SEAT = ("postcode", "city", "commune", "department", "is_abroad")
COPIED = (
    "name", "acronym", "other_names", "type", "description", "siren", "rna", "address",
    "website", "email", "phone", "social_links", "founded_in", "member_from",
    "member_until", "life",
)  # fmt: skip


def run(file: File, **options: Unpack[Options]) -> Report:
    """Import a file of structures; the options are those of the command.

    Nothing is written when a row is refused, unless `keep_good`; never in a dry run.

    Raises:
        ImportRefused: when the file or the correspondence as a whole cannot be read.

    """
    return run_file(StructureRun, file, options)


class StructureRun(Run):
    """One import of structures."""

    model = Structure
    fields = FIELDS
    naming = "name"
    together = SEAT

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._keys: set[str] = set()
        self._places: dict[int, Place] = {}

    def existing_records(self) -> Iterable[Structure]:
        """The structures of this source."""
        return (
            Structure.objects.from_source(self.source)
            .select_related("type", "commune", "department", "merged_into")
            .prefetch_related(*self.many)
        )

    def derived_key(self, row: Row) -> str:
        """The SIREN; without one, the name and the town."""
        siren = row.values.get("siren")
        return f"siren:{siren}" if siren else self._name_key(row)

    def prepare(self, read: list[Row]) -> None:
        """Understand every place, once, and note which keys the file uses."""
        self._keys = {row.key for row in read}
        for row in read:
            if row.is_good:
                self._places[row.raw.number] = self._place(row)

    def find(self, row: Row) -> Structure | None:
        """By its key; by name and town when its SIREN was unknown till now."""
        found: Structure | None = super().find(row)
        if found is None and not self.plan.key:
            name_key = self._name_key(row)
            if name_key not in self._keys:
                found = self.existing.pop(name_key, None)
        return found

    def attributes(self, row: Row, *, is_new: bool) -> dict[str, Any]:
        """The cells as they are, and the place that they tell together."""
        values = {name: row.values[name] for name in COPIED if name in row.values}
        values |= _seat(self._places[row.raw.number])
        if is_new:
            values["publication"] = row.values.get("publication", Publication.DRAFT)
        return values

    def finish(self, draft: Draft) -> None:
        """Place it on the map; forget a commune that its new town contradicts."""
        structure: Structure = draft.instance
        if draft.is_new:
            structure.locate()
            return
        has_moved = bool({"city", "department"} & draft.changed)
        found = self._places[draft.row.raw.number].commune
        if has_moved and structure.commune and not found:
            before = str(structure.commune)
            draft.row.report.changes.append(Change(_("commune"), before, ""))
            draft.changed.add("commune")
            edits.note(draft, "commune", None)
            structure.commune = None
        if "commune" in draft.changed:
            relocate(structure)
            draft.changed |= {"latitude", "longitude", "point_source", "department"}

    def review(self, drafts: list[Draft]) -> None:
        """Say which structures may be in the register already, or twice in the file."""
        warn_of_namesakes(drafts)

    def _place(self, row: Row) -> Place:
        cells = self._place_cells(row)
        if not cells:
            return Place()
        hints = {name: self.defaults.get(name, "") for name in PLACE_FIELDS}
        given = {name: row.values[name] for name in PLACE_FIELDS if name in row.values}
        place = self.words.places.find(PlaceCells(**{**hints, **given}))
        row.report.warnings.extend(
            replace(warning, column=self.plan.header(warning.column))
            for warning in place.warnings
        )
        return place

    def _name_key(self, row: Row) -> str:
        cells = self._place_cells(row)
        return keys.of_structure(row.values["name"], cells.city, cells.postcode)

    def _place_cells(self, row: Row) -> PlaceCells:
        return PlaceCells(**{name: row.values.get(name, "") for name in PLACE_FIELDS})


def _seat(place: Place) -> dict[str, Any]:
    """The attributes that a place gives; those that it says nothing of left out."""
    if place.is_abroad:
        nowhere = {"commune": None, "department": None}
        said = {name: getattr(place, name) for name in ("postcode", "city")}
        return {k: v for k, v in said.items() if v} | nowhere | {"is_abroad": True}
    said = {name: getattr(place, name) for name in SEAT[:-1]}
    values: dict[str, Any] = {name: value for name, value in said.items() if value}
    if place.department:
        values["is_abroad"] = False
    return values


def relocate(structure: Structure) -> None:
    """Move the point that came from the commune, now that the commune is another."""
    if structure.point_source == Structure.PointSource.COMMUNE:
        structure.latitude = structure.longitude = None
        structure.point_source = ""
    structure.locate()
