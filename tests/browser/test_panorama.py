"""The three views of the panorama, with and without JavaScript, by keyboard."""

from urllib.parse import parse_qs, urlsplit

import pytest

from tests.browser.conftest import NARROW

pytestmark = pytest.mark.browser
#: Where the words of a caption end, whatever the width of its table.
END = """(caption) => {
    const words = document.createRange();
    words.selectNodeContents(caption);
    return words.getBoundingClientRect().right;
}"""


def query(page):
    return parse_qs(urlsplit(page.url).query)


@pytest.fixture
def panorama(site, open_page):
    page = open_page()
    page.goto(f"{site}/projets/")
    page.evaluate("window.isSamePage = true")
    return page


def test_a_folded_facet_opens_in_place_and_stays_open(panorama):
    panorama.get_by_role("link", name="Nature").click()
    nature = panorama.locator("details#facette-nature")
    nature.locator("input").first.wait_for()
    assert "Nature" in panorama.evaluate("document.activeElement.textContent")

    panorama.locator("#facette-pays input").first.check()
    panorama.locator(".chip").wait_for()

    assert nature.locator("input").first.is_visible()
    assert panorama.get_by_role("link", name="Type du porteur").is_visible()
    assert "voir" not in query(panorama)
    assert panorama.evaluate("window.isSamePage === true")


def test_a_folded_facet_opens_by_keyboard_and_folds_again(panorama):
    panorama.get_by_role("link", name="Nature").focus()
    panorama.keyboard.press("Enter")
    panorama.locator("details#facette-nature input").first.wait_for()
    panorama.keyboard.press("Enter")

    panorama.locator("#facette-pays input").first.check()
    panorama.locator(".chip").wait_for()

    assert panorama.get_by_role("link", name="Nature").is_visible()


def test_a_folded_facet_opens_without_scripts(site, open_page):
    page = open_page(java_script_enabled=False)
    page.goto(f"{site}/projets/?pays=ML")

    page.get_by_role("link", name="Nature").click()

    assert page.locator("#facette-nature input").first.is_visible()
    assert query(page) == {"pays": ["ML"], "voir": ["nature"]}


def test_the_view_changes_in_place_and_is_kept_as_filters_change(panorama):
    panorama.get_by_role("navigation", name="Affichage").get_by_text("Carte").click()
    panorama.locator(".world").wait_for()
    assert query(panorama) == {"vue": ["carte"]}

    panorama.locator("#facette-pays input").first.check()
    panorama.locator(".chip").wait_for()

    assert query(panorama)["vue"] == ["carte"]
    assert panorama.locator(".world").is_visible()
    assert panorama.evaluate("window.isSamePage === true")


def test_a_country_that_has_the_focus_says_its_number_and_leads_to_its_projects(
    panorama, site
):
    panorama.goto(f"{site}/projets/?vue=carte")
    country = panorama.locator("a.world__place:not([tabindex])").first
    said = country.locator("text")
    assert not said.is_visible()

    country.focus()
    panorama.keyboard.press("Shift+Tab")
    panorama.keyboard.press("Tab")
    assert said.is_visible()
    panorama.keyboard.press("Enter")
    panorama.locator(".chip").wait_for()

    assert list(query(panorama)) == ["pays"]


def test_shapes_are_drawn(panorama, site):
    panorama.goto(f"{site}/projets/?vue=carte")
    shape = panorama.locator("a.world__place:not([tabindex]) use").first

    assert shape.evaluate("node => node.getBBox().width") > 0


def test_without_javascript_links_and_the_form_keep_the_view(site, open_page):
    page = open_page(java_script_enabled=False)
    page.goto(f"{site}/projets/")
    page.get_by_role("navigation", name="Affichage").get_by_text("Carte").click()

    page.locator("#facette-pays input").first.check()
    page.get_by_role("button", name="Appliquer les filtres").click()

    assert query(page)["vue"] == ["carte"]
    assert page.locator(".world").is_visible()


@pytest.mark.parametrize("view", ["carte", "tableau"])
def test_the_caption_of_a_wide_table_is_read_whole_on_a_phone(site, open_page, view):
    page = open_page(viewport=NARROW)
    page.goto(f"{site}/projets/?vue={view}")
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")

    assert page.locator("caption").evaluate(END) <= NARROW["width"]
