"""The address of a page is copied, or shared from a phone."""

import pytest

from tests.browser.chromium import PHONE
from tests.factories import ProjectFactory, StructureFactory

pytestmark = pytest.mark.browser
COPIED = "navigator.clipboard.readText()"
SHARES = "navigator.share = async (what) => { window.shared = what }"


@pytest.fixture
def rows(db):
    StructureFactory(published=True, slug="amis", name="Les Amis", countries=["ML"])
    ProjectFactory(published=True, slug="puits", title="Un puits", countries=["ML"])


def copy(page):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copier l’adresse").click()
    page.locator("[aria-live=polite]", has_text="Adresse copiée").wait_for()
    return page.evaluate(COPIED)


@pytest.mark.parametrize(
    ("asked", "copied"),
    [
        ("/annuaire/amis/?utm_source=lettre", "/annuaire/amis/"),
        ("/projets/puits/#pays", "/projets/puits/"),
        ("/pays/mali/", "/pays/mali/"),
        ("/annuaire/?utm_source=x&q=&pays=ML", "/annuaire/?pays=ML"),
        ("/projets/?vue=carte&pays=ML", "/projets/?pays=ML&vue=carte"),
        ("/panorama/matrice/?pays=ML", "/panorama/matrice/?pays=ML"),
    ],
)
def test_the_canonical_address_is_copied_and_it_is_said(
    site, open_page, rows, asked, copied
):
    page = open_page()

    page.goto(f"{site}{asked}")

    assert copy(page) == f"{site}{copied}"


def test_what_is_copied_follows_the_filters(site, open_page, rows):
    page = open_page()
    page.goto(f"{site}/annuaire/")

    page.locator("#pays-ML").check()

    assert copy(page) == f"{site}/annuaire/?pays=ML"


def test_a_browser_that_refuses_shows_the_address(site, open_page, rows):
    page = open_page()
    page.add_init_script("navigator.clipboard.writeText = () => Promise.reject()")
    page.goto(f"{site}/pays/mali/")

    page.get_by_role("button", name="Copier l’adresse").click()

    shown = page.locator("[aria-live=polite]", has_text=f"{site}/pays/mali/")
    assert shown.is_visible()


def test_a_phone_shares(site, open_page, rows):
    page = open_page(viewport=PHONE, has_touch=True, is_mobile=True)
    page.add_init_script(SHARES)
    page.goto(f"{site}/annuaire/amis/")

    page.get_by_role("button", name="Partager").tap()

    assert page.evaluate("shared.url") == f"{site}/annuaire/amis/"
    assert "Les Amis" in page.evaluate("shared.title")


def test_without_scripts_there_is_no_button(site, open_page, rows):
    page = open_page(java_script_enabled=False)

    page.goto(f"{site}/annuaire/amis/")

    assert page.get_by_role("heading", name="Les Amis").is_visible()
    assert not page.locator("[data-copy-link]").is_visible()
