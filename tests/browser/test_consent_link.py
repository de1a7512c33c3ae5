"""The page by which a person agrees to be named, from its link to the public page."""

import pytest

from directory.models import Structure
from members import consent
from tests.browser import axe
from tests.browser.conftest import NARROW
from tests.factories import ContactFactory

pytestmark = pytest.mark.browser


@pytest.fixture
def person(site):
    structure = Structure.objects.get(slug="les-amis")
    structure.contacts.all().delete()
    return ContactFactory(
        structure=structure,
        last_name="Inventée",
        role="Présidente",
        email="z@essai.example",
        is_representative=True,
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("purpose", [consent.ASK, consent.TAKE_BACK])
def test_the_page_is_for_everyone(site, person, open_page, scheme, purpose):
    page = open_page(color_scheme=scheme, viewport=NARROW)
    page.goto(f"{site}{consent.path(person, purpose)}")
    axe.prepare(page)

    assert not axe.examine(page).violations
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= NARROW["width"]


def test_a_person_agrees_then_takes_it_back_by_keyboard(site, person, open_page):
    page = open_page(java_script_enabled=False)
    public = f"{site}{person.structure.get_absolute_url()}"

    page.goto(f"{site}{consent.path(person, consent.ASK)}")
    page.get_by_role("button", name="J’accepte").press("Enter")
    page.get_by_role("heading", name="C’est fait").wait_for()
    page.goto(public)
    named = page.get_by_text("Inventée").count()
    page.goto(f"{site}{consent.path(person, consent.TAKE_BACK)}")
    page.get_by_role("button", name="Retirer mon nom").press("Enter")
    page.get_by_role("heading", name="C’est fait").wait_for()
    page.goto(public)

    assert named
    assert not page.get_by_text("Inventée").count()
