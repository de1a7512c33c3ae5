"""The contrast of a text with whatever is drawn behind it, read from a picture.

For what axe gives up on: grounds that are gradients, images or pseudo-elements.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playwright.sync_api import Page

SCRIPT = Path(__file__).with_name("scripts").joinpath("texts.js").read_text("utf-8")
RESTORE = "() => { document.adoptedStyleSheets.pop(); }"
ENOUGH, ENOUGH_IF_LARGE = 4.5, 3.0
#: A line that crosses a text hides none of it: the share of the ground it may take.
CROSSED = 0.05


def is_legible(page: Page, selector: str) -> bool:
    """Whether an element's text stands out (WCAG 1.4.3) from what is behind it."""
    element = page.locator(selector).first
    text = element.evaluate(SCRIPT, selector)
    enough = ENOUGH_IF_LARGE if text["large"] else ENOUGH
    whole = poor = 0
    if text["halo"]:
        text["places"] = []
        poor = contrast(text["color"], text["halo"]) < enough
    try:
        for place in text["places"]:
            for count, pixel in ground(page, place):
                whole += count
                poor += count * (contrast(text["color"], pixel) < enough)
    finally:
        page.evaluate(RESTORE)
    return poor <= CROSSED * whole


def ground(page: Page, place: dict[str, float]) -> list[tuple[int, Sequence[int]]]:
    """The colours found in a part of the window, and on how many pixels."""
    picture = Image.open(io.BytesIO(page.screenshot(clip=place))).convert("RGB")
    return picture.getcolors(picture.width * picture.height)


def contrast(one: Sequence[int], other: Sequence[int]) -> float:
    """The ratio of WCAG between two colours, from 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(color: Sequence[int]) -> float:
    """The relative luminance of WCAG 2.2 of a colour of three bytes."""

    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(value / 255) for value in color)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
