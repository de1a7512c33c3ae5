import pytest

from directory.imports.reports import Kind, Outcome
from directory.models import Structure
from tests.directory.imports.structure_runs import (
    codes,
    run,
    the_structure,
)
from tests.directory.imports.tables import outcomes, said

pytestmark = pytest.mark.django_db


def test_an_invalid_siren_is_left_out_and_said():
    report = run(["nom", "siren", "rna"], ["La Source", "490135457", "W13"])

    assert outcomes(report) == [Outcome.CREATED]
    assert said(report, Kind.NUMBER) == [
        "SIREN invalide, laissé de côté : « 490135457 ».",
        "RNA invalide, laissé de côté : « W13 ».",
    ]
    assert the_structure().siren == ""


@pytest.mark.parametrize("number", ["0", "04 91 00 00 00 / 05", "appeler", "0 " * 19])
def test_a_telephone_that_cannot_be_dialled_is_left_out_and_said(number):
    report = run(["nom", "téléphone"], ["La Source", number])

    assert outcomes(report) == [Outcome.CREATED]
    assert said(report, Kind.IGNORED) == [
        f"Téléphone invalide, laissé de côté : « {number.strip()} »."
    ]
    assert the_structure().phone == ""


@pytest.mark.parametrize("header", ["activité", "état de la structure"])
def test_the_life_of_a_structure_has_two_names(header):
    run(["nom", header], ["La Source", "en veille"])

    assert the_structure().life == Structure.Life.DORMANT


def test_a_town_abroad_is_in_no_departement():
    header = ["nom", "identifiant", "ville", "dep"]
    run(header, ["La Source", "1", "Apt", "84"])

    abroad = run(header, ["La Source", "1", "Bruxelles (Belgique)", "99"])
    there = Structure.objects.values(
        "is_abroad", "department", "commune", "latitude"
    ).get()
    again = run(header, ["La Source", "1", "Bruxelles (Belgique)", "99"])
    back = run(header, ["La Source", "1", "Gap", "05"])

    assert there == {
        "is_abroad": True, "department": None, "commune": None, "latitude": None,
    }  # fmt: skip
    assert outcomes(abroad) == outcomes(back) == [Outcome.CHANGED]
    assert outcomes(again) == [Outcome.UNCHANGED]
    assert not the_structure().is_abroad
    assert the_structure().department_id == "05"


def test_an_unknown_label_is_left_out_and_named():
    report = run(
        ["nom", "pays", "secteurs", "type", "odd"],
        ["La Source", "Mali, Malie", "Pétanque", "Club", "18"],
    )

    assert said(report, Kind.LABEL) == [
        "Pays inconnu : « Malie », laissé de côté.",
        "Secteur inconnu : « Pétanque », laissé de côté.",
        "Type de structure inconnu : « Club », laissé de côté.",
        "ODD inconnu : « 18 », laissé de côté.",
    ]
    assert [warning.column for warning in report.rows[0].warnings] == [
        "pays", "secteurs", "type", "odd",
    ]  # fmt: skip
    assert codes(the_structure().countries) == ["ML"]


def test_congo_alone_is_ambiguous():
    report = run(["nom", "pays"], ["La Source", "Congo, Togo"])

    assert said(report, Kind.AMBIGUOUS) == [
        "Pays ambigu : « Congo » en désigne plusieurs."
    ]
    assert codes(the_structure().countries) == ["TG"]


def test_a_type_may_be_written_after_its_parent():
    run(["nom", "type"], ["La Source", "Association > Comité de jumelage"])

    assert the_structure().type.code == "comite-de-jumelage"


def test_iso_codes_are_cut_as_the_correspondence_says():
    mapping = {"columns": {"pays": {"field": "countries", "split": " "}}}

    report = run(["nom", "pays"], ["La Source", "BJ  TG"], mapping=mapping)

    assert codes(the_structure().countries) == ["BJ", "TG"]
    assert said(report) == []


def test_a_name_in_capitals_is_corrected_and_said():
    report = run(["nom"], ["ASSOCIATION DES AMIS DU PUITS"])

    assert said(report, Kind.CASE) == [
        "« ASSOCIATION DES AMIS DU PUITS » devient « Association des Amis du Puits »."
    ]
    assert the_structure().name == "Association des Amis du Puits"
    again = run(["nom"], ["ASSOCIATION DES AMIS DU PUITS"])
    assert outcomes(again) == [Outcome.UNCHANGED]
    assert said(again) == []


def test_a_commune_that_is_not_found_is_said_with_its_column():
    report = run(["nom", "commune", "dep"], ["La Source", "VINON", "04"])

    [warning] = report.rows[0].warnings
    structure = the_structure()
    assert (warning.kind, warning.column) == (Kind.PLACE, "commune")
    assert (structure.city, structure.department_id) == ("Vinon", "04")
    assert structure.commune is None
