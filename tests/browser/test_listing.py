"""Narrowing the annuaire, with and without JavaScript, with and without a mouse."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.browser.chromium import PHONE
from tests.browser.conftest import NARROW

pytestmark = pytest.mark.browser


def query(page):
    return parse_qs(urlsplit(page.url).query, keep_blank_values=True)


def facet(page, name):
    """Open a facet if it is folded, and give it."""
    found = page.locator("details.facet", has_text=name).first
    if found.get_attribute("open") is None:
        found.locator("summary").click()
    return found


def offered(values):
    """The values that a facet shows."""
    shown = values.locator(".option:visible").all_inner_texts()
    return [text.split("\n")[0].strip() for text in shown]


def typed_in(values, text):
    """Type in the box of a list, and wait until all its values are there."""
    values.get_by_label("Chercher dans la liste").fill(text)
    values.locator(".facet__more").wait_for(state="detached")


@pytest.mark.parametrize("scripts", [True, False])
def test_ticking_values_narrows_the_list(site, open_page, scripts):
    page = open_page(java_script_enabled=scripts)
    page.goto(f"{site}/annuaire/")

    facet(page, "Pays d’intervention").get_by_label("Bénin").check()
    page.locator(".filters__apply").click()

    page.locator("#resultats", has_text=re.compile("^1 acteur$")).wait_for()
    assert query(page)["pays"] == ["BJ"]
    assert page.get_by_label("Bénin").is_checked()
    assert "Bénin – Annuaire des acteurs" in page.title()


@pytest.mark.parametrize("scripts", [True, False])
def test_words_and_filters_go_together(site, open_page, scripts):
    page = open_page(java_script_enabled=scripts)
    page.goto(f"{site}/annuaire/?pays=SN")

    page.get_by_label("Chercher un acteur").and_(page.locator("input")).fill(
        "voisine 07"
    )
    page.get_by_role("button", name="Rechercher").click()

    page.locator("#resultats", has_text=re.compile("^1 acteur$")).wait_for()
    assert query(page)["pays"] == ["SN"]
    assert query(page)["q"] == ["voisine 07"]


def test_a_chip_removes_its_filter(site, open_page):
    page = open_page()
    page.goto(f"{site}/annuaire/?pays=ML&odd=6")

    page.get_by_role("link", name="Retirer le filtre Pays").click()
    page.wait_for_url("**/annuaire/?odd=6")

    assert query(page) == {"odd": ["6"]}


def test_pages_and_order_keep_the_filters(site, open_page):
    page = open_page(java_script_enabled=False)
    page.goto(f"{site}/annuaire/?pays=SN")

    page.get_by_role("link", name="Suivante").click()
    assert query(page) == {"pays": ["SN"], "page": ["2"]}
    page.get_by_role("link", name="Vérifié récemment").click()
    facet(page, "Département").get_by_label("Bouches-du-Rhône").check()
    page.get_by_role("button", name="Appliquer les filtres").click()

    assert query(page)["tri"] == ["verifie"]
    assert query(page)["departement"] == ["13"]
    assert page.locator("#resultats").inner_text() == "31 acteurs"


def test_empty_fields_stay_out_of_the_address(site, open_page):
    page = open_page()
    page.goto(f"{site}/annuaire/")

    page.get_by_role("button", name="Rechercher").click()
    page.wait_for_load_state()

    assert query(page) == {}


def test_a_long_list_is_narrowed_as_one_types(site, open_page):
    page = open_page()
    page.goto(f"{site}/annuaire/")
    countries = facet(page, "Pays d’intervention")

    typed_in(countries, "SENE")

    assert offered(countries) == ["Sénégal"]


@pytest.mark.parametrize("typed", ["cote d'ivoire", "Côte d’", "COTE-D"])
def test_a_long_list_is_searched_whatever_the_apostrophe(site, open_page, typed):
    page = open_page()
    page.goto(f"{site}/annuaire/")
    countries = facet(page, "Pays d’intervention")

    typed_in(countries, typed)

    assert offered(countries) == ["Côte d’Ivoire"]


def test_typing_in_a_list_hides_no_ticked_value_and_sends_nothing(site, open_page):
    page = open_page()
    page.goto(f"{site}/annuaire/?pays=ML")
    countries = facet(page, "Pays d’intervention")
    box = countries.get_by_label("Chercher dans la liste")

    typed_in(countries, "zzz")
    box.press("Enter")

    assert offered(countries) == ["Mali"]
    assert query(page) == {"pays": ["ML"]}


def test_a_list_says_when_nothing_matches(site, open_page):
    page = open_page()
    page.goto(f"{site}/annuaire/")
    countries = facet(page, "Pays d’intervention")

    typed_in(countries, "zzz")

    assert countries.get_by_text("Aucune valeur ne correspond.").is_visible()


@pytest.mark.parametrize("scripts", [True, False])
def test_filters_are_folded_on_a_phone_and_open_by_a_touch(site, open_page, scripts):
    page = open_page(viewport=NARROW, java_script_enabled=scripts)
    page.goto(f"{site}/annuaire/")
    apply = page.get_by_role("button", name="Appliquer les filtres")

    assert not apply.is_visible()
    page.get_by_text("Filtrer", exact=True).click()

    assert apply.is_visible()


@pytest.mark.parametrize("scripts", [True, False])
def test_filters_are_there_at_once_on_a_wide_screen(site, open_page, scripts):
    page = open_page(java_script_enabled=scripts)
    page.goto(f"{site}/annuaire/")

    assert page.get_by_role("button", name="Appliquer les filtres").is_visible()


def test_the_keyboard_alone_reaches_a_filter_and_applies_it(site, open_page):
    page = open_page(java_script_enabled=False)
    page.goto(f"{site}/annuaire/")
    focused = page.locator(":focus")

    for _ in range(60):
        page.keyboard.press("Tab")
        if focused.get_attribute("name") == "departement":
            break
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("departement=13"))

    assert page.locator("#resultats").inner_text() == "31 acteurs"


def test_what_was_ignored_is_read_before_the_results(site, open_page):
    page = open_page()

    page.goto(f"{site}/annuaire/?pays=ML&pays=ZZ&page=9")

    notices = page.get_by_role("region", name="acteur").get_by_role("status")
    assert "« ZZ » n’est pas un pays connu" in notices.inner_text().replace(
        "\u00a0", " "
    )
    assert notices.is_visible()
    assert page.locator("#resultats").inner_text() == "1 acteur"


def test_on_a_phone_the_page_of_the_country_is_offered_before_the_rows(site, open_page):
    page = open_page(viewport=PHONE)
    page.goto(f"{site}/annuaire/?pays=SN")

    way = page.get_by_role("navigation", name="Autres vues").get_by_role(
        "link", name=re.compile("^Sénégal")
    )
    box, card = way.bounding_box(), page.locator(".card").first.bounding_box()

    assert box["y"] + box["height"] < min(card["y"], PHONE["height"])
    way.click()
    page.wait_for_url(f"{site}/pays/senegal/")
