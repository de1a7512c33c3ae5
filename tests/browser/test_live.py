"""Results that follow each change: what moves, what stays, what is said."""

import datetime
import re
import time
from urllib.parse import parse_qs, urlsplit

import pytest
from django.utils import timezone

from tests.browser.conftest import NARROW, WIDE
from tests.factories import EventFactory

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
    assert annuaire.locator("[data-announce]").inner_text() == ""
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


def slow(page, milliseconds=400):
    """Let answers come late; the addresses that are asked."""
    asked = []

    def wait(route):
        asked.append(route.request.url)
        time.sleep(milliseconds / 1000)
        route.continue_()

    page.route("**/annuaire/?*", wait)
    return asked


def test_the_heading_that_takes_the_focus_is_not_announced_too(annuaire):
    annuaire.get_by_role("link", name="Suivante").click()
    annuaire.get_by_role("link", name="Précédente").wait_for()

    said = annuaire.locator("[data-announce]").inner_text()

    assert annuaire.evaluate("document.activeElement.id") == "resultats"
    assert said == "Page 2 sur 2."


def test_a_new_order_is_announced(annuaire):
    link = annuaire.locator(".sort a:not([aria-current])").first
    order = link.inner_text()

    link.click()
    annuaire.locator(".sort a[aria-current]", has_text=order).wait_for()

    status = annuaire.locator("[data-announce]")
    assert status.inner_text() == f"Tri\u00a0: {order}."
    annuaire.get_by_label("Bénin").check()
    settled(annuaire, "^1 acteur$")
    assert status.inner_text() == "1 acteur."


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


def test_without_a_network_the_box_is_as_before_and_one_reads_why(site, open_page):
    page = open_page(viewport=NARROW)
    page.goto(f"{site}/annuaire/")
    page.get_by_text("Filtrer", exact=True).click()
    box = page.locator("#facettes input[type=checkbox]").last
    box.scroll_into_view_if_needed()
    before = box.bounding_box()["y"]

    page.context.set_offline(True)
    box.click()
    message = page.get_by_text("Pas de connexion")
    message.wait_for()

    assert not box.is_checked()
    assert abs(box.bounding_box()["y"] - before) < 1
    shown_at = message.bounding_box()
    assert shown_at["y"] > 0
    assert shown_at["y"] + shown_at["height"] <= NARROW["height"]
    page.context.set_offline(False)
    box.click()
    page.wait_for_url("**/annuaire/?*")
    message.wait_for(state="detached")


@pytest.mark.parametrize("viewport", [NARROW, WIDE])
def test_back_and_forward_find_the_place_again(site, open_page, viewport):
    page = open_page(viewport=viewport)
    page.goto(f"{site}/annuaire/")
    link = page.get_by_role("link", name="Suivante")
    link.scroll_into_view_if_needed()
    bottom = page.evaluate("scrollY")
    link.click()
    page.get_by_role("link", name="Précédente").wait_for()
    top = page.evaluate("scrollY")

    page.mouse.wheel(0, 222)
    page.wait_for_function(f"() => scrollY === {top + 222}")
    page.wait_for_timeout(300)
    page.go_back()
    page.get_by_role("link", name="Suivante").wait_for()

    assert bottom > 600
    page.wait_for_function(f"() => scrollY === {bottom}")
    page.go_forward()
    page.get_by_role("link", name="Précédente").wait_for()
    page.wait_for_function(f"() => scrollY === {top + 222}")


def test_the_button_of_the_filters_adds_no_step_to_the_history(site, open_page):
    page = open_page(viewport=NARROW)
    page.goto(f"{site}/annuaire/")
    page.get_by_text("Filtrer", exact=True).click()
    page.get_by_label("Bénin").check()
    page.wait_for_url("**/annuaire/?pays=BJ")
    settled(page, "^1 acteur$")
    steps = page.evaluate("history.length")

    with page.expect_response("**/annuaire/?*"):
        page.get_by_role("button", name="1 acteur", exact=True).click()
    page.wait_for_function("document.activeElement.id === 'resultats'")

    assert page.evaluate("history.length") == steps
    assert query(page) == {"pays": ["BJ"]}


def test_on_a_phone_the_button_is_at_hand_and_hides_no_focus(site, open_page):
    page = open_page(viewport=NARROW)
    page.goto(f"{site}/annuaire/")
    page.get_by_text("Filtrer", exact=True).click()
    button = page.locator(".filters__apply")
    page.locator("#facettes input[type=checkbox]").first.check()
    page.locator(".chips").wait_for(state="attached")

    assert button.bounding_box()["y"] < NARROW["height"] - 30
    for _ in range(12):
        page.keyboard.press("Tab")
        focused = page.evaluate("document.activeElement.getBoundingClientRect().bottom")
        is_button = button.evaluate("node => node === document.activeElement")
        assert is_button or focused <= button.bounding_box()["y"]


def test_the_arrow_of_the_month_keeps_the_focus(site, open_page):
    far = timezone.now() + datetime.timedelta(days=100)
    EventFactory(published=True, starts_at=far)
    page = open_page()
    page.goto(f"{site}/agenda/?vue=mois")
    arrow = page.locator("a[rel~=next]")
    first = arrow.inner_text()

    arrow.press("Enter")
    page.locator("a[rel~=next]").filter(has_not_text=first).wait_for()

    assert page.evaluate("document.activeElement.rel").startswith("next")
    assert page.locator("[data-announce]").inner_text()


def test_the_magnifier_leads_to_a_box_ready_to_be_typed_in(site, open_page):
    page = open_page()
    page.goto(f"{site}/annuaire/")
    page.locator("header a[href='/recherche/']").click()
    page.wait_for_url("**/recherche/")

    page.keyboard.type("voisine 07")
    page.keyboard.press("Enter")
    page.wait_for_url("**/recherche/?q=*")

    title = re.compile("^\\d+ résultats? pour «\u00a0voisine 07\u00a0» – Recherche")
    assert title.match(page.title())
    assert page.evaluate("document.activeElement.tagName") == "BODY"
