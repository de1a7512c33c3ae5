"""The page of a keyword."""

import pytest
from taggit.models import Tag

from directory.models import Publication
from news import tagging
from tests.factories import ArticleFactory, CallFactory, EventFactory, OfferFactory
from tests.news.test_articles_page import at
from tests.pages import Page

URL = "/mots-cles/eau-potable/"


def test_it_shows_what_is_published_under_it_the_newest_first(client, db):
    for n in (2, 9, 5):
        ArticleFactory(
            published=True, slug=f"du-{n}", published_at=at(n), tags=["Eau potable"]
        )
    ArticleFactory(published=True, tags=["forage"])

    page = Page(client.get(URL))

    assert page.keys == ["du-9", "du-5", "du-2"]
    assert "3 publications" in page.text


def test_drafts_archives_and_news_to_come_are_left_out(client, db, time_machine):
    time_machine.move_to(at(11))
    ArticleFactory(published=True, slug="vu", published_at=at(10), tags=["Eau potable"])
    ArticleFactory(published=True, published_at=at(12), tags=["Eau potable"])
    ArticleFactory(tags=["Eau potable"])
    ArticleFactory(
        published=True, publication=Publication.ARCHIVED, tags=["Eau potable"]
    )

    page = Page(client.get(URL))

    assert page.keys == ["vu"]
    assert "1 publication" in page.text


def test_a_keyword_of_drafts_alone_has_no_page(client, staff_client):
    ArticleFactory(tags=["Eau potable"])

    assert client.get(URL).status_code == 404
    assert staff_client.get(URL).status_code == 404


@pytest.mark.parametrize("slug", ["rien", "EAU", "x" * 300])
def test_an_unknown_keyword_has_no_page(client, db, slug):
    assert client.get(f"/mots-cles/{slug}/").status_code == 404


def test_an_article_leads_to_the_pages_of_its_keywords(client, db):
    article = ArticleFactory(published=True, tags=["Eau potable"])

    page = Page(client.get(article.get_absolute_url()))

    assert page.href("Eau potable") == URL


def test_the_address_in_capitals_leads_to_the_page(client, db):
    ArticleFactory(published=True, tags=["Eau potable"])

    response = client.get("/mots-cles/Eau-Potable/")

    assert (response.status_code, response["Location"]) == (301, URL)


def test_the_address_of_a_merged_keyword_leads_to_the_one_kept(client, db):
    article = ArticleFactory(published=True, tags=["Eau potable", "forage"])
    kept, other = (Tag.objects.get(name=n) for n in ("Eau potable", "forage"))
    assert client.get("/mots-cles/forage/").status_code == 200

    tagging.merge(into=kept, others=[other])

    page = client.get("/mots-cles/forage/", follow=True)
    assert page.redirect_chain == [(URL, 301)]
    assert Page(page).keys == [article.slug]
    filtered = client.get("/actualites/", {"mot-cle": "forage"})
    assert Page(filtered).keys == [article.slug]
    assert "ignoré" not in Page(filtered).text


def test_old_news_is_on_the_next_page(client, db):
    ArticleFactory.create_batch(26, published=True, tags=["Eau potable"])

    first, second, ninth = (
        Page(client.get(URL, query)) for query in ({}, {"page": 2}, {"page": "9"})
    )

    assert (len(first.keys), len(second.keys)) == (24, 2)
    assert ninth.keys == second.keys
    assert "La page 9 n’existe pas" in ninth.text


def test_the_cost_does_not_grow_with_the_rows(
    client, db, django_assert_max_num_queries
):
    ArticleFactory.create_batch(
        2, published=True, tags=["Eau potable"], countries=["ML"]
    )
    with django_assert_max_num_queries(15) as few:
        client.get(f"{URL}?page=1")
    ArticleFactory.create_batch(
        20, published=True, tags=["Eau potable", "x"], countries=["ML"]
    )
    with django_assert_max_num_queries(15) as many:
        client.get(f"{URL}?page=1")

    assert len(many) == len(few)


def test_publications_of_every_kind_are_under_one_keyword(client, db):
    for day, make in enumerate(
        (EventFactory, ArticleFactory, OfferFactory, CallFactory)
    ):
        make(
            published=True,
            slug=f"du-{day + 1}",
            published_at=at(day + 1),
            tags=["Eau potable"],
        )

    page = Page(client.get(URL))

    assert page.keys == ["du-4", "du-3", "du-2", "du-1"]
    assert page.text.count("4 publications") == 1
    assert page.href("1 actualité") == "/actualites/?mot-cle=eau-potable"
    assert page.href("1 appel à projets") == "/appels-a-projets/?mot-cle=eau-potable"
    assert page.href("1 événement") == "/agenda/?mot-cle=eau-potable"
    assert page.href("1 offre") == "/offres/?mot-cle=eau-potable"


def test_only_the_listings_that_have_the_keyword_are_offered(client, db):
    CallFactory(published=True, tags=["Eau potable"])
    OfferFactory(tags=["Eau potable"])

    page = Page(client.get(URL))

    offered = [words for words, link in page.links.items() if "mot-cle" in link["href"]]
    assert offered == ["1 appel à projets"]


def test_the_menu_tells_that_a_keyword_is_among_the_news(client, db):
    ArticleFactory(published=True, tags=["Eau potable"])

    html = client.get(URL).content.decode()

    assert '<a href="/actualites/" aria-current="true">Actualités</a>' in html
