"""One box for the whole site: every kind, the best first, each result once."""

import pytest
from django.urls import reverse

from tests.factories import (
    ArticleFactory,
    CallFactory,
    EventFactory,
    OfferFactory,
    ProjectFactory,
    StructureFactory,
)
from tests.pages import Page

ADDRESS = "/recherche/"
LISTINGS = {
    "acteurs": "directory:structures",
    "projets": "directory:projects",
    "actualites": "news:articles",
    "appels-a-projets": "news:calls",
    "agenda": "news:events",
    "offres": "news:offers",
}


@pytest.fixture
def site(db):
    """Rows of each kind that speak of Mali: by their names, a country, a text."""
    StructureFactory(published=True, name="Zébu Mali", slug="zebu-mali")
    StructureFactory(
        published=True, name="Aide", slug="aide", countries=["ML"], description="Ici."
    )
    StructureFactory(
        published=True, name="Bazar", slug="bazar", description="Un voyage au Mali."
    )
    StructureFactory(name="Brouillon Mali", slug="brouillon")
    ProjectFactory(published=True, title="Un puits au Mali", slug="un-puits")
    ProjectFactory(published=True, title="Rien", slug="rien", countries=["LB"])
    ArticleFactory(published=True, title="Retour du Mali", slug="retour")
    ArticleFactory(title="Bientôt le Mali", slug="bientot")


def ask(client, text, **more):
    return Page(client.get(ADDRESS, {"q": text, **more}))


def test_every_kind_is_found_at_once(client, site):
    page = ask(client, "mali")

    assert sorted(page.keys) == sorted(
        ["ML", "aide", "bazar", "retour", "un-puits", "zebu-mali"]
    )
    assert page.total == 6
    assert "6 résultats" in page.text


def test_the_best_come_first_whatever_their_kind(client, site):
    assert ask(client, "mali").keys == [
        "ML",  # the country itself
        "zebu-mali",  # then names, each kind in turn
        "un-puits",
        "retour",
        "aide",  # then what is known of the row
        "bazar",  # then what its text says
    ]


def test_each_result_says_its_kind_and_shows_the_words(client, site):
    html = client.get(ADDRESS, {"q": "mali"}).content.decode()

    for kind in ("Pays", "Acteur", "Projet", "Actualité"):
        assert f'<p class="hit__kind">{kind}</p>' in html
    assert "Un puits au <mark>Mali</mark>" in html
    assert "Un voyage au <mark>Mali</mark>." in html


def test_calls_events_and_offers_are_found_too(client, db):
    CallFactory(published=True, title="Appel pour le Mali", slug="appel")
    EventFactory(published=True, title="Soirée Mali", slug="soiree")
    OfferFactory(published=True, title="Stage au Mali", slug="stage")
    CallFactory(title="Brouillon du Mali", slug="brouillon")

    page = ask(client, "mali")

    assert page.keys == ["appel", "soiree", "stage"]
    for kind in ("Appel à projets", "Événement", "Offre"):
        assert kind in page.text
    for kind, view in LISTINGS.items():
        listing = Page(client.get(reverse(view), {"q": "mali"}))
        assert page.counts.get(("dans", kind), 0) == listing.total


def test_the_count_of_a_kind_is_what_its_listing_finds(client, site):
    counts = ask(client, "mali").counts

    for kind, view in LISTINGS.items():
        listing = Page(client.get(reverse(view), {"q": "mali"}))
        assert counts.get(("dans", kind), 0) == listing.total
    assert counts["dans", ""] == 6


def test_one_kind_alone_can_be_shown(client, site):
    page = ask(client, "mali", dans="acteurs")

    assert page.keys == ["zebu-mali", "aide", "bazar"]
    assert page.total == 3
    assert page.counts["dans", "projets"] == 1
    assert page.href("Affiner avec les filtres") == "/annuaire/?q=mali"


def test_an_unknown_kind_is_ignored_and_told(client, site):
    page = ask(client, "mali", dans="licornes")

    assert page.total == 6
    assert "« licornes » n’est pas un type de résultat" in page.text


