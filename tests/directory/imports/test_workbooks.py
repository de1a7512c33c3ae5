import datetime
import io
import zipfile

import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment

from directory.imports import sheets
from tests.directory.imports.sheet_samples import refusal
from tests.directory.imports.tables import saved, xlsx_bytes


def test_a_workbook_is_read_as_texts():
    data = xlsx_bytes(
        ["nom", "siren", "part", "créée le", "heure", "adhérent", "vide"],
        [
            "Un",
            490135456.0,
            0.5,
            datetime.date(2001, 9, 3),
            datetime.datetime(2001, 9, 3, 14, 30, tzinfo=None),  # noqa: DTZ001
            True,
            None,
        ],
    )

    read = sheets.read_bytes(data)

    assert read.rows[0].cells == (
        "Un", "490135456", "0.5", "2001-09-03", "2001-09-03 14:30:00", "oui",
    )  # fmt: skip


def test_empty_rows_and_sheets_of_a_workbook_are_passed_over():
    data = xlsx_bytes(
        title="Vide", others=[("Liste", [[], [None, ""], ["nom"], [], ["Un"]])]
    )

    read = sheets.read_bytes(data)

    assert read.headers == ("nom",)
    assert [(row.number, row.cells) for row in read.rows] == [(5, ("Un",))]
    assert read.remarks == (
        "Feuille lue\u00a0: «\u00a0Liste\u00a0»\u00a0; feuilles non lues\u00a0: Vide.",
    )


def test_a_sheet_is_chosen_by_its_name():
    data = xlsx_bytes(["nom"], ["Un"], others=[("Été 2024", [["nom"], ["Deux"]])])

    read = sheets.read_bytes(data, sheet="ete 2024")

    assert read.rows[0].cells == ("Deux",)


def test_a_sheet_that_is_not_there_is_refused():
    message = refusal(xlsx_bytes(["nom"], ["Un"]), sheet="Adhérents")

    assert message == "Le classeur n’a pas de feuille « Adhérents »."


def test_a_hidden_sheet_is_not_read():
    book = Workbook()
    book.active.append(["brouillon"])
    book.active.append(["Secret"])
    book.active.sheet_state = "hidden"
    page = book.create_sheet("Liste")
    page.append(["nom"])
    page.append(["Un"])

    read = sheets.read_bytes(saved(book))

    assert read.rows[0].cells == ("Un",)


def test_a_formula_is_refused_with_its_cell():
    message = refusal(xlsx_bytes(["nom", "total"], ["Un", "=1+1"]))

    assert message.startswith("La cellule B2 contient une formule")


def test_an_error_of_the_spreadsheet_is_refused_with_its_cell():
    message = refusal(xlsx_bytes(["nom", "ville"], ["Un", "#REF!"]))

    assert message == "La cellule B2 contient une erreur de calcul : #REF!."


def test_the_ornaments_of_a_workbook_do_not_matter():
    book = Workbook()
    book.active.append(["nom"])
    book.active.append(["Un"])
    book.active["A2"].comment = Comment("à revoir", "équipe")
    book.active.merge_cells("A4:C4")
    book.active.auto_filter.ref = "A1:A2"

    read = sheets.read_bytes(saved(book))

    assert [row.cells for row in read.rows] == [("Un",)]


def test_a_workbook_without_rows_is_refused():
    assert refusal(xlsx_bytes()) == "Le fichier est vide."


def rewritten(data, old, new):
    """The workbook, a text of its first sheet replaced."""
    whole, changed = io.BytesIO(data), io.BytesIO()
    with zipfile.ZipFile(whole) as before, zipfile.ZipFile(changed, "w") as after:
        for name in before.namelist():
            content = before.read(name)
            is_sheet = name.startswith("xl/worksheets/")
            after.writestr(name, content.replace(old, new) if is_sheet else content)
    return changed.getvalue()


@pytest.mark.parametrize("number", [b"1999999999", b"1048577"])
def test_a_row_numbered_beyond_any_spreadsheet_is_refused_in_a_moment(number):
    data = rewritten(xlsx_bytes(["nom"], ["Un"]), b'r="2"', b'r="%s"' % number)

    assert "plus de 100 000 lignes" in refusal(data)


def test_a_row_far_below_is_read_with_its_number():
    data = rewritten(xlsx_bytes(["nom"], ["Un"]), b'r="2"', b'r="200000"')

    assert sheets.read_bytes(data).rows[0].number == 200_000


@pytest.mark.parametrize("error", [MemoryError, TimeoutError])
def test_what_the_file_is_not_to_blame_for_is_not_said_of_it(error, monkeypatch):
    def fail(*args, **kwargs):
        raise error

    monkeypatch.setattr("openpyxl.load_workbook", fail)

    with pytest.raises(error):
        sheets.read_bytes(xlsx_bytes(["nom"], ["Un"]))


def test_numbers_are_those_that_the_spreadsheet_shows():
    read = sheets.read_bytes(xlsx_bytes(["nom", "somme"], ["Un", 0.1 + 0.2]))

    assert read.rows[0].cells == ("Un", "0.3")


def test_another_archive_is_refused():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("content.xml", "<office/>")

    assert "n’est pas un classeur Excel" in refusal(file.getvalue())


def test_a_truncated_workbook_is_refused():
    data = xlsx_bytes(["nom"], ["Un"])

    assert "abîmé" in refusal(data[: len(data) // 2])


def test_a_workbook_whose_sheet_is_not_xml_is_refused():
    whole = io.BytesIO(xlsx_bytes(["nom"], ["Un"]))
    broken = io.BytesIO()
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(broken, "w") as new:
        for name in old.namelist():
            is_sheet = name.startswith("xl/worksheets/")
            new.writestr(name, b"<worksheet><oups" if is_sheet else old.read(name))

    assert "abîmé" in refusal(broken.getvalue())


def test_a_workbook_that_unpacks_to_a_monster_is_refused():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * (201 * 1024 * 1024))

    assert "démesuré" in refusal(file.getvalue())


def test_a_sheet_that_claims_a_million_columns_is_read_in_a_moment():
    book = Workbook()
    book.active.append(["nom"])
    for row in range(2, 50):
        book.active.cell(row=row, column=1, value=f"Structure {row}")
        book.active.cell(row=row, column=16_384).number_format = "0.00"

    read = sheets.read_bytes(saved(book))

    assert len(read.rows) == 48
