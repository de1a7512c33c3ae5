"""Where members type and the staff decide: nothing lost, by keyboard, on a phone.

The whole way of a proposal is in `test_member_journey.py`.
"""

import pytest
from django.conf import settings
from django.urls import reverse

from directory.models import Structure
from members.models import Proposal
from tests.browser import axe, rows
from tests.browser.test_csp import LISTEN, violations
from tests.factories import MembershipFactory, UserFactory

pytestmark = pytest.mark.browser


@pytest.fixture
def people(site):
    """A member of « Les Amis », and someone of the staff."""
    structure = Structure.objects.get(slug="les-amis")
    member = MembershipFactory(owner=True, structure=structure).user
    return member, UserFactory(staff=True)


@pytest.fixture
def as_someone(site, open_page):
    """Open a page as a person: `as_someone(user, java_script_enabled=False)`."""

    def open_one(user, **options):
        page = open_page(**options)
        name, value = settings.SESSION_COOKIE_NAME, rows.sign_in(user)
        page.context.add_cookies([{"name": name, "value": value, "url": site}])
        return page

    return open_one


def box(page, label):
    """The field of this label."""
    return page.locator(".field").get_by_label(label, exact=True)


EDIT = "/mon-espace/structures/les-amis/modifier/"


def test_a_draft_is_saved_as_one_types(site, people, as_someone):
    page = as_someone(people[0])
    page.goto(f"{site}{EDIT}")

    box(page, "Sigle").fill("AFM")
    page.get_by_text("Brouillon enregistré à").wait_for()

    assert Proposal.objects.get().values["acronym"] == ["AFM"]
    page.goto(f"{site}{EDIT}")
    assert box(page, "Sigle").input_value() == "AFM"


def test_a_session_that_ends_while_typing_keeps_the_text(site, people, as_someone):
    page = as_someone(people[0])
    page.goto(f"{site}{EDIT}")
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    box(page, "Sigle").fill("AFM")
    page.get_by_text("Votre session a pris fin").wait_for()

    # Signed in again, in the same tab.
    name, value = settings.SESSION_COOKIE_NAME, rows.sign_in(people[0])
    page.context.add_cookies([{"name": name, "value": value, "url": site}])
    page.goto(f"{site}{EDIT}")
    page.get_by_role("button", name="Le reprendre").click()

    assert box(page, "Sigle").input_value() == "AFM"
    page.get_by_text("Brouillon enregistré à").wait_for()
    assert Proposal.objects.get().values["acronym"] == ["AFM"]


def test_two_tabs_do_not_overwrite_each_other(site, people, as_someone):
    one, other = (as_someone(people[0]) for _ in range(2))
    for page in (one, other):
        page.goto(f"{site}{EDIT}")
    box(one, "Sigle").fill("UN")
    one.get_by_text("Brouillon enregistré à").wait_for()

    box(other, "Sigle").fill("DEUX")
    other.get_by_text("enregistré depuis une autre page").wait_for()
    assert Proposal.objects.get().values["acronym"] == ["UN"]
    other.get_by_role("button", name="Enregistrer le brouillon").click()

    assert box(other, "Sigle").input_value() == "DEUX"
    other.get_by_role("button", name="Enregistrer le brouillon").click()
    other.get_by_role("status").get_by_text("Brouillon enregistré.").first.wait_for()
    assert Proposal.objects.get().values["acronym"] == ["DEUX"]


def sent(site, people, as_someone):
    page = as_someone(people[0])
    page.goto(f"{site}{EDIT}")
    box(page, "Sigle").fill("AFM")
    box(page, "Présentation").fill("Un texte neuf.")
    page.get_by_role("group", name="Secteurs").get_by_label("Santé").uncheck()
    page.get_by_role("button", name="Envoyer à l’équipe").click()
    page.get_by_text("Proposition envoyée").wait_for()
    return reverse("admin:members_proposal_change", args=[Proposal.objects.get().pk])


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_fault_on_the_page_of_the_staff(site, people, as_someone, scheme):
    address = sent(site, people, as_someone)
    page = as_someone(people[1], color_scheme=scheme)
    page.add_init_script(LISTEN)
    page.goto(f"{site}{address}")
    for part in page.locator(".review__more summary").all():
        part.click()

    refused = violations(page)
    axe.prepare(page)
    faults = axe.examine(page).violations

    assert not faults, [f"{one['rule']}: {one['target']}" for one in faults]
    assert refused == []


def test_the_staff_decide_with_the_keyboard_alone(site, people, as_someone):
    address = sent(site, people, as_someone)
    page = as_someone(people[1])
    page.goto(f"{site}{address}")

    page.locator("[aria-labelledby=champ-acronym] input[type=radio]").first.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.value") == "renvoyee"
    for _ in range(2):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("Quel sigle ?")
    page.get_by_role("button", name="Enregistrer la décision").focus()
    page.keyboard.press("Enter")
    page.get_by_text("Acceptée en partie").first.wait_for()

    told = Proposal.objects.get().decisions
    assert told["acronym"] == {"outcome": "renvoyee", "reason": "Quel sigle ?"}


def test_the_page_of_the_staff_is_never_wider_than_a_phone(site, people, as_someone):
    address = sent(site, people, as_someone)
    page = as_someone(people[1], viewport={"width": 320, "height": 700})

    page.goto(f"{site}{address}")

    assert page.evaluate("document.documentElement.scrollWidth") <= 320
