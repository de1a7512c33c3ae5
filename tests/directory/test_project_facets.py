"""Facets of the panorama: regions of the world, years, who leads, who funds."""

import datetime

import pytest
from django.http import QueryDict

from directory.filters import ProjectFilter
from directory.keeping import versions
from directory.listings.facets import index_of
from directory.listings.results import Results
from directory.models import Participation, Project
from directory.models.panorama import IDEA, RUNNING
from tests.factories import (
    FunderFactory,
    NetworkFactory,
    ParticipationFactory,
    ProjectFactory,
    StructureFactory,
)
from tests.pages import Page

URL = "/projets/"
#: What shows every type of lead.
WHOLE = {"voir": "type"}


def project(title, **kwargs):
    return ProjectFactory(published=True, title=title, **kwargs)


def found(query):
    """The titles that a query string finds."""
    index = index_of(ProjectFilter, versions.current())
    results = Results(index, ProjectFilter.select(QueryDict(query), index.known))
    keys = results.page(0, results.total)
    titles = dict(Project.objects.values_list("pk", "title"))
    return sorted(titles[key] for key in keys)


def test_states_that_facets_name_are_those_of_projects():
    assert (RUNNING, IDEA) == (Project.Status.RUNNING, Project.Status.IDEA)


# Regions of the world


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("region=002", ["Bamako", "Deux continents", "Tunis"]),
        ("region=202", ["Bamako", "Deux continents"]),
        ("region=011", ["Bamako"]),
        ("region=2", ["Bamako", "Deux continents", "Tunis"]),
        ("region=142&region=015", ["Deux continents", "Tunis"]),
        ("region=002&pays=LB", ["Deux continents"]),
        ("region=150", []),
    ],
)
def test_a_region_holds_those_below_it(db, query, titles):
    project("Bamako", countries=["ML"])
    project("Tunis", countries=["TN"])
    project("Deux continents", countries=["KM", "LB"])
    project("Sans pays")

    assert found(query) == titles


def test_regions_are_shown_each_before_its_own(client, db):
    project("Bamako", countries=["ML", "SN", "LB"])

    page = Page(client.get(URL, {"voir": "region"}))

    assert page.values_of("region") == ["002", "202", "011", "142", "145"]
    assert page.counts["region", "002"] == 1


# Years


def days(*years):
    return [datetime.date(year, 6, 1) if year else None for year in years]


@pytest.mark.parametrize(
    ("start", "end", "status", "years"),
    [
        (2019, 2021, "termine", {2019, 2020, 2021}),
        (2024, None, "en-cours", {2024, 2025}),
        (2024, None, "", {2024}),
        (2024, None, "termine", {2024}),
        (2027, None, "en-cours", {2027}),
        (None, 2020, "en-cours", {2020}),
        (None, None, "en-cours", {None}),
        (1850, 2150, "", {*range(1900, 2101)}),
    ],
)
def test_a_project_is_active_from_its_first_to_its_last_year(
    db, time_machine, start, end, status, years
):
    time_machine.move_to(datetime.datetime(2025, 3, 1, tzinfo=datetime.UTC))
    start_on, end_on = days(start, end)
    project("Projet", actual_start_on=start_on, actual_end_on=end_on, status=status)

    asked = [*range(1900, 2101), None]
    answers = {y for y in asked if found(f"annee={y or 'non-precise'}")}

    assert answers == years


def test_real_dates_are_believed_before_planned_ones(db):
    planned, began, end = days(2015, 2018, 2016)
    project("A", planned_start_on=planned, actual_start_on=began, planned_end_on=end)

    assert found("annee=2018") == ["A"]
    assert found("annee=2015&annee=2016&annee=2017") == []


def test_a_year_begins_without_a_write(db, time_machine):
    project("A", actual_start_on=datetime.date(2024, 1, 1), status="en-cours")
    midnight = datetime.datetime(2025, 12, 31, 23, 0, tzinfo=datetime.UTC)

    time_machine.move_to(midnight - datetime.timedelta(minutes=1), tick=False)
    before = found("annee=2026")
    time_machine.move_to(midnight, tick=False)

    assert (before, found("annee=2026")) == ([], ["A"])


