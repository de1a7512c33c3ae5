"""A real browser on a live site: the system's Chromium, driven by Playwright."""

import os
import shutil

import pytest
from django.db import connections
from playwright.sync_api import sync_playwright

from directory import reference
from directory.models import Department
from tests.factories import (
    ArticleFactory,
    ContactFactory,
    NetworkFactory,
    NetworkPartnerFactory,
    OfficeFactory,
    ProjectFactory,
    StructureFactory,
)

NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WIDE = {"width": 1280, "height": 900}
NARROW = {"width": 320, "height": 640}


def executable():
    """The path of a Chromium; without one, a failure in CI and a skip elsewhere."""
    found = os.environ.get("CHROMIUM") or next(
        filter(None, map(shutil.which, NAMES)), None
    )
    if found:
        return found
    message = "No Chromium: install Debian’s package or set CHROMIUM to its path."
    if os.environ.get("CI"):
        pytest.fail(message)
    pytest.skip(message)
    return None


@pytest.fixture(scope="session")
def browser():
    path = executable()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        # While Playwright's event loop runs, Django keeps connections of their own:
        # close them here, or the test database could not be dropped.
        connections.close_all()
        browser.close()


@pytest.fixture
def open_page(browser):
    """Open a page in a context of its own: `open_page(viewport=NARROW)`."""
    contexts, crashes = [], []

    def open_one(**options):
        context = browser.new_context(
            **{"viewport": WIDE, "locale": "fr-FR", **options}
        )
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: crashes.append(str(error)))
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert crashes == []


@pytest.fixture
def _reference_comes_back(django_db_setup, django_db_blocker):
    """Put the vocabularies back once the database was flushed, for the next tests."""
    yield
    with django_db_blocker.unblock():
        reference.load()


@pytest.fixture
def site(request, monkeypatch, _reference_comes_back, transactional_db):
    """The address of a live site with a network and a few rows of each kind."""
    # A thread of the server that outlives its test must hold no connection.
    monkeypatch.setitem(connections.settings["default"], "CONN_MAX_AGE", 0)
    # Asked for here, not in the arguments: the flush must come before the reload.
    server = request.getfixturevalue("live_server")
    network = NetworkFactory(regions=["93"])
    OfficeFactory(network=network, label="Siège")
    NetworkPartnerFactory(network=network, website="https://partenaire.example")
    bouches = Department.objects.get(code="13")
    facts = {"published": True, "goals": [4, 6], "sectors": ["sante", "education"]}
    rich = StructureFactory(
        name="Les Amis du fleuve et des écoles de Provence",
        slug="les-amis",
        acronym="ADFEP",
        member=True,
        type_code="comite-de-jumelage",
        department=bouches,
        city="Aix-en-Provence",
        website="https://une-tres-longue-adresse-de-site-association.example/",
        email="une.adresse.vraiment.tres.longue@association.example",
        description="Une présentation.\n\nEn deux paragraphes.",
        # Enough countries for the list to be folded, and searched as one types.
        countries="ML SN TG BJ MA TN KM LB AM HT VN BF CI".split(),  # noqa: SIM905
        **facts,
    )
    ContactFactory(structure=rich)
    for n in range(30):
        StructureFactory(
            published=True, name=f"Voisine {n:02}", countries=["SN"], department=bouches
        )
    project = ProjectFactory(
        title="Un puits pour deux écoles",
        slug="un-puits",
        lead=rich,
        kind="eau-1-pour-cent",
        status="en-cours",
        countries=["ML"],
        budget=15000,
        budget_is_public=True,
        **facts,
    )
    ArticleFactory(
        title="Le puits coule",
        slug="le-puits-coule",
        structures=[rich],
        projects=[project],
        countries=["ML"],
        tags=["PNUD"],
        **facts,
    )
    return server.url
