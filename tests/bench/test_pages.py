"""What is measured: addresses that exist, find something, and rotate."""

import re

import pytest
from django.http import QueryDict
from django.test import Client

from bench.loading import Loader
from bench.pages import (
    LIMITS,
    NEW_PAIRS,
    PAIRS,
    RELATIVE_LIMITS,
    SEARCHES,
    SILENT,
    TYPOS,
    WORDS,
    deep_pages,
    pages,
)
from directory.keeping.stores import MOST as MOST_PIECES
from directory.labels import fold
from directory.listings.results import MOST_LEADERS, MOST_SEARCHES
from directory.models import Structure
from directory.panorama.world_display import KEPT
from directory.search.queries import parse

NAMES = {
    *("list", "page-100", "two-filters", "text", "typo", "text-two-filters"),
    *("panorama", "panorama-map", "panorama-filter", "panorama-map-filter"),
    *("panorama-map-drawn", "site-text", "profile", "plain-list", "plain-two-filters"),
    *("news", "calls", "events", "tag"),
    *("text-new", "typo-new", "text-two-filters-new", "site-text-new"),
    "two-filters-new",
}


@pytest.fixture
def register(db, settings):
    """The rows of a size, and the addresses of the bench."""
    settings.ROOT_URLCONF = "bench.urls"
    settings.TEMPLATES = [
        {
            **settings.TEMPLATES[0],
            "DIRS": [
                settings.BASE_DIR / "templates",
                settings.BASE_DIR / "bench/templates",
            ],
        }
    ]
    Loader(300, lambda _: None).load()
    return list(Structure.objects.values_list("slug", flat=True)[:20])


def cards(response):
    """The addresses of the cards of a page, in their order."""
    return re.findall(r'card__title"><a href="([^"]+)"', response.content.decode())


def test_pages_have_the_names_that_others_compare(register):
    assert {page.name for page in pages(10_000, register)} == NAMES
    assert {*LIMITS, *RELATIVE_LIMITS} <= NAMES


def test_every_page_but_the_bare_lists_is_asked_for_at_twenty_addresses_at_least(
    register,
):
    for page in pages(10_000, register):
        bare = {"list", "plain-list", "panorama", "panorama-map"}
        kept = {"panorama-map-drawn": KEPT + 16, "two-filters-new": len(NEW_PAIRS)}
        usual = 200 if page.name.endswith("-new") else 20
        number = 1 if page.name in bare else kept.get(page.name, usual)
        assert len(set(page.paths)) == number, page.name


def test_addresses_answer_without_dropping_anything(register):
    client = Client()

    for page in pages(300, register):
        for path in page.paths[::5]:
            response = client.get(path)
            assert response.status_code == 200
            if page.name != "typo":
                assert b'class="alerts"' not in response.content, path


def test_the_plain_listing_finds_what_the_annuaire_finds(register):
    client = Client()

    for pair in PAIRS:
        ours = cards(client.get("/annuaire/", pair))
        plain = cards(client.get("/banc/annuaire/", pair))
        assert plain == ours, pair


def test_words_have_no_accent_and_typos_are_none_of_them():
    assert [fold(word) for word in WORDS] == WORDS
    assert not set(TYPOS) & set(WORDS)
    assert len(TYPOS) == len(WORDS) == len(PAIRS)


@pytest.mark.parametrize(
    ("size", "first", "last"), [(10_000, 91, 110), (1_000, 23, 42), (24, 1, 1)]
)
def test_deep_pages_turn_around_the_hundredth_or_end_at_the_last(size, first, last):
    assert (deep_pages(size)[0], deep_pages(size)[-1]) == (first, last)


def test_new_searches_are_more_than_an_index_keeps_and_all_different():
    for page in pages(1_000, []):
        if page.name in {f"{name}-new" for name in SEARCHES}:
            queries = {parse(QueryDict(p.partition("?")[2])["q"]) for p in page.paths}
            assert MOST_SEARCHES < len(queries) == len(WORDS) * len(SILENT)


def test_new_pairs_are_more_than_an_index_keeps_and_all_different():
    assert len({(pair["pays"], pair["secteur"]) for pair in NEW_PAIRS}) == len(
        NEW_PAIRS
    )
    assert len(NEW_PAIRS) > max(MOST_LEADERS, MOST_PIECES / 5)
