import datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from directory.imports import mapping as mappings
from directory.imports import projects, structures
from directory.imports.project_fields import FIELDS
from directory.imports.reports import Kind, Outcome, State
from directory.models import Participation, Project, Publication, Structure
from tests.directory.imports.tables import csv_bytes, outcomes, refusals, said, sheet
from tests.factories import ProjectFactory, StructureFactory

pytestmark = pytest.mark.django_db

Role = Participation.Role


def run(*rows, mapping=None, source="essai", **options):
    parsed = mappings.parse(mapping, FIELDS) if mapping else None
    return projects.run(sheet(*rows), source=source, mapping=parsed, **options)


def the_project():
    return Project.objects.get()


def parts(project):
    return [
        (part.role, part.organisation, part.amount)
        for part in project.participations.all()
    ]


FULL_HEADER = [
    "Titre", "Résumé", "Description", "Porteur", "Ville", "Code postal", "Partenaires",
    "Partenaires locaux", "Financeur", "Montant", "Date de début", "Date de fin",
    "Nature", "Statut", "Bénéficiaires", "Nombre de bénéficiaires", "Budget", "Devise",
    "Montants publics", "Liens", "Pays", "Secteurs", "ODD",
]  # fmt: skip
FULL_ROW = [
    "De l’eau pour l’école", "Un puits.", "Un puits\npour l’école.",
    "Les Amis du Puits", "Apt", "84400", "La Source, Le Seau", "Mairie d’ailleurs",
    "afd", "1 500,50 €", "03/2019", "2020", "Microprojet", "Terminé", "élèves", "120",
    "9000", "€", "oui", "www.puits.example", "Mali", "Éducation", "6",
]  # fmt: skip


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


@pytest.mark.parametrize("titles", ["un", "deux"])
def test_the_lines_of_a_file_can_be_read_in_any_order(titles):
    rows = [
        ["Un", "Les Amis", "Apt"],
        ["Deux", "LES AMIS", ""],
        ["Trois", "Eux", "Gap"],
    ]
    run(["titre", "porteur", "ville"], *rows)

    report = run(["titre", "porteur", "ville"], *reversed(rows))

    assert outcomes(report) == [Outcome.UNCHANGED] * 3


TITLES = st.text(
    st.characters(categories=["L", "N"], include_characters=" '’-.éà"),
    min_size=1,
    max_size=30,
)


class RoundTripTests(TestCase):
    """Hypothesis rolls the database back after each example."""

    @settings(deadline=None, max_examples=20)
    @given(
        st.lists(
            st.tuples(
                TITLES,
                st.sampled_from(["Les Amis", "LES AMIS", "Eux", ""]),
                st.sampled_from(["2015", "03/2016", "01/02/2017", ""]),
                st.sampled_from(["", "10", "1 000,50 €"]),
            ),
            min_size=1,
            max_size=5,
        )
    )
    def test_what_is_exported_and_imported_again_does_not_change(self, rows):
        run(
            ["titre", "porteur", "début", "financeur", "montant"],
            *[
                [f"X{title}x", lead, start, "afd", amount]
                for title, lead, start, amount in rows
            ],
        )

        report = projects.run(exported(), source="essai")

        assert outcomes(report) == [Outcome.UNCHANGED] * len(rows)


def exported():
    """The projects as a spreadsheet that the importer can read again."""
    rows = []
    for project in Project.objects.order_by("?"):
        funding = project.participations.get(role=Role.FUNDER)
        start = project.actual_start_on
        formats = {"annee": "%Y", "mois": "%m/%Y", "jour": "%d/%m/%Y"}
        rows.append(
            [
                project.external_key,
                project.title,
                project.lead.organisation if project.lead else "",
                start.strftime(formats[project.date_precision]) if start else "",
                str(funding.funder),
                funding.amount or "",
            ]
        )
    header = ["identifiant", "titre", "porteur", "début", "financeur", "montant"]
    return csv_bytes(header, *rows)
