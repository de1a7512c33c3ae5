import pytest
from django.utils import translation

from directory.imports.reports import (
    Change,
    Kind,
    Outcome,
    Problem,
    Report,
    RowReport,
    State,
    Warn,
    counted,
)


def plain(text):
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def row(line, outcome, **details):
    return RowReport(line, f"Fiche {line}", outcome, **details)


@pytest.fixture
def report():
    return Report(
        "essai",
        rows=[
            row(2, Outcome.CREATED, new_structure="Les Amis"),
            row(
                3,
                Outcome.REFUSED,
                problems=[Problem("« nom » est vide.", "nom")],
                warnings=[Warn(Kind.CASE, "Casse.", "nom")],
            ),
            row(4, Outcome.CHANGED, changes=[Change("sigle", "A", "B")]),
            row(5, Outcome.UNCHANGED),
        ],
    )


@pytest.mark.parametrize(
    ("number", "text"),
    [(0, "0 ligne"), (1, "1 ligne"), (2, "2 lignes"), (1186, "1 186 lignes")],
)
def test_zero_and_one_are_singular(number, text):
    with translation.override("fr"):
        assert plain(counted(number, "ligne")) == text


def test_the_summary_counts_everything(report):
    assert plain(report.summary) == (
        "4 lignes : 1 créée, 1 modifiée, 1 inchangée, 1 refusée, 1 structure créée,"
        " 1 avertissement"
    )


def test_what_is_not_written_yet_is_told_in_the_future(report):
    report.state = State.ROLLED_BACK

    assert plain(report.summary) == (
        "4 lignes : 1 à créer, 1 à modifier, 1 inchangée, 1 refusée,"
        " 1 structure à créer, 1 avertissement"
    )
    assert [row[2] for row in report.table()][1:] == [
        "à créer", "refusée", "refusée", "à modifier", "inchangée",
    ]  # fmt: skip


def test_an_import_that_changes_nothing_says_so(report):
    assert plain(report.conclusion) == "L’import est enregistré."

    report.rows = [row(5, Outcome.UNCHANGED)]

    assert plain(report.conclusion) == "Rien n’a changé."


def test_the_table_holds_every_detail_of_every_row(report):
    header, *rows = report.table()

    assert header == ("Ligne", "Fiche", "Résultat", "Nature", "Colonne", "Détail")
    assert [tuple(plain(cell) for cell in row) for row in rows] == [
        ("2", "Fiche 2", "créée", "structure créée", "", "Les Amis"),
        ("3", "Fiche 3", "refusée", "refus", "nom", "« nom » est vide."),
        ("3", "Fiche 3", "refusée", "majuscules corrigées", "nom", "Casse."),
        ("4", "Fiche 4", "modifiée", "modification", "sigle", "sigle : « A » → « B »"),
        ("5", "Fiche 5", "inchangée", "", "", ""),
    ]


@pytest.mark.parametrize(
    ("change", "text"),
    [
        (Change("sigle", "", "B"), "sigle : vide → « B »"),
        (Change("sigle", "A", ""), "sigle : « A » → vide"),
        (Change("pays", "Mali", "Togo", ("Togo",), ("Mali",)), "pays : + Togo, − Mali"),
    ],
)
def test_a_change_is_told_in_a_line(change, text):
    assert plain(str(change)) == text


def test_every_state_says_whether_something_was_written():
    assert [plain(str(state.label)) for state in State] == [
        "L’import est enregistré.",
        "Essai : rien n’a été écrit.",
        "Des lignes sont refusées : rien n’a été écrit.",
    ]
