"""Components that move: shown alone on the living page, so tried there."""

import pytest

from tests.browser.conftest import NARROW
from tests.factories import UserFactory

pytestmark = pytest.mark.browser


def open_styleguide(site, page):
    UserFactory(staff=True, email="equipe@demo.example", name="L’équipe")
    page.goto(f"{site}/connexion/")
    page.get_by_role("button", name="L’équipe").click()
    page.wait_for_url(f"{site}/admin/")
    page.goto(f"{site}/styleguide/")


def test_a_dialog_opens_and_gives_the_focus_back(site, open_page):
    page = open_page()
    open_styleguide(site, page)
    button = page.get_by_role("button", name="Ouvrir", exact=True)

    button.focus()
    page.keyboard.press("Space")
    assert page.get_by_role("dialog", name="Rien n’est envoyé").is_visible()
    page.keyboard.press("Escape")

    assert page.get_by_role("dialog").count() == 0
    assert button.evaluate("e => e === document.activeElement")


def test_without_scripts_a_dialog_is_read_in_the_page(site, open_page):
    page = open_page(java_script_enabled=False)
    open_styleguide(site, page)

    page.get_by_role("link", name="Ouvrir", exact=True).click()

    assert page.get_by_role("heading", name="Rien n’est envoyé").is_visible()


def test_the_living_page_fits_a_phone(site, open_page):
    page = open_page(viewport=NARROW)

    open_styleguide(site, page)

    assert page.locator("html").evaluate("e => e.scrollWidth") == 320


def test_a_wrong_field_says_so_where_it_is_and_at_the_top(site, open_page):
    page = open_page()
    open_styleguide(site, page)

    page.get_by_role("alert").get_by_role("link", name="SIREN").click()

    field = page.locator("#id_faux-siren")
    assert field.evaluate("e => e === document.activeElement")
    tied = field.get_attribute("aria-describedby").split()
    words = " ".join(page.locator(f"#{name}").inner_text() for name in tied)
    assert words == "Neuf chiffres, sans espace. Un SIREN a neuf chiffres."
