"""The facets of a listing that changes in place: whole, folded, searched."""

import time

import pytest

from tests.browser.live import COUNTRIES, is_same, query, settled, shown, slow

pytestmark = pytest.mark.browser


def test_values_of_a_facet_neither_move_nor_change_as_it_is_ticked(annuaire):
    before = shown(annuaire)

    annuaire.get_by_label("Bénin").check()
    settled(annuaire, "^1 acteur$")

    assert list(shown(annuaire)) == list(before)
    assert shown(annuaire) == before


def test_what_is_folded_stays_folded(annuaire):
    annuaire.locator("#facette-type > summary").click()

    annuaire.get_by_label("Bénin").check()
    settled(annuaire, "^1 acteur$")

    assert annuaire.locator("#facette-type").get_attribute("open") is None


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


def test_a_search_in_a_list_tells_the_choices_that_it_finds(annuaire):
    box = annuaire.locator(COUNTRIES).get_by_label("Chercher dans la liste")
    status = annuaire.locator("[data-announce]")

    box.press_sequentially("cote d")
    status.get_by_text("1 choix\u00a0: Côte d’Ivoire").wait_for()
    box.fill("introuvable")

    status.get_by_text("Aucune valeur ne correspond.").wait_for()


def test_a_whole_facet_tells_its_choices(annuaire):
    annuaire.locator(f"{COUNTRIES} .facet__more").click()
    annuaire.locator(f"{COUNTRIES} .facet__more").wait_for(state="detached")

    number = annuaire.locator(f"{COUNTRIES} .option").count()
    assert annuaire.locator("[data-announce]").inner_text() == f"{number} choix"


def test_a_long_list_is_asked_once_however_much_is_typed(annuaire):
    asked = slow(annuaire)
    box = annuaire.locator(COUNTRIES).get_by_label("Chercher dans la liste")

    box.press_sequentially("viet", delay=30)
    waiting = annuaire.locator(f"{COUNTRIES} .facet__none").inner_text()
    annuaire.locator(f"{COUNTRIES} .facet__more").wait_for(state="detached")

    assert waiting == "Chargement…"
    assert len(asked) == 1
    assert list(shown(annuaire)) == ["VN"]
    assert annuaire.get_by_text("Chargement…").count() == 0
