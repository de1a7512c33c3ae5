"""`make audit` and `make screenshots`: look at every kind of page of the demonstration.

The audit writes `docs/audit.md`, and the figures of the accessibility declaration.
"""

from __future__ import annotations

import argparse
import contextlib
import datetime
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from members.models import User
from territoires.demo.accounts import EDITOR, STAFF
from tests.audit import nu, screenshots
from tests.audit.reporting import PEOPLE, Line, Report
from tests.browser import chromium, many_points, pages, rows
from tests.browser.kind import DEMO_SLUGS
from tests.browser.observing import observe
from tests.browser.serving import serving

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

ROOT = Path(__file__).resolve().parents[2]


def say(words: str) -> None:
    """Tell where the work is."""
    sys.stderr.write(f"→ {words}…\n")


def sessions() -> dict[str, str]:
    """A session for each person of the demonstration who looks at pages."""
    accounts = {pages.MEMBER: EDITOR, pages.STAFF: STAFF}
    return {
        person: rows.sign_in(User.objects.get(email=account.email))
        for person, account in accounts.items()
    }


@contextlib.contextmanager
def demonstration() -> Iterator[tuple[Browser, str]]:
    """A browser, and the address of the demonstration served as in production."""
    path = chromium.find()
    if path is None:
        sys.exit("Il faut Chromium : apt install chromium, ou CHROMIUM=/chemin.")
    say("Démarrage du site")
    with (
        tempfile.TemporaryDirectory() as folder,
        serving(Path(folder), {}) as url,
        chromium.launched(path) as browser,
    ):
        yield browser, url


def measure() -> tuple[list[Line], str, float]:
    """What is seen of each kind of page by each person, and the browser's version.

    Then how many milliseconds the map takes for ten thousand points.
    """

    keys = sessions()
    lines = []
    with demonstration() as (browser, url):
        for kind, person in pages.sights():
            say(f"{kind.title} ({PEOPLE[person]})")
            context = browser.new_context(viewport=chromium.WIDE, locale="fr-FR")
            if person in keys:
                cookie = {"name": settings.SESSION_COOKIE_NAME, "url": url}
                context.add_cookies([{**cookie, "value": keys[person]}])
            seen = observe(context.new_page(), f"{url}{kind.path(DEMO_SLUGS)}")
            if seen.status != kind.status:
                sys.exit(f"{kind.title} : réponse {seen.status}, pas {kind.status}.")
            lines.append(Line(kind, person, seen))
            context.close()
        say("Dix mille points sur la carte")
        page = browser.new_page(viewport=chromium.WIDE, locale="fr-FR")
        drawn = many_points.drawn_ms(page, url, times=5)
        return lines, browser.version, statistics.median(drawn)


def keyboard_works() -> bool:
    """Whether the journey by keyboard passes, with scripts and without."""
    say("Parcours au clavier")
    words = ("-m", "pytest", "-q", "tests/browser/test_keyboard.py")
    return (
        subprocess.run([sys.executable, *words], cwd=ROOT, check=False).returncode == 0
    )


def audit() -> None:
    """Measure, and write what was measured."""
    lines, version, drawn = measure()
    say("Validation du HTML")
    found = nu.errors({line.name: line.seen.html for line in lines})
    report = Report(
        date=datetime.datetime.now(tz=datetime.UTC).date(),
        chromium=version,
        lines=lines,
        nu=found,
        keyboard=keyboard_works(),
        drawn_ms=drawn,
    )
    for path, text in (
        (ROOT / "docs" / "audit.md", report.table()),
        (ROOT / "territoires" / "data" / "accessibility.json", report.figures()),
    ):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        sys.stdout.write(f"{path.relative_to(ROOT)}\n")


def main() -> None:
    """Do what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("action", choices=["audit", "screenshots"])
    action = parser.parse_args().action
    if action == "audit":
        audit()
        return

    with demonstration() as (browser, url):
        screenshots.take(browser, url)
