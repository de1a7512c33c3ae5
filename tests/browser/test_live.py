"""Results that follow each change: what moves, what stays, what is said."""

import re
import time
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.browser.conftest import NARROW

pytestmark = pytest.mark.browser

COUNTRIES = "#facette-pays"


def query(page):
    return parse_qs(urlsplit(page.url).query, keep_blank_values=True)


def settled(page, heading):
    """Wait until the results say so."""
    page.locator("#resultats", has_text=re.compile(heading)).wait_for()


def shown(page):
    """The counts of the countries that are shown, by code."""
    options = page.locator(f"{COUNTRIES} .option:visible").all()
    return {
        o.get_attribute("data-value"): o.get_attribute("data-count") for o in options
    }


@pytest.fixture
def annuaire(site, open_page):
    page = open_page()
    page.goto(f"{site}/annuaire/")
    page.evaluate("window.isSamePage = true")
    return page


def is_same(page):
    return page.evaluate("window.isSamePage === true")


def test_a_click_changes_results_counts_chips_title_and_address(annuaire):
    everything = annuaire.locator("#resultats").inner_text()

    annuaire.get_by_label("Bénin").check()
    settled(annuaire, "^1 acteur$")

    assert everything != "1 acteur"
    assert query(annuaire) == {"pays": ["BJ"]}
    assert annuaire.title().startswith("Bénin – Annuaire des acteurs – ")
    assert annuaire.get_by_role("link", name="Retirer le filtre Pays").count() == 1
    assert annuaire.locator("#liste").get_attribute("data-total") == "1"
    assert annuaire.locator("#liste .card").count() == 1
    assert is_same(annuaire)


def test_the_new_total_is_announced(annuaire):
    status = annuaire.locator("[data-announce]")
    assert status.get_attribute("role") == "status"
    assert status.inner_text() == ""

    annuaire.get_by_label("Bénin").check()
    settled(annuaire, "^1 acteur$")

    assert status.inner_text() == "1 acteur."


def test_by_keyboard_the_focus_stays_on_the_box_just_ticked(annuaire):
    box = annuaire.get_by_label("Bénin")
    box.focus()

    annuaire.keyboard.press("Space")
    settled(annuaire, "^1 acteur$")
    focused = annuaire.evaluate("document.activeElement.id")
    annuaire.keyboard.press("Space")
    annuaire.locator("#liste .card").nth(3).wait_for()

    assert focused == "pays-BJ"
    assert annuaire.evaluate("document.activeElement.id") == "pays-BJ"
    assert not box.is_checked()
    assert query(annuaire) == {}


def test_values_of_a_facet_neither_move_nor_change_as_it_is_ticked(annuaire):
    before = shown(annuaire)

    annuaire.get_by_label("Bénin").check()
    settled(annuaire, "^1 acteur$")

    assert list(shown(annuaire)) == list(before)
    assert shown(annuaire) == before


def test_back_and_forward_show_what_was_there(annuaire):
    everything = annuaire.locator("#resultats").inner_text()
    annuaire.get_by_label("Bénin").check()
    settled(annuaire, "^1 acteur$")

    annuaire.go_back()
    settled(annuaire, re.escape(everything))
    assert not annuaire.get_by_label("Bénin").is_checked()
    annuaire.go_forward()

    settled(annuaire, "^1 acteur$")
    assert annuaire.get_by_label("Bénin").is_checked()


def test_going_back_from_a_profile_shows_a_whole_page(annuaire):
    annuaire.get_by_label("Bénin").check()
    settled(annuaire, "^1 acteur$")
    annuaire.locator("#liste .card__title a").click()
    annuaire.get_by_role("heading", level=1).wait_for()

    annuaire.go_back()

    settled(annuaire, "^1 acteur$")
    assert annuaire.locator("header.site-header").is_visible()


