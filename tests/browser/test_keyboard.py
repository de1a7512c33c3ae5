"""From the front door to the sign-in page without a mouse, with scripts or without."""

from urllib.parse import parse_qs, urlsplit

import pytest

from tests.browser.chromium import PHONE, WIDE
from tests.browser.kind import VISITOR
from tests.browser.observing import SCRIPTS
from tests.browser.pages import kinds, named

pytestmark = pytest.mark.browser
PATIENCE = 200  # keys
FOR_VISITORS = [kind for kind in kinds() if VISITOR in kind.people]
LAST_STOP = """document.body.append(Object.assign(document.createElement("button"), {
    id: "last-stop", textContent: "Fin", style: "outline: 2px solid" }))"""
FOCUS = SCRIPTS["focus"]


class Keyboard:
    """Someone who has a keyboard only, who looks for the focus, and loses patience."""

    def __init__(self, page):
        self.page = page
        self.problems = []

    def reach(self, selector):
        """Press Tab until something that the selector names has the focus."""
        for _ in range(PATIENCE):
            self.page.keyboard.press("Tab")
            problem, is_there = self.page.evaluate(FOCUS, selector)
            if problem:
                self.problems.append(f"{urlsplit(self.page.url).path} {problem}")
            if is_there:
                return
        pytest.fail(f"{selector} was not reached on {self.page.url}")

    def follow(self, address):
        """Reach the link to this address, and open it."""
        self.reach(f'main a[href="{address}"]')
        self.page.keyboard.press("Enter")
        self.page.wait_for_url(f"**{address}")

    def open_fold_of(self, selector):
        """Open each fold that holds something, from the outer to the inner one."""
        while not self.page.locator(selector).is_visible():
            self.reach(f"details:not([open]):has({selector}) > summary")
            self.page.keyboard.press("Enter")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_the_whole_journey_is_made_by_keyboard(
    open_page, production, db, scripts, size
):
    page = open_page(java_script_enabled=scripts, viewport=size)
    keyboard = Keyboard(page)
    page.goto(production.url)

    keyboard.reach("main input[name=q]")
    page.keyboard.type("amis")
    page.keyboard.press("Enter")
    page.wait_for_url("**/recherche/?q=amis")
    keyboard.reach('main a[data-value="acteurs"]')
    page.keyboard.press("Enter")
    page.wait_for_url("**dans=acteurs*")
    keyboard.follow("/annuaire/?q=amis")

    senegal = "input[name=pays][value=SN]"
    keyboard.open_fold_of(senegal)
    keyboard.reach(senegal)
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.wait_for_url("**pays=SN*")
    assert parse_qs(urlsplit(page.url).query) == {"q": ["amis"], "pays": ["SN"]}

    keyboard.follow("/annuaire/les-amis/")
    keyboard.follow("/projets/un-puits/")
    keyboard.reach('header a[href="/actualites/"]')
    page.keyboard.press("Enter")
    page.wait_for_url("**/actualites/")
    keyboard.reach("main input[name=q]")
    page.keyboard.type("puits")
    page.keyboard.press("Enter")
    page.wait_for_url("**/actualites/?*q=puits*")
    keyboard.follow("/actualites/le-puits-coule/")
    keyboard.reach('a[href="/connexion/"]')
    page.keyboard.press("Enter")
    page.wait_for_url("**/connexion/")
    page.wait_for_function("document.activeElement.type === 'email'")

    assert page.evaluate(FOCUS, "main input[type=email]") == ["", True]
    assert not keyboard.problems, "\n".join(keyboard.problems)


@pytest.mark.parametrize("kind", FOR_VISITORS, ids=named)
def test_each_stop_of_a_page_shows_its_focus(contexts, production, db, kind):
    page = contexts[VISITOR].new_page()
    page.emulate_media(reduced_motion="reduce")
    page.goto(production.address(kind))
    page.evaluate(LAST_STOP)
    keyboard = Keyboard(page)

    keyboard.reach("#last-stop")
    page.close()

    assert not keyboard.problems, "\n".join(keyboard.problems)
