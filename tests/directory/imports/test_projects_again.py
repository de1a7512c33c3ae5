import datetime
from decimal import Decimal

import pytest

from directory.imports.reports import Outcome
from directory.models import Participation, Project, Publication
from tests.directory.imports.project_runs import (
    Role,
    parts,
    run,
    the_project,
)
from tests.directory.imports.tables import outcomes, said
from tests.factories import ProjectFactory

pytestmark = pytest.mark.django_db


def test_a_changed_amount_is_told():
    mapping = {"defaults": {"funder": "afd"}}
    run(["titre", "montant"], ["Un puits", "10"], mapping=mapping)

    report = run(["titre", "montant"], ["Un puits", "1 200"], mapping=mapping)

    [change] = report.rows[0].changes
    assert (change.field, change.before, change.after) == (
        "montant apporté", "10,00", "1\u00a0200,00",
    )  # fmt: skip
    assert Participation.objects.get().amount == 1200


def test_a_new_funder_is_added_and_none_is_taken_away():
    run(["titre", "financeur", "montant"], ["Un puits", "afd", "10"])

    report = run(["titre", "financeur", "montant"], ["Un puits", "Fondation", "20"])

    assert outcomes(report) == [Outcome.CHANGED]
    assert parts(the_project()) == [
        (Role.FUNDER, "Agence française de développement", Decimal(10)),
        (Role.FUNDER, "Fondation", Decimal(20)),
    ]


def test_a_funder_that_the_staff_removed_does_not_come_back_by_default():
    mapping = {"defaults": {"funder": "afd"}}
    run(["titre", "montant"], ["Un puits", "10"], mapping=mapping)
    Participation.objects.all().delete()

    report = run(["titre", "montant"], ["Un puits", "20"], mapping=mapping)

    assert outcomes(report) == [Outcome.UNCHANGED]


def test_changed_partners_are_told_as_added_and_removed():
    run(["titre", "partenaires"], ["Un puits", "La Source, Le Seau"])

    report = run(["titre", "partenaires"], ["Un puits", "le seau, La Corde"])

    [change] = report.rows[0].changes
    assert (change.added, change.removed) == (("La Corde",), ("La Source",))
    assert {name for _role, name, _amount in parts(the_project())} == {
        "Le Seau", "La Corde",
    }  # fmt: skip


def test_a_changed_lead_is_told():
    header = ["identifiant", "titre", "porteur"]
    run(header, ["1", "Un puits", "Les Amis"])

    report = run(header, ["1", "Un puits", "Les Voisins"])

    [change] = report.rows[0].changes
    assert (change.field, change.before, change.after) == (
        "Porteur", "Les Amis", "Les Voisins",
    )  # fmt: skip
    assert the_project().lead.organisation == "Les Voisins"
    assert report.rows[0].new_structure == "Les Voisins"


def test_a_lead_is_added_to_a_project_that_had_none():
    run(["identifiant", "titre"], ["1", "Un puits"])

    report = run(["identifiant", "titre", "porteur"], ["1", "Un puits", "Les Amis"])

    assert outcomes(report) == [Outcome.CHANGED]
    assert the_project().lead.organisation == "Les Amis"


def test_dates_and_texts_that_change_are_told_as_people_read_them():
    header = ["identifiant", "titre", "début", "statut", "montants publics"]
    run(header, ["1", "Un puits", "01/02/2019", "En cours", "non"])

    report = run(header, ["1", "Un puits", "03/02/2019", "Terminé", "oui"])

    assert [
        str(change).replace("\u00a0", " ") for change in report.rows[0].changes
    ] == [
        "état : « En cours » → « Terminé »",
        "montants publics : « non » → « oui »",
        "début réel : « 01/02/2019 » → « 03/02/2019 »",
    ]


def test_what_the_staff_decided_is_left_alone():
    run(["titre", "statut"], ["Un puits", "En cours"])
    day = datetime.datetime(2026, 1, 5, tzinfo=datetime.UTC)
    Project.objects.update(publication=Publication.PUBLISHED, verified_at=day)

    run(["titre", "statut", "publication"], ["Un puits", "Terminé", "Brouillon"])

    project = the_project()
    assert (project.status, project.publication) == ("termine", Publication.PUBLISHED)
    assert project.verified_at == day


def test_two_identical_rows_stay_two_projects():
    rows = (
        ["titre", "porteur", "année"],
        *[["Fonctionnement", "Les Amis", "2016"]] * 2,
    )

    report = run(*rows)

    assert outcomes(report) == [Outcome.CREATED] * 2
    assert said(report) == ["Ligne identique à la ligne 2 : les deux sont gardées."]
    assert sorted(Project.objects.values_list("external_key", flat=True)) == [
        "les amis|2016|fonctionnement", "les amis|2016|fonctionnement#2",
    ]  # fmt: skip
    assert outcomes(run(*rows)) == [Outcome.UNCHANGED] * 2


def test_projects_of_other_sources_are_left_alone():
    other = ProjectFactory(title="Un puits", source="autre", external_key="1")

    run(["titre", "statut"], ["Un puits", "Terminé"])

    other.refresh_from_db()
    assert other.status == ""
    assert Project.objects.count() == 2