def test_a_misspelt_word_is_repaired_with_a_way_back(client, db):
    StructureFactory(published=True, name="Éducation pour tous", slug="education")

    page = ask(client, "eductaion")

    assert page.keys == ["education"]
    assert "Résultats pour « Éducation »" in page.text
    exact = Page(client.get(ADDRESS + page.href("Chercher exactement « eductaion »")))
    assert exact.total == 0
    assert "Rien ne correspond" in exact.text


def test_who_finds_nothing_is_led_to_the_listings(client, db):
    page = ask(client, "xylophone")

    assert page.href("Acteurs") == "/annuaire/"
    assert page.href("Offres") == "/offres/"


def test_a_synonym_finds_the_country(client, db):
    StructureFactory(published=True, slug="ami", countries=["MM"])

    page = ask(client, "birmanie")

    assert page.keys == ["MM", "ami"]
    assert "Birmanie" in page.text


def test_pages_hold_each_result_once(client, db):
    for number in range(20):
        StructureFactory(published=True, name=f"Eau {number}", slug=f"s-{number}")
        ProjectFactory(published=True, title=f"Eau {number}", slug=f"p-{number}")
    ProjectFactory(published=True, title="Puits", slug="puits", summary="Eau.")

    pages = [ask(client, "eau", page=number).keys for number in (1, 2)]

    assert [len(keys) for keys in pages] == [24, 17]
    assert len({*pages[0], *pages[1]}) == 41
    assert pages[1][-1] == "puits"


@pytest.mark.parametrize("known", [0, 3, 60])
def test_what_is_known_comes_before_what_is_only_written(client, db, known):
    # More rows than are asked at first whether it is known of them: the last ones are.
    for number in range(60):
        StructureFactory(
            published=True,
            name=f"Acteur {number:02}",
            countries=["ML"] if number >= 60 - known else [],
            description="Au Mali.",
            slug=f"s-{number:02}",
        )
    ProjectFactory(published=True, title="Rien", slug="p", summary="Au Mali.")
    ProjectFactory(published=True, title="Su", slug="p-su", countries=["ML"])

    pages = [ask(client, "mali", page=number).keys for number in (1, 2, 3)]

    found = [key for keys in pages for key in keys if key != "ML"]
    first = [f"s-{number:02}" for number in range(60 - known, 60)]
    others = [f"s-{number:02}" for number in range(60 - known)]
    assert found == [*first[:1], "p-su", *first[1:], *others[:1], "p", *others[1:]]


def test_drafts_are_found_by_nobody(client, staff_client, site):
    for visitor in (client, staff_client):
        page = Page(visitor.get(ADDRESS, {"q": "brouillon"}))
        assert page.total == 0


def test_an_excluded_word_counts(client, site):
    assert "bazar" not in ask(client, "mali -voyage").keys


def test_an_edit_is_seen_at_once(client, site):
    ask(client, "mali")

    StructureFactory(published=True, name="Mali encore", slug="encore")

    assert "encore" in ask(client, "mali").keys


def test_queries_do_not_grow_with_the_rows(client, site, django_assert_max_num_queries):
    for number in range(30):
        StructureFactory(published=True, name=f"Mali {number}")
        ProjectFactory(published=True, title=f"Mali {number}")
    ask(client, "mali")

    with django_assert_max_num_queries(3):  # versions, found, known
        ask(client, "mali")


@pytest.mark.parametrize(
    "text", ["", "   ", "\x00", "?!…", '"', "x" * 10_000, "🦄", "le la les", "مالي"]
)
def test_any_text_gets_an_answer(client, site, text):
    assert client.get(ADDRESS, {"q": text}).status_code == 200


def test_without_words_it_says_what_can_be_searched(client, site):
    page = Page(client.get(ADDRESS))

    assert "Par exemple" in page.text
    assert page.href("acteurs") == "/annuaire/"


def test_hostile_text_is_escaped(client, site):
    html = client.get(ADDRESS, {"q": '"><script>alert(1)</script>'}).content.decode()

    assert "<script>alert" not in html
