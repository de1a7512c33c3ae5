import pytest

from directory.imports import structures
from directory.imports.reports import Kind, Outcome
from directory.models import Participation, Publication, Structure
from tests.directory.imports.project_runs import FULL_HEADER, FULL_ROW, run, the_project
from tests.directory.imports.tables import outcomes, refusals, said, sheet
from tests.factories import StructureFactory

pytestmark = pytest.mark.django_db


def test_the_lead_is_brought_into_the_register():
    report = run(
        ["titre", "porteur", "ville", "cp"], ["Un puits", "Les Amis", "Apt", "84400"]
    )

    lead = Structure.objects.get()
    assert report.rows[0].new_structure == "Les Amis"
    assert report.new_structures == 1
    assert "1\u00a0structure créée" in report.summary
    assert the_project().lead.structure == lead
    assert (lead.source, lead.external_key) == ("essai", "les amis|apt")
    assert (lead.commune.label, lead.publication) == ("Apt", Publication.DRAFT)


def test_a_second_run_changes_nothing():
    run(FULL_HEADER, FULL_ROW)

    report = run(FULL_HEADER, FULL_ROW)

    assert outcomes(report) == [Outcome.UNCHANGED]
    assert report.new_structures == 0
    assert Structure.objects.count() == 1
    assert Participation.objects.count() == 5


def test_one_organisation_written_in_several_ways_is_one_lead():
    run(
        ["titre", "porteur", "ville"],
        ["Un", "Alliance française de Santiago de Cuba", ""],
        ["Deux", "Alliance Française de Santiago de Cuba", "Santiago de Cuba"],
        ["Trois", "ALLIANCE FRANCAISE  DE SANTIAGO-DE-CUBA", ""],
    )

    lead = Structure.objects.get()
    assert lead.name == "Alliance française de Santiago de Cuba"
    assert lead.city == "Santiago de Cuba"
    assert lead.projects.count() == 3


def test_a_name_in_small_letters_is_kept_rather_than_one_in_capitals():
    run(["titre", "porteur"], ["Un", "ARCADE"], ["Deux", "Arcade"])

    assert Structure.objects.get().name == "Arcade"


def test_the_same_name_in_two_towns_is_two_leads():
    rows = (
        ["titre", "porteur", "ville", "cp"],
        ["Un", "Les Amis", "Paris", "75019"],
        ["Deux", "Les Amis", "Massy", "91300"],
        ["Trois", "LES AMIS", "", ""],
        ["Quatre", "Les Amis", "PARIS 19", "75019"],
    )

    report = run(*rows)

    assert sorted(Structure.objects.values_list("external_key", flat=True)) == [
        "les amis|", "les amis|massy", "les amis|paris",
    ]  # fmt: skip
    assert said(report, Kind.DUPLICATE) == [
        "Le porteur de la ligne 2 a le même nom dans une autre ville.",
        "Le porteur de la ligne 2 a le même nom dans une autre ville.",
    ]
    assert outcomes(run(*rows)) == [Outcome.UNCHANGED] * 4


def test_a_postcode_joins_two_spellings_of_a_town():
    run(
        ["titre", "porteur", "ville", "cp"],
        ["Un", "Entraide", "MADRID ESPAGNE", "28004"],
        ["Deux", "Entraide", "Madrid", "28004"],
    )

    lead = Structure.objects.get()
    assert lead.department is None
    assert lead.is_abroad


def test_a_lead_whose_town_was_unknown_is_found_again():
    run(["titre", "porteur"], ["Un", "Les Amis"])

    report = run(["titre", "porteur", "ville"], ["Deux", "Les amis", "Apt"])

    assert outcomes(report) == [Outcome.CREATED]
    assert Structure.objects.get().projects.count() == 2


def test_a_lead_is_found_among_the_structures_of_the_source():
    structures.run(
        sheet(["nom", "ville", "siren"], ["Les Amis", "Apt", "490135456"]),
        source="essai",
    )

    report = run(["titre", "porteur", "ville"], ["Un", "LES AMIS", "Apt"])

    assert report.new_structures == 0
    assert Structure.objects.get().projects.count() == 1


def test_a_lead_of_another_source_is_not_taken_but_said():
    StructureFactory(name="Les Amis", source="autre", external_key="1")

    report = run(["titre", "porteur"], ["Un", "LES AMIS"])

    assert Structure.objects.count() == 2
    assert "Une fiche d’une autre source s’appelle « Les Amis »." in said(report)


def test_importing_projects_never_changes_a_structure():
    run(["titre", "porteur", "ville"], ["Un", "Les Amis", "Apt"])
    Structure.objects.update(name="Les Amis", city="Apt Cedex", phone="04 11")
    before = Structure.objects.values().get()

    run(
        ["titre", "porteur", "ville"],
        ["Un", "LES AMIS", "Apt"],
        ["Deux", "Les Amis", ""],
    )

    assert Structure.objects.values().get() == before


def test_the_lead_takes_its_type_and_state_from_the_defaults():
    mapping = {"defaults": {"lead_type": "association", "lead_publication": "publie"}}

    run(["titre", "porteur"], ["Un", "Les Amis"], mapping=mapping)

    lead = Structure.objects.get()
    assert (lead.type.code, lead.publication) == ("association", Publication.PUBLISHED)


def test_a_lead_that_cannot_be_saved_refuses_its_rows():
    report = run(
        ["titre", "porteur", "cp"],
        ["Un", "Les Amis", "1" * 11],
        ["Deux", "LES AMIS", ""],
        ["Trois", "D’autres", "84400"],
        keep_good=True,
    )

    assert outcomes(report) == [Outcome.REFUSED, Outcome.REFUSED, Outcome.CREATED]
    assert Structure.objects.get().name == "D’autres"


def test_the_reason_names_the_column_of_the_lead():
    report = run(["titre", "porteur", "cp"], ["Un", "Les Amis", "1" * 11])

    [(line, column, message)] = refusals(report)
    assert (line, column) == (2, "cp")
    assert "10 caractères" in message


def test_a_lead_that_the_staff_merged_is_the_one_that_remains():
    rows = (["titre", "porteur"], ["Un", "Les Amis"])
    run(*rows)
    kept = StructureFactory(name="Les Amis du Puits")
    Structure.objects.exclude(pk=kept.pk).update(merged_into=kept)
    Participation.objects.update(structure=kept)

    report = run(*rows)

    assert outcomes(report) == [Outcome.UNCHANGED]
    assert the_project().lead.structure == kept


def test_no_lead_is_made_for_a_refused_project():
    report = run(
        ["titre", "porteur", "début", "fin"],
        ["Un", "Les Amis", "2020", "2019"],
        keep_good=True,
    )

    assert refusals(report) == [(2, "", "La fin vient avant le début.")]
    assert not Structure.objects.exists()
