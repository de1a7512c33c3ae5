"""Every public page is told to search engines, and nothing else is."""

import datetime
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from territoires.robots import SECTIONS
from tests.factories import (
    ArticleFactory,
    CallFactory,
    EventFactory,
    OfferFactory,
    PageFactory,
    ProjectFactory,
    StructureFactory,
)

NAME = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
ROWS = [
    ("annuaire", StructureFactory, "/annuaire/une/"),
    ("projets", ProjectFactory, "/projets/une/"),
    ("actualites", ArticleFactory, "/actualites/une/"),
    ("appels-a-projets", CallFactory, "/appels-a-projets/une/"),
    ("agenda", EventFactory, "/agenda/une/"),
    ("offres", OfferFactory, "/offres/une/"),
    ("pages", PageFactory, "/une/"),
]


def parsed(response):
    return ElementTree.fromstring(response.content)  # noqa: S314 - our own file


def addresses(response):
    return [found.text for found in parsed(response).iter(f"{NAME}loc")]


def test_robots_are_led_to_the_sitemap(client, db):
    response = client.get("/robots.txt")

    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert "Sitemap: http://testserver/sitemap.xml" in response.text.splitlines()
    assert "Disallow: /admin/" in response.text.splitlines()


def test_the_sitemap_leads_to_each_section(client, db):
    found = addresses(client.get("/sitemap.xml"))

    assert found == [f"http://testserver/sitemap-{name}.xml" for name in SECTIONS]
    for address in found:
        assert client.get(address).status_code == 200


@pytest.mark.parametrize(("section", "make", "address"), ROWS)
def test_a_row_is_told_once_the_public_sees_it(client, db, section, make, address):
    make(published=True, slug="une")
    make(slug="un-brouillon")

    found = addresses(client.get(f"/sitemap-{section}.xml"))

    assert f"http://testserver{address}" in found
    assert not [item for item in found if "brouillon" in item]


@pytest.mark.parametrize("section", ["site", "sujets"])
def test_every_page_that_is_told_is_there(client, db, section):
    found = addresses(client.get(f"/sitemap-{section}.xml"))

    assert found
    for address in found[::7] if section == "sujets" else found:
        assert client.get(address).status_code == 200


def test_a_keyword_is_told_once_something_is_published_under_it(client, db):
    ArticleFactory(published=True, tags=["Coopération"])
    EventFactory(published=True, tags=["Coopération", "Eau"])
    ArticleFactory(tags=["Secret"])

    found = addresses(client.get("/sitemap-mots-cles.xml"))

    assert found == [
        "http://testserver/mots-cles/cooperation/",
        "http://testserver/mots-cles/eau/",
    ]
    assert client.get(found[0]).status_code == 200


def test_a_page_says_when_it_last_changed(client, db, time_machine):
    time_machine.move_to(datetime.datetime(2026, 6, 1, tzinfo=datetime.UTC), tick=False)
    ArticleFactory(published=True)
    StructureFactory(published=True)

    for section in ("actualites", "annuaire"):
        page = parsed(client.get(f"/sitemap-{section}.xml"))
        assert [item.text for item in page.iter(f"{NAME}lastmod")] == ["2026-06-01"]
    index = parsed(client.get("/sitemap.xml"))
    assert len(list(index.iter(f"{NAME}lastmod"))) == 2


@pytest.mark.parametrize("address", ["/sitemap.xml", "/sitemap-annuaire.xml"])
def test_it_costs_the_same_whatever_the_rows(client, db, address):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        return len(queries)

    StructureFactory(published=True)
    cost()  # content types enter their cache
    few = cost()
    StructureFactory.create_batch(10, published=True)

    assert cost() == few


def test_an_unknown_section_is_not_there(client, db):
    assert client.get("/sitemap-rien.xml").status_code == 404