def test_a_chip_removed_gives_the_focus_to_the_results(annuaire):
    annuaire.get_by_label("Bénin").check()
    settled(annuaire, "^1 acteur$")

    annuaire.get_by_role("link", name="Retirer le filtre Pays").press("Enter")
    annuaire.locator("#liste .card").nth(3).wait_for()

    assert annuaire.evaluate("document.activeElement.id") == "resultats"
    assert not annuaire.get_by_label("Bénin").is_checked()
    assert is_same(annuaire)


def test_words_are_searched_in_place_and_keep_the_focus(annuaire):
    box = annuaire.locator("#recherche")
    box.fill("voisine 07")

    box.press("Enter")
    settled(annuaire, "^1 acteur$")

    assert query(annuaire) == {"q": ["voisine 07"]}
    assert annuaire.evaluate("document.activeElement.id") == "recherche"
    assert is_same(annuaire)


def test_removing_the_words_empties_the_box(site, open_page):
    page = open_page()
    page.goto(f"{site}/annuaire/?q=voisine+07")

    page.get_by_role("link", name="Retirer le filtre Recherche").click()
    page.locator("#liste .card").nth(3).wait_for()

    assert page.locator("#recherche").input_value() == ""


def test_the_next_page_begins_at_its_first_result(annuaire):
    annuaire.get_by_role("link", name="Suivante").click()
    annuaire.get_by_role("link", name="Précédente").wait_for()

    assert query(annuaire) == {"page": ["2"]}
    assert annuaire.evaluate("document.activeElement.id") == "resultats"
    assert annuaire.locator("#resultats").evaluate(
        "node => node.getBoundingClientRect().top >= 0"
    )
    assert is_same(annuaire)


def test_the_list_fades_until_a_slow_answer_comes(annuaire):
    def slow(route):
        time.sleep(0.5)
        route.continue_()

    annuaire.route("**/annuaire/?*", slow)

    annuaire.get_by_label("Bénin").check()

    assert "htmx-request" in annuaire.locator("#liste").get_attribute("class")
    settled(annuaire, "^1 acteur$")
    assert "htmx-request" not in annuaire.locator("#liste").get_attribute("class")


def test_an_outdated_answer_never_replaces_a_newer_one(annuaire):
    first = []

    def hold_the_first(route):
        if first:
            route.continue_()
        else:
            first.append(route)

    annuaire.route("**/annuaire/?*", hold_the_first)
    annuaire.get_by_label("Sénégal").check()
    annuaire.get_by_label("Bénin").check()
    annuaire.get_by_role("link", name="Retirer le filtre Pays").nth(1).wait_for()
    late = annuaire.locator("#resultats").inner_text()

    first[0].continue_()
    annuaire.wait_for_timeout(300)

    assert query(annuaire) == {"pays": ["BJ", "SN"]}
    assert annuaire.locator("#resultats").inner_text() == late


def test_what_is_folded_stays_folded(annuaire):
    annuaire.locator("#facette-type > summary").click()

    annuaire.get_by_label("Bénin").check()
    settled(annuaire, "^1 acteur$")

    assert annuaire.locator("#facette-type").get_attribute("open") is None


def test_without_an_answer_the_plain_page_is_asked(annuaire):
    failed = []

    def fail_once(route):
        if failed:
            route.continue_()
        else:
            failed.append(route.abort())

    annuaire.route("**/annuaire/?*", fail_once)

    annuaire.get_by_label("Bénin").check()
    settled(annuaire, "^1 acteur$")

    assert failed
    assert not is_same(annuaire)
    assert annuaire.get_by_label("Bénin").is_checked()


def test_on_a_phone_the_button_leads_to_what_was_found(site, open_page):
    page = open_page(viewport=NARROW)
    page.goto(f"{site}/annuaire/")
    page.get_by_text("Filtrer", exact=True).click()
    page.get_by_label("Bénin").check()
    settled(page, "^1 acteur$")

    page.get_by_role("button", name="1 acteur", exact=True).click()
    page.wait_for_function("!document.querySelector('[data-filters-panel]').open")

    assert page.get_by_label("Bénin").is_hidden()


