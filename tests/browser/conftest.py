"""A real browser on a live site: the system's Chromium, driven by Playwright.

Journeys have a site of their own, `site`. The limits that hold for every kind of page
share one, `production`, which nothing changes and which lasts as long as the session.
"""

import json
import os
from dataclasses import dataclass

import pytest
from django.conf import settings
from django.db import connection, connections

from tests.browser import chromium, observing, pages, rows
from tests.browser.chromium import NARROW, WIDE
from tests.browser.kind import TEST_SLUGS
from tests.browser.observations import Observations
from tests.browser.serving import run, serving
from tests.databases import FILLED_SITE, database_url

__all__ = ["NARROW", "WIDE"]

CLONE = "browser"


def executable():
    """The path of a Chromium; without one, a failure in CI and a skip elsewhere."""
    found = chromium.find()
    if found:
        return found
    message = "No Chromium: install Debian’s package or set CHROMIUM to its path."
    if os.environ.get("CI"):
        pytest.fail(message)
    pytest.skip(message)
    return None


@dataclass(frozen=True)
class Production:
    """A site served as in production, and the sessions of those who may sign in."""

    url: str
    sessions: dict[str, str]

    def address(self, kind):
        """The full address of a kind of page."""
        return f"{self.url}{kind.path(TEST_SLUGS)}"

    def cookies(self, person):
        """What the browser of this person holds."""
        if person not in self.sessions:
            return []
        name, value = settings.SESSION_COOKIE_NAME, self.sessions[person]
        return [{"name": name, "value": value, "url": self.url}]


@pytest.fixture(scope="session")
def _clone(django_db_setup, django_db_blocker):
    """A copy of the test database, that the tests neither fill nor flush."""
    with django_db_blocker.unblock():
        creation = connection.creation
        assert connection.settings_dict["NAME"].startswith("test_")
        creation.clone_test_db(CLONE, verbosity=0)
        yield database_url(creation.get_test_db_clone_settings(CLONE))
        creation.destroy_test_db(verbosity=0, suffix=CLONE)


@pytest.fixture(scope="session")
def production(_clone, tmp_path_factory):
    """The site that every limit is measured on: rich rows, real server, real files."""
    folder = tmp_path_factory.mktemp("production")
    environment = {
        "DATABASE_URL": _clone,
        "CONN_MAX_AGE": "0",
        "MEDIA_ROOT": str(folder / "media"),
        "DJANGO_SETTINGS_MODULE": "tests.browser.settings",
    }
    sessions = json.loads(run("-m", "tests.browser", environment=environment))
    with serving(folder, environment) as url:
        yield Production(url, sessions)


@pytest.fixture(scope="session")
def browser(_clone):  # The copy is made while nothing else is connected.
    path = executable()
    with chromium.launched(path) as browser:
        yield browser
        # While Playwright's event loop runs, Django keeps connections of their own:
        # close them here, or the test database could not be dropped.
        connections.close_all()


@pytest.fixture(scope="session")
def contexts(browser):
    """A context of the browser for each person."""
    found = {}
    for person in pages.PEOPLE:
        found[person] = browser.new_context(viewport=WIDE, locale="fr-FR")
        found[person].set_default_timeout(30_000)
    yield found
    for context in found.values():
        context.close()


@pytest.fixture(scope="session")
def _observations(tmp_path_factory):
    """Where the processes of a run leave what they saw: each page is seen by one."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    return Observations(folder / "observations")


@pytest.fixture
def observe(contexts, production, _observations, db):
    """Tell what is seen of a kind of page, as a person.

    `db` is here because there is a test database only if a test of the run asks for it.
    """

    def look(kind, person=pages.VISITOR):
        def anew():
            contexts[person].clear_cookies()
            contexts[person].add_cookies(production.cookies(person))
            page = contexts[person].new_page()
            seen = observing.observe(page, production.address(kind))
            page.close()
            return seen

        return _observations.get(f"{kind.key}-{person}", anew)

    return look


@pytest.fixture
def open_page(browser):
    """Open a page in a context of its own: `open_page(viewport=NARROW)`."""
    contexts, crashes = [], []

    def open_one(**options):
        context = browser.new_context(
            **{"viewport": WIDE, "locale": "fr-FR", **options}
        )
        context.set_default_timeout(30_000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: crashes.append(str(error)))
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert crashes == []


@pytest.fixture
def site(request, monkeypatch, reference_comes_back, transactional_db):
    """The address of a live site with a network and a few rows of each kind."""
    # A thread of the server that outlives its test must hold no connection.
    monkeypatch.setitem(connections.settings["default"], "CONN_MAX_AGE", 0)
    # Asked for here, not in the arguments: the flush must come before the reload.
    server = request.getfixturevalue("live_server")
    if FILLED_SITE.columns:
        FILLED_SITE.put_back()
    else:
        rows.fill()
        FILLED_SITE.keep()
    return server.url


@pytest.fixture
def annuaire(site, open_page):
    """The annuaire in a window, which remembers whether the page was left."""
    page = open_page()
    page.goto(f"{site}/annuaire/")
    page.evaluate("window.isSamePage = true")
    return page
