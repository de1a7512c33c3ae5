"""Files of the tests, written as people see them in a spreadsheet."""

import csv
import io

from openpyxl import Workbook

from directory.imports.sheets import from_records


def sheet(*rows):
    """A sheet from its header and rows, as if they had been read from a file."""
    return from_records(enumerate([list(row) for row in rows], start=1))


def csv_bytes(*rows, separator=";", encoding="utf-8"):
    """The bytes of a CSV file."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=separator).writerows(rows)
    return text.getvalue().encode(encoding)


def xlsx_bytes(*rows, title="Feuil1", others=()):
    """The bytes of a workbook: a sheet of rows, then `others`, pairs (title, rows)."""
    book = Workbook()
    book.remove(book.active)
    for name, content in ((title, rows), *others):
        page = book.create_sheet(name)
        for row in content:
            page.append(row)
    return saved(book)


def saved(book):
    """The bytes of a workbook of openpyxl."""
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def said(report, kind=None):
    """The messages of a report's warnings, of one kind or all."""
    return [
        warning.message.replace("\u00a0", " ")
        for row in report.rows
        for warning in row.warnings
        if kind is None or warning.kind == kind
    ]


def refusals(report):
    """(line, column, message) of every reason to refuse a row."""
    return [
        (row.line, problem.column, problem.message.replace("\u00a0", " "))
        for row in report.rows
        for problem in row.problems
    ]


def outcomes(report):
    """What became of each row, in order."""
    return [str(row.outcome) for row in report.rows]
