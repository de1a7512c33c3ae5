"""What a first visit weighs: an empty cache, a server as in production."""

import pytest

from tests.browser import weight
from tests.browser.pages import kinds, named, sights

pytestmark = pytest.mark.browser
#: The pages that people land on, and look at most.
LANDINGS = [
    kind
    for kind in kinds()
    if kind.key
    in {
        *("annuaire", "annuaire-filtered", "structure", "structure-poor"),
        *("projects", "projects-map", "project", "project-poor"),
        *("news", "calls", "events", "events-month", "offers", "search"),
    }
]
#: The pages full of cards and of pictures.
FULL = [kind for kind in kinds() if kind.key in {"home", "projects-table"}]
#: The pages that load Leaflet, and what it may add to them, in kilobytes.
WITH_A_MAP = {"directory:map", "directory:project-map"}
LEAFLET = {"Stylesheet": 7, "Script": 65}
#: A page whose form has an editor of rich text.
EDITING = [sight for sight in sights() if sight[0].key == "edit-event"]
#: The pages that are not errors.
FOUND = [sight for sight in sights() if sight[0].status == 200]
everywhere = pytest.mark.parametrize(("kind", "person"), sights(), ids=named)
landing = pytest.mark.parametrize("kind", LANDINGS, ids=named)
first_view = pytest.mark.parametrize("kind", [*LANDINGS, *FULL], ids=named)


@first_view
def test_a_first_view_weighs_at_most_120_kilobytes(observe, kind):
    assert weight.kilobytes(observe(kind).answers) <= 120


@first_view
def test_a_first_view_asks_for_at_most_12_files(observe, kind):
    assert len(observe(kind).answers) <= 12


@landing
def test_a_first_view_has_the_best_grade_of_ecoindex(observe, kind):
    """At seven requests it takes fewer than 380 elements."""
    assert observe(kind).ecoindex[1] == "A", observe(kind).nodes


@pytest.mark.parametrize("kind", FULL, ids=named)
def test_a_full_page_has_one_of_the_two_best_grades(observe, kind):
    assert observe(kind).ecoindex[1] in {"A", "B"}, observe(kind).nodes


@everywhere
@pytest.mark.parametrize(("part", "limit"), [("Stylesheet", 25), ("Script", 30)])
def test_styles_and_scripts_stay_small(observe, kind, person, part, limit):
    room = LEAFLET[part] if kind.view in WITH_A_MAP else 0

    assert weight.kilobytes(observe(kind, person).answers, part) <= limit + room


@pytest.mark.parametrize(("kind", "person"), EDITING, ids=named)
def test_a_page_with_an_editor_does_not_load_it(observe, kind, person):
    """It weighs six times what a page may; it comes when the field is used."""
    answers = observe(kind, person).answers

    assert any("rich-text-when-used" in answer.url for answer in answers)
    assert not any(
        "prose_editor/editor" in a.url for a in answers if a.kind == "Script"
    )


@everywhere
def test_a_map_is_loaded_by_the_pages_that_have_one(observe, kind, person):
    answers = observe(kind, person).answers

    loads = any("leaflet" in answer.url for answer in answers)
    assert loads == (kind.view in WITH_A_MAP)


@pytest.mark.parametrize(("kind", "person"), FOUND, ids=named)
def test_pages_are_sent_compressed(observe, kind, person):
    encoding = observe(kind, person).headers.get("content-encoding")

    assert encoding in {"gzip", "br", "zstd"}


def test_ecoindex_grades_what_is_light_and_what_is_not():
    def answers(number):
        return [weight.Answer("Document", "/", 10_000)] * number

    assert weight.ecoindex(250, answers(4))[1] == "A"
    assert weight.ecoindex(2500, answers(90))[1] == "E"
