"""The editor of rich text on a member's page: there when it is used, light before."""

import pytest

from directory.models import Structure
from members.models import Proposal
from tests.browser.test_csp import LISTEN, violations
from tests.browser.test_proposals import as_someone
from tests.factories import MembershipFactory

__all__ = ["as_someone"]

pytestmark = pytest.mark.browser

NEW = "/mon-espace/structures/les-amis/modifier/evenement/nouveau/"
SAVE = "Enregistrer le brouillon"
MOVED = """() => new Promise((done) => {
    const observer = new PerformanceObserver((list) => done(list.getEntries()));
    observer.observe({ type: "layout-shift", buffered: true });
    setTimeout(() => done(observer.takeRecords()), 100);
}).then((moves) => moves.reduce((sum, move) => sum + move.value, 0))"""


@pytest.fixture
def member(site):
    structure = Structure.objects.get(slug="les-amis")
    return MembershipFactory(owner=True, structure=structure).user


@pytest.fixture
def writing(site, member, as_someone):
    """The page of a new event, and the scripts that it asked for."""
    page = as_someone(member)
    page.add_init_script(LISTEN)
    page.set_default_timeout(8_000)
    page.asked = []
    page.on("request", lambda request: page.asked.append(request.url))
    page.goto(f"{site}{NEW}")
    page.get_by_label("Titre", exact=True).fill("Une rencontre")
    return page


def text_of(page):
    return page.locator("textarea[name=body]")


def editor_of(page):
    return page.locator(".ProseMirror")


def test_the_editor_comes_when_the_field_is_used(writing):
    assert not any("editor" in url for url in writing.asked if url.endswith(".js"))

    text_of(writing).focus()
    writing.locator(".ProseMirror").wait_for()
    writing.keyboard.type("Un mot")

    assert editor_of(writing).inner_text() == "Un mot"
    assert text_of(writing).input_value() == "<p>Un mot</p>"
    assert violations(writing) == []


def test_what_is_typed_before_the_editor_comes_is_kept(writing):
    held = []

    def hold(route):
        held.append(route)

    writing.route("**/editor*.js", hold)
    text_of(writing).focus()
    writing.keyboard.type("Accueil\n\nPuis le puits")
    writing.wait_for_timeout(100)

    held[0].continue_()
    writing.locator(".ProseMirror").wait_for()
    writing.keyboard.type(" neuf")

    saved = "<p>Accueil</p><p>Puis le puits neuf</p>"
    assert text_of(writing).input_value() == saved


def test_without_the_editor_the_field_is_a_plain_one(writing):
    writing.route("**/editor*.js", lambda route: route.abort())

    text_of(writing).focus()
    writing.keyboard.type("Un mot")
    writing.wait_for_timeout(200)

    assert text_of(writing).is_visible()
    assert text_of(writing).input_value() == "Un mot"


def test_a_text_that_has_marks_shows_them_once_in_sight(writing, site):
    text_of(writing).focus()
    writing.locator(".ProseMirror").wait_for()
    writing.keyboard.type("Un mot")
    writing.get_by_role("button", name=SAVE).click()
    writing.get_by_text("Brouillon enregistré").first.wait_for()
    draft = Proposal.objects.get()

    writing.set_viewport_size({"width": 390, "height": 500})
    writing.goto(f"{site}{draft.get_absolute_url()}modifier/")
    assert writing.locator(".ProseMirror").count() == 0
    writing.locator("[name=body]").scroll_into_view_if_needed()
    writing.locator(".ProseMirror").wait_for()

    assert editor_of(writing).inner_text() == "Un mot"


def test_the_page_does_not_move_as_the_editor_comes(writing):
    field = text_of(writing)
    field.scroll_into_view_if_needed()
    before = writing.evaluate(MOVED)
    field.focus()
    writing.locator(".ProseMirror").wait_for()

    assert writing.evaluate(MOVED) == pytest.approx(before, abs=0.001)
