"""What `make audit` writes says what was measured, good or bad."""

import datetime
import json

import pytest

from tests.audit.reporting import Line, Report
from tests.browser.axe import Findings
from tests.browser.kind import Kind
from tests.browser.observing import STATES, Observation
from tests.browser.weight import Answer

VALID = """<!doctype html><html lang="fr"><head><title>Essai</title></head>
<body><main><h1>Essai</h1></main></body></html>"""
FINDING = {"rule": "image-alt", "help": "Une image a un texte", "target": "img"}


def line(*, violations=(), incomplete=(), html=VALID, person="visitor"):
    found = Findings(
        ["document-title", "image-alt"], list(violations), list(incomplete)
    )
    seen = Observation(
        status=200,
        headers={},
        html=html,
        answers=[
            Answer("Document", "/", 12_340),
            Answer("Stylesheet", "/a.css", 5_000),
            Answer("Script", "/a.js", 1_500),
        ],
        cls=0.0125,
        moved=[],
        lcp=321,
        nodes=150,
        axe=dict.fromkeys(STATES, found),
    )
    return Line(Kind("home", "Accueil", "home"), person, seen)


def report(*lines, nu=None, keyboard=True):
    date = datetime.date(2026, 11, 25)
    return Report(date, "156", list(lines), nu, keyboard)


def test_a_row_holds_all_that_was_measured():
    table = report(line(person="staff")).table()

    assert (
        "| Accueil (équipe) | 3 | 18,8 | 5,0 | 1,5 | 150 | A (90) | 0 / 0 / 0 | 0 "
        "| 0,013 | 321 |"
    ) in table
    assert "le 25/11/2026" in table
    assert "Parcours au clavier : réussi." in table
    assert "À corriger" not in table


@pytest.mark.parametrize(
    ("nu", "words"), [(None, "validateur Nu non mesuré"), ({}, "validateur Nu 2")]
)
def test_the_table_tells_whether_the_validator_ran(nu, words):
    assert words in report(line(), nu=nu).table()


def test_faults_are_told_with_their_page():
    table = report(
        line(violations=[FINDING], html=VALID.replace("h1", "h2")),
        nu={"Accueil": ["3 : Bad value"]},
        keyboard=False,
    ).table()

    assert "- axe, image-alt : Une image a un texte (Accueil)" in table
    assert "- HTML, 0 h1 (Accueil)" in table
    assert "- HTML, 3 : Bad value (Accueil)" in table
    assert "Parcours au clavier : ÉCHOUÉ." in table


def test_the_figures_count_pages_rules_and_faults():
    doubt = {**FINDING, "rule": "video-caption", "help": "Une vidéo a des sous-titres"}
    lines = (line(violations=[FINDING], incomplete=[doubt]), line(person="staff"))

    figures = json.loads(report(*lines, nu={"Accueil": ["3 : Bad"]}).figures())

    assert figures == {
        "date": "2026-11-25",
        "tool": "axe-core 4.14.1",
        "pages": 1,
        "states": ["clair", "sombre", "320 px"],
        "rules_passed": 1,
        "violations": 3,
        "incomplete": [{"rule": "video-caption", "why": "Une vidéo a des sous-titres"}],
        "keyboard": True,
        "html_errors": 1,
    }
