"""What every public page owes its visitors: room, keys, landmarks."""

import pytest

from tests.browser.conftest import NARROW
from tests.factories import UserFactory
from tests.members.mailbox import code_sent_to

pytestmark = pytest.mark.browser

PATHS = {
    "home": "/",
    "annuaire": "/annuaire/",
    "nothing": "/annuaire/?q=introuvable&pays=ZZ&secteur=sante",
    "structure": "/annuaire/les-amis/",
    "projects": "/projets/",
    "project": "/projets/un-puits/",
    "news": "/actualites/",
    "article": "/actualites/le-puits-coule/",
    "sign in": "/connexion/",
    "missing": "/nulle-part/",
}


def test_nothing_scrolls_sideways_at_320_pixels_without_scripts(site, open_page):
    page = open_page(viewport=NARROW, java_script_enabled=False)
    widths = {}

    for name, path in PATHS.items():
        page.goto(f"{site}{path}")
        for fold in page.locator("details:not([open]) > summary:visible").all():
            fold.click()
        widths[name] = page.locator("html").evaluate("e => e.scrollWidth")

    assert widths == dict.fromkeys(PATHS, 320)


def test_everything_a_page_asks_for_is_found(site, open_page):
    page = open_page()
    failed = []
    page.on(
        "response",
        lambda answer: failed.append(answer.url) if answer.status >= 400 else None,
    )

    for name, path in PATHS.items():
        if name != "missing":
            page.goto(f"{site}{path}")

    assert failed == []


@pytest.mark.parametrize("name", ["home", "annuaire", "structure"])
def test_the_first_key_skips_to_the_content(site, open_page, name):
    page = open_page()
    page.goto(f"{site}{PATHS[name]}")

    page.keyboard.press("Tab")
    link = page.locator(":focus")
    assert link.inner_text() == "Aller au contenu"
    assert link.bounding_box()["y"] >= 0
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    assert page.locator("main :focus").count() == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_focus_is_seen(site, open_page, scheme):
    page = open_page(color_scheme=scheme)
    page.goto(f"{site}/annuaire/")
    unseen = []

    for _ in range(30):
        page.keyboard.press("Tab")
        seen = page.locator(":focus").evaluate(
            """element => [element, "::after"].some((part, n) => {
                const style = n ? getComputedStyle(element, part)
                                : getComputedStyle(element);
                return style.outlineStyle !== "none"
                    && parseFloat(style.outlineWidth) > 1;
            })"""
        )
        if not seen:
            unseen.append(page.locator(":focus").evaluate("e => e.outerHTML"))

    assert unseen == []


def test_each_page_has_one_title_and_its_landmarks(site, open_page):
    page = open_page()
    counts = {}

    for name, path in PATHS.items():
        page.goto(f"{site}{path}")
        counts[name] = [
            page.locator(part).count()
            for part in ("h1", "main", "body > header", "body > footer")
        ]

    assert counts == {name: [1, 1, 1, 1] for name in PATHS}


def test_signing_in_and_out_by_keyboard(site, open_page):
    user = UserFactory(name="Personne d’essai")
    page = open_page()
    page.goto(f"{site}/connexion/")
    page.locator("input:focus").wait_for()

    page.keyboard.type(user.email)
    page.keyboard.press("Enter")
    page.wait_for_url("**/connexion/code/")
    page.locator("input:focus").wait_for()
    page.keyboard.type(code_sent_to(user.email))
    page.keyboard.press("Enter")
    page.wait_for_url(f"{site}/mon-espace/")
    assert page.get_by_role("link", name="Personne d’essai").is_visible()
    page.get_by_role("button", name="Se déconnecter").click()

    assert page.get_by_role("link", name="Connexion").is_visible()
