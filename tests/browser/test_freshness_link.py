"""The yearly link, from the mail to the public page, by somebody without an account."""

import datetime

import pytest
from django.utils import timezone

from directory.models import Structure
from directory.templatetags.wording import day_in_words
from members import freshness
from members.models import FreshnessRequest, Report
from tests.browser import axe
from tests.browser.conftest import NARROW

pytestmark = pytest.mark.browser


@pytest.fixture
def link(site):
    """The address in the mail that one structure gets after a year."""
    long_ago = timezone.now() - datetime.timedelta(days=400)
    found = Structure.objects.filter(slug="les-amis")
    found.update(email="bureau@essai.example", verified_at=long_ago)
    freshness.ask_all()
    asked = FreshnessRequest.objects.get(structure__slug="les-amis")
    return f"{site}{freshness.path(asked)}"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [NARROW, {"width": 1280, "height": 900}])
def test_the_page_is_for_everyone(link, open_page, scheme, viewport):
    page = open_page(color_scheme=scheme, viewport=viewport)

    page.goto(link)
    axe.prepare(page)

    assert not axe.examine(page).violations
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= viewport["width"]


def test_a_person_confirms_by_keyboard_and_the_public_page_says_so(link, open_page):
    page = open_page(java_script_enabled=False)
    page.goto(link)

    page.get_by_role("button", name="Rien n’a changé").press("Enter")
    page.get_by_role("heading", name="Merci").wait_for()
    page.get_by_role("link", name="Voir la fiche").click()

    today = day_in_words(timezone.localdate())
    assert page.locator(".verified--moins-de-12-mois time").inner_text() == today
    page.goto(link)
    assert page.get_by_role("heading", level=1).inner_text() == "C’est déjà fait"


def test_a_person_says_what_changed_and_the_staff_have_it(link, open_page):
    page = open_page(viewport=NARROW)
    page.goto(link)

    page.get_by_text("Quelque chose est à corriger").click()
    page.get_by_label("Ce qui a changé").fill("Nous avons déménagé à Gap.")
    page.get_by_role("button", name="Envoyer à l’équipe").click()
    page.get_by_role("heading", name="Merci").wait_for()

    assert Report.objects.get().text == "Nous avons déménagé à Gap."
