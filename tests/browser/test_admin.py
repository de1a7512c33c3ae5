"""The staff's admin, by the rules that the site obeys: one page of each sort."""

import pytest
from django.urls import reverse

from directory.models import Commune, Network, Project
from news.models import Call, Event
from tests.browser import axe
from tests.browser.chromium import WIDE
from tests.browser.kind import STAFF

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
NAMES = """() => [...document.querySelectorAll(
    "[role=combobox], .tabular td :is(input:not([type=hidden]), select)")]
    .filter((field) => field.checkVisibility() && !field.closest(".empty-form"))
    .filter((field) => !(field.labels?.length || field.ariaLabel
        || field.matches("[aria-labelledby]")))
    .map((field) => field.id || field.className)"""


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

    seen = axe.examine(staff_page)

    faults = [f"{it['rule']} {it['target']} – {it['why']}" for it in seen.violations]
    faults += [
        f"{it['rule']} ? {it['target']} – {it['why']}"
        for it in seen.incomplete
        if it["rule"] not in axe.EXPLAINED
    ]
    assert not faults, "\n".join(faults)
    assert staff_page.evaluate(NAMES) == []
