"""Suggestions under the search box: by keyboard, by mouse, by touch, and without them.

What is expected is the « editable combobox with list autocomplete » of the ARIA
Authoring Practices.
"""

import contextlib
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Error, expect

from tests.browser.chromium import NARROW
from tests.browser.combobox import open_at

pytestmark = pytest.mark.browser
AMIS = "Les Amis du fleuve et des écoles de Provence (ADFEP) Aix-en-Provence (13)"
#: A fragment whose options are chosen, not followed: what a facet would be given.
VALUES = """<p hidden data-said>1 suggestion</p><div role="listbox" aria-label="Pays">
<div role="option" aria-selected="false" data-value="ML">Mali</div></div>"""


def query(page):
    return parse_qs(urlsplit(page.url).query)


@pytest.fixture
def home(site, open_page):
    """The box of the home page."""
    return open_at(open_page(), site)


# By keyboard


@pytest.mark.parametrize("path", ["/", "/annuaire/", "/nulle-part/"])
def test_the_keyboard_goes_through_the_suggestions_and_opens_one(site, open_page, path):
    box = open_at(open_page(), f"{site}{path}")

    box.type("amis")
    box.expect_open(1)
    assert box.active is None
    box.press("ArrowDown")
    assert box.active == AMIS
    box.press("Enter")

    box.page.wait_for_url("**/annuaire/les-amis/")


def test_the_arrows_turn_round_and_the_ends_give_the_text_back(home):
    home.type("voisine")
    home.expect_open(4)

    home.press("ArrowUp")
    assert home.active == "Voisine 03"
    home.press("ArrowDown")
    assert home.active == "Voisine 00"
    home.press("ArrowUp", "ArrowUp")
    assert home.active == "Voisine 02"
    for key in ("Home", "End", "ArrowLeft", "ArrowRight"):
        home.press("ArrowDown", key)
        assert home.active is None
    assert home.options.count() == 4


def test_a_group_says_its_name_and_a_term_how_many_actors_it_has(home):
    home.type("sen")
    home.expect_open(1)

    countries = home.list.get_by_role("group", name="Pays")
    country = countries.get_by_role("option", name="Sénégal 31 acteurs")
    expect(country).to_be_visible()
    home.press("ArrowDown", "Enter")

    home.page.wait_for_url("**/annuaire/?pays=SN")
    assert home.page.locator("#resultats").inner_text() == "31 acteurs"


def test_enter_sends_the_form_when_no_suggestion_is_under_the_keys(home):
    home.type("voisine 07")
    home.expect_open(1)
    home.press("ArrowDown", "End", "Enter")

    home.page.wait_for_url("**/recherche/?q=voisine*")
    assert query(home.page) == {"q": ["voisine 07"]}


def test_escape_closes_the_list_then_empties_the_box(home):
    home.type("amis")
    home.expect_open(1)

    home.press("ArrowDown", "Escape")
    home.expect_closed()
    assert home.input.input_value() == "amis"
    home.press("Escape")

    assert home.input.input_value() == ""


def test_a_closed_list_opens_again_by_the_arrows(home):
    home.type("amis")
    home.expect_open(1)

    home.press("Escape", "Alt+ArrowDown")
    home.expect_open(1)
    assert home.active is None
    home.press("Alt+ArrowUp")
    home.expect_closed()
    home.press("ArrowDown")

    home.expect_open(1)
    assert home.active == AMIS


def test_tab_closes_the_list_and_goes_on_to_the_button(home):
    home.type("voisine")
    home.expect_open(4)

    home.press("ArrowDown", "Tab")

    home.expect_closed()
    button = home.page.get_by_role("button", name="Rechercher")
    assert button.evaluate("e => e === document.activeElement")


def test_typing_on_forgets_the_option_and_narrows_the_list(home):
    home.type("voisine 1")
    home.expect_open(4)

    home.press("ArrowDown")
    home.type("2")

    home.expect_open(1)
    assert home.active is None
    home.input.fill("v")
    home.expect_closed()


def test_a_search_without_suggestions_says_nothing(home):
    home.type("voisine")
    home.expect_open(4)

    with home.page.expect_response("**/suggestions/?q=voisine+introuvable"):
        home.type(" introuvable")
    home.page.wait_for_timeout(200)

    expect(home.status).to_have_text("")
    home.expect_closed()


# By mouse and by touch


def test_a_click_opens_a_suggestion_and_a_hover_moves_nothing(home):
    home.type("voisine")
    home.expect_open(4)

    home.press("ArrowDown")
    home.options.nth(2).hover()
    assert home.active == "Voisine 00"
    home.options.nth(2).click()

    home.page.wait_for_url("**/annuaire/voisine-02/")


def test_a_click_beside_an_option_keeps_the_list_and_one_elsewhere_closes_it(home):
    home.type("voisine")
    home.expect_open(4)

    home.list.get_by_text("Acteurs", exact=True).click()
    home.expect_open(4)
    assert home.input.evaluate("e => e === document.activeElement")
    home.page.get_by_role("heading", level=1).click()

    home.expect_closed()


