"""The living page of components: complete, and for the staff."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from territoires.specimens import specimens

COMPONENTS = Path(settings.BASE_DIR, "templates", "components")
STYLES = Path(settings.BASE_DIR, "static", "css", "site.css")


@pytest.fixture
def html(staff_client):
    return staff_client.get("/styleguide/").content.decode()


def test_every_component_is_shown(db):
    shown = {specimen.name for specimen in specimens()}

    assert shown == {path.stem for path in COMPONENTS.glob("*.html")}


def test_every_state_comes_with_its_call(html, db):
    calls = [
        f"{{% include &quot;{specimen.path}&quot;"
        for specimen in specimens()
        for _state in specimen.states
    ]

    for call in calls:
        assert html.count(call) == calls.count(call)


def test_calls_give_all_that_the_component_says_it_takes(db):
    silent = set()
    for specimen in specimens():
        text = Path(COMPONENTS, f"{specimen.name}.html").read_text("utf-8")
        comment = re.match(r"\{# .*? #\}|\{% comment %\}.*?\{% end", text, re.DOTALL)
        says = set(re.findall(r"`([a-z_]+)`", comment[0]))
        given = {name for _state, values in specimen.states for name in values}
        if not given <= says:
            silent.add((specimen.name, *(given - says)))

    assert silent == set()


def test_every_colour_shown_exists(html):
    tokens = Path(STYLES.parent, "tokens.css").read_text("utf-8")

    swatches = re.findall(r"swatch swatch--([a-z-]+)", html)

    assert swatches
    assert {name for name in swatches if f"--{name}:" not in tokens} == set()


def test_engines_are_asked_to_leave_it_out(html):
    assert '<meta name="robots" content="noindex">' in html


@pytest.mark.parametrize("who", ["client", "member_client", "owner_client"])
def test_others_do_not_find_it(request, who, db):
    assert request.getfixturevalue(who).get("/styleguide/").status_code == 404
