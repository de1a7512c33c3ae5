"""Pages stay in place, and bend to how their reader sees."""

import time

import pytest

from tests.browser.chromium import PHONE, WIDE
from tests.browser.kind import MEMBER, STAFF, VISITOR
from tests.browser.observing import SCRIPTS
from tests.browser.pages import kinds, named, sights

pytestmark = pytest.mark.browser
everywhere = pytest.mark.parametrize(("kind", "person"), sights(), ids=named)
LANDINGS = ["annuaire", "structure", "article-poor", "matrix", "missing"]
#: The words of the name of the site that stand on several lines.
BROKEN_NAME = """() => {
    const text = document.querySelector(".site-header .wordmark__name").firstChild;
    return [...text.data.matchAll(/\\S+/g)].filter(({ 0: word, index }) => {
        const range = document.createRange();
        range.setStart(text, index);
        range.setEnd(text, index + word.length);
        return range.getClientRects().length > 1;
    }).map(([word]) => word);
}"""


@everywhere
def test_nothing_scrolls_sideways_at_320_pixels(observe, kind, person):
    assert observe(kind, person).width_on_narrow == 320


@pytest.mark.parametrize("width", [320, 360, 390])
@pytest.mark.parametrize("person", [VISITOR, MEMBER, STAFF])
def test_the_name_of_the_site_keeps_its_line_on_a_phone(
    open_page, production, width, person
):
    page = open_page(viewport={"width": width, "height": 700})
    page.context.add_cookies(production.cookies(person))

    page.goto(f"{production.url}/accessibilite/")
    page.evaluate("document.fonts.ready")

    for part in ("name", "territory"):
        found = page.locator(f".site-header .wordmark__{part}")
        assert found.evaluate("e => e.getBoundingClientRect().height") < 25, part
    assert page.locator(".site-nav__list").evaluate("e => e.offsetHeight") < 50


@everywhere
def test_text_grows_to_200_percent_without_loss(observe, kind, person):
    assert observe(kind, person).enlarged == []


@pytest.mark.parametrize("path", ["/", "/projets/", "/projets/?vue=tableau"])
def test_letters_twice_as_large_cut_no_word_of_the_head(site, open_page, path):
    page = open_page(viewport={"width": 390, "height": 844})
    page.goto(f"{site}{path}")

    page.evaluate("document.documentElement.style.fontSize = '200%'")

    assert page.evaluate(BROKEN_NAME) == []
    icons = page.locator(".site-header .icon-button, .account__sign-in").all()
    assert len({icon.bounding_box()["y"] for icon in icons}) == 1
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert page.locator("#recherche").bounding_box()["width"] > 200


@everywhere
def test_nothing_moves_while_the_page_loads(observe, kind, person):
    seen = observe(kind, person)

    assert round(seen.cls, 3) == 0, seen.moved


@pytest.mark.parametrize("size", [PHONE, WIDE], ids=["phone", "wide"])
@pytest.mark.parametrize("late", [0, 0.3], ids=["font at once", "font late"])
def test_a_slow_machine_draws_a_page_once(open_page, production, db, size, late):
    page = open_page(viewport=size)
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": 20})
    page.route("**/*.woff2", lambda route: (time.sleep(late), route.continue_()))
    moves = {}

    for kind in (kind for kind in kinds() if kind.key in LANDINGS):
        page.goto(production.address(kind))
        moves[kind.key] = round(page.evaluate(SCRIPTS["rendering"])["cls"], 3)

    assert moves == dict.fromkeys(LANDINGS, 0)


@everywhere
def test_controls_are_seen_with_forced_colours(observe, kind, person):
    assert observe(kind, person).bare == []


@everywhere
def test_nothing_moves_when_less_motion_is_asked_for(observe, kind, person):
    assert observe(kind, person).moving == []
