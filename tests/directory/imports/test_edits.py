"""What the staff changed since the last import stays as they wrote it."""

from decimal import Decimal

import pytest

from directory.imports import mapping as mappings
from directory.imports import project_fields, projects, structure_fields, structures
from directory.imports.reports import Kind, Outcome
from directory.models import Country, Participation, Project, Structure
from tests.directory.imports.tables import outcomes, said, sheet
from tests.factories import StructureFactory

pytestmark = pytest.mark.django_db

Role = Participation.Role


def run(*rows, mapping=None, **options):
    parsed = mappings.parse(mapping, structure_fields.FIELDS) if mapping else None
    return structures.run(sheet(*rows), source="essai", mapping=parsed, **options)


def run_projects(*rows, mapping=None):
    parsed = mappings.parse(mapping, project_fields.FIELDS) if mapping else None
    return projects.run(sheet(*rows), source="essai", mapping=parsed)


def edit(**values):
    """What the admin does when a person saves the page."""
    record = Structure.objects.get()
    for name, value in values.items():
        setattr(record, name, value)
    record.save()


def kept(field, value, other):
    return f"{field} : « {value} » est gardé, le fichier dit « {other} »."


def codes(manager):
    return sorted(manager.values_list("code", flat=True))


def country(code):
    return Country.objects.get(code=code)


HEADER = ["identifiant", "nom", "présentation", "pays"]
ROW = ["1", "La Source", "De l’eau.", "Mali, Bénin"]


def test_the_same_file_changes_nothing_of_what_the_staff_wrote():
    run(HEADER, ROW)
    edit(name="La Fontaine", description="Écrit par l’équipe.")

    report = run(HEADER, ROW)

    structure = Structure.objects.get()
    assert outcomes(report) == [Outcome.UNCHANGED]
    assert (structure.name, structure.description) == (
        "La Fontaine", "Écrit par l’équipe.",
    )  # fmt: skip
    assert said(report, Kind.KEPT) == [
        kept("nom", "La Fontaine", "La Source"),
        kept("présentation", "Écrit par l’équipe.", "De l’eau."),
    ]


def test_a_field_left_alone_by_the_staff_still_follows_the_file():
    run(HEADER, ROW)
    edit(name="La Fontaine")

    report = run(HEADER, ["1", "La Source", "De l’eau pour tous.", "Mali, Bénin"])

    structure = Structure.objects.get()
    assert outcomes(report) == [Outcome.CHANGED]
    assert (structure.name, structure.description) == (
        "La Fontaine", "De l’eau pour tous.",
    )  # fmt: skip
    assert outcomes(run(HEADER, ["1", "La Source", "De l’eau.", "Mali, Bénin"])) == [
        Outcome.CHANGED
    ]


def test_what_the_staff_erased_does_not_come_back():
    run(HEADER, ROW)
    edit(description="")

    report = run(HEADER, ROW)

    assert Structure.objects.get().description == ""
    assert said(report, Kind.KEPT) == [
        "présentation : vide est gardé, le fichier dit « De l’eau. »."
    ]


def test_an_empty_field_that_no_import_wrote_is_filled():
    run(["identifiant", "nom"], ["1", "La Source"])

    report = run(["identifiant", "nom", "activité"], ["1", "La Source", "dissoute"])

    assert outcomes(report) == [Outcome.CHANGED]
    assert Structure.objects.get().life == "dissoute"


def test_a_field_that_only_the_staff_filled_is_kept():
    run(["identifiant", "nom"], ["1", "La Source"])
    edit(acronym="LS")

    report = run(["identifiant", "nom", "sigle"], ["1", "La Source", "SRC"])

    assert Structure.objects.get().acronym == "LS"
    assert said(report, Kind.KEPT) == [
        "sigle : « LS » est gardé, le fichier dit « SRC »."
    ]


def test_a_file_that_agrees_with_the_staff_may_change_its_mind():
    run(["identifiant", "nom"], ["1", "La Source"])
    edit(name="La Fontaine")
    updated_at = Structure.objects.get().updated_at

    agreed = run(["identifiant", "nom"], ["1", "La Fontaine"])
    unchanged_since = Structure.objects.get().updated_at == updated_at
    changed = run(["identifiant", "nom"], ["1", "Le Puits"])

    assert unchanged_since
    assert outcomes(agreed) == [Outcome.UNCHANGED]
    assert outcomes(changed) == [Outcome.CHANGED]
    assert Structure.objects.get().name == "Le Puits"