def test_the_whole_of_a_long_facet_comes_in_place_and_stays(annuaire):
    annuaire.locator(f"{COUNTRIES} .facet__more").press("Enter")
    annuaire.locator(f"{COUNTRIES} .facet__more").wait_for(state="detached")
    whole = list(shown(annuaire))
    focused = annuaire.evaluate("document.activeElement.textContent")

    annuaire.get_by_label("Bénin").check()
    settled(annuaire, "^1 acteur$")

    assert "Pays d’intervention" in focused
    assert len(whole) > 12
    assert list(shown(annuaire)) == whole


def test_a_facet_shown_whole_is_folded_again(annuaire):
    few = list(shown(annuaire))
    annuaire.locator(f"{COUNTRIES} .facet__more").click()
    annuaire.locator(f"{COUNTRIES} .facet__less").click()

    annuaire.locator(f"{COUNTRIES} .facet__more").wait_for()

    assert list(shown(annuaire)) == few
    assert "voir" not in query(annuaire)
    assert "Pays d’intervention" in annuaire.evaluate(
        "document.activeElement.textContent"
    )


def test_a_suggestion_is_one_more_filter(annuaire):
    annuaire.get_by_label("Adhérents du réseau").check()
    settled(annuaire, "^\\d+ acteurs?$")
    search = annuaire.get_by_role("combobox", name="Chercher un acteur")
    search.press_sequentially("benin")

    annuaire.get_by_role("option", name="Bénin").click()
    annuaire.get_by_role("link", name="Retirer le filtre Pays").wait_for()

    assert query(annuaire) == {"pays": ["BJ"], "adherent": ["oui"]}
    assert search.input_value() == ""
    assert is_same(annuaire)


def test_a_key_passes_the_filters(annuaire):
    annuaire.get_by_role("button", name="Rechercher").focus()

    annuaire.keyboard.press("Tab")
    annuaire.keyboard.press("Enter")

    assert annuaire.evaluate("document.activeElement.id") == "resultats"


def test_typing_in_a_long_facet_searches_all_its_values(annuaire):
    box = annuaire.locator(COUNTRIES).get_by_label("Chercher dans la liste")
    box.focus()

    annuaire.keyboard.type("cote d", delay=20)
    annuaire.wait_for_function(
        "document.querySelectorAll('#facette-pays .option:not([hidden])').length === 1"
    )

    assert list(shown(annuaire)) == ["CI"]
    assert box.input_value() == "cote d"
    assert annuaire.evaluate("document.activeElement.id") == "chercher-pays"


def test_a_tick_is_not_lost_when_the_whole_facet_is_asked_meanwhile(annuaire):
    def slow(route):
        time.sleep(0.4)
        route.continue_()

    annuaire.route("**/annuaire/?*", slow)
    annuaire.locator("#facette-type input").first.check()
    name = annuaire.locator("#facette-type input").first.get_attribute("value")

    annuaire.locator(f"{COUNTRIES} .facet__more").click()
    annuaire.locator(f"{COUNTRIES} .facet__more").wait_for(state="detached")

    assert query(annuaire) == {"type": [name]}
    assert annuaire.locator("#facette-type input").first.is_checked()


def test_the_box_just_ticked_stays_where_it_is(site, open_page):
    page = open_page()
    page.goto(f"{site}/annuaire/?voir=pays")
    box = page.get_by_label("Sénégal")
    box.focus()
    before = box.bounding_box()["y"]

    page.keyboard.press("Space")
    page.wait_for_url("**pays=SN*")
    page.locator(".chips").wait_for()

    assert abs(box.bounding_box()["y"] - before) < 2


def test_a_value_is_found_in_its_list_by_its_other_names(annuaire):
    box = annuaire.locator(COUNTRIES).get_by_label("Chercher dans la liste")

    box.fill("vietnam")
    annuaire.locator(f"{COUNTRIES} .facet__more").wait_for(state="detached")

    assert list(shown(annuaire)) == ["VN"]
