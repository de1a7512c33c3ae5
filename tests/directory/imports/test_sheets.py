import datetime
import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.comments import Comment

from directory.imports import sheets
from directory.imports.refusals import ImportRefused
from tests.directory.imports.tables import csv_bytes, saved, sheet, xlsx_bytes

HEADER = ["Nom", "Ville", "Pays d’intervention"]
ROW = ["L’École de l’été", "Aix-en-Provence", "Côte d’Ivoire, Bénin"]


def refusal(data, **options):
    with pytest.raises(ImportRefused) as caught:
        sheets.read_bytes(data, **options)
    return str(caught.value).replace("\u00a0", " ")


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_the_separator_is_found(separator):
    data = csv_bytes(HEADER, ROW, separator=separator)

    read = sheets.read_bytes(data)

    assert read.headers == tuple(HEADER)
    assert read.rows[0].cells == tuple(ROW)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_the_encoding_is_found(encoding):
    data = csv_bytes(HEADER, ROW, encoding=encoding)

    read = sheets.read_bytes(data)

    assert read.headers == tuple(HEADER)
    assert read.rows[0].cells == tuple(ROW)


@pytest.mark.parametrize(
    "name",
    [
        "Été",
        "Les Amis de l’Aïoli",
        "Œuvre à cœur ouvert",
        "Coopération « Sud »",
        "NOËL",
    ],
)
def test_a_short_windows_file_keeps_its_accents(name):
    data = csv_bytes(["nom"], [name], encoding="cp1252")

    read = sheets.read_bytes(data)

    assert read.rows[0].cells == (name,)


MAC_OR_WINDOWS = [
    "Été", "Noël à Apt", "NOËL", "École", "ÉCOLE DE LA MER", "Comité", "Où ?", "œuvre",
    "L’aïeul", "Coopération « Sud »", "garçon", "prêt", "Côte", "dîner", "5 000 €",
    "Eau – Santé", "À table", "DÉJÀ", "N° 3", "Françoise", "Müller",
]  # fmt: skip


@pytest.mark.parametrize("name", MAC_OR_WINDOWS)
@pytest.mark.parametrize(
    ("encoding", "said"), [("cp1252", "Windows"), ("mac_roman", "Mac")]
)
def test_an_old_encoding_is_recognised_by_its_letters(name, encoding, said):
    data = csv_bytes(["nom", "ville"], [name, "Apt"], encoding=encoding)

    read = sheets.read_bytes(data)

    assert read.rows[0].cells == (name, "Apt")
    assert read.remarks[0].replace("\u00a0", " ") == (
        f"Encodage : {said} (à vérifier : « {name} »…) ; séparateur : point-virgule."
    )


def test_a_header_that_is_known_decides_between_two_encodings():
    data = csv_bytes(["Ž"], ["Apt"], encoding="cp1252")

    windows = sheets.read_bytes(data, knows={"Ž"}.__contains__)
    mac = sheets.read_bytes(data, knows={"é"}.__contains__)

    assert (windows.headers, mac.headers) == (("Ž",), ("é",))


def test_a_cell_to_check_is_shown_where_its_accent_is():
    data = csv_bytes(["nom"], ["x" * 500 + " école"], encoding="cp1252")

    [remark] = sheets.read_bytes(data).remarks

    assert "école" in remark
    assert len(remark) < 120


def test_what_was_found_is_said():
    data = csv_bytes(HEADER, ROW, encoding="cp1252")

    [remark] = sheets.read_bytes(data).remarks

    assert remark.replace("\u00a0", " ") == (
        "Encodage : Windows (à vérifier : « Pays d’intervention »…) ; séparateur :"
        " point-virgule."
    )


def test_commas_inside_cells_do_not_make_a_separator():
    data = b"nom;adresse\nUn;1, rue A, B\nDeux;2, rue C, D\nTrois;3, rue E, F\n"

    read = sheets.read_bytes(data)

    assert read.headers == ("nom", "adresse")
    assert read.rows[2].cells == ("Trois", "3, rue E, F")


def test_a_file_of_one_column_is_a_table():
    read = sheets.read_bytes("nom\nAlpha\nBêta\n".encode())

    assert [row.cells for row in read.rows] == [("Alpha",), ("Bêta",)]


def test_lines_are_numbered_as_in_a_spreadsheet():
    data = b'nom;objet\nUn;"deux\nlignes"\n\nTrois;fin\n'

    read = sheets.read_bytes(data)

    assert [(row.number, row.cells) for row in read.rows] == [
        (2, ("Un", "deux\nlignes")),
        (4, ("Trois", "fin")),
    ]


def test_blank_rows_above_the_header_are_counted():
    read = sheets.read_bytes(b"\n;;\nnom;ville\nUn;Apt\n")

    assert read.headers == ("nom", "ville")
    assert read.rows[0].number == 4


def test_spaces_around_cells_are_left_out():
    read = sheets.read_bytes("nom ;ville\n\u00a0Un ; Apt\u202f\n".encode())

    assert read.headers == ("nom", "ville")
    assert read.rows[0].cells == ("Un", "Apt")