def test_the_line_breaks_of_a_form_are_no_edit():
    run(["identifiant", "nom", "présentation"], ["1", "La Source", "Un.\n\nDeux."])
    edit(description="Un.\r\n\r\nDeux.")

    same = run(
        ["identifiant", "nom", "présentation"], ["1", "La Source", "Un.\n\nDeux."]
    )
    other = run(["identifiant", "nom", "présentation"], ["1", "La Source", "Trois."])

    assert outcomes(same) == [Outcome.UNCHANGED]
    assert said(same) == []
    assert outcomes(other) == [Outcome.CHANGED]


def test_terms_that_the_staff_added_or_took_away_stay_so():
    run(HEADER, ROW)
    structure = Structure.objects.get()
    structure.countries.set([country("BJ"), country("TG")])

    same = run(HEADER, ROW)
    countries = codes(structure.countries)
    report = run(HEADER, [*ROW[:3], "Mali, Sénégal"])

    assert outcomes(same) == [Outcome.UNCHANGED]
    assert countries == ["BJ", "TG"]
    assert said(same, Kind.KEPT) == [
        kept("pays d’intervention", "Bénin, Togo", "Mali, Bénin")
    ]
    assert codes(structure.countries) == ["SN", "TG"]
    assert report.rows[0].changes[0].added == ("Sénégal",)
    assert report.rows[0].changes[0].removed == ("Bénin",)


def test_a_seat_that_the_staff_corrected_is_kept_whole():
    header = ["identifiant", "nom", "ville", "dep"]
    run(header, ["1", "La Source", "Apt", "84"])
    edit(city="Les Milles", commune_id="13001", department_id="13")

    report = run(header, ["1", "La Source", "Gap", "05"])

    structure = Structure.objects.get()
    assert outcomes(report) == [Outcome.UNCHANGED]
    assert (structure.city, structure.commune_id, structure.department_id) == (
        "Les Milles", "13001", "13",
    )  # fmt: skip
    assert len(said(report, Kind.KEPT)) == 3


def test_a_dry_run_remembers_nothing():
    run(["identifiant", "nom"], ["1", "La Source"])

    run(["identifiant", "nom"], ["1", "Le Puits"], dry_run=True)

    assert Structure.objects.get().imported["name"] == "La Source"


def test_long_texts_are_quoted_from_their_beginning():
    run(["identifiant", "nom", "présentation"], ["1", "La Source", "De l’eau. " * 50])
    edit(description="Écrit par l’équipe. " * 50)

    report = run(
        ["identifiant", "nom", "présentation"], ["1", "La Source", "De l’eau. " * 50]
    )

    [message] = said(report, Kind.KEPT)
    assert len(message) < 250


# A merged record


def test_a_merged_record_is_left_alone_and_said():
    run(HEADER, ROW)
    survivor = StructureFactory(name="La Grande Source")
    Structure.objects.exclude(pk=survivor.pk).update(merged_into=survivor)
    before = list(Structure.objects.order_by("pk").values())

    report = run(HEADER, ["1", "Le Puits", "Autre chose.", "Togo"])

    assert outcomes(report) == [Outcome.UNCHANGED]
    assert said(report) == ["Fusionnée dans « La Grande Source » : rien n’est écrit."]
    assert list(Structure.objects.order_by("pk").values()) == before


# Who takes part in a project

LED = ["identifiant", "titre", "porteur"]


def lead_of(project):
    return project.lead.organisation if project.lead else None


def test_a_lead_that_the_staff_replaced_is_kept():
    run_projects(LED, ["1", "Un puits", "Les Amis"])
    other = StructureFactory(name="Les Voisins")
    Participation.objects.update(structure=other)

    same = run_projects(LED, ["1", "Un puits", "Les Amis"])
    changed = run_projects(LED, ["1", "Un puits", "Les Nouveaux"])

    assert lead_of(Project.objects.get()) == "Les Voisins"
    assert outcomes(same) == outcomes(changed) == [Outcome.UNCHANGED]
    assert said(same, Kind.KEPT) == [
        "Porteur : « Les Voisins » est gardé, le fichier dit « Les Amis »."
    ]
    assert changed.new_structures == 0
    assert not Structure.objects.filter(name="Les Nouveaux").exists()


