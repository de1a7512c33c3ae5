"""The feeds of listings: the rows of the page, the newest first; nothing if known."""

import datetime
import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.http import http_date

from directory.models import Network, Project, Structure
from tests.factories import (
    ArticleFactory,
    CallFactory,
    EventFactory,
    NetworkFactory,
    OfferFactory,
    ProjectFactory,
    StructureFactory,
)
from tests.feeds import check_atom, check_rss, items, links, parsed, text, titles
from tests.pages import Page

LISTINGS = [
    ("/annuaire/", StructureFactory, "name"),
    ("/projets/", ProjectFactory, "title"),
    ("/actualites/", ArticleFactory, "title"),
    ("/appels-a-projets/", CallFactory, "title"),
    ("/agenda/", EventFactory, "title"),
    ("/offres/", OfferFactory, "title"),
]
each_listing = pytest.mark.parametrize(("listing", "make", "name"), LISTINGS)


@each_listing
def test_a_feed_has_the_rows_of_its_listing_under_the_same_filters(
    client, db, listing, make, name
):
    make(published=True, countries=["ML"], **{name: "Au Mali"})
    make(published=True, countries=["SN"], **{name: "Au Sénégal"})
    make(countries=["ML"], **{name: "Brouillon"})

    atom = client.get(f"{listing}flux.atom", {"pays": "ML"})
    rss = client.get(f"{listing}flux.rss", {"pays": "ML"})

    check_atom(atom)
    check_rss(rss)
    assert titles(atom) == ["Au Mali"]
    assert [item.findtext("title") for item in items(rss)] == ["Au Mali"]


@each_listing
def test_the_newest_are_first_whatever_order_is_asked(
    client, db, time_machine, listing, make, name
):
    for day, title in [(1, "B"), (2, "C"), (3, "A")]:
        moment = datetime.datetime(2026, 6, day, tzinfo=datetime.UTC)
        time_machine.move_to(moment, tick=False)
        dated = (
            {"published_at": moment}
            if listing not in {"/annuaire/", "/projets/"}
            else {}
        )
        make(published=True, **{name: title}, **dated)

    assert titles(client.get(f"{listing}flux.atom?tri=nom")) == ["A", "C", "B"]


def test_the_title_says_the_filters_in_words_and_the_links_keep_them(client, db):
    NetworkFactory(name="Le réseau")
    asked = "?secteur=education&pays=ML&tri=verifie&page=3&pays=ZZ"

    feed = parsed(client.get(f"/annuaire/flux.atom{asked}"))

    title = "Mali · Éducation – Annuaire des acteurs – Le réseau"
    assert text(feed, "title") == title
    kept = "?pays=ML&secteur=education"
    assert links(feed) == {
        "self": f"http://testserver/annuaire/flux.atom{kept}",
        "alternate": f"http://testserver/annuaire/{kept}",
    }


def test_words_are_searched_and_repaired_as_on_the_page(client, db):
    StructureFactory(published=True, name="Les écoles du fleuve")
    StructureFactory(published=True, name="Autre chose")

    for words in ("ecoles", "ecolles"):
        response = client.get("/annuaire/flux.atom", {"q": words})
        assert titles(response) == ["Les écoles du fleuve"]


def test_an_entry_keeps_its_identifier_when_everything_else_changes(client, db):
    structure = StructureFactory(published=True, name="Avant")
    entry = "{http://www.w3.org/2005/Atom}entry"
    before = text(parsed(client.get("/annuaire/flux.atom")).find(entry), "id")

    structure.name = "Après"
    structure.save()
    after = parsed(client.get("/annuaire/flux.atom")).find(entry)

    assert (text(after, "title"), text(after, "id")) == ("Après", before)


def test_a_feed_under_other_filters_is_another_feed(client, db):
    queries = ("", "?pays=ML", "?pays=SN", "?pays=ML&odd=6")

    keys = {
        text(parsed(client.get(f"/annuaire/flux.atom{query}")), "id")
        for query in queries
    }

    assert len(keys) == 4


def test_a_feed_has_fifty_entries_at_most_and_costs_the_same(client, db):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            response = client.get("/annuaire/flux.atom", {"q": "essai", "odd": "6"})
        return len(queries), response

    StructureFactory(published=True, name="Essai", goals=[6])
    cost()
    few, _response = cost()
    for n in range(60):
        StructureFactory(published=True, name=f"Essai {n}", goals=[6])
    cost()
    many, response = cost()

    assert len(titles(response)) == 50
    assert many <= few <= 5


