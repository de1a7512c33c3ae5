import csv
import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from directory.models import Project, Structure
from tests.directory.imports.tables import csv_bytes, xlsx_bytes

pytestmark = pytest.mark.django_db


@pytest.fixture
def write(tmp_path):
    """Write a file of the test; gives its path."""

    def write_file(content, name="liste.csv"):
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return write_file


def call(command, path, **options):
    out, err = io.StringIO(), io.StringIO()
    call_command(
        command,
        str(path),
        source="essai",
        stdout=out,
        stderr=err,
        no_color=True,
        **options,
    )
    return out.getvalue().replace("\u00a0", " ")


def test_structures_are_imported_and_the_report_is_printed(write):
    path = write(csv_bytes(["nom", "siren"], ["La Source", "490135457"], ["Le Puits"]))

    out = call("import_structures", path)

    said = "numéro SIREN ou RNA laissé de côté"
    assert Structure.objects.count() == 2
    assert out.splitlines() == [
        "Encodage : UTF-8 ; séparateur : point-virgule.",
        "Ligne 2, La Source : créée",
        f"  {said} [siren] : SIREN invalide, laissé de côté : « 490135457 ».",
        f"  {said} : 1",
        "2 lignes : 2 créées, 0 modifiée, 0 inchangée, 0 refusée, 1 avertissement",
        "L’import est enregistré.",
    ]


def test_projects_are_imported_from_a_workbook(write):
    path = write(xlsx_bytes(["Titre", "Année"], ["Un puits", 2015]), "liste.xlsx")

    out = call("import_projects", path)

    assert Project.objects.get().actual_start_on.year == 2015
    assert "1 ligne : 1 créée" in out


def test_changes_are_printed_field_by_field(write):
    header = ["identifiant", "nom", "sigle"]
    call("import_structures", write(csv_bytes(header, ["1", "La Source", "LS"])))

    out = call("import_structures", write(csv_bytes(header, ["1", "La Source", "SRC"])))

    assert "  modification [sigle] : sigle : « LS » → « SRC »" in out


def test_a_dry_run_says_so(write):
    out = call("import_structures", write(csv_bytes(["nom"], ["A"])), dry_run=True)

    assert out.endswith("Essai : rien n’a été écrit.\n")
    assert not Structure.objects.exists()


def test_refused_rows_are_all_printed_and_the_command_fails(write, capsys):
    refused = [["", str(number)] for number in range(120)]
    path = write(csv_bytes(["nom", "sigle"], ["La Source", "LS"], *refused))
    out = io.StringIO()

    with pytest.raises(CommandError, match="rien n’a été écrit"):
        call_command("import_structures", str(path), source="essai", stdout=out)

    printed = out.getvalue()
    assert all(f"Ligne {line} (sans nom)" in printed for line in range(3, 123))
    assert "121 lignes" in printed.replace("\u00a0", " ")
    assert not Structure.objects.exists()


def test_good_rows_are_kept_when_asked(write):
    path = write(csv_bytes(["nom", "sigle"], ["La Source", "LS"], ["", "x"]))

    out = call("import_structures", path, keep_good=True)

    assert Structure.objects.get().name == "La Source"
    assert "1 refusée" in out


def test_a_file_that_cannot_be_read_is_an_error_in_one_sentence(write):
    path = write(b"%PDF-1.7\n%binary")

    with pytest.raises(CommandError, match=r"^C’est un PDF\."):
        call("import_structures", path)


def test_the_correspondence_is_read(write):
    path = write(csv_bytes(["intitulé long"], ["La Source"]))
    mapping = write(
        json.dumps({"columns": {"Intitulé long": "name"}}).encode(), "map.json"
    )

    call("import_structures", path, map=mapping)

    assert Structure.objects.get().name == "La Source"


