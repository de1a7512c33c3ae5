"""What the import commands have in common: options, progress bar, report on screen."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from tqdm import tqdm

from directory.imports.progress import Progress
from directory.imports.refusals import ImportRefused
from directory.imports.reports import (
    Kind,
    Outcome,
    Report,
    RowReport,
    State,
    counted,
    grouped,
)
from directory.spreadsheets import written

#: Changed and doubtful rows shown on screen; the refused ones are all shown.
SHOWN_ROWS = 50


class ImportCommand(BaseCommand):
    """Import a file; print what becomes of each row."""

    #: The verb, which takes a file and options.
    run: Callable[..., Report]

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="fichier CSV ou XLSX")
        parser.add_argument(
            "--source", required=True, help="nom de la source, toujours le même"
        )
        parser.add_argument(
            "--map", type=Path, help="correspondance des colonnes (JSON)"
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="dit ce qui serait fait, sans écrire"
        )
        parser.add_argument(
            "--keep-good",
            action="store_true",
            help="écrit les bonnes lignes même si d’autres sont refusées",
        )
        parser.add_argument(
            "--report", type=Path, help="écrit ici le rapport complet (CSV)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        with ExitStack() as stack:
            # Opened first: an import must not be recorded, then said to have failed.
            target = _open(options["report"], options) if options["report"] else None
            file = stack.enter_context(target) if target else None
            report = self._run(options)
            self._print(report)
            self._conclude(report, keep_good=options["keep_good"])
            if file:
                _save(report, file, options["report"])
        if report.state == State.ROLLED_BACK:
            advice = _("Corrigez-les, ou écrivez les autres avec --keep-good.")
            message = f"{report.state.label} {advice}"
            raise CommandError(message)

    def _run(self, options: dict[str, Any]) -> Report:
        try:
            with _bar() as progress:
                return type(self).run(
                    options["file"],
                    source=options["source"],
                    mapping=options["map"],
                    dry_run=options["dry_run"],
                    keep_good=options["keep_good"],
                    progress=progress,
                )
        except ImportRefused as error:
            raise CommandError(str(error)) from error

    def _print(self, report: Report) -> None:
        for remark in report.remarks:
            self.stdout.write(remark)
        refused = [row for row in report.rows if row.outcome == Outcome.REFUSED]
        others = [row for row in report.rows if row not in refused and _matters(row)]
        for row in [*refused, *others[:SHOWN_ROWS]]:
            self._print_row(report, row)
        if len(others) > SHOWN_ROWS:
            message = _(
                "… et %(rows)s de plus à lire\u00a0; --report les donne toutes."
            )
            rows = counted(len(others) - SHOWN_ROWS, _("ligne"))
            self.stdout.write(message % {"rows": rows})
        for kind, number in report.warnings_by_kind.most_common():
            self.stdout.write(f"  {kind.label}\u00a0: {grouped(number)}")
        self.stdout.write(report.summary)

    def _conclude(self, report: Report, *, keep_good: bool) -> None:
        if report.state != State.ROLLED_BACK:
            self.stdout.write(report.conclusion)
        refused = report.count(Outcome.REFUSED)
        if report.state == State.DRY_RUN and refused and not keep_good:
            message = _("Sans --keep-good, rien ne sera écrit\u00a0: %(rows)s.")
            verb = _("sont refusées") if refused > 1 else _("est refusée")
            rows = f"{counted(refused, _('ligne'))} {verb}"
            self.stdout.write(message % {"rows": rows})

    def _print_row(self, report: Report, row: RowReport) -> None:
        head = _("Ligne %(line)s (sans nom)\u00a0: %(outcome)s")
        if row.label:
            head = _("Ligne %(line)s, %(label)s\u00a0: %(outcome)s")
        outcome = report.said(row.outcome)
        values = {"line": row.line, "label": row.label, "outcome": outcome}
        self.stdout.write(head % values)
        for nature, column, message in report.details(row):
            where = f" [{column}]" if column else ""
            self.stdout.write(f"  {nature}{where}\u00a0: {message}")


def _matters(row: RowReport) -> bool:
    """Whether more is to be said of the row than the case of its name."""
    return bool(row.changes) or any(warn.kind != Kind.CASE for warn in row.warnings)


@contextmanager
def _bar() -> Iterator[Progress]:
    """A progress bar on the terminal; nothing when the output goes elsewhere."""
    with tqdm(disable=not sys.stderr.isatty(), unit="ligne") as bar:

        def progress(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        yield progress


def _open(path: Path, options: dict[str, Any]) -> BinaryIO:
    """The file of the report, left as it is until there is something to write."""
    for source in (options["file"], options["map"]):
        if source and path.exists() and source.exists() and path.samefile(source):
            message = _(
                "Le rapport effacerait %(path)s\u00a0: choisissez un autre nom."
            )
            raise CommandError(message % {"path": path})
    try:
        return path.open("ab")
    except OSError as error:
        message = _(
            "Le rapport ne peut pas être écrit dans %(path)s\u00a0: rien n’a été fait."
        )
        raise CommandError(message % {"path": path}) from error


def _save(report: Report, file: BinaryIO, path: Path) -> None:
    """Write every detail of every row, as spreadsheets of French offices read it."""
    try:
        if file.seekable():
            file.truncate(0)
        file.write(written(report.table()))
        file.flush()
    except OSError as error:
        message = _("%(state)s Mais le rapport n’a pas pu être écrit dans %(path)s.")
        values = {"state": report.state.label, "path": path}
        raise CommandError(message % values) from error
