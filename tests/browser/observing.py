"""Open a page once, and note all that the limits are about."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from tests.browser import axe
from tests.browser.chromium import NARROW, WIDE
from tests.browser.markup import problems
from tests.browser.weight import Answer, Wire, ecoindex

if TYPE_CHECKING:
    from playwright.sync_api import Page

SCRIPTS = {
    path.stem: path.read_text(encoding="utf-8")
    for path in Path(__file__).with_name("scripts").glob("*.js")
}
TWO_FRAMES = """() => new Promise((done) =>
    requestAnimationFrame(() => requestAnimationFrame(done)))"""
#: State of a page -> what is asked of the browser.
STATES = {
    "clair": ({"color_scheme": "light"}, WIDE),
    "sombre": ({"color_scheme": "dark"}, WIDE),
    "320 px": ({"color_scheme": "light"}, NARROW),
}


@dataclass(repr=False)
class Observation:
    """What was seen of one page, opened with an empty cache."""

    status: int
    headers: dict[str, str]
    html: str
    answers: list[Answer]
    cls: float
    moved: list[str]
    lcp: int
    nodes: int
    refusals: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    enlarged: list[str] = field(default_factory=list)
    moving: list[str] = field(default_factory=list)
    bare: list[str] = field(default_factory=list)
    width_on_narrow: int = 0
    axe: dict[str, axe.Findings] = field(default_factory=dict)

    @property
    def markup(self) -> list[str]:
        """What is wrong in the HTML that was sent."""
        return problems(self.html)

    @property
    def ecoindex(self) -> tuple[float, str]:
        """The score and the grade."""
        return ecoindex(self.nodes, self.answers)


def observe(page: Page, address: str) -> Observation:
    """Open the address in a new page and look at it in every state."""
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.add_init_script(SCRIPTS["watch"])
    wire = Wire(page)
    answer = page.goto(address)
    seen = Observation(
        status=answer.status,
        headers=answer.all_headers(),
        **page.evaluate(SCRIPTS["rendering"]),
        answers=wire.answers(),
        html=answer.text(),
        errors=errors,
    )
    seen.enlarged = page.evaluate(SCRIPTS["enlarged"])
    look_at_preferences(page, seen)
    look_at_states(page, seen)
    seen.refusals = page.evaluate("window.refusals")
    return seen


def look_at_preferences(page: Page, seen: Observation) -> None:
    """Note what follows when colours are forced, then when motion is reduced."""
    page.evaluate(SCRIPTS["filled"])
    page.emulate_media(forced_colors="active", reduced_motion="reduce")
    seen.bare = page.evaluate(SCRIPTS["bare"])
    seen.moving = page.evaluate(SCRIPTS["motion"])
    page.emulate_media(forced_colors="none", reduced_motion="reduce")


def look_at_states(page: Page, seen: Observation) -> None:
    """Run axe in each state, with every fold open; note the width on a small screen."""
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    axe.prepare(page)
    for state, (media, size) in STATES.items():
        page.emulate_media(**media)
        page.set_viewport_size(size)
        page.evaluate(TWO_FRAMES)  # For what follows the size of the screen.
        if size is NARROW:
            seen.width_on_narrow = page.evaluate("document.documentElement.scrollWidth")
        seen.axe[state] = axe.examine(page)