def test_a_suggestion_opens_beside_as_any_link(home):
    home.type("voisine")
    home.expect_open(4)

    with home.page.context.expect_page() as opened:
        home.options.first.click(modifiers=["ControlOrMeta"])

    opened.value.wait_for_url("**/annuaire/voisine-00/")
    assert urlsplit(home.page.url).path == "/"


def test_a_finger_opens_a_suggestion(site, open_page):
    box = open_at(open_page(viewport=NARROW, has_touch=True), site)

    box.input.tap()
    box.type("amis")
    box.expect_open(1)
    assert box.options.first.bounding_box()["height"] >= 40
    box.options.first.tap()

    box.page.wait_for_url("**/annuaire/les-amis/")


def test_back_finds_the_box_closed_and_ready(home):
    home.type("amis")
    home.expect_open(1)
    home.press("ArrowDown", "Enter")
    home.page.wait_for_url("**/annuaire/les-amis/")

    home.page.go_back()

    home.expect_closed()
    home.input.fill("voisine")
    home.expect_open(4)


# Answers that are slow, late, or that do not come


def hold(page, text):
    """Keep the answers for this text until they are asked for."""
    held = []
    address = re.compile(rf"/suggestions/\?q={text}$")
    page.route(address, lambda route: held.append(route))  # noqa: PLW0108
    return held


def release(held):
    """Let an answer go; that nobody waits for it any more is no error."""
    for route in held:
        with contextlib.suppress(Error):
            route.continue_()


def wait_for(page, held):
    while not held:
        page.wait_for_timeout(10)


def test_it_asks_once_for_a_word_typed_at_a_go(site, open_page):
    page = open_page()
    asked = []
    page.on("request", lambda r: asked.append(r.url) if "/sugg" in r.url else None)
    page.clock.install()
    box = open_at(page, site)

    box.type("voisine")
    assert asked == []
    with page.expect_response("**/suggestions/**"):
        page.clock.run_for(150)

    box.expect_open(4)
    assert asked == [f"{site}/annuaire/suggestions/?q=voisine"]


def test_an_outdated_answer_never_replaces_a_newer_one(home):
    held = hold(home.page, "am")

    home.type("am")
    wait_for(home.page, held)
    home.input.fill("voisine")
    home.expect_open(4)
    release(held)
    home.press("ArrowDown")

    home.expect_open(4)
    assert home.active == "Voisine 00"


def test_an_answer_that_comes_once_the_box_was_left_opens_nothing(home):
    held = hold(home.page, "amis")

    home.type("amis")
    wait_for(home.page, held)
    home.press("Tab")
    release(held)

    home.expect_closed()
    assert home.status.inner_text() == ""


def test_the_form_is_sent_without_waiting_for_a_slow_answer(home):
    held = hold(home.page, "amis")

    home.type("amis")
    wait_for(home.page, held)
    home.press("Enter")

    home.page.wait_for_url("**/recherche/?q=amis")
    release(held)


@pytest.mark.parametrize("failure", ["unreachable", "broken"])
def test_the_form_still_works_when_suggestions_do_not(home, failure):
    def fail(route):
        if failure == "broken":
            route.fulfill(status=500, body="<div role='option'>Panne</div>")
        else:
            route.abort()

    home.page.route("**/suggestions/**", fail)
    with home.page.expect_request("**/suggestions/**"):
        home.type("amis")
    home.expect_closed()
    home.press("Enter")

    home.page.wait_for_url("**/recherche/?q=amis")


# Without scripts, and elsewhere


def test_without_scripts_it_is_a_plain_search_field(site, open_page):
    page = open_page(java_script_enabled=False)
    page.goto(site)

    page.get_by_role("searchbox", name="Chercher un acteur").fill("amis")
    page.get_by_role("button", name="Rechercher").click()

    assert page.locator("#resultats").inner_text() == "2 résultats"


@pytest.mark.parametrize("path", ["/projets/", "/actualites/"])
def test_other_listings_suggest_no_actor(site, open_page, path):
    page = open_page()
    page.goto(f"{site}{path}")

    assert page.get_by_role("combobox").count() == 0
    assert page.locator("main").get_by_role("searchbox").count() == 1


def test_a_field_that_came_later_tells_what_is_chosen(home):
    home.page.route("**/valeurs/?q=mal", lambda route: route.fulfill(body=VALUES))
    home.page.evaluate(
        """() => {
            const label = document.createElement("label");
            label.className = "combobox";
            label.innerHTML = 'Pays <input data-combobox="/valeurs/">';
            document.querySelector("main").prepend(label);
            label.addEventListener("combobox:choose", (event) => {
                window.chosen = event.detail.value;
            });
        }"""
    )

    home.page.get_by_label("Pays").press_sequentially("mal")
    expect(home.page.get_by_role("option", name="Mali")).to_be_visible()
    home.press("ArrowDown", "Enter")

    assert home.page.evaluate("window.chosen") == "ML"
    assert urlsplit(home.page.url).path == "/"
    expect(home.page.get_by_role("listbox")).to_be_hidden()
