"""The numbers of the map: from declared countries, of the whole result, never added."""

import re
from collections import Counter, defaultdict
from urllib.parse import urlsplit

import pytest
from django.db import transaction
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings

from directory.filters import ProjectFilter
from directory.keeping import versions
from directory.listings.facets import index_of
from directory.listings.results import Results
from directory.models import Structure
from directory.panorama.country_table import figures, nowhere
from directory.panorama.totals import totals
from directory.panorama.world_display import Links
from tests.directory.test_facets import OF_PROJECTS, PROJECTS, write_projects
from tests.factories import LocalityFactory, ProjectFactory, StructureFactory
from tests.pages import Page

URL = "/projets/"


def results(query=""):
    index = index_of(ProjectFilter, versions.current())
    return Results(index, ProjectFilter.select(QueryDict(query), index.known))


def cells(response):
    """The rows of the table by their name, and the groups that have a name."""
    html = re.sub(r"<thead.*?</thead>", "", response.content.decode(), flags=re.DOTALL)
    found = {}
    for row in re.findall(r"<tr.*?</tr>", html, re.DOTALL):
        texts = re.findall(r"<t[hd].*?>(.*?)</t[hd]>", row, re.DOTALL)
        name, *numbers = (re.sub(r"<.*?>|\s+", " ", text).strip() for text in texts)
        found[name] = numbers
    return found


# For any selection


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(rows=PROJECTS, choice=OF_PROJECTS)
def test_the_table_the_counts_and_the_list_agree(db, rows, choice):
    with transaction.atomic():
        write_projects(rows)
        found = results("&".join(choice))
        listed = list(found.selection.rows())

        table, without = figures(found), nowhere(found)

        places = {p: list(p.countries.values_list("code", flat=True)) for p in listed}
        assert {row.code: row.projects for row in table} == Counter(
            code for codes in places.values() for code in codes
        )
        assert without.projects == sum(not codes for codes in places.values())
        check_structures(table, places)
        check_budgets(found, [*table, without])
        check_links(found, table)
        transaction.set_rollback(True)


def check_structures(table, places):
    for row in table:
        there = [project for project, codes in places.items() if row.code in codes]
        structures = Structure.objects.published().filter(
            participations__project__in=there
        )
        assert row.structures == structures.distinct().count()


def check_budgets(found, table):
    shared = defaultdict(int)
    for row in table:
        for share in row.budgets:
            shared[share.currency] += share.cents
    whole = {item.currency: item.cents for item in totals(found).budgets}
    assert dict(shared) == whole


def check_links(found, table):
    """What is behind the link of a country is as many projects as it says."""
    links = Links(found, found.selection)
    for row in table:
        address = links.to(row.code)
        if address.startswith("/pays/"):
            assert row.code not in found.selection.answers["pays"].keys
        else:
            assert results(urlsplit(address).query).total == row.projects


# What it shows


def test_numbers_are_of_declared_countries_and_of_the_whole_result(client, db):
    for _ in range(30):
        ProjectFactory(published=True, countries=["ML"])
    elsewhere = ProjectFactory(published=True, countries=["SN"])
    LocalityFactory(project=elsewhere, country=elsewhere.countries.get())
    LocalityFactory(project=elsewhere, name="Une autre")
    LocalityFactory(project=ProjectFactory(published=True))

    response = client.get(URL, {"vue": "carte", "page": "1"})

    table = cells(response)
    assert table["Mali"][0] == "30"
    assert table["Sénégal"][0] == "1"
    assert table["Sans pays indiqué"][0] == "1"
    assert table["Ensemble, chaque projet une fois"][0] == "32"
    assert "1 projet n’indique aucun pays" in Page(response).text
    assert "Mali : 30 projets" in Page(response).text


def test_every_country_is_a_link_to_its_projects_or_to_its_page(client, db):
    ProjectFactory(published=True, countries=["ML"], status="en-cours")

    query = {"vue": "carte", "etat": "en-cours"}
    html = client.get(URL, query).content.decode()

    assert html.count('href="?etat=en-cours&amp;pays=ML"') == 2
    assert 'href="/pays/andorre/" tabindex="-1"' in html


