"""What every response tells the browser: what it may load, and what it need not."""

import gzip

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client

from tests.factories import (
    ArticleFactory,
    PageFactory,
    ProjectFactory,
    StructureFactory,
)

PATHS = [
    "/",
    "/annuaire/",
    "/annuaire/suggestions/?q=mali",
    "/annuaire/suggestions/communes/?q=aix",
    "/annuaire/a/",
    "/projets/",
    "/projets/a/",
    "/actualites/",
    "/actualites/a/",
    "/a/",
    "/plan-du-site/",
    "/accessibilite/",
    "/connexion/",
    "/nulle-part/",
    "/a",
    "/media/absente.png",
    "/admin/login/",
]
STAFF = ["/admin/", "/admin/news/page/", "/admin/news/page/add/", "/admin/jsi18n/"]


@pytest.fixture
def _rows(db):
    for make in (StructureFactory, ProjectFactory, ArticleFactory, PageFactory):
        make(published=True, slug="a")


def policy(response):
    """The Content-Security-Policy, as directive -> sources."""
    parts = [part.split() for part in response["Content-Security-Policy"].split(";")]
    return {name: sources for name, *sources in parts}


def assert_strict(response):
    assert policy(response) == {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.usefixtures("_rows")
def test_every_page_allows_the_files_of_the_site_alone(path, client):
    response = client.get(path)

    assert_strict(response)
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=(), " in response["Permissions-Policy"]


@pytest.mark.parametrize("path", STAFF)
def test_the_admin_is_held_to_the_same(path, staff_client):
    assert_strict(staff_client.get(path))


def test_a_failure_too_says_what_it_may_load(monkeypatch, db):
    def crash(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr("territoires.views.HomeView.get_context_data", crash)

    response = Client(raise_request_exception=False).get("/")

    assert response.status_code == 500
    assert_strict(response)


def test_the_editor_is_among_the_files_of_the_site():
    for path in (
        "news/rich-text.js",
        "news/rich-text-when-used.js",
        "news/pasted.js",
        "news/rich-text.css",
        "django_prose_editor/editor.js",
        "django_prose_editor/editor.css",
    ):
        assert finders.find(path)


# On the wire


@pytest.mark.usefixtures("_rows")
def test_pages_are_compressed_for_who_can_read_it(client):
    plain = client.get("/annuaire/")

    packed = client.get("/annuaire/", headers={"accept-encoding": "gzip"})

    assert packed["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed["Vary"]
    assert gzip.decompress(packed.content) == plain.content
    assert len(packed.content) < len(plain.content) / 2


def test_a_page_seen_again_unchanged_is_not_sent_again(client, db):
    first = client.get("/annuaire/", headers={"accept-encoding": "gzip"})

    again = client.get(
        "/annuaire/",
        headers={"accept-encoding": "gzip", "if-none-match": first["ETag"]},
    )
    StructureFactory(published=True)
    changed = client.get("/annuaire/", headers={"if-none-match": first["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert changed.status_code == 200


def test_a_visitors_page_is_not_taken_for_a_members(client, member):
    visitor = client.get("/annuaire/")
    client.force_login(member)

    response = client.get("/annuaire/", headers={"if-none-match": visitor["ETag"]})

    assert response.status_code == 200
    assert "Cookie" in visitor["Vary"]


@pytest.mark.parametrize(
    "path", [p for p in PATHS if p not in {"/connexion/", "/admin/login/"}]
)
@pytest.mark.usefixtures("_rows")
def test_no_header_sets_a_cookie_for_a_visitor(path, client):
    response = client.get(path, headers={"accept-encoding": "gzip"})

    assert not response.cookies
    assert "Set-Cookie" not in response


def test_the_version_of_a_page_is_computed_before_it_is_compressed():
    order = [name.rpartition(".")[2] for name in settings.MIDDLEWARE]

    assert order.index("WhiteNoiseMiddleware") < order.index("GZipMiddleware")
    assert order.index("GZipMiddleware") < order.index("ConditionalGetMiddleware")