def test_a_wrong_correspondence_is_an_error_in_one_sentence(write):
    path = write(csv_bytes(["nom"], ["La Source"]))
    mapping = write(b'{"colonnes": {}}', "map.json")

    with pytest.raises(CommandError, match=r"colonnes.*n’est pas une rubrique"):
        call("import_structures", path, map=mapping)


def test_the_screen_is_spared_but_nothing_is_dropped(write):
    rows = [[f"Structure {number}", "12"] for number in range(70)]
    path = write(csv_bytes(["nom", "siren"], *rows))

    out = call("import_structures", path)

    assert "… et 20 lignes de plus à lire" in out
    assert "laissé de côté : 70" in out


def test_the_full_report_is_written_as_a_spreadsheet(write, tmp_path):
    path = write(csv_bytes(["nom", "siren"], ["=1+1", "12"], ["Le Puits", ""]))
    target = tmp_path / "rapport.csv"

    call("import_structures", path, report=target)

    with target.open(encoding="utf-8-sig", newline="") as file:
        header, first, second = csv.reader(file, delimiter=";")
    assert header[:2] == ["Ligne", "Fiche"]
    assert first[:3] == ["2", "'=1+1", "créée"]
    assert second == ["3", "Le Puits", "créée", "", "", ""]


def test_a_report_that_cannot_be_written_stops_the_import_before_it_begins(
    write, tmp_path
):
    path = write(csv_bytes(["nom"], ["La Source"]))

    with pytest.raises(CommandError, match="rien n’a été fait"):
        call("import_structures", path, report=tmp_path / "absent" / "rapport.csv")

    assert not Structure.objects.exists()


def test_a_report_that_is_lost_at_the_end_does_not_hide_the_import(write):
    path = write(csv_bytes(["nom"], ["La Source"]))

    with pytest.raises(CommandError, match=r"enregistré\. Mais le rapport n’a pas pu"):
        call("import_structures", path, report=Path("/dev/full"))

    assert Structure.objects.exists()


@pytest.mark.parametrize("erased", ["liste.csv", "map.json"])
def test_a_report_does_not_take_the_place_of_what_is_read(write, erased):
    path = write(csv_bytes(["nom"], ["La Source"]))
    mapping = write(b"{}", "map.json")

    with pytest.raises(CommandError, match="effacerait"):
        call("import_structures", path, map=mapping, report=path.with_name(erased))

    assert path.read_bytes()
    assert mapping.read_bytes()


def test_a_refused_file_leaves_the_last_report_alone(write):
    report = write(b"avant", "rapport.csv")

    with pytest.raises(CommandError):
        call("import_structures", write(b"%PDF-1.7"), report=report)

    assert report.read_bytes() == b"avant"


def test_a_dry_run_with_refused_rows_says_what_a_real_one_would_do(write):
    path = write(csv_bytes(["nom", "sigle"], ["La Source"], ["", "x"], ["", "y"]))

    out = call("import_structures", path, dry_run=True)
    keeping = call("import_structures", path, dry_run=True, keep_good=True)

    assert "1 à créer" in out
    assert out.endswith(
        "Sans --keep-good, rien ne sera écrit : 2 lignes sont refusées.\n"
    )
    assert keeping.endswith("Essai : rien n’a été écrit.\n")


def test_a_second_run_ends_by_saying_that_nothing_changed(write):
    path = write(csv_bytes(["nom"], ["ASSOCIATION DU PUITS"]))
    call("import_structures", path)

    out = call("import_structures", path)

    assert "devient" not in out
    assert out.endswith("Rien n’a changé.\n")


def test_no_progress_bar_is_drawn_off_a_terminal(write, capfd):
    call("import_structures", write(csv_bytes(["nom"], ["La Source"])))

    assert capfd.readouterr().err == ""


def test_a_bar_follows_the_rows_on_a_terminal(write, monkeypatch, capsys):
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)

    call("import_structures", write(csv_bytes(["nom"], ["La Source"])))

    assert "1/1" in capsys.readouterr().err
