import datetime

import pytest

from directory.imports.reports import Outcome
from directory.models import Commune, Publication, Structure
from tests.directory.imports.structure_runs import (
    FULL_HEADER,
    FULL_ROW,
    codes,
    run,
    the_structure,
)
from tests.directory.imports.tables import outcomes, said
from tests.factories import StructureFactory

pytestmark = pytest.mark.django_db


def test_every_column_of_a_row_is_kept():
    report = run(FULL_HEADER, FULL_ROW)

    structure = the_structure()
    assert outcomes(report) == [Outcome.CREATED]
    assert said(report) == []
    assert structure.name == "Les Amis de la Source"
    assert structure.acronym == "AS"
    assert structure.other_names == ["Amis-Source", "La Source"]
    assert structure.type.code == "comite-de-jumelage"
    assert structure.description == "Première ligne.\n\nSeconde."
    assert (structure.siren, structure.rna) == ("490135456", "W131000123")
    assert structure.postal_address == "1, rue des Essais, 13100 Aix-en-Provence"
    assert structure.commune.code == "13001"
    assert structure.website == "https://www.source.example"
    assert structure.email == "contact@source.example"
    assert structure.social_links == ["https://social.example/source"]
    assert structure.founded_in == 1998
    assert structure.member_from == datetime.date(2020, 3, 15)
    assert codes(structure.countries) == ["BJ", "ML"]
    assert codes(structure.sectors) == ["education", "sante"]
    assert [goal.number for goal in structure.goals.all()] == [4, 6]


def test_a_new_structure_is_a_draft_that_nobody_verified():
    run(["nom"], ["La Source"])

    structure = the_structure()
    assert structure.publication == Publication.DRAFT
    assert structure.verified_at is None
    assert (structure.source, structure.external_key) == ("essai", "la source|")


def test_a_new_structure_is_placed_in_the_middle_of_its_commune():
    run(["nom", "ville", "département"], ["La Source", "Arles", "13"])

    structure = the_structure()
    arles = Commune.objects.get(label="Arles")
    assert (structure.latitude, structure.longitude) == (
        arles.latitude,
        arles.longitude,
    )
    assert structure.point_source == Structure.PointSource.COMMUNE


def test_names_alike_get_different_addresses():
    StructureFactory(name="La Source")

    run(["nom", "ville"], ["La Source", "Apt"], ["La Source", "Gap"])

    assert sorted(Structure.objects.values_list("slug", flat=True)) == [
        "la-source", "la-source-2", "la-source-3",
    ]  # fmt: skip


def test_a_second_run_changes_nothing():
    run(FULL_HEADER, FULL_ROW)
    before = the_structure().updated_at

    report = run(FULL_HEADER, FULL_ROW)

    assert outcomes(report) == [Outcome.UNCHANGED]
    assert the_structure().updated_at == before


def test_a_change_is_told_field_by_field():
    run(["nom", "identifiant", "sigle", "téléphone"], ["La Source", "7", "LS", "04 91"])

    report = run(
        ["nom", "identifiant", "sigle", "téléphone"], ["La Source", "7", "SRC", "04 91"]
    )

    [row] = report.rows
    [change] = row.changes
    assert row.outcome == Outcome.CHANGED
    assert (change.field, change.before, change.after) == ("sigle", "LS", "SRC")
    assert the_structure().acronym == "SRC"


def test_terms_are_told_as_added_and_removed():
    run(["nom", "pays"], ["La Source", "Mali, Bénin"])

    report = run(["nom", "pays"], ["La Source", "Bénin, Togo"])

    [change] = report.rows[0].changes
    assert (change.added, change.removed) == (("Togo",), ("Mali",))
    assert str(change) == "pays d’intervention\u00a0: + Togo, − Mali"
    assert codes(the_structure().countries) == ["BJ", "TG"]


def test_a_cell_that_is_not_wholly_understood_takes_nothing_away():
    run(["nom", "pays"], ["La Source", "Mali, Bénin"])

    report = run(["nom", "pays"], ["La Source", "Togo, Malie"])

    assert codes(the_structure().countries) == ["BJ", "ML", "TG"]
    assert report.rows[0].changes[0].removed == ()


def test_a_blank_cell_erases_nothing():
    run(FULL_HEADER, FULL_ROW)

    report = run(FULL_HEADER, [FULL_ROW[0], *[""] * 4, FULL_ROW[5], *[""] * 13])

    assert outcomes(report) == [Outcome.UNCHANGED]
    assert the_structure().acronym == "AS"
    assert the_structure().countries.count() == 2


def test_a_column_that_is_not_in_the_file_is_left_alone():
    run(["nom", "sigle"], ["La Source", "LS"])
    Structure.objects.update(phone="04 11", description="Écrit par l’équipe.")

    report = run(["nom", "sigle"], ["La Source", "LS"])

    assert outcomes(report) == [Outcome.UNCHANGED]
    assert the_structure().description == "Écrit par l’équipe."


def test_what_the_staff_decided_is_left_alone():
    header, row = ["nom", "publication", "sigle"], ["La Source", "Publié", "LS"]
    run(header, row)
    day = datetime.datetime(2026, 1, 5, tzinfo=datetime.UTC)
    Structure.objects.update(publication=Publication.ARCHIVED, verified_at=day)

    report = run(header, [*row[:2], "SRC"])

    structure = the_structure()
    assert outcomes(report) == [Outcome.CHANGED]
    assert structure.publication == Publication.ARCHIVED
    assert structure.verified_at == day


def test_defaults_fill_new_structures_only():
    mapping = {"defaults": {"type": "association", "publication": "publie", "pays": ""}}
    del mapping["defaults"]["pays"]
    run(["nom"], ["La Source"], mapping=mapping)
    Structure.objects.update(type=None)

    report = run(["nom"], ["La Source"], ["Le Puits"], mapping=mapping)

    source, well = Structure.objects.order_by("pk")
    assert outcomes(report) == [Outcome.UNCHANGED, Outcome.CREATED]
    assert (source.type, source.publication) == (None, Publication.PUBLISHED)
    assert (well.type.code, well.publication) == ("association", Publication.PUBLISHED)
