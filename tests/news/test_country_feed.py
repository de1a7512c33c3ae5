"""The feed of a country: valid Atom, the latest first, the same while nothing moves."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from directory.models import Country, Project
from news.models import Article
from tests.factories import ArticleFactory, NetworkFactory, ProjectFactory
from tests.feeds import ATOM, check_atom, entries, links, parsed, text, titles

URL = "/pays/mali/flux.atom"


def test_it_has_what_atom_requires(client, db):
    NetworkFactory(name="Le réseau")
    ProjectFactory(published=True, title="Un puits", slug="un-puits", countries=["ML"])

    response = client.get(URL)
    feed = parsed(response)
    entry = entries(response)[0]

    check_atom(response)
    assert text(feed, "title") == "Nouveautés au\u00a0Mali – Le réseau"
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == "Le réseau"
    assert links(feed) == {
        "self": f"http://testserver{URL}",
        "alternate": "http://testserver/pays/mali/",
    }
    assert links(entry) == {"alternate": "http://testserver/projets/un-puits/"}


def test_projects_and_articles_are_there_the_latest_first(client, db, time_machine):
    for day, make, title in [
        (1, ProjectFactory, "Premier"),
        (2, ArticleFactory, "Deuxième"),
        (3, ProjectFactory, "Troisième"),
    ]:
        moment = datetime.datetime(2026, 6, day, tzinfo=datetime.UTC)
        time_machine.move_to(moment, tick=False)
        make(published=True, title=title, countries=["ML"])

    assert titles(client.get(URL)) == ["Troisième", "Deuxième", "Premier"]


def test_what_is_not_public_or_of_another_country_is_not_there(client, db):
    ProjectFactory(title="Brouillon", countries=["ML"])
    ArticleFactory(title="Brouillon", countries=["ML"])
    ArticleFactory(
        published=True,
        published_at=datetime.datetime(2099, 1, 1, tzinfo=datetime.UTC),
        countries=["ML"],
    )
    ProjectFactory(published=True, countries=["SN"])

    assert titles(client.get(URL)) == []


def test_identifiers_last_when_everything_else_changes(client, db):
    project = ProjectFactory(published=True, title="Avant", countries=["ML"])
    before = text(entries(client.get(URL))[0], "id")

    project.title = "Après"
    project.save()

    assert titles(client.get(URL)) == ["Après"]
    assert text(entries(client.get(URL))[0], "id") == before


def test_an_edit_moves_the_date(client, db):
    project = ProjectFactory(published=True, countries=["ML"])
    before = text(parsed(client.get(URL)), "updated")

    project.save()

    assert text(parsed(client.get(URL)), "updated") > before


@pytest.mark.parametrize("rows", [0, 2])
def test_a_reader_that_has_it_gets_nothing(client, db, rows):
    ProjectFactory.create_batch(rows, published=True, countries=["ML"])
    tag = client.get(URL)["ETag"]

    again = client.get(URL, headers={"if-none-match": tag})

    assert again.status_code == 304
    assert again.content == b""


def test_an_article_without_a_summary_is_summed_up_by_its_words(client, db):
    ArticleFactory(
        published=True, countries=["ML"], body="<h2>Le puits</h2><p>Il coule.</p>"
    )

    assert text(entries(client.get(URL))[0], "summary") == "Le puits Il coule."


def test_a_reader_learns_that_something_is_hidden(client, db):
    ProjectFactory(published=True, title="Reste", countries=["ML"])
    ProjectFactory(published=True, title="Part", countries=["ML"])
    response = client.get(URL)

    Project.objects.filter(title="Part").update(publication="archive")
    again = client.get(URL, headers={"if-none-match": response["ETag"]})

    assert "Last-Modified" not in response
    assert again.status_code == 200
    assert titles(again) == ["Reste"]


def test_words_are_words_whatever_they_hold(client, db):
    title = 'Puits <b>"A" & B</b>'
    ProjectFactory(
        published=True,
        title=title,
        slug="puits",
        summary="1 < 2 & <script>",
        countries=["ML"],
    )

    entry = entries(client.get(URL))[0]

    assert text(entry, "title") == title
    assert text(entry, "summary") == "1 &lt; 2 &amp; &lt;script&gt;"


def test_characters_that_xml_refuses_do_not_break_it(client, db):
    ProjectFactory(published=True, title="Un\x0bpuits\ufffe", countries=["ML"])

    assert titles(client.get(URL)) == ["Un puits "]


def test_characters_that_xml_refuses_may_be_in_the_name_of_the_country(client, db):
    NetworkFactory(name="Le réseau")
    Country.objects.filter(code="ML").update(label="Ma\x0bli")

    feed = parsed(client.get(URL))

    assert text(feed, "title") == "Nouveautés au\u00a0Ma li – Le réseau"
    assert text(feed, "subtitle") == "Les derniers projets et articles au\u00a0Ma li."


def test_it_is_short_and_costs_the_same_whatever_the_rows(client, db):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            response = client.get(URL)
        return len(queries), response

    ProjectFactory(published=True, countries=["ML"])
    ArticleFactory(published=True, countries=["ML"])
    few, _response = cost()
    ProjectFactory.create_batch(20, published=True, countries=["ML"])
    ArticleFactory.create_batch(20, published=True, countries=["ML"])
    many, response = cost()

    assert many <= few <= 4
    assert len(entries(response)) == 30


def test_an_unknown_country_has_no_feed(client, db):
    assert client.get("/pays/atlantide/flux.atom").status_code == 404
    assert Article.objects.count() == 0
