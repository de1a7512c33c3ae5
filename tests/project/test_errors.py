"""The pages of errors, and the static files that pages draw from."""

import json
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import get_template
from django.test import Client, RequestFactory
from django.views import defaults

from tests.pages import Page

STATIC = Path(settings.BASE_DIR, "static")
DATA = Path(settings.BASE_DIR, "directory", "data", "sdg_goals.json")


@pytest.mark.parametrize("path", ["/nulle-part/", "/annuaire/inconnue/"])
def test_a_page_that_is_missing_helps_in_french(client, db, path):
    response = client.get(path)
    page = Page(response)

    assert response.status_code == 404
    assert "Page introuvable" in page.text
    assert page.href("Revenir à l’accueil") == "/"
    assert 'action="/recherche/"' in response.content.decode()


def test_a_failure_is_told_without_database_nor_context(rf):
    response = defaults.server_error(rf.get("/"))
    page = Page(response)

    assert response.status_code == 500
    assert "Le site a rencontré une panne" in page.text
    assert page.href("Revenir à l’accueil") == "/"


def test_a_failure_is_told_though_static_files_were_not_collected(rf, settings):
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "territoires.storage.SiteStaticFilesStorage"},
    }

    assert defaults.server_error(rf.get("/")).status_code == 500


@pytest.mark.django_db
def test_a_crash_shows_the_page_of_failures(monkeypatch):
    def crash(*args, **kwargs):
        message = "boum"
        raise RuntimeError(message)

    monkeypatch.setattr("territoires.views.HomeView.get_context_data", crash)

    response = Client(raise_request_exception=False).get("/")

    assert response.status_code == 500
    assert "Le site a rencontré une panne" in Page(response).text


def test_too_many_parameters_are_refused_in_french(client, db):
    query = "&".join(
        f"pays={n}" for n in range(settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 2)
    )

    response = client.get(f"/annuaire/?{query}")

    assert response.status_code == 400
    assert "Demande incompréhensible" in Page(response).text


def test_error_pages_name_files_that_exist():
    html = get_template("500.html").render()

    for path in re.findall(r'href="/static/([^"]+)"', html):
        assert Path(STATIC, path).is_file()


def test_style_sheets_import_files_that_exist_and_none_is_forgotten():
    site = Path(STATIC, "css", "site.css").read_text(encoding="utf-8")

    imported = set(re.findall(r'@import url\("([^"]+)"\)', site))

    assert imported == {
        path.name
        for path in Path(STATIC, "css").glob("*.css")
        if path.name != "site.css"
    }


def test_tiles_have_the_colours_of_the_goals():
    css = Path(STATIC, "css", "goals.css").read_text(encoding="utf-8")
    rule = re.compile(r"\.goal-(\d+) \{\s*--goal: (#\w+);\s*--on-goal: (#\w+);\s*\}")

    written = {int(n): (color, text) for n, color, text in rule.findall(css)}

    assert written == {
        goal["number"]: (goal["color"].lower(), goal["text_on_color"].lower())
        for goal in json.loads(DATA.read_text(encoding="utf-8"))
    }


#: What Leaflet mentions and never asks for: its site, two bugs, the name of SVG.
MENTIONED = re.compile(
    r"http://www\.w3\.org/2000/svg|https://leafletjs\.com"
    r"|https://bug(s\.chromium|zilla\.mozilla)\.org/[\w/.]+\?id=\d+"
)


def test_nothing_comes_from_elsewhere():
    for path in STATIC.rglob("*"):
        if path.suffix in {".css", ".js"}:
            text = path.read_text(encoding="utf-8")
            if "leaflet" in path.parts:
                text = MENTIONED.sub("", text)
            assert not re.search(r"https?://", text), path


@pytest.fixture
def rf():
    return RequestFactory()
