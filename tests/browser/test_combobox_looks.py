"""How the list of suggestions looks: in its place, legible, followed by the eye."""

import pytest

from tests.browser import axe
from tests.browser.chromium import NARROW, PHONE, WIDE
from tests.browser.combobox import open_at
from tests.browser.observing import SCRIPTS, STATES

pytestmark = pytest.mark.browser
#: Rules about what is seen and touched: they do not bear on what the list covers.
SEEN = {"color-contrast", "target-size"}


@pytest.mark.parametrize("path", ["/", "/annuaire/"])
@pytest.mark.parametrize("size", [WIDE, PHONE, NARROW], ids=["wide", "phone", "narrow"])
def test_the_list_moves_nothing_and_stays_within_the_page(site, open_page, path, size):
    box = open_at(open_page(viewport=size), f"{site}{path}")
    # What is typed, and the size of the page: all that the list could push.
    measured = """() => [...document.querySelectorAll("main, main *, footer")]
        .filter((e) => !e.closest(".combobox__panel"))
        .map((e) => Object.values(e.getBoundingClientRect().toJSON()).map(Math.round))
        .concat([[document.documentElement.scrollWidth]])"""
    box.input.focus()
    before = box.page.evaluate(measured)

    box.type("voisine")
    box.expect_open(4)

    assert box.page.evaluate(measured) == before
    place = box.list.bounding_box()
    assert place["x"] >= 0
    assert place["x"] + place["width"] <= size["width"]
    assert place["width"] >= 250


@pytest.mark.parametrize("path", ["/", "/annuaire/"])
def test_axe_finds_no_fault_in_an_open_list(site, open_page, path):
    box = open_at(open_page(reduced_motion="reduce"), f"{site}{path}")
    axe.prepare(box.page)
    box.type("voisine")
    box.expect_open(4)
    box.press("ArrowDown")

    for media, size in STATES.values():
        box.page.emulate_media(**media, reduced_motion="reduce")
        box.page.set_viewport_size(size)
        found = axe.examine(box.page)
        faults = [
            fault
            for fault in [*found.violations, *found.incomplete]
            if fault["rule"] not in SEEN or "combobox" in fault["target"]
        ]
        assert not faults, "\n".join(f"{f['rule']} {f['target']}" for f in faults)
    assert box.active == "Voisine 00"


def test_text_twice_as_large_is_not_cut(site, open_page):
    box = open_at(open_page(viewport=PHONE), f"{site}/annuaire/")
    box.type("amis")
    box.expect_open(1)

    assert box.page.evaluate(SCRIPTS["enlarged"]) == []


@pytest.mark.parametrize("forced", ["none", "active"])
def test_the_option_under_the_keys_is_outlined(site, open_page, forced):
    box = open_at(open_page(forced_colors=forced), f"{site}/annuaire/")
    box.type("voisine")
    box.expect_open(4)
    box.press("ArrowDown")

    width = "e => getComputedStyle(e).outlineWidth + getComputedStyle(e).outlineStyle"
    assert box.options.nth(0).evaluate(width) == "3pxsolid"
    assert box.options.nth(1).evaluate(width) != "3pxsolid"


def test_a_long_list_follows_the_keys(site, open_page):
    box = open_at(open_page(viewport={"width": 900, "height": 420}), site)
    box.type("voisine")
    box.expect_open(4)

    box.press("ArrowUp")

    seen = box.options.nth(3).bounding_box()
    assert seen["y"] >= 0
    assert seen["y"] + seen["height"] <= 421
