import datetime

import pytest

from directory.imports.refusals import ImportRefused
from directory.imports.reports import Outcome, State
from directory.models import Structure
from tests.directory.imports.structure_runs import (
    FULL_HEADER,
    FULL_ROW,
    MEMBERSHIP_OUT_OF_ORDER,
    codes,
    run,
    the_structure,
)
from tests.directory.imports.tables import outcomes, refusals

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("field", "value"),
    [("type", "assoc"), ("life", "jadis"), ("countries", "Mali, Xyz")],
)
def test_a_default_that_is_not_understood_refuses_the_file(field, value):
    with pytest.raises(ImportRefused, match=f"Valeur par défaut de.*{field}"):
        run(["nom"], ["La Source"], mapping={"defaults": {field: value}})


@pytest.mark.parametrize(
    ("column", "value", "message"),
    [
        ("nom", "", "« nom » est vide."),
        ("nom", "x" * 201, "Le nom a plus de 200 caractères."),
        ("courriel", "pas une adresse", "adresse électronique"),
        ("site web", "javascript:alert(1)", "URL"),
        ("année de création", "jadis", "nombre entier"),
        ("adhérent depuis le", "2020", "le jour manque"),
        ("activité", "perdue", "n’est pas dans la liste"),
        ("code postal", "1" * 11, "10 caractères"),
    ],
)
def test_a_value_that_no_field_can_take_refuses_the_row(column, value, message):
    header = ["nom", column] if column != "nom" else ["nom", "sigle"]
    row = ["La Source", value] if column != "nom" else [value, "LS"]

    report = run(header, row)

    [(line, where, why)] = refusals(report)
    assert (line, where) == (2, column)
    assert message in why
    assert not Structure.objects.exists()


def test_every_reason_to_refuse_a_row_is_told():
    report = run(["nom", "courriel", "année de création"], ["", "non", "jadis"])

    assert {column for _line, column, _message in refusals(report)} == {
        "nom", "année de création",
    }  # fmt: skip


def test_a_row_with_more_cells_than_the_header_is_refused():
    report = run(["nom", "ville"], ["La Source"], ["Le Puits", *["x"] * 39])

    assert refusals(report) == [(3, "", "La ligne a 40 colonnes, l’en-tête en a 2.")]


def test_one_refused_row_keeps_the_others_from_being_written():
    report = run(["nom", "sigle"], ["La Source"], ["", "LS"])

    assert outcomes(report) == [Outcome.CREATED, Outcome.REFUSED]
    assert report.state == State.ROLLED_BACK
    assert not Structure.objects.exists()


def test_good_rows_are_kept_when_asked():
    report = run(["nom", "sigle"], ["La Source", ""], ["", "LS"], keep_good=True)

    assert outcomes(report) == [Outcome.CREATED, Outcome.REFUSED]
    assert report.state == State.WRITTEN
    assert the_structure().name == "La Source"


def test_a_dry_run_tells_the_same_and_writes_nothing():
    rows = (FULL_HEADER, FULL_ROW, ["le puits", *[""] * 18])

    dry = run(*rows, dry_run=True)
    written = Structure.objects.exists()
    real = run(*rows)

    assert not written
    assert dry.state == State.DRY_RUN
    assert [row.warnings for row in dry.rows] == [row.warnings for row in real.rows]
    assert outcomes(dry) == outcomes(real)
    assert [row[2] for row in dry.table()][1:3] == ["à créer", "à créer"]
    assert "2\u00a0à créer, 0\u00a0à modifier" in dry.summary


def test_a_dry_run_of_changes_writes_nothing():
    run(["nom", "sigle", "pays"], ["La Source", "LS", "Mali"])

    report = run(["nom", "sigle", "pays"], ["La Source", "SRC", "Togo"], dry_run=True)

    assert outcomes(report) == [Outcome.CHANGED]
    assert the_structure().acronym == "LS"
    assert codes(the_structure().countries) == ["ML"]


def test_what_the_database_refuses_is_told_and_the_rest_kept():
    header = ["nom", "adhérent depuis le", "adhérent jusqu’au"]

    report = run(
        header,
        ["La Source", "01/01/2020", "31/12/2021"],
        ["Le Puits", "01/01/2020", "31/12/2019"],
        ["La Fontaine", "", "31/12/2019"],
        keep_good=True,
    )

    assert refusals(report) == [
        (3, "", MEMBERSHIP_OUT_OF_ORDER),
        (4, "", "Indiquez aussi le début de l’adhésion."),
    ]
    assert the_structure().name == "La Source"


def test_a_change_that_the_database_refuses_is_told():
    header = ["nom", "adhérent depuis le", "adhérent jusqu’au"]
    run(header, ["La Source", "01/01/2020", "31/12/2021"])

    report = run(header, ["La Source", "01/01/2020", "31/12/2019"], keep_good=True)

    assert refusals(report) == [(2, "", MEMBERSHIP_OUT_OF_ORDER)]
    assert the_structure().member_until == datetime.date(2021, 12, 31)
