"""The news: what it lists, in which order, and how it is narrowed."""

import datetime

import pytest

from directory.models import Publication
from news.models import Article
from tests.factories import ArticleFactory, StructureFactory
from tests.pages import Page

URL = "/actualites/"


def at(day, month=3):
    return datetime.datetime(2025, month, day, 9, tzinfo=datetime.UTC)


def listed(response):
    titles = dict(Article.objects.values_list("slug", "title"))
    return [titles[slug] for slug in Page(response).keys]


# It shows


def test_the_newest_comes_first(client, db):
    for n in (2, 9, 5):
        ArticleFactory(published=True, title=f"Du {n}", published_at=at(n))

    assert listed(client.get(URL)) == ["Du 9", "Du 5", "Du 2"]


def test_a_card_tells_when_and_where(client, db):
    ArticleFactory(
        published=True,
        title="Le puits coule",
        summary="Deux écoles ont de l’eau.",
        countries=["ML"],
        image="actualites/puits.jpg",
        image_alt="Un puits",
    )

    page = Page(client.get(URL))

    words = "10 mars 2025 Le puits coule Deux écoles ont de l’eau. Pays : Mali"
    assert words in page.text
    assert page.href("Le puits coule") == "/actualites/le-puits-coule/"
    assert "/media/actualites/puits.jpg" in [image["src"] for image in page.images]


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [(0, "Aucune actualité"), (1, "1 actualité"), (2, "2 actualités")],
)
def test_the_number_of_results_is_a_sentence(client, db, rows, sentence):
    ArticleFactory.create_batch(rows, published=True)

    assert sentence in Page(client.get(URL)).text


def test_old_news_is_on_the_next_pages(client, db):
    ArticleFactory.create_batch(26, published=True, kind="adherent")

    page = client.get(URL, {"nature": "adherent", "page": "2"})

    assert len(Page(page).keys) == 2


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ({"q": "ecole"}, ["A"]),
        ({"q": "togo"}, ["B"]),
        ({"q": "strong"}, []),
        ({"nature": "adherent"}, ["B"]),
        ({"pays": ["ML", "TG"]}, ["A", "B"]),
        ({"pays": "ML"}, ["A"]),
        ({"secteur": "sante"}, ["A"]),
        ({"odd": "17"}, ["B"]),
        ({"mot-cle": "pnud"}, ["A"]),
        ({"mot-cle": ["pnud", "jeunesse"]}, ["A", "B"]),
        ({"mot-cle": "jeunesse", "pays": "ML"}, ["A"]),
    ],
)
def test_filters_narrow(client, db, query, titles):
    ArticleFactory(
        published=True,
        title="A",
        body="<p>Une <strong>é</strong>cole.</p>",
        published_at=at(9),
        countries=["ML"],
        sectors=["sante"],
        tags=["PNUD", "Jeunesse"],
    )
    ArticleFactory(
        published=True,
        title="B",
        published_at=at(2),
        kind="adherent",
        countries=["TG"],
        goals=[17],
        tags=["Jeunesse"],
    )

    assert listed(client.get(URL, query)) == titles


def test_only_tags_that_published_articles_have_are_offered(client, db):
    ArticleFactory(published=True, tags=["Jeunesse", "Sante"])
    ArticleFactory(tags=["Secret"])

    page = Page(client.get(URL, {"voir": "mot-cle"}))

    assert set(page.values_of("mot-cle")) == {"jeunesse", "sante"}


def test_the_title_of_the_page_tells_the_filters(client, db):
    page = Page(client.get(URL, {"pays": "ML"}))

    assert page.title.startswith("Mali – Actualités – ")


# It hides


def test_drafts_archives_and_news_of_tomorrow_are_left_out(client, db, time_machine):
    time_machine.move_to(at(11))
    ArticleFactory()
    ArticleFactory(published=True, publication=Publication.ARCHIVED)
    ArticleFactory(published=True, title="Hier", published_at=at(10))
    ArticleFactory(published=True, title="Demain", published_at=at(12))

    today = listed(client.get(URL))
    time_machine.move_to(at(13))
    later = listed(client.get(URL))

    assert today == ["Hier"]
    assert later == ["Demain", "Hier"]


# Bad input


@pytest.mark.parametrize(
    ("query", "notice"),
    [
        ("mot-cle=inconnu", "« inconnu » n’est pas un mot-clé connu"),
        ("mot-cle=%00", "n’est pas un mot-clé connu"),
        ("nature=rumeur", "« rumeur » n’est pas une nature connue"),
        ("tri=ancien", "« ancien » n’est pas un ordre connu"),
    ],
)
def test_what_makes_no_sense_is_dropped_with_a_sentence(client, db, query, notice):
    ArticleFactory(published=True)

    response = client.get(f"{URL}?{query}")

    assert notice in Page(response).text
    assert len(Page(response).keys) == 1


# Cost


def test_the_cost_does_not_grow_with_the_rows(
    client, db, django_assert_max_num_queries
):
    def add(n):
        for _ in range(n):
            ArticleFactory(
                published=True,
                countries=["ML"],
                structures=[StructureFactory(published=True)],
                tags=["PNUD"],
            )

    # From the second page on, the process has an index to compare.
    client.get(URL)
    add(3)
    with django_assert_max_num_queries(30) as few:
        client.get(URL)
    add(20)
    with django_assert_max_num_queries(30) as many:
        client.get(URL)

    assert len(many) == len(few)


@pytest.mark.parametrize("typed", ["ONU", "onu"])
def test_a_keyword_with_capitals_in_its_address_filters(typed, client, db):
    found = ArticleFactory(published=True, tags=["ONU"])
    ArticleFactory(published=True)

    response = client.get(URL, {"mot-cle": typed})

    assert Page(response).keys == [found.slug]
    assert "ignoré" not in Page(response).text


def test_a_keyword_of_drafts_alone_is_unknown(client, db):
    ArticleFactory(tags=["secret"])
    ArticleFactory(published=True, tags=["eau"])

    response = client.get(URL, {"mot-cle": "secret"})

    assert "n’est pas un mot-clé connu" in Page(response).text
    assert len(Page(response).keys) == 1


def test_a_keyword_without_a_latin_letter_has_an_address(client, db):
    article = ArticleFactory(published=True, tags=["水"])

    page = Page(client.get(article.get_absolute_url()))

    assert page.href("水") == "/mots-cles/tag/"
    assert Page(client.get("/mots-cles/tag/")).keys == [article.slug]
