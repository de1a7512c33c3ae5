import pytest

from directory.imports.refusals import ImportRefused
from directory.imports.reports import Kind, Outcome
from directory.models import Commune, Structure
from tests.directory.imports.structure_runs import run, the_structure
from tests.directory.imports.tables import outcomes, refusals, said
from tests.factories import StructureFactory

pytestmark = pytest.mark.django_db


def test_two_identical_rows_stay_two_structures():
    rows = (["nom", "ville"], ["Le Puits", "Apt"], ["Le Puits", "Apt"])

    report = run(*rows)

    assert outcomes(report) == [Outcome.CREATED] * 2
    assert "Ligne identique à la ligne 2 : les deux sont gardées." in said(report)
    assert sorted(Structure.objects.values_list("external_key", flat=True)) == [
        "le puits|apt", "le puits|apt#2",
    ]  # fmt: skip
    assert outcomes(run(*rows)) == [Outcome.UNCHANGED] * 2


def test_the_same_name_elsewhere_in_the_file_is_said():
    report = run(
        ["nom", "ville"], ["Comité des fêtes", "Apt"], ["COMITE DES FETES", "Gap"]
    )

    assert said(report, Kind.DUPLICATE) == ["Même nom : ligne 2 du fichier."]


def test_the_same_name_or_siren_in_the_register_is_said():
    StructureFactory(name="La Source")
    StructureFactory(name="Le Puits", siren="490135456")

    report = run(["nom", "siren"], ["LA SOURCE", ""], ["Autre nom", "490135456"])

    assert said(report, Kind.DUPLICATE) == [
        "Même nom : fiche « La Source » de l’annuaire.",
        "Même SIREN : fiche « Le Puits » de l’annuaire.",
    ]
    assert Structure.objects.count() == 4


def test_a_record_is_not_its_own_duplicate():
    run(["nom", "siren"], ["La Source", "490135456"])

    report = run(["nom", "siren"], ["La Source", "490135456"])

    assert said(report) == []


def test_the_key_of_the_file_finds_a_renamed_structure():
    run(["identifiant", "nom"], ["42", "La Source"])

    report = run(["identifiant", "nom"], ["42", "La Fontaine"])

    assert outcomes(report) == [Outcome.CHANGED]
    assert the_structure().name == "La Fontaine"
    assert the_structure().external_key == "42"


def test_a_key_of_several_columns_is_their_values():
    mapping = {"key": ["Dossier", "an"]}

    run(["nom", "Dossier", "an"], ["La Source", "12.0", "2015"], mapping=mapping)

    assert the_structure().external_key == "12|2015"


def test_a_key_that_comes_back_or_is_blank_is_refused():
    report = run(
        ["identifiant", "nom"], ["42", "La Source"], ["42", "Le Puits"], ["", "L’Eau"]
    )

    assert refusals(report) == [
        (3, "", "Même identifiant que la ligne 2."),
        (4, "", "L’identifiant est vide."),
    ]


def test_a_structure_is_found_again_by_its_siren_under_another_name():
    run(["nom", "siren"], ["La Source", "490135456"])

    report = run(["nom", "siren"], ["La Fontaine", "490 135 456"])

    assert outcomes(report) == [Outcome.CHANGED]


def test_a_structure_whose_siren_was_unknown_is_found_by_name_and_town():
    run(["nom", "ville", "siren"], ["La Source", "Apt", ""])

    report = run(["nom", "ville", "siren"], ["La Source", "Apt", "490135456"])

    assert outcomes(report) == [Outcome.CHANGED]
    assert the_structure().siren == "490135456"


def test_two_sources_do_not_mix():
    run(["nom"], ["La Source"], source="un")

    report = run(["nom"], ["La Source"], source="deux")

    assert outcomes(report) == [Outcome.CREATED]
    assert Structure.objects.count() == 2


def test_a_long_name_and_town_make_a_key_that_fits():
    names = ["x" * 200, f"{'x' * 199}y"]

    run(["nom"], *[[name] for name in names])

    keys = list(Structure.objects.values_list("external_key", flat=True))
    assert len(set(keys)) == 2
    assert max(map(len, keys)) <= 200


def test_a_source_that_the_database_cannot_hold_is_refused():
    with pytest.raises(ImportRefused, match="caractère illisible"):
        run(["nom"], ["La Source"], source="a\udce9")


@pytest.mark.parametrize("source", ["", "  ", "x" * 101])
def test_a_source_must_have_a_name(source):
    with pytest.raises(ImportRefused, match="Nommez la source"):
        run(["nom"], ["La Source"], source=source)


def test_moving_to_another_commune_moves_the_point():
    run(["nom", "identifiant", "ville", "dep"], ["La Source", "1", "Apt", "84"])

    report = run(
        ["nom", "identifiant", "ville", "dep"], ["La Source", "1", "Gap", "05"]
    )

    structure = the_structure()
    gap = Commune.objects.get(label="Gap")
    assert outcomes(report) == [Outcome.CHANGED]
    assert structure.commune == gap
    assert structure.department_id == "05"
    assert structure.latitude == gap.latitude


def test_moving_out_of_the_region_forgets_the_commune():
    header = ["nom", "identifiant", "ville", "code postal"]
    run(header, ["La Source", "1", "Apt", "84400"])

    report = run(header, ["La Source", "1", "Lille", "59000"])

    structure = the_structure()
    assert [change.field for change in report.rows[0].changes] == [
        "code postal", "ville", "département", "commune",
    ]  # fmt: skip
    assert (structure.commune, structure.department_id) == (None, "59")
    assert (structure.latitude, structure.point_source) == (None, "")


def test_a_commune_that_the_staff_found_is_kept():
    header, row = ["nom", "ville", "dep"], ["La Source", "Les Milles", "13"]
    run(header, row)
    structure = the_structure()
    structure.commune = Commune.objects.get(code="13001")
    structure.save()

    report = run(header, row)

    assert outcomes(report) == [Outcome.UNCHANGED]
    assert the_structure().commune_id == "13001"


def test_a_default_departement_helps_to_find_communes():
    mapping = {"defaults": {"department": "84"}}

    report = run(["nom", "ville"], ["La Source", "Mirabeau"], mapping=mapping)

    assert the_structure().commune.department_id == "84"
    assert said(report) == []