@pytest.mark.parametrize("data", [b"", b"  \n ", b"\xef\xbb\xbf", b";;;\n;;\n"])
def test_an_empty_file_is_refused(data):
    assert refusal(data) == "Le fichier est vide."


def test_a_header_alone_is_refused():
    assert "qu’une ligne d’en-tête" in refusal(b"nom;ville\n")


def test_two_headers_alike_are_refused():
    message = refusal(b"Nom;ville;NOM \nUn;Apt;Deux\n")

    assert message == "Deux colonnes s’appellent « NOM » : renommez-en une."


def test_a_quotation_mark_left_open_is_refused_with_its_line():
    message = refusal(b'nom;ville\nUn;Apt\n"Deux;Apt\nTrois;Apt\n')

    assert message.startswith("Ligne 3 : un guillemet")


def test_a_cell_beyond_the_limit_of_the_parser_is_refused():
    message = refusal(b"nom;ville\nUn;" + b"x" * 200_000 + b"\n")

    assert message == (
        "Ligne 2 : une cellule dépasse 131 072 caractères, ou un guillemet n’est"
        " jamais refermé."
    )


@pytest.mark.parametrize(
    "data",
    [
        bytes(range(256)) * 4,
        b"nom;ville\nUn\x00;Apt\n",
        b"\x81\x8d\x8f\x90\x9d" * 30,
        b"\xff\xfe\x00",
        b"nom\n\x1b[31mrouge\n",
    ],
)
def test_what_is_no_text_is_refused(data):
    assert "ni un CSV ni un XLSX" in refusal(data)


@pytest.mark.parametrize(
    ("start", "word"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ancien fichier Excel"),
        (b"%PDF-1.7\n", "PDF"),
        (b"\x89PNG\r\n\x1a\n", "image"),
        (b"\x1f\x8b\x08", "archive"),
    ],
)
def test_other_formats_are_named(start, word):
    message = refusal(start + b"\x00" * 100)

    assert word in message
    assert "XLSX ou CSV" in message


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(ImportRefused, match="ne peut pas être lu"):
        sheets.read(tmp_path / "absent.csv")


def test_a_folder_is_refused(tmp_path):
    with pytest.raises(ImportRefused, match="ne peut pas être lu"):
        sheets.read(tmp_path)


def test_a_file_too_big_is_refused_before_it_is_read(tmp_path, monkeypatch):
    monkeypatch.setattr(sheets, "MAX_BYTES", 10)
    path = tmp_path / "gros.csv"
    path.write_bytes(b"nom\n" + b"x" * 20)

    with pytest.raises(ImportRefused, match="50\u00a0Mo"):
        sheets.read(path)


def test_too_many_rows_are_refused(monkeypatch):
    monkeypatch.setattr(sheets, "MAX_ROWS", 3)
    rows = [[f"Structure {n}"] for n in range(3)]

    assert len(sheets.read_bytes(csv_bytes(["nom"], *rows)).rows) == 3
    assert "100 000 lignes" in refusal(csv_bytes(["nom"], *rows, ["La quatrième"]))


def test_too_many_columns_are_refused():
    wide = [f"c{n}" for n in range(201)]

    assert "plus de 200 colonnes" in refusal(csv_bytes(["nom"], wide))
    assert "plus de 200 colonnes" in refusal(xlsx_bytes(["nom"], wide))


def test_a_half_character_is_refused():
    with pytest.raises(ImportRefused, match="caractère illisible"):
        sheet(["nom"], ["\ud800"])


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


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_no_bytes_raise_anything_but_a_refusal(data):
    try:
        read = sheets.read_bytes(data)
    except ImportRefused:
        return
    assert read.headers
    assert read.rows


@settings(deadline=None)
@given(st.binary(min_size=1, max_size=40), st.integers(0, 5_000))
def test_no_damage_to_a_workbook_raises_anything_but_a_refusal(junk, position):
    data = bytearray(WORKBOOK)
    start = position % len(data)
    data[start : start + len(junk)] = junk

    try:
        read = sheets.read_bytes(bytes(data))
    except ImportRefused:
        return
    assert read.rows


WORKBOOK = xlsx_bytes(HEADER, ROW, ["Deux", 13_000, datetime.date(2020, 1, 2)])


@settings(deadline=None)
@given(st.text(max_size=200), st.sampled_from(["utf-8", "utf-16"]))
def test_no_text_raises_anything_but_a_refusal(text, encoding):
    data = text.encode(encoding, errors="ignore")

    try:
        read = sheets.read_bytes(data)
    except ImportRefused:
        return
    assert read.rows


CELLS = st.text(
    st.characters(exclude_categories=["C", "Z"], include_characters=" ;,|"),
    min_size=1,
).map(lambda text: f"x{text}x")


@settings(deadline=None)
@given(
    st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=8),
    st.sampled_from([";", ",", "\t", "|"]),
    st.sampled_from(["utf-8-sig", "utf-16"]),
)
def test_what_a_spreadsheet_writes_is_what_is_read(rows, separator, encoding):
    header = ("nom", "ville", "objet")

    read = sheets.read_bytes(
        csv_bytes(header, *rows, separator=separator, encoding=encoding)
    )

    assert read.headers == header
    assert [row.cells for row in read.rows] == rows
