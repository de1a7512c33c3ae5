"""Pictures of the main pages, small, always the same: a list, not a choice."""

from __future__ import annotations

import io
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image

from tests.browser import chromium, pages
from tests.browser.kind import DEMO_SLUGS

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

DOCS = Path(__file__).resolve().parents[2] / "docs"
FOLDER = DOCS / "screenshots"
MAIN = (
    *("home", "annuaire", "annuaire-filtered", "structure", "projects", "project"),
    *("projects-map", "map", "country", "goal", "matrix"),
    *("news", "article", "network", "sign-in"),
)
#: What is asked of some of them, instead of what the tests ask.
QUERIES = {"projects-map": "?vue=carte", "map": "?secteur=education"}
#: Suffix -> the size of the window, the colours, the width of the picture.
LOOKS = {
    "ordinateur": ({"width": 1280, "height": 1280}, "light", 840),
    "telephone": (chromium.PHONE, "light", 390),
    "sombre": ({"width": 1280, "height": 1280}, "dark", 840),
}
README = ("?pays=MA&pays=LB", {"width": 1280, "height": 860})
QUALITY = 60
MOST = 1_500_000  # bytes, for the whole folder


def take(browser: Browser, url: str) -> None:
    """Take them all, and that of the README; leave no other in the folder."""
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.glob("*.webp"):
        old.unlink()
    kinds = {kind.key: kind for kind in pages.kinds()}
    for suffix, (size, scheme, width) in LOOKS.items():
        page = opened(browser, size, scheme)
        for key in MAIN:
            if key in kinds:
                kind = replace(kinds[key], query=QUERIES.get(key, kinds[key].query))
                page.goto(f"{url}{kind.path(DEMO_SLUGS)}")
                save(page, FOLDER / f"{key}-{suffix}.webp", width)
        page.context.close()
    query, size = README
    page = opened(browser, size, "light")
    page.goto(f"{url}{kinds['annuaire'].path({})}{query}")
    save(page, DOCS / "img" / "annuaire.webp", size["width"])
    page.context.close()
    total = sum(path.stat().st_size for path in FOLDER.glob("*.webp"))
    if total > MOST:
        sys.exit(f"{FOLDER} pèse {total} octets : plus que {MOST}.")


def opened(browser: Browser, size: dict[str, int], scheme: str) -> Page:
    """A page where nothing moves."""
    context = browser.new_context(
        viewport=size, color_scheme=scheme, reduced_motion="reduce", locale="fr-FR"
    )
    return context.new_page()


def save(page: Page, path: Path, width: int) -> None:
    """Write what the window shows, as a WebP of this width."""
    page.evaluate("document.fonts.ready")
    page.wait_for_load_state("networkidle")  # the points of a map come later
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    height = round(picture.height * width / picture.width)
    picture.resize((width, height), Image.Resampling.LANCZOS).save(
        path, "WEBP", quality=QUALITY, method=6
    )
