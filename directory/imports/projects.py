"""Import projects, and the structures that lead them: `run` is the verb."""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Iterable
from typing import Any, Unpack

from django.utils.translation import gettext as _

from directory.imports import keys
from directory.imports.leads import Leads
from directory.imports.participations import Parties
from directory.imports.project_fields import FIELDS
from directory.imports.reports import Report
from directory.imports.rows import Row
from directory.imports.runs import File, Options, Run, run_file
from directory.imports.titles import readable_title
from directory.imports.writing import Draft
from directory.labels import fold
from directory.models import Project, Publication

COPIED = (
    "summary", "description", "kind", "status", "beneficiaries", "beneficiary_count",
    "budget", "currency", "budget_is_public", "links",
)  # fmt: skip
Precision = Project.Precision
VAGUE_FIRST = (Precision.YEAR, Precision.MONTH, Precision.DAY)


def run(file: File, **options: Unpack[Options]) -> Report:
    """Import a file of projects; the options are those of the command.

    Nothing is written when a row is refused, unless `keep_good`; never in a dry run.

    Raises:
        ImportRefused: when the file or the correspondence as a whole cannot be read.

    """
    return run_file(ProjectRun, file, options)


class ProjectRun(Run):
    """One import of projects."""

    model = Project
    fields = FIELDS
    naming = "title"
    together = ("actual_start_on", "actual_end_on", "date_precision")

    leads: Leads
    parties: Parties

    def begin(self) -> None:
        """Read the structures too, which may lead the projects or take part."""
        super().begin()
        self.leads = Leads(self.source, self.words, self.defaults, self.plan.header)
        self.parties = Parties(self.words, self.defaults, self.leads)

    def existing_records(self) -> Iterable[Project]:
        """The projects of this source."""
        return Project.objects.from_source(self.source).prefetch_related(
            *self.many, "participations__structure", "participations__funder"
        )

    def derived_key(self, row: Row) -> str:
        """The lead, the year and the title as typed."""
        values = row.values
        start = values["start"][0].year if "start" in values else ""
        year = values.get("year", start)
        parts = (values.get("lead", ""), str(year), values.get("title", ""))
        return keys.shortened("|".join(map(fold, parts)))

    def prepare(self, read: list[Row]) -> None:
        """Find or make the leads, which takes all the rows."""
        self.leads.settle(read)

    def attributes(self, row: Row, *, is_new: bool) -> dict[str, Any]:
        """The cells as they are, the title and the dates."""
        values = {name: row.values[name] for name in COPIED if name in row.values}
        if "title" in row.values:
            said = row.report.warnings
            column = self.plan.header("title")
            title = readable_title(row.values, self.mapping.titles, said, column)
            values["title"] = title
            is_cut = title.endswith("…") and not row.values["title"].endswith("…")
            if is_new and is_cut:
                values.setdefault("description", row.values["title"])
        values |= dates(row)
        if is_new:
            values["publication"] = row.values.get("publication", Publication.DRAFT)
        return values

    def finish(self, draft: Draft) -> None:
        """Add the organisations that take part."""
        if draft.is_new:
            self.parties.invite(draft)
        else:
            self.parties.update(draft)

    def review(self, drafts: list[Draft]) -> None:
        """Save the leads, which participations point to."""
        self.leads.save()


def dates(row: Row) -> dict[str, Any]:
    """The dates of a row and how much of them is known.

    A year alone begins on 1 January; an end known to the month or the year is its last
    day. A row that ends before it begins is refused.
    """
    start, end = row.values.get("start"), row.values.get("end")
    if start is None and "year" in row.values:
        start = datetime.date(row.values["year"], 1, 1), Precision.YEAR
    values: dict[str, Any] = {}
    if start is not None:
        values["actual_start_on"] = start[0]
    if end is not None:
        values["actual_end_on"] = _last_day(*end)
    if start and end and values["actual_end_on"] < values["actual_start_on"]:
        row.refuse(_("La fin vient avant le début."))
    known = [moment[1] for moment in (start, end) if moment is not None]
    if known:
        values["date_precision"] = min(known, key=VAGUE_FIRST.index)
    return values


def _last_day(day: datetime.date, precision: Precision) -> datetime.date:
    if precision == Precision.YEAR:
        return day.replace(month=12, day=31)
    if precision == Precision.MONTH:
        return day.replace(day=calendar.monthrange(day.year, day.month)[1])
    return day
