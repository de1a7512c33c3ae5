"""Searches that an index keeps: turning a page asks nothing again, a write does."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from directory.filters import ProjectFilter, StructureFilter
from directory.listings.results import MOST_SEARCHES
from directory.models import Country, Structure
from news.filters import ArticleFilter, CallFilter, EventFilter, OfferFilter
from tests.directory.test_annuaire import URL
from tests.factories import ArticleFactory, ProjectFactory, StructureFactory
from tests.pages import Page

REGISTERS = [
    *(StructureFilter, ProjectFilter, ArticleFilter),
    *(CallFilter, EventFilter, OfferFilter),
]


LOOKS_FOR_WORDS = re.compile(r"_(found|unknown|meant)\(")


def searches(client, query, path=URL):
    """The statements that look for words."""
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path, query).status_code == 200
    return [q["sql"] for q in queries if LOOKS_FOR_WORDS.search(q["sql"])]


@pytest.fixture
def towns(db):
    return [
        StructureFactory(published=True, name=f"Ville {n}", countries=["ML"])
        for n in range(30)
    ]


def test_pages_and_filters_of_the_same_words_ask_them_once(client, towns):
    first = searches(client, {"q": "ville"})

    next_page = searches(client, {"q": "ville", "page": 2})
    narrowed = searches(client, {"q": "Ville", "pays": "ML"})

    assert len(first) == 1
    assert next_page == narrowed == []


def test_a_misspelt_word_is_repaired_once(client, towns):
    first = searches(client, {"q": "vlile"})

    assert len(first) == 2
    assert searches(client, {"q": "vlile", "page": 2}) == []


def test_the_search_of_the_site_takes_what_the_listings_know(client, towns):
    ProjectFactory(published=True, title="Ville et eau")
    searches(client, {"q": "ville"})

    (asked,) = searches(client, {"q": "ville"}, "/recherche/")

    assert "directory_structure_found" not in asked
    assert "directory_project_found" in asked


def test_what_another_register_found_keeps_no_listing_from_repairing(client, towns):
    ArticleFactory(published=True, title="Une vlile")
    assert Page(client.get("/recherche/", {"q": "vlile"})).total == 1

    page = client.get(URL, {"q": "vlile"})

    assert "Résultats pour" in page.text
    assert Page(page).total == len(towns)


@pytest.mark.parametrize(
    "write",
    [
        lambda row: Structure.objects.filter(pk=row.pk).update(description=""),
        lambda row: row.countries.add(Country.objects.get(code="TG")),
        lambda _: Country.objects.filter(code="ML").update(synonyms=["Puits"]),
        lambda _: StructureFactory(published=True, name="Puits"),
        lambda row: Structure.objects.filter(pk=row.pk).delete(),
    ],
    ids=["update", "link", "term", "new", "gone"],
)
def test_what_is_written_is_found_by_the_next_search(client, towns, write):
    Structure.objects.filter(pk=towns[0].pk).update(description="Un puits")
    before = Page(client.get(URL, {"q": "puits -togo"})).total

    write(towns[0])

    found = set(Structure.objects.published().search("puits -togo"))
    assert Page(client.get(URL, {"q": "puits -togo"})).total == len(found) != before


def test_few_searches_are_kept(client, towns):
    for n in range(MOST_SEARCHES + 1):
        searches(client, {"q": f"ville {n}"})

    assert len(searches(client, {"q": "ville 0"})) == 1


def test_the_searches_that_people_make_again_are_kept_longest(client, towns):
    searches(client, {"q": "ville"})
    for n in range(MOST_SEARCHES):
        searches(client, {"q": f"ville {n}"})
        assert searches(client, {"q": "ville"}) == []


@pytest.mark.parametrize("register", REGISTERS)
def test_whatever_moves_a_text_moves_the_version_of_its_index(register, db):
    name = register.model()._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger"
            " WHERE starts_with(tgname, %s)",
            [f"retell_{name}_on_"],
        )
        sources = {source for (source,) in cursor.fetchall()}

    assert sources
    assert {name, *sources} <= set(register.tables())
