import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.imports import sheets
from directory.imports.refusals import ImportRefused
from tests.directory.imports.sheet_samples import HEADER, ROW, refusal
from tests.directory.imports.tables import csv_bytes, sheet, xlsx_bytes


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
