"""The two real files, which nobody here wrote: misspelt, repeated, badly numbered."""

from collections import Counter
from pathlib import Path

import pytest
from django.db.models import Sum

from directory.imports import projects, structures
from directory.imports.reports import Kind, Outcome, State
from directory.models import Participation, Project, Publication, Structure
from tests.directory.imports.tables import outcomes, said

pytestmark = pytest.mark.django_db

DATA = Path(structures.__file__).parents[1] / "data"
ASSOCIATIONS_FILE = (
    DATA / "real/associations_subventionnees_2010_paca_et_action_exterieure.csv"
)
ASSOCIATIONS = {
    "source": "jaune-2010",
    "mapping": DATA / "mappings/associations_2010.json",
}
GRANTS_FILE = DATA / "real/projets_solidarite_reserve_parlementaire_2013-2016.csv"
GRANTS = {
    "source": "reserve-parlementaire-2013-2016",
    "mapping": DATA / "mappings/reserve_parlementaire.json",
}


def plain(text):
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def test_the_associations_are_imported_whole_and_only_once():
    first = structures.run(ASSOCIATIONS_FILE, **ASSOCIATIONS)
    second = structures.run(ASSOCIATIONS_FILE, **ASSOCIATIONS)

    assert plain(first.summary) == (
        "1 186 lignes : 1 186 créées, 0 modifiée, 0 inchangée, 0 refusée,"
        " 1 207 avertissements"
    )
    assert plain(second.summary) == (
        "1 186 lignes : 0 créée, 0 modifiée, 1 186 inchangées, 0 refusée,"
        " 40 avertissements"
    )
    assert first.warnings_by_kind == {
        Kind.CASE: 1167, Kind.PLACE: 22, Kind.NUMBER: 13, Kind.DUPLICATE: 5,
    }  # fmt: skip
    assert second.warnings_by_kind == {
        Kind.PLACE: 22, Kind.NUMBER: 13, Kind.DUPLICATE: 5,
    }  # fmt: skip
    assert second.conclusion == "Rien n’a changé."


def test_the_associations_are_placed_and_published():
    structures.run(ASSOCIATIONS_FILE, **ASSOCIATIONS)

    rows = Structure.objects.from_source("jaune-2010")
    assert rows.published().count() == 1186
    assert rows.filter(department__region="93").count() == 962
    assert rows.filter(commune__isnull=False).count() == 785
    assert rows.filter(siren="").count() == 13
    assert rows.filter(type__code="association").count() == 1186
    assert rows.filter(verified_at__isnull=False).count() == 0


def test_each_invalid_siren_and_each_lost_commune_is_named():
    report = structures.run(ASSOCIATIONS_FILE, dry_run=True, **ASSOCIATIONS)

    assert "SIREN invalide, laissé de côté : « 341031907 »." in said(
        report, Kind.NUMBER
    )
    assert "Commune non trouvée : « Cavaillon » dans Bouches-du-Rhône (13)." in said(
        report, Kind.PLACE
    )
    assert said(report, Kind.DUPLICATE)[-1] == "Même nom : ligne 903 du fichier."


def test_the_grants_are_imported_whole_and_only_once():
    first = projects.run(GRANTS_FILE, **GRANTS)
    second = projects.run(GRANTS_FILE, **GRANTS)

    assert plain(first.summary) == (
        "850 lignes : 850 créées, 0 modifiée, 0 inchangée, 0 refusée,"
        " 764 structures créées, 176 avertissements"
    )
    assert first.warnings_by_kind == {
        Kind.CASE: 143, Kind.CUT: 17, Kind.DUPLICATE: 11, Kind.PLACE: 5,
    }  # fmt: skip
    assert outcomes(second) == [Outcome.UNCHANGED] * 850
    assert second.warnings_by_kind == {Kind.DUPLICATE: 11}
    assert second.new_structures == 0
    assert second.state == State.WRITTEN
    assert Structure.objects.count() == 764


def test_the_grants_keep_their_sums_years_and_countries():
    projects.run(GRANTS_FILE, **GRANTS)

    rows = Project.objects.from_source("reserve-parlementaire-2013-2016")
    funding = Participation.objects.filter(funder__code="reserve-parlementaire")
    years = Counter(rows.values_list("actual_start_on__year", flat=True))
    assert funding.aggregate(total=Sum("amount"))["total"] == 4_006_188
    assert funding.count() == 850
    assert years == {2013: 121, 2014: 225, 2015: 237, 2016: 267}
    assert rows.filter(countries__isnull=False).distinct().count() == 415
    assert (
        rows.published().filter(budget_is_public=True, status="termine").count() == 850
    )
    assert set(rows.values_list("date_precision", flat=True)) == {"annee"}


def test_two_spellings_of_a_beneficiary_are_one_structure():
    projects.run(GRANTS_FILE, **GRANTS)

    alliance = Structure.objects.get(
        name__iexact="Alliance française de Santiago de Cuba"
    )
    assert alliance.projects.count() == 3
    assert alliance.publication == Publication.PUBLISHED


def test_two_identical_grants_are_two_projects():
    report = projects.run(GRANTS_FILE, **GRANTS)

    grants = Project.objects.filter(
        title="Fonds arménien de France – Fonctionnement (2016)"
    )
    assert grants.count() == 3
    assert "Ligne identique à la ligne 707 : les deux sont gardées." in said(report)


def test_towns_abroad_are_in_no_departement():
    projects.run(GRANTS_FILE, **GRANTS)

    for town in ("Madrid", "Istanbul", "Tallinn", "Athènes", "Netanya"):
        abroad = Structure.objects.filter(city__icontains=town)
        assert abroad.exists()
        assert not abroad.exclude(department=None, is_abroad=True).exists()
