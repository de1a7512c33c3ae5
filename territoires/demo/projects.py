"""The projects of the demonstration, with who takes part in them and where."""

from __future__ import annotations

import calendar
import datetime
from typing import TYPE_CHECKING, Any

from directory.models import (
    Locality,
    Participation,
    Project,
    ProjectImage,
    Publication,
    Structure,
)
from directory.slugs import unique_slug
from territoires.demo import artwork
from territoires.demo.files import Loaded, Row, load_missing, rows, values

if TYPE_CHECKING:
    from members.models import User
    from territoires.demo.vocabularies import Vocabularies

#: Keys that are not columns, or that need more than a copy.
READ_HERE = ("participations", "localities", "image", "source_url")
STARTS = ("planned_start_on", "actual_start_on")
ENDS = ("planned_end_on", "actual_end_on")
PRECISIONS = {
    len("2024"): Project.Precision.YEAR,
    len("2024-09"): Project.Precision.MONTH,
    len("2024-09-30"): Project.Precision.DAY,
}


def load(
    vocabularies: Vocabularies, verifier: User, structures: Loaded[Structure]
) -> Loaded[Project]:
    """Create the missing projects."""
    makers = _Makers(vocabularies, verifier, structures.by_name)
    return load_missing(
        Project, rows("real_projects.json", "projects.json"), "title", makers.create
    )


def dated(row: Row) -> Row:
    """The row with whole dates, and how much of them is known.

    « 2024 » as a start is the first of January, as an end the last of December; the
    least precise of the dates gives the precision of all.
    """
    given = [name for name in (*STARTS, *ENDS) if row.get(name)]
    if not given:
        return row
    whole = {name: _whole(row[name], is_end=name in ENDS) for name in given}
    known = min(len(row[name]) for name in given)
    return {**row, **whole, "date_precision": PRECISIONS[known]}


def _whole(text: str, *, is_end: bool) -> datetime.date:
    if not is_end:
        return datetime.date.fromisoformat(text + "YYYY-01-01"[len(text) :])
    year, month, *day = map(int, (text + "YYYY-12"[len(text) :]).split("-"))
    return datetime.date(year, month, *(day or [calendar.monthrange(year, month)[1]]))


class _Makers:
    """Makes projects from rows, with what they point to."""

    def __init__(
        self,
        vocabularies: Vocabularies,
        verifier: User,
        structures: dict[str, Structure],
    ) -> None:
        self._vocabularies = vocabularies
        self._verifier = verifier
        self._structures = structures

    def create(self, row: Row) -> Project:
        title = row["title"]
        project = Project(
            slug=unique_slug(Project, title),
            **{
                "publication": Publication.PUBLISHED,
                **values(Project, dated(row), besides=READ_HERE),
            },
        )
        if "source_url" in row:
            project.links = [row["source_url"]]
        if project.verified_at:
            project.verified_by = self._verifier
        project.save()
        self._vocabularies.link(project, row, of=title)
        self._add_participations(project, row.get("participations", {}))
        self._add_localities(project, row.get("localities", ()))
        if "image" in row:
            _add_image(project, **row["image"])
        return project

    def _add_participations(
        self, project: Project, by_role: dict[str, list[Any]]
    ) -> None:
        entries = [
            (role, entry if isinstance(entry, dict) else {"name": entry})
            for role, role_entries in by_role.items()
            for entry in role_entries
        ]
        Participation.objects.bulk_create(
            Participation(
                project=project,
                role=role,
                position=position,
                amount=entry.get("amount"),
                **self._organisation(role, entry["name"]),
            )
            for position, (role, entry) in enumerate(entries)
        )

    def _organisation(self, role: str, name: str) -> Row:
        if name in self._structures:
            return {"structure": self._structures[name]}
        if role == Participation.Role.FUNDER:
            funder = self._vocabularies.peek("funder", name)
            if funder is not None:
                return {"funder": funder}
        return {"name": name}

    def _add_localities(self, project: Project, places: Any) -> None:
        Locality.objects.bulk_create(
            Locality(
                project=project,
                country=self._vocabularies.find(
                    "countries", place["country"], of=project.title
                ),
                **values(Locality, place, besides={"country"}),
            )
            for place in places
        )


def _add_image(project: Project, scene: str, alternative: str) -> None:
    image = ProjectImage(
        project=project, alternative=alternative, credit=artwork.CREDIT
    )
    artwork.attach(image.image, artwork.landscape, scene, project.slug)
    image.save()
