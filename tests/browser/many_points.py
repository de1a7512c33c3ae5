"""Ten thousand points for the map of the region, and how long they take to be drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bench.generator import Generator
from tests.browser.observing import TWO_FRAMES

if TYPE_CHECKING:
    from playwright.sync_api import Page

NUMBER = 10_000
#: How many times slower than this machine a visitor's one is.
THROTTLING = 4
AFTER_LOAD = """() => {
    const [page] = performance.getEntriesByType("navigation");
    const [drawn] = performance.getEntriesByName("map-drawn");
    return drawn.startTime - page.loadEventEnd;
}"""


def answer() -> dict[str, Any]:
    """What the site answers for the invented actors of the bench."""
    rows = list(Generator(NUMBER).structures())
    return {
        "base": "/annuaire/",
        "names": [row.name for row in rows],
        "slugs": [row.slug for row in rows],
        "latitudes": [round(row.latitude, 5) for row in rows],
        "longitudes": [round(row.longitude, 5) for row in rows],
        "at": [0] * len(rows),
        "places": [["Ici", ""]],
    }


def drawn_ms(page: Page, url: str, times: int = 1) -> list[float]:
    """The milliseconds from the load of the map to its points, on a slow machine."""
    points = answer()
    page.route("**/carte/points/**", lambda route: route.fulfill(json=points))
    slow = page.context.new_cdp_session(page)
    slow.send("Emulation.setCPUThrottlingRate", {"rate": THROTTLING})
    found = []
    for _ in range(times):
        page.goto(f"{url}/carte/")
        page.locator(".map-cluster--many").first.wait_for()
        page.evaluate(TWO_FRAMES)
        found.append(page.evaluate(AFTER_LOAD))
    return found
