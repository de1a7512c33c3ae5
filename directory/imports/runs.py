"""The steps that every import takes: read, compare, write, and undo if need be."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import Any, ClassVar, Required, TypedDict

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils.translation import gettext as _

from directory.history.traces import because
from directory.imports import columns, edits, keys, rows, sheets
from directory.imports import mapping as mappings
from directory.imports.fields import Fields
from directory.imports.mapping import Mapping
from directory.imports.progress import Progress, Steps
from directory.imports.refusals import ImportRefused
from directory.imports.reports import CORRECTED, Kind, Outcome, Report, State, Warn
from directory.imports.rows import Row
from directory.imports.sheets import Sheet
from directory.imports.vocabularies import Terms, Vocabularies
from directory.imports.writing import Draft, write
from directory.labels import fold
from directory.slugs import Slugs

File = Sheet | Path | str | bytes


class Options(TypedDict, total=False):
    """How to import a file."""

    source: Required[str]
    #: A correspondence, or the JSON file that holds one.
    mapping: Mapping | Path | str | None
    dry_run: bool
    keep_good: bool
    progress: Progress | None


class Run:
    """One import of one sheet into one table."""

    model: Any
    fields: ClassVar[Fields]
    #: Attribute that names the record, and gives its address.
    naming: ClassVar[str]
    #: What the file is called, for the history.
    file = ""
    many: tuple[str, ...] = ("countries", "sectors", "goals")
    #: Attributes that only make sense with each other.
    together: ClassVar[tuple[str, ...]] = ()

    def __init__(self, sheet: Sheet, *, source: str, mapping: Mapping) -> None:
        """Match the columns and read what the rows will be compared with.

        Raises:
            ImportRefused: when the columns or the defaults do not fit.

        """
        self.source = _checked_source(source)
        self.sheet = sheet
        self.mapping = mapping
        self.plan = columns.match(sheet, mapping, self.fields)
        self.words = Vocabularies(mapping.abroad)
        self.defaults = rows.read_defaults(mapping, self.fields, self.words)
        self.existing: dict[str, Any] = {}

    @cached_property
    def slugs(self) -> Slugs:
        """The addresses of pages that are free."""
        return Slugs(self.model)

    def run(
        self, *, dry_run: bool, keep_good: bool, progress: Progress | None
    ) -> Report:
        """Do it all in one transaction; undo it for a dry run or a refused row."""
        report = Report(self.source, remarks=self._remarks())
        steps = Steps(len(self.sheet.rows), progress)
        with (
            because("import", source=self.source, file=self.file or _("sans nom")),
            transaction.atomic(),
        ):
            _one_at_a_time()
            self.begin()
            read = list(steps.over(self._rows()))
            keys.assign(read, self.plan, self.derived_key)
            self.prepare(read)
            drafts = self._drafts(steps.over(read))
            self.review(drafts)
            good = [draft for draft in drafts if draft.row.is_good]
            steps.advance(len(read) - len(good))
            write(self, good, steps=steps)
            report.rows = [row.report for row in read]
            report.state = _state(report, dry_run=dry_run, keep_good=keep_good)
            if not report.is_written:
                transaction.set_rollback(True)
        _forget_corrections(report)
        return report

    # What differs from a table to another

    def begin(self) -> None:
        """Read the register, now that no other import writes in it."""
        records = self.existing_records()
        self.existing = {record.external_key: record for record in records}

    def existing_records(self) -> Iterable[Any]:
        """The records of this source, with what comparing them needs."""
        raise NotImplementedError

    def derived_key(self, row: Row) -> str:
        """The key of a row whose file has none."""
        raise NotImplementedError

    def attributes(self, row: Row, *, is_new: bool) -> dict[str, Any]:
        """The attributes that the row gives to its record."""
        raise NotImplementedError

    def prepare(self, read: list[Row]) -> None:
        """Look at all the rows before the first is compared."""

    def find(self, row: Row) -> Any | None:
        """The record that this row already made."""
        return self.existing.pop(row.key, None)

    def finish(self, draft: Draft) -> None:
        """Complete a draft once its attributes are set."""

    def review(self, drafts: list[Draft]) -> None:
        """Look at all the drafts before the first is written."""

    # The steps

    def _remarks(self) -> list[str]:
        remarks = list(self.sheet.remarks)
        if self.plan.unused:
            message = _("Colonnes non utilisées\u00a0: %(names)s.")
            remarks.append(message % {"names": ", ".join(self.plan.unused)})
        return remarks

    def _rows(self) -> Iterable[Row]:
        return rows.read(self.sheet, self.plan, self.fields, self.mapping, self.words)

    def _drafts(self, read: Iterable[Row]) -> list[Draft]:
        drafts: list[Draft] = []
        for row in read:
            found = self.find(row) if row.is_good else None
            kept = getattr(found, "merged_into", None)
            if kept is not None:
                _leave_merged(row, found, kept)
            elif row.is_good:
                draft = self._draft(row, found)
                if row.is_good:
                    drafts.append(draft)
        return drafts

    def _draft(self, row: Row, found: Any | None) -> Draft:
        if found is None:
            draft = self._new(row)
        else:
            draft = Draft(row, found, is_new=False)
            self._update(draft)
        self.finish(draft)
        self._validate(draft)
        row.report.label = str(draft.instance)
        if not row.is_good:
            return draft
        if draft.is_new:
            row.report.outcome = Outcome.CREATED
            name = getattr(draft.instance, self.naming)
            draft.instance.slug = self.slugs.take(name)
        elif draft.is_changed:
            row.report.outcome = Outcome.CHANGED
        return draft

    def _new(self, row: Row) -> Draft:
        row.values = {**self.defaults, **row.values}
        values = self.attributes(row, is_new=True)
        record = self.model(source=self.source, external_key=row.key, **values)
        draft = Draft(row, record, is_new=True)
        draft.terms = {name: list(t.found) for name, t in self._terms(row).items()}
        draft.imported = edits.written(values, draft.terms)
        return draft

    def _update(self, draft: Draft) -> None:
        values = self.attributes(draft.row, is_new=False)
        edits.set_values(draft, values, together=self.together)
        for name, terms in self._terms(draft.row).items():
            edits.set_terms(draft, name, terms)

    def _terms(self, row: Row) -> dict[str, Terms]:
        return {
            name: row.values[name]
            for name in self.many
            if name in row.values and row.values[name].found
        }

    def _validate(self, draft: Draft) -> None:
        columns_ = self.model._meta.concrete_fields
        ignored = {c.name for c in columns_ if c.is_relation} | {"slug", *self.many}
        if not draft.is_new:
            ignored |= {c.name for c in columns_} - draft.changed
        try:
            draft.instance.clean_fields(exclude=ignored)
        except ValidationError as error:
            for name, messages in error.message_dict.items():
                column = self.plan.header(name) or name
                for message in messages:
                    draft.row.refuse(message, column)


def run_file(kind: type[Run], file: File, options: Options) -> Report:
    """Read the file and its correspondence, and import it.

    Raises:
        ImportRefused: when one of them as a whole cannot be read.

    """
    mapping = options.get("mapping") or Mapping()
    if not isinstance(mapping, Mapping):
        mapping = mappings.load(mapping, kind.fields)
    name = Path(file).name if isinstance(file, Path | str) else ""
    if not isinstance(file, Sheet):
        file = _sheet(kind.fields, file, mapping)
    run = kind(file, source=options["source"], mapping=mapping)
    run.file = name
    return run.run(
        dry_run=options.get("dry_run", False),
        keep_good=options.get("keep_good", False),
        progress=options.get("progress"),
    )


def _sheet(fields: Fields, file: Path | str | bytes, mapping: Mapping) -> Sheet:
    def knows(header: str) -> bool:
        return fold(header) in mapping.columns or fields.named(header) is not None

    if isinstance(file, bytes):
        return sheets.read_bytes(file, sheet=mapping.sheet, knows=knows)
    return sheets.read(file, sheet=mapping.sheet, knows=knows)


def _checked_source(source: str) -> str:
    source = " ".join(source.split())
    if not source or len(source) > 100:  # noqa: PLR2004 - the length of the column
        raise ImportRefused(_("Nommez la source, en cent caractères au plus."))
    if not sheets.is_storable(source):
        raise ImportRefused(_("Le nom de la source a un caractère illisible."))
    return source


def _one_at_a_time() -> None:
    """Make another import wait for the end of this one.

    Of any source: leads, duplicates and addresses are looked for in the whole register.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('directory.imports'))")


def _leave_merged(row: Row, hidden: Any, kept: Any) -> None:
    """Write nothing in a record that nobody sees any more."""
    row.report.label = str(hidden)
    message = _("Fusionnée dans «\u00a0%(name)s\u00a0»\u00a0: rien n’est écrit.")
    row.report.warnings.append(Warn(Kind.MERGED, message % {"name": kept}))


def _forget_corrections(report: Report) -> None:
    """Keep, of the warnings on rows that change nothing, what is still doubtful."""
    for row in report.rows:
        if row.outcome == Outcome.UNCHANGED:
            row.warnings = [w for w in row.warnings if w.kind not in CORRECTED]


def _state(report: Report, *, dry_run: bool, keep_good: bool) -> State:
    if dry_run:
        return State.DRY_RUN
    if report.count(Outcome.REFUSED) and not keep_good:
        return State.ROLLED_BACK
    return State.WRITTEN
