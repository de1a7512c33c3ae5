import datetime
from decimal import Decimal

import pytest

from directory.imports.reports import Outcome, State
from directory.models import Participation, Project, Structure
from tests.directory.imports.project_runs import (
    FULL_HEADER,
    FULL_ROW,
    Role,
    parts,
    run,
    the_project,
)
from tests.directory.imports.tables import outcomes, refusals
from tests.factories import StructureFactory

pytestmark = pytest.mark.django_db


def test_every_column_of_a_row_is_kept():
    StructureFactory(name="La Source")

    report = run(FULL_HEADER, FULL_ROW)

    project = the_project()
    assert outcomes(report) == [Outcome.CREATED]
    assert project.title == "De l’eau pour l’école"
    assert (project.summary, project.description) == (
        "Un puits.",
        "Un puits\npour l’école.",
    )
    assert project.actual_start_on == datetime.date(2019, 3, 1)
    assert project.actual_end_on == datetime.date(2020, 12, 31)
    assert project.date_precision == Project.Precision.YEAR
    assert (project.kind, project.status) == ("microprojet", "termine")
    assert (project.beneficiaries, project.beneficiary_count) == ("élèves", 120)
    assert (project.budget, project.currency) == (Decimal(9000), "EUR")
    assert project.budget_is_public
    assert project.links == ["https://www.puits.example"]
    assert project.countries.get().code == "ML"
    assert project.sectors.get().code == "education"
    assert project.goals.get().number == 6
    assert parts(project) == [
        (Role.LEAD, "Les Amis du Puits", None),
        (Role.PARTNER, "La Source", None),
        (Role.PARTNER, "Le Seau", None),
        (Role.LOCAL_PARTNER, "Mairie d’ailleurs", None),
        (Role.FUNDER, "Agence française de développement", Decimal("1500.50")),
    ]


def test_a_partner_of_the_register_is_linked_and_another_is_a_name():
    source = StructureFactory(name="La Source", published=True)

    run(["titre", "partenaires"], ["Un puits", "LA SOURCE, Le Seau, le seau"])

    linked, named = the_project().participations.all()
    assert (linked.structure, linked.name) == (source, "")
    assert (named.structure, named.name) == (None, "Le Seau")


def test_a_structure_that_the_public_cannot_see_stays_a_plain_name():
    StructureFactory(name="La Source")

    run(["titre", "partenaires"], ["Un puits", "La Source"])

    assert the_project().participations.get().name == "La Source"


def test_a_draft_does_not_hide_the_published_structure_of_its_name():
    StructureFactory(name="La Source", slug="brouillon")
    public = StructureFactory(name="La Source", slug="publiee", published=True)

    run(["titre", "partenaires"], ["Un puits", "La Source"])

    assert the_project().participations.get().structure == public


def test_a_name_that_two_structures_share_is_not_linked():
    StructureFactory(name="La Source", slug="source-1", published=True)
    StructureFactory(name="La Source", slug="source-2", published=True)

    run(["titre", "partenaires"], ["Un puits", "La Source"])

    assert the_project().participations.get().name == "La Source"


def test_nothing_is_written_when_a_row_is_refused():
    report = run(["titre", "porteur"], ["Un", "Les Amis"], ["", "D’autres"])

    assert report.state == State.ROLLED_BACK
    assert refusals(report) == [(3, "titre", "« titre » est vide.")]
    assert not Structure.objects.exists()
    assert not Project.objects.exists()


def test_a_dry_run_writes_neither_projects_nor_leads():
    report = run(FULL_HEADER, FULL_ROW, dry_run=True)

    assert outcomes(report) == [Outcome.CREATED]
    assert report.new_structures == 1
    assert not Structure.objects.exists()
    assert not Participation.objects.exists()


@pytest.mark.parametrize(
    ("column", "value", "message"),
    [
        ("montant", "beaucoup", "n’est pas un montant"),
        ("montant", "99999999999", "n’est pas un montant"),
        ("année", "jadis", "nombre entier"),
        ("début", "32/01/2020", "n’est pas une date"),
        ("nature", "autre chose", "n’est pas dans la liste"),
        ("budget", "-1", "n’est pas négatif"),
        ("devise", "livre", "3 caractères"),
        ("résumé", "x" * 301, "300 caractères"),
        ("porteur", "x" * 201, "200 caractères"),
        ("partenaires", "x" * 201, "200 caractères"),
        ("financeur", "x" * 201, "200 caractères"),
        ("liens", "javascript:alert(1)", "URL"),
        ("montants publics", "peut-être", "ni oui ni non"),
        ("nombre de bénéficiaires", "999999999999", "nombre entier"),
    ],
)
def test_a_value_that_no_field_can_take_refuses_the_row(column, value, message):
    mapping = {"defaults": {"funder": "afd"}} if column == "montant" else None

    report = run(["titre", column], ["Un puits", value], mapping=mapping)

    [(line, where, why)] = refusals(report)
    assert (line, where) == (2, column)
    assert message in why