def test_a_budget_is_shared_among_the_countries_of_its_project(client, db):
    ProjectFactory(
        published=True,
        countries=["ML", "SN", "TG"],
        budget="100.00",
        budget_is_public=True,
        lead=StructureFactory(published=True),
    )
    ProjectFactory(published=True, countries=["ML"], budget=50, currency="XOF")

    table = cells(client.get(URL, {"vue": "carte"}))

    assert table["Mali"] == ["2", "100 %", "1", "33,34 €"]
    assert table["Sénégal"] == ["1", "50 %", "1", "33,33 €"]
    assert table["Togo"][3] == "33,33 €"
    assert table["Ensemble, chaque projet une fois"] == ["2", "100 %", "1", "100 €"]


def test_countries_of_the_same_projects_are_apart_from_those_chosen(client, db):
    ProjectFactory(published=True, countries=["ML", "SN"])
    ProjectFactory(published=True, countries=["ML", "SN"])
    ProjectFactory(published=True, countries=["TG", "ML"])
    ProjectFactory(published=True, countries=["SN"])

    response = client.get(URL, {"vue": "carte", "pays": ["TG", "ML"]})

    assert list(cells(response))[:5] == [
        "Mali",
        "Togo",
        "Également concernés par ces projets",
        "Sénégal",
        "Ensemble, chaque projet une fois",
    ]
    assert cells(response)["Sénégal"][0] == "2"
    page = Page(response)
    assert page.query("Mali") == {"pays": ["ML"]}
    assert page.href("Sénégal") == "/pays/senegal/"


def test_countries_outside_the_regions_that_were_chosen_are_apart_too(client, db):
    ProjectFactory(published=True, countries=["ML", "LB"])

    table = cells(client.get(URL, {"vue": "carte", "region": "002"}))

    assert list(table)[:3] == ["Mali", "Également concernés par ces projets", "Liban"]


@pytest.mark.parametrize(
    ("order", "names"),
    [
        ("", ["Sénégal", "Mali", "Togo"]),
        ("pays", ["Mali", "Sénégal", "Togo"]),
        ("structures", ["Togo", "Mali", "Sénégal"]),
        ("budget", ["Mali", "Sénégal", "Togo"]),
    ],
)
def test_the_table_sorts_by_links(client, db, order, names):
    lead = StructureFactory(published=True)
    ProjectFactory.create_batch(3, published=True, countries=["SN"])
    ProjectFactory(
        published=True, countries=["ML"], budget=9, budget_is_public=True, lead=lead
    )
    ProjectFactory(published=True, countries=["ML"])
    togo = ProjectFactory(published=True, countries=["TG"], lead=lead)
    togo.participations.create(
        structure=StructureFactory(published=True), role="partenaire"
    )

    response = client.get(URL, {"vue": "carte", "ordre": order})

    assert list(cells(response))[:3] == names
    page = Page(response)
    assert page.query("Trier par Budget public") == {
        "vue": ["carte"],
        "ordre": ["budget"],
    }
    assert page.query("Trier par Projets") == {"vue": ["carte"]}


# It hides


def test_drafts_and_hidden_budgets_are_not_counted(client, db):
    ProjectFactory(countries=["ML"], budget=9, budget_is_public=True)
    ProjectFactory(published=True, countries=["SN"], budget=7777)

    response = client.get(URL, {"vue": "carte"})

    assert "Mali" not in cells(response)
    assert cells(response)["Sénégal"] == ["1", "100 %", "0", "–"]
    assert "7 777" not in Page(response).text


def test_a_result_without_any_country_has_its_sentence(client, db):
    ProjectFactory.create_batch(2, published=True)

    page = Page(client.get(URL, {"vue": "carte"}))

    assert "2 projets n’indiquent aucun pays" in page.text
    assert "Aucun pays indiqué" in page.text
