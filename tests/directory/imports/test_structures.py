import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from directory.imports import mapping as mappings
from directory.imports import structures
from directory.imports.refusals import ImportRefused
from directory.imports.reports import Kind, Outcome, State
from directory.imports.structure_fields import FIELDS
from directory.models import Commune, Country, Publication, Structure
from tests.directory.imports.tables import csv_bytes, outcomes, refusals, said, sheet
from tests.factories import StructureFactory

pytestmark = pytest.mark.django_db

MEMBERSHIP_OUT_OF_ORDER = (
    "La fin de l’adhésion précède son début : corrigez l’une des deux."
)


def run(*rows, mapping=None, source="essai", **options):
    parsed = mappings.parse(mapping, FIELDS) if mapping else None
    return structures.run(sheet(*rows), source=source, mapping=parsed, **options)


def the_structure():
    return Structure.objects.get()


def codes(manager):
    return sorted(manager.values_list("code", flat=True))


FULL_HEADER = [
    "Nom", "Sigle", "Autres noms", "Type de structure", "Présentation", "SIREN", "RNA",
    "Adresse", "Code postal", "Ville", "Site web", "Courriel", "Téléphone",
    "Réseaux sociaux", "Année de création", "Adhérent depuis le", "Pays d’intervention",
    "Secteurs d’intervention", "ODD",
]  # fmt: skip
FULL_ROW = [
    "Les Amis de la Source", "AS", "Amis-Source, La Source", "comite de jumelage",
    "Première ligne.\r\n\r\nSeconde.", "490 135 456", "w131000123", "1, rue des Essais",
    "13100", "AIX EN PROVENCE", "www.source.example", "contact@source.example",
    "04 00 00 00 00", "https://social.example/source", "1998", "15/03/2020",
    "mali, BENIN", "Éducation, santé", "4, ODD 6",
]  # fmt: skip


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


def test_the_file_can_be_bytes_or_a_path(tmp_path):
    data = csv_bytes(["nom"], ["La Source"])
    path = tmp_path / "liste.csv"
    path.write_bytes(data)

    created = structures.run(data, source="essai")
    again = structures.run(path, source="essai")

    assert outcomes(created) == [Outcome.CREATED]
    assert outcomes(again) == [Outcome.UNCHANGED]
    assert again.remarks == [
        "Encodage\u00a0: UTF-8\u00a0; séparateur\u00a0: point-virgule."
    ]


def test_unused_columns_are_told():
    report = run(["nom", "Couleur"], ["La Source", "bleu"])

    assert report.remarks == ["Colonnes non utilisées\u00a0: Couleur."]


@pytest.mark.parametrize("run_before", [False, True])
def test_progress_is_told_row_after_row_to_the_end(run_before):
    steps = []
    rows = (["nom"], *[[f"Structure {n}"] for n in range(450)])
    if run_before:
        run(*rows)

    run(*rows, progress=lambda done, total: steps.append((done, total)))

    assert steps == sorted(set(steps))
    assert steps[-1] == (450, 450)
    assert 50 < len(steps) <= 225


def test_a_second_run_asks_no_query_per_row():
    def rows(count):
        return (
            ["nom", "pays", "ville"],
            *[[f"N {n}", "Mali", "Apt"] for n in range(count)],
        )

    run(*rows(40), source="quarante")
    run(*rows(4), source="quatre")

    with CaptureQueriesContext(connection) as few:
        run(*rows(4), source="quatre")
    with CaptureQueriesContext(connection) as many:
        run(*rows(40), source="quarante")

    assert len(many) == len(few)


def test_many_names_alike_take_their_addresses_without_a_query_each():
    def rows(count):
        return (
            ["nom", "identifiant"],
            *[["La Source", str(n)] for n in range(count)],
        )

    with CaptureQueriesContext(connection) as few:
        run(*rows(3), source="trois")
    with CaptureQueriesContext(connection) as many:
        run(*rows(150), source="beaucoup")

    assert len(many) == len(few)
    assert Structure.objects.filter(slug="la-source-153").exists()


NAMES = st.text(
    st.characters(categories=["L", "N"], include_characters=" '’-.&(),;\"éàœ"),
    min_size=1,
    max_size=40,
).filter(lambda name: name.strip(" -’'.&(),;\"\u00a0"))


class RoundTripTests(TestCase):
    """Hypothesis rolls the database back after each example."""

    @settings(deadline=None, max_examples=25)
    @given(st.lists(st.tuples(NAMES, st.sampled_from(["", "Apt", "Nice", "Lille"]),
                              st.sets(st.sampled_from(["ML", "BJ", "CI", "PS", "FR"]))),
                    min_size=1, max_size=5))  # fmt: skip
    def test_what_is_exported_and_imported_again_does_not_change(self, rows):
        run(["nom", "ville", "pays"], *[
            [f"x{name}", town, ", ".join(c.label for c in countries(found))]
            for name, town, found in rows
        ])  # fmt: skip

        report = structures.run(exported(), source="essai")

        assert outcomes(report) == [Outcome.UNCHANGED] * len(rows)

    @settings(deadline=None, max_examples=25)
    @given(
        st.sampled_from(["Côte d’Ivoire", "République démocratique du Congo", "Bénin"]),
        st.sampled_from([str.upper, str.lower, str.title, str]),
        st.sampled_from(["'", "’", " ", "`"]),
        st.sampled_from([" ", "-", "  ", " – "]),
        st.booleans(),
    )
    def test_a_label_is_found_however_it_is_typed(
        self, label, case, apostrophe, space, bare
    ):
        typed = case(label).replace("’", apostrophe).replace(" ", space)
        if bare:
            typed = typed.translate(str.maketrans("ôéÔÉ", "oeOE"))

        report = run(["nom", "pays"], ["La Source", typed])

        assert said(report) == []
        assert the_structure().countries.get().label == label


def countries(codes):
    return Country.objects.filter(code__in=codes)


def exported():
    """The register as a spreadsheet that the importer can read again."""
    header = ["identifiant", "nom", "code postal", "ville", "département", "pays"]
    rows = [
        [
            structure.external_key,
            structure.name,
            structure.postcode,
            structure.city,
            structure.department_id or "",
            ", ".join(country.label for country in structure.countries.all()),
        ]
        for structure in Structure.objects.order_by("?")
    ]
    return csv_bytes(header, *rows, encoding="utf-8-sig")
