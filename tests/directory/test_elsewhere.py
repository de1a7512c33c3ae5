"""From a result, the same rows on the other pages that show them."""

import pytest

from tests.factories import ProjectFactory, StructureFactory
from tests.pages import Page

WATER = "Eau - Assainissement : acteurs, projets et actualités"


@pytest.fixture
def rows(db):
    filed = {"countries": ["ML"], "sectors": ["eau-assainissement"], "goals": [6]}
    StructureFactory(published=True, **filed)
    ProjectFactory(published=True, **filed)


@pytest.mark.parametrize(
    ("path", "words", "address"),
    [
        ("/annuaire/", "Sur la carte de la région", "/carte/?pays=ML"),
        (
            "/annuaire/",
            "Par pays et par secteur",
            "/panorama/matrice/?pays=ML&registre=acteurs",
        ),
        ("/projets/", "Sur la carte de la région", "/carte/projets/?pays=ML"),
        ("/projets/", "Par pays et par secteur", "/panorama/matrice/?pays=ML"),
        ("/carte/", "En liste", "/annuaire/?pays=ML"),
        (
            "/carte/projets/",
            "En liste, en tableau ou sur la carte du monde",
            "/projets/?pays=ML",
        ),
    ],
)
def test_the_same_filters_hold_on_the_other_pages(client, rows, path, words, address):
    page = Page(client.get(path, {"pays": "ML"}))

    assert page.href(words) == address
    assert client.get(address).status_code == 200


def test_neither_the_order_nor_the_display_follows(client, rows):
    asked = {"tri": "titre", "vue": "carte"}

    page = Page(client.get("/projets/", asked))

    assert page.href("Par pays et par secteur") == "/panorama/matrice/"


def test_a_position_does_not_leave_the_map(client, rows):
    page = Page(client.get("/carte/", {"position": "inconnue"}))

    assert page.href("En liste") == "/annuaire/"


@pytest.mark.parametrize(
    ("asked", "words", "address"),
    [
        ({"pays": "ML"}, "Mali : acteurs, projets et actualités", "/pays/mali/"),
        ({"secteur": "eau-assainissement"}, WATER, "/secteurs/eau-assainissement/"),
        (
            {"odd": "6"},
            "ODD 6 – Eau propre et assainissement : acteurs, projets et actualités",
            "/odd/6/",
        ),
    ],
)
@pytest.mark.parametrize("path", ["/annuaire/", "/projets/", "/carte/"])
def test_a_term_chosen_alone_leads_to_its_page(
    client, rows, path, asked, words, address
):
    assert Page(client.get(path, asked)).href(words) == address


def test_two_countries_lead_to_the_page_of_none(client, rows):
    page = Page(client.get("/annuaire/", {"pays": ["ML", "SN"]}))

    assert "Mali : acteurs, projets et actualités" not in page.links


def test_no_result_has_no_other_page(client, rows):
    page = Page(client.get("/annuaire/", {"pays": "TG"}))

    assert "Sur la carte de la région" not in page.links
