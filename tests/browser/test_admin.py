"""The staff's admin, by the rules that the site obeys: one page of each sort."""

import pytest
from django.urls import reverse

from directory.models import Commune, Network, Project
from news.models import Call, Event
from tests.browser import axe
from tests.browser.chromium import WIDE
from tests.browser.kind import STAFF
from tests.browser.observing import STATES, TWO_FRAMES

pytestmark = pytest.mark.browser
#: A list with a search, filters and pages; with a help; a form of each sort of field.
PAGES = [
    ("admin:index", None),
    ("admin:directory_commune_changelist", None),
    ("admin:directory_project_changelist", None),
    ("admin:directory_structure_add", None),
    ("admin:auth_group_add", None),
    ("admin:taggit_tag_changelist", None),
    ("admin:directory_project_change", Project),
    ("admin:directory_network_change", Network),
    ("admin:directory_commune_change", Commune),
    ("admin:news_call_change", Call),
    ("admin:news_event_change", Event),
    ("admin:directory_project_history", Project),
]
#: Colours change little by little from one state to another.
AT_REST = """() => Promise.allSettled(
    document.getAnimations().map((animation) => animation.finished))"""
NAMES = """() => [...document.querySelectorAll(
    "[role=combobox], .tabular td :is(input:not([type=hidden]), select)")]
    .filter((field) => field.checkVisibility() && !field.closest(".empty-form"))
    .filter((field) => !(field.labels?.length || field.ariaLabel
        || field.matches("[aria-labelledby]")))
    .map((field) => field.id || field.className)"""

#: Where the keyboard is: its sort, its name, and whether a ring is drawn around it.
FOCUS = """() => {
    const it = document.activeElement;
    const framed = it.closest(".select2-selection") ?? it;
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(framed);
    const ringed = outlineStyle === "auto"
        || (outlineStyle !== "none" && parseFloat(outlineWidth) >= 2)
        || boxShadow !== "none";
    return [it.isContentEditable ? "TEXT" : it.role ?? it.tagName,
        it.id || it.className || it.textContent.trim(), ringed];
}"""
#: Enough for the menu, then a field of each sort.
PLACES = 200


@pytest.fixture(scope="module")
def staff_page(browser, production):
    """A page of the admin's, open for the staff."""
    context = browser.new_context(viewport=WIDE, locale="fr-FR")
    context.add_cookies(production.cookies(STAFF))
    yield context.new_page()
    context.close()


@pytest.fixture
def keys(staff_page, production):
    """The address of a row of each list, as its first line leads to it."""

    def first(view):
        name, page = view.rsplit("_", 1)
        staff_page.goto(f"{production.url}{reverse(f'{name}_changelist')}")
        link = staff_page.locator("#result_list tbody th a")
        if not link.count():  # There is one row: its page is the list.
            return staff_page.url
        form = link.first.get_attribute("href").partition("?")[0]
        return f"{production.url}{form.replace('/change/', f'/{page}/')}"

    return first


@pytest.mark.parametrize(("view", "model"), PAGES, ids=[view for view, _ in PAGES])
def test_axe_finds_no_fault_in_the_admin(staff_page, production, keys, view, model, db):
    address = keys(view) if model else f"{production.url}{reverse(view)}"
    staff_page.goto(address)
    axe.prepare(staff_page)

    faults = [
        f"{state}: {fault}"
        for state, (media, size) in STATES.items()
        for fault in faults_in(staff_page, media, size)
    ]
    assert not faults, "\n".join(faults)
    assert staff_page.evaluate(NAMES) == []


def faults_in(page, media, size):
    """What axe says of the page in a state; on a small screen, how wide it is."""
    page.emulate_media(**media)
    page.set_viewport_size(size)
    page.evaluate(TWO_FRAMES)
    page.evaluate(AT_REST)
    width = page.evaluate("document.documentElement.scrollWidth")
    if width > size["width"]:
        yield f"{width} px wide"
    seen = axe.examine(page)
    for it in seen.violations:
        yield f"{it['rule']} {it['target']} – {it['why']}"
    for it in seen.incomplete:
        if it["rule"] not in axe.EXPLAINED:
            yield f"{it['rule']} ? {it['target']} – {it['why']}"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_keyboard_is_seen_in_the_admin(staff_page, keys, scheme, db):
    staff_page.set_viewport_size(WIDE)
    staff_page.emulate_media(color_scheme=scheme)
    staff_page.goto(keys("admin:news_event_change"))

    seen = []
    for _ in range(PLACES):
        staff_page.keyboard.press("Tab")
        seen.append(staff_page.evaluate(FOCUS))

    assert {"A", "BUTTON", "INPUT", "TEXT", "combobox"} <= {sort for sort, *_ in seen}
    bare = {(sort, name) for sort, name, ringed in seen if not ringed}
    assert {(sort, name) for sort, name in bare if sort != "BODY"} == set()