def test_a_lead_that_the_staff_removed_does_not_come_back():
    run_projects(LED, ["1", "Un puits", "Les Amis"])
    Participation.objects.all().delete()

    report = run_projects(LED, ["1", "Un puits", "Les Amis"])

    assert outcomes(report) == [Outcome.UNCHANGED]
    assert not Participation.objects.exists()


def test_a_lead_that_the_staff_merged_still_follows_the_file():
    run_projects(LED, ["1", "Un puits", "Les Amis"])
    survivor = StructureFactory(name="Les Amis du Puits")
    Structure.objects.exclude(pk=survivor.pk).update(merged_into=survivor)
    Participation.objects.update(structure=survivor)

    report = run_projects(LED, ["1", "Un puits", "Les Voisins"])

    assert outcomes(report) == [Outcome.CHANGED]
    assert lead_of(Project.objects.get()) == "Les Voisins"


def test_partners_that_the_staff_added_or_removed_stay_so():
    header = ["identifiant", "titre", "partenaires"]
    run_projects(header, ["1", "Un puits", "La Source, Le Seau"])
    project = Project.objects.get()
    project.participations.get(name="La Source").delete()
    project.participations.create(role=Role.PARTNER, name="La Corde")

    same = run_projects(header, ["1", "Un puits", "La Source, Le Seau"])
    other = run_projects(header, ["1", "Un puits", "La Source, La Poulie"])

    assert outcomes(same) == [Outcome.UNCHANGED]
    assert len(said(same, Kind.KEPT)) == 1
    assert outcomes(other) == [Outcome.CHANGED]
    assert {p.name for p in project.participations.all()} == {"La Corde", "La Poulie"}


def test_an_amount_that_the_staff_corrected_is_kept():
    header = ["identifiant", "titre", "financeur", "montant"]
    run_projects(header, ["1", "Un puits", "afd", "300"])
    Participation.objects.update(amount=Decimal(250))

    report = run_projects(header, ["1", "Un puits", "afd", "400"])

    assert outcomes(report) == [Outcome.UNCHANGED]
    assert Participation.objects.get().amount == 250
    assert said(report, Kind.KEPT) == [
        "montant apporté : « 250,00 » est gardé, le fichier dit « 400,00 »."
    ]


def test_an_amount_goes_to_the_funder_of_the_defaults_and_no_other():
    mapping = {"defaults": {"funder": "afd"}}
    run_projects(
        ["identifiant", "titre", "montant"], ["1", "Un puits", "10"], mapping=mapping
    )
    project = Project.objects.get()
    project.participations.update(position=5)
    project.participations.create(role=Role.FUNDER, name="Fondation", amount=99)

    report = run_projects(
        ["identifiant", "titre", "montant"], ["1", "Un puits", "20"], mapping=mapping
    )

    assert outcomes(report) == [Outcome.CHANGED]
    assert {p.organisation: p.amount for p in project.participations.all()} == {
        "Agence française de développement": 20, "Fondation": 99,
    }  # fmt: skip


def test_an_amount_is_never_given_to_another_funder():
    mapping = {"defaults": {"funder": "afd"}}
    run_projects(["identifiant", "titre"], ["1", "Un puits"])
    Project.objects.get().participations.create(
        role=Role.FUNDER, name="Fondation", amount=99
    )

    report = run_projects(
        ["identifiant", "titre", "montant"], ["1", "Un puits", "20"], mapping=mapping
    )

    assert outcomes(report) == [Outcome.UNCHANGED]
    assert Participation.objects.get().amount == 99
    assert said(report, Kind.IGNORED) == [
        "Montant laissé de côté : Agence française de développement n’y contribue pas."
    ]


def test_a_list_of_texts_that_changes_is_told():
    header = ["identifiant", "nom", "autres noms"]
    run(header, ["1", "La Source", "LS, La S."])

    report = run(header, ["1", "La Source", "LS, Sourcette"])

    [change] = report.rows[0].changes
    assert (change.before, change.after) == ("LS, La S.", "LS, Sourcette")