@pytest.mark.parametrize("end", ["atom", "rss"])
def test_a_reader_that_has_the_feed_gets_nothing(client, db, end):
    StructureFactory(published=True, countries=["ML"])
    address = f"/annuaire/flux.{end}?pays=ML"
    first = client.get(address)

    again = client.get(address, headers={"if-none-match": first["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == first["ETag"]


def test_a_date_is_not_enough_to_be_told_that_nothing_changed(client, db):
    NetworkFactory()
    client.get("/actualites/flux.atom")
    Network.objects.update(name="Un autre nom")
    later = http_date(time.time() + 600)

    answer = client.get("/actualites/flux.atom", headers={"if-modified-since": later})

    assert answer.status_code == 200
    assert "Un autre nom" in answer.content.decode()
    assert "Last-Modified" not in answer


def test_nothing_is_read_of_the_rows_for_a_reader_that_has_them(
    client, db, django_assert_num_queries
):
    StructureFactory(published=True)
    tag = client.get("/annuaire/flux.atom")["ETag"]

    with django_assert_num_queries(1):  # the versions of the tables
        client.get("/annuaire/flux.atom", headers={"if-none-match": tag})


@pytest.mark.parametrize(
    "change",
    [
        lambda: Structure.objects.update(publication="archive"),
        lambda: Structure.objects.all().delete(),
        lambda: StructureFactory(published=True),
        lambda: Network.objects.update(name="Un autre nom"),
    ],
    ids=["hidden", "deleted", "added", "renamed"],
)
def test_any_change_is_told(client, db, change):
    NetworkFactory()
    StructureFactory(published=True)
    tag = client.get("/annuaire/flux.atom")["ETag"]

    change()
    again = client.get("/annuaire/flux.atom", headers={"if-none-match": tag})

    assert again.status_code == 200
    assert again["ETag"] != tag


def test_an_article_that_appears_at_its_hour_is_told(client, db, time_machine):
    hour = datetime.datetime(2026, 6, 1, 9, 0, tzinfo=datetime.UTC)
    minute = datetime.timedelta(minutes=1)
    time_machine.move_to(hour - minute, tick=False)
    ArticleFactory(published=True, published_at=hour, title="À l’heure")
    before = client.get("/actualites/flux.atom")

    time_machine.move_to(hour, tick=False)
    known = {"if-none-match": before["ETag"]}
    after = client.get("/actualites/flux.atom", headers=known)

    assert titles(before) == []
    assert titles(after) == ["À l’heure"]


def test_each_filter_has_its_own_tag(client, db):
    tags = {
        client.get(f"/annuaire/flux.{end}{query}")["ETag"]
        for end in ("atom", "rss")
        for query in ("", "?pays=ML", "?pays=SN", "?q=mali")
    }

    assert len(tags) == 8


@each_listing
def test_the_page_leads_to_its_feeds_under_its_filters(client, db, listing, make, name):
    response = client.get(listing, {"pays": "ML", "tri": "recent"})
    page = Page(response)

    for words, end, kind in [
        ("Flux Atom", "atom", "application/atom+xml"),
        ("Flux RSS", "rss", "application/rss+xml"),
    ]:
        address = f"{listing}flux.{end}?pays=ML"
        assert page.href(words) == address
        start = f'<link rel="alternate" type="{kind}" title="{words} – Mali – '
        assert start in response.text
        assert client.get(address).status_code == 200


def test_the_map_has_no_feed_of_its_own(client, db):
    assert 'rel="alternate"' not in client.get("/carte/").text


@pytest.mark.parametrize("query", ["?q=%00", "?pays=%FF", "?q=%22", "?page=zz&odd=99"])
@each_listing
def test_no_query_string_makes_it_fail(client, db, listing, make, name, query):
    response = client.get(f"{listing}flux.atom{query}")

    check_atom(response)


def test_words_are_words_whatever_they_hold(client, db):
    title = 'A <b>"x"</b>\x0b & ]]>'
    ProjectFactory(
        published=True, title=title, slug="a", summary="1 < 2 & <script>\ufffe"
    )

    for end, check in (("atom", check_atom), ("rss", check_rss)):
        check(client.get(f"/projets/flux.{end}", {"q": '<x> & "y"'}))
    response = client.get("/projets/flux.atom")
    assert titles(response) == ['A <b>"x"</b>  & ]]>']
    assert Project.objects.count() == 1
