"""Back and forward in a listing that changes in place."""

import re

import pytest

from tests.browser.conftest import NARROW, WIDE
from tests.browser.live import query, settled

pytestmark = pytest.mark.browser


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
