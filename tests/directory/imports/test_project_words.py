import datetime
from decimal import Decimal

import pytest

from directory.imports.reports import Kind, Outcome
from directory.models import Participation, Project
from tests.directory.imports.project_runs import (
    Role,
    parts,
    run,
    the_project,
)
from tests.directory.imports.tables import outcomes, said

pytestmark = pytest.mark.django_db


def test_a_year_begins_in_january_to_the_year():
    run(["titre", "année"], ["Un puits", "2015"])

    project = the_project()
    assert project.actual_start_on == datetime.date(2015, 1, 1)
    assert project.date_precision == Project.Precision.YEAR


@pytest.mark.parametrize(
    ("start", "end", "precision", "last"),
    [
        ("01/02/2019", "15/03/2019", "jour", (2019, 3, 15)),
        ("01/02/2019", "02/2020", "mois", (2020, 2, 29)),
        ("2019", "2019", "annee", (2019, 12, 31)),
    ],
)
def test_the_vaguest_date_gives_the_precision(start, end, precision, last):
    run(["titre", "début", "fin"], ["Un puits", start, end])

    project = the_project()
    assert project.date_precision == precision
    assert project.actual_end_on == datetime.date(*last)


def test_short_titles_are_completed_as_the_correspondence_says():
    mapping = {
        "titles": {"template": "{lead} – {title} ({year})", "below": 20},
        "defaults": {"title": "Subvention"},
    }

    run(
        ["titre", "porteur", "année"],
        ["fonctionnement", "Les Amis", "2015"],
        ["", "Les Amis", "2015"],
        ["Un puits pour l’école de Ségou", "Les Amis", "2015"],
        ["Fonctionnement", "", "2015"],
        mapping=mapping,
    )

    assert list(Project.objects.order_by("pk").values_list("title", flat=True)) == [
        "Les Amis – Fonctionnement (2015)",
        "Les Amis – Subvention (2015)",
        "Un puits pour l’école de Ségou",
        "Fonctionnement",
    ]


def test_a_long_title_is_cut_at_a_word_and_kept_whole_in_the_description():
    title = "Un puits, " + "très " * 60 + "profond"

    report = run(["titre"], [title])

    project = the_project()
    assert project.title.endswith("très…")
    assert len(project.title) <= 250
    assert project.description == title
    assert said(report, Kind.CUT) == ["Titre de plus de 250 caractères, coupé."]
    assert outcomes(run(["titre"], [title])) == [Outcome.UNCHANGED]


def test_a_title_in_capitals_is_corrected_and_said():
    report = run(["titre"], ["UN PUITS POUR L’ÉCOLE"])

    assert the_project().title == "Un puits pour l’école"
    assert said(report, Kind.CASE)


def test_the_funder_of_the_defaults_gives_the_amount():
    mapping = {"defaults": {"funder": "reserve-parlementaire"}}

    run(["titre", "montant"], ["Un puits", "1000.00"], mapping=mapping)

    [part] = the_project().participations.all()
    assert part.funder.code == "reserve-parlementaire"
    assert part.amount == 1000


def test_a_funder_that_is_not_known_is_a_plain_name():
    run(["titre", "financeur", "montant"], ["Un puits", "Fondation d’essai", "10"])

    assert parts(the_project()) == [(Role.FUNDER, "Fondation d’essai", Decimal(10))]


def test_an_amount_without_funder_is_left_out_and_said():
    report = run(["titre", "montant"], ["Un puits", "10"])

    assert said(report, Kind.IGNORED) == [
        "Montant sans financeur, laissé de côté : 10,00."
    ]
    assert not Participation.objects.exists()
