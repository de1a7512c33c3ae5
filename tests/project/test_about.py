"""The pages that speak of the site itself."""

import datetime
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from territoires import about, accessibility
from tests.factories import NetworkFactory, OfficeFactory, PageFactory
from tests.pages import Page as Read

VALUES = {
    "date": "2026-11-25",
    "tool": "axe-core 4.14.1",
    "pages": 24,
    "states": ["clair", "sombre"],
    "rules_passed": 61,
    "violations": 0,
    "incomplete": [{"rule": "color-contrast", "why": "fond en dégradé"}],
    "keyboard": True,
    "html_errors": 0,
}


@pytest.fixture
def declared(client, monkeypatch, tmp_path, db):
    """The page of the declaration, after a test run of these values."""

    def read(values):
        path = tmp_path / "accessibility.json"
        path.write_text(json.dumps(values), encoding="utf-8")
        context = {"run": accessibility.read(path)}
        monkeypatch.setattr(about.AccessibilityView, "extra_context", context)
        return Read(client.get("/accessibilite/"))

    return read


# The map of the site


def test_the_map_lists_the_listings_and_the_published_pages(client, db):
    PageFactory(published=True, title="Nous", slug="nous")

    page = Read(client.get("/plan-du-site/"))

    assert page.title.startswith("Plan du site – ")
    for words, address in {
        "Accueil": "/",
        "Annuaire des acteurs": "/annuaire/",
        "Panorama des projets": "/projets/",
        "Nous": "/nous/",
        "Accessibilité": "/accessibilite/",
    }.items():
        assert page.href(words) == address


def test_the_map_links_no_page_that_does_not_exist(client, db):
    PageFactory(published=True)
    PageFactory()

    page = Read(client.get("/plan-du-site/"))

    addresses = {link["href"] for link in page.links.values()}
    inside = {address for address in addresses if address.startswith("/")}
    assert {client.get(address).status_code for address in inside} == {200}


def test_the_map_costs_the_same_whatever_its_length(client, db):
    PageFactory(published=True)
    with CaptureQueriesContext(connection) as few:
        client.get("/plan-du-site/")
    PageFactory.create_batch(9, published=True)

    with CaptureQueriesContext(connection) as many:
        client.get("/plan-du-site/")

    assert len(many) == len(few)


# The declaration of accessibility


def test_the_declaration_claims_no_conformity_without_an_audit(declared):
    page = declared(VALUES)

    assert "Accessibilité : non conforme" in page.text
    assert "aucun résultat d’audit en cours de validité" in page.text
    assert "partiellement conforme" not in page.text


def test_the_declaration_gives_the_figures_of_the_last_run(declared):
    text = declared(VALUES).text

    assert (
        "Évaluation automatique du 25 novembre 2026, faite avec axe-core 4.14.1 :"
        in text
    )
    assert "24 pages vérifiées, dans les états suivants : clair, sombre ;" in text
    assert "61 règles vérifiées sans défaut" in text
    assert "aucun défaut constaté" in text
    assert "aucune erreur dans le code HTML" in text
    assert "au clavier seul" in text
    assert "color-contrast : fond en dégradé" in text


def test_the_declaration_hides_no_defect(declared):
    bad = {**VALUES, "violations": 3, "html_errors": 1, "keyboard": False}

    text = declared(bad).text

    assert "3 défauts constatés" in text
    assert "1 erreur dans le code HTML" in text
    assert "les parcours au clavier n’ont pas été vérifiés" in text


def test_the_declaration_is_honest_before_any_run(client, monkeypatch, tmp_path, db):
    nothing = accessibility.read(tmp_path / "missing.json")
    monkeypatch.setattr(about.AccessibilityView, "extra_context", {"run": nothing})

    text = Read(client.get("/accessibilite/")).text

    assert nothing is None
    assert "Aucune évaluation automatique n’a encore été publiée." in text


def test_the_declaration_says_whom_to_write_to(client, db):
    network = NetworkFactory(email="contact@reseau.example", phones=["04 00 00 00 00"])
    OfficeFactory(network=network, address="1, rue d’Essai")

    page = Read(client.get("/accessibilite/"))

    assert page.href("contact@reseau.example") == "mailto:contact@reseau.example"
    assert "Courrier : 1, rue d’Essai" in page.text
    assert "Défenseur des droits" in page.text


def test_the_shipped_figures_can_be_read():
    run = accessibility.read()

    assert run is None or run.date <= datetime.date.today()  # noqa: DTZ011


@pytest.mark.parametrize("missing", sorted(VALUES))
def test_figures_that_are_not_those_agreed_are_refused(missing, tmp_path):
    path = tmp_path / "accessibility.json"
    values = {name: value for name, value in VALUES.items() if name != missing}
    path.write_text(json.dumps(values), encoding="utf-8")

    with pytest.raises((KeyError, TypeError)):
        accessibility.read(path)