# Who leads, who funds


@pytest.fixture
def leads(db):
    NetworkFactory(regions=["93"])
    town = StructureFactory(published=True, type_code="commune", department_id="13")
    far = StructureFactory(published=True, type_code="osim", department_id="75")
    abroad = StructureFactory(published=True, is_abroad=True)
    secret = StructureFactory(type_code="commune", department_id="13")
    named = project("Un nom seul")
    ParticipationFactory(project=named, named=True, role=Participation.Role.LEAD)
    project("De la commune", lead=town)
    project("De loin", lead=far)
    project("De l’étranger", lead=abroad)
    project("Du secret", lead=secret)
    partner = project("Partenaire seulement")
    ParticipationFactory(project=partner, structure=town)


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("type=commune", ["De la commune"]),
        ("type=collectivite-territoriale", ["De la commune"]),
        ("type=association", ["De loin"]),
        ("departement=13", ["De la commune"]),
        ("departement=hors-region", ["De loin", "De l’étranger"]),
        (
            "departement=non-precise",
            ["Du secret", "Partenaire seulement", "Un nom seul"],
        ),
        ("departement=13&type=osim", []),
    ],
)
def test_the_lead_is_the_published_structure_that_leads(leads, query, titles):
    assert found(query) == titles


def test_a_lead_that_is_unpublished_leaves_the_facets(client, leads):
    lead = Project.objects.get(title="De la commune").participations.get().structure
    assert Page(client.get(URL, WHOLE)).counts["type", "commune"] == 1

    lead.publication = "archive"
    lead.save()

    page = Page(client.get(URL, WHOLE))
    assert page.values_of("type")
    assert ("type", "commune") not in page.counts


def test_funders_are_the_known_ones(client, db):
    funder = FunderFactory(label="Agence d’essai", code="agence")
    funded = project("Payé")
    ParticipationFactory(
        project=funded, structure=None, funder=funder, role="financeur"
    )
    other = project("Autre")
    ParticipationFactory(project=other, named=True, role="financeur")

    page = Page(client.get(URL, {"voir": "financeur"}))

    assert found("financeur=agence") == ["Payé"]
    assert page.counts["financeur", "agence"] == 1
    assert "Agence d’essai" in page.text


def test_ideas_look_for_partners(client, db):
    project("Idée", status=Project.Status.IDEA)
    project("Autre", status=Project.Status.RUNNING)

    assert found("partenaires=oui") == ["Idée"]
    assert "Cherche des partenaires" in Page(client.get(URL)).text


# Bad input


@pytest.mark.parametrize(
    ("query", "notice"),
    [
        ("region=999", "« 999 » n’est pas une région du monde connue"),
        ("annee=1789", "« 1789 » n’est pas une année connue"),
        ("annee=%00", "n’est pas une année connue"),
        ("partenaires=non", "« non » n’est pas une réponse connue"),
        ("financeur=personne", "« personne » n’est pas un financeur connu"),
        ("type=troc", "« troc » n’est pas un type connu"),
        ("departement=99", "« 99 » n’est pas un département connu"),
    ],
)
def test_what_makes_no_sense_is_dropped_with_a_sentence(client, db, query, notice):
    project("Projet")

    page = Page(client.get(f"{URL}?{query}"))

    assert notice in page.text
    assert page.total == 1


# A short panel


def test_rare_facets_are_folded_until_they_are_used(client, leads):
    def is_open(query, **headers):
        page = Page(client.get(f"{URL}{query}", headers=headers))
        return bool(page.values_of("type"))

    assert not is_open("")
    assert is_open("?type=commune")
    assert is_open("?voir=type")
    assert is_open("", open_facets="pays type")


def test_a_folded_facet_is_a_link_that_keeps_the_filters(client, leads):
    page = Page(client.get(URL, {"q": "de"}))

    assert page.query("Type du porteur – Choisir") == {"q": ["de"], "voir": ["type"]}


def test_a_folded_facet_without_values_is_left_out(client, db):
    project("Seul")

    assert "Financeur" not in Page(client.get(URL)).text
