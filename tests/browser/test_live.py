"""Results that follow each change: what moves, what stays, what is said."""

import datetime
import re
import time

import pytest
from django.utils import timezone

from tests.browser.conftest import NARROW
from tests.browser.live import is_same, query, settled
from tests.factories import EventFactory

pytestmark = pytest.mark.browser


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


def test_a_key_passes_the_filters(annuaire):
    annuaire.get_by_role("button", name="Rechercher").focus()

    annuaire.keyboard.press("Tab")
    annuaire.keyboard.press("Enter")

    assert annuaire.evaluate("document.activeElement.id") == "resultats"


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
