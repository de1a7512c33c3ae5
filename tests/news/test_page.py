"""The pages that the staff write: shown, hidden, listed, and in nobody’s way."""

import datetime

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import connection
from django.template import RequestContext, Template
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver

from directory.models import Publication
from news import standard_pages
from news.models import Page
from news.models.pages import validate_free_address
from news.rich_text import as_text
from tests.factories import NetworkFactory, PageFactory
from tests.pages import Page as Read

DAY = datetime.datetime(2026, 3, 10, 9, 0, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def _no_other_page(db):
    Page.objects.all().delete()


# It shows


@time_machine.travel(DAY, tick=False)
def test_it_shows_its_title_its_text_and_its_date(client):
    PageFactory(published=True, title="Le réseau", slug="le-reseau")

    response = client.get("/le-reseau/")
    page = Read(response)

    assert page.title.startswith("Le réseau – ")
    assert "Une partie Un paragraphe." in page.text
    assert "Mis à jour le 10 mars 2026" in page.text
    assert '<h2 id="titre-une-partie">' in response.text


def test_it_describes_itself_to_search_engines_in_a_sentence(client):
    PageFactory(published=True, slug="p", body=f"<p>Aide\u00a0: {'mot ' * 90}</p>")

    html = client.get("/p/").text

    assert '<meta name="description" content="Aide\u00a0: mot mot' in html
    assert len(Page.objects.get().description) == 155


def test_the_address_without_its_last_slash_leads_to_it(client):
    PageFactory(published=True, slug="le-reseau")

    response = client.get("/le-reseau")

    assert (response.status_code, response["Location"]) == (301, "/le-reseau/")


def test_it_costs_few_queries(client, django_assert_max_num_queries):
    NetworkFactory()
    PageFactory(published=True, slug="p")
    client.get("/p/")

    with django_assert_max_num_queries(3):
        client.get("/p/")


# It hides


@pytest.mark.parametrize("publication", [Publication.DRAFT, Publication.ARCHIVED])
def test_what_is_not_published_has_no_page_and_no_link(publication, client):
    PageFactory(slug="p", title="Secrète", publication=publication)

    assert client.get("/p/").status_code == 404
    assert "Secrète" not in client.get("/plan-du-site/").text


# Its address


def first_parts(patterns=None):
    """The first part of each address of the site, the admin’s included."""
    for entry in patterns or get_resolver().url_patterns:
        route = str(entry.pattern)
        if route == "" and hasattr(entry, "url_patterns"):
            yield from first_parts(entry.url_patterns)
        elif not route.startswith("<"):
            yield route.partition("/")[0]


def test_no_page_takes_the_address_of_another_part_of_the_site():
    taken = {part for part in first_parts() if part}

    assert {"annuaire", "admin", "connexion", "plan-du-site", "media"} <= taken
    for slug in taken | {"static", "carte", "donnees-ouvertes"}:
        with pytest.raises(ValidationError, match=f"/{slug}/ est prise"):
            validate_free_address(slug)


def test_a_free_address_is_accepted():
    validate_free_address("le-reseau")


# Its links


def names(rendered):
    return rendered.split()


def render(source, request=None):
    template = Template("{% load news %}" + source)
    return template.render(RequestContext(request or RequestFactory().get("/"), {}))


LIST = (
    "{% published_pages as pages %}{% for page in pages %}{{ page.slug }} {% endfor %}"
)


def test_pages_are_listed_in_their_order():
    PageFactory(published=True, slug="c", position=2)
    PageFactory(published=True, slug="b", position=1, title="Beta")
    PageFactory(published=True, slug="a", position=1, title="Alpha")
    PageFactory(slug="brouillon")

    assert names(render(LIST)) == ["a", "b", "c"]


def test_pages_are_listed_by_group():
    PageFactory(published=True, slug="a", group="reseau")
    PageFactory(published=True, slug="b", group="mentions")

    assert names(render(LIST.replace("pages as", "pages 'mentions' as"))) == ["b"]


def test_pages_are_asked_for_once_in_a_request():
    PageFactory.create_batch(3, published=True)
    request = RequestFactory().get("/")

    with CaptureQueriesContext(connection) as queries:
        first, second = render(LIST * 2, request), render(LIST, request)

    assert first == second * 2
    assert len(queries) == 1


def test_pages_are_listed_without_a_request():
    PageFactory(published=True, slug="a")

    assert Template("{% load news %}" + LIST).render(RequestContext(None)) == "a "


# The standard ones


def test_a_new_network_has_its_standard_pages_as_drafts():
    assert standard_pages.load() == 3
    assert standard_pages.load() == 0

    pages = Page.objects.in_order()
    assert {page.slug for page in pages} == {
        "le-reseau",
        "mentions-legales",
        "donnees-personnelles",
    }
    assert {page.publication for page in pages} == {Publication.DRAFT}
    for page in pages:
        validate_free_address(page.slug)
        assert "compléter\u00a0:" in as_text(page.body)
        assert page.get_group_display()


def test_a_standard_page_is_left_as_it_is():
    PageFactory(slug="le-reseau", title="Nous", body="<p>Nos mots.</p>")

    assert standard_pages.load() == 2

    assert Page.objects.get(slug="le-reseau").body == "<p>Nos mots.</p>"
