"""Suggestions in the forms of members: chosen by keyboard, kept, and done without."""

import pytest
from playwright.sync_api import expect

from directory.models import Commune, Structure
from members.models import Proposal
from tests.browser import axe
from tests.browser.chromium import NARROW
from tests.browser.test_proposals import EDIT, as_someone, box, people

pytestmark = pytest.mark.browser
__all__ = ["as_someone", "people"]


@pytest.fixture
def page(site, people, as_someone):
    """The form of a structure, opened by its owner."""
    page = as_someone(people[0])
    page.goto(f"{site}{EDIT}")
    return page


def commune(page):
    return page.get_by_role("combobox", name="Commune", exact=True)


def options(page):
    return page.get_by_role("listbox", name="Suggestions").get_by_role("option")


def test_a_commune_is_chosen_by_keyboard_and_kept(site, page):
    commune(page).fill("")
    commune(page).press_sequentially("aiglun")
    group = page.get_by_role("group", name="Communes")
    expect(group.get_by_role("option")).to_have_count(2)
    expect(page.locator(".combobox [role=status]").last).to_have_text("2 suggestions")

    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    chosen = group.get_by_role("option", selected=True)
    expect(chosen).to_have_accessible_name("Aiglun (06) 06910")
    key = chosen.get_attribute("id")
    expect(commune(page)).to_have_attribute("aria-activedescendant", key)
    page.keyboard.press("Enter")

    expect(commune(page)).to_have_value("Aiglun (06)")
    expect(commune(page)).to_have_attribute("aria-expanded", "false")
    page.get_by_role("button", name="Enregistrer le brouillon").click()
    page.get_by_text("Il reste à l’envoyer").wait_for()
    expect(commune(page)).to_have_value("Aiglun (06)")
    assert Proposal.objects.get().values["commune"] == ["Aiglun (06)"]


def test_what_is_chosen_is_saved_as_what_is_typed(page):
    commune(page).fill("")
    commune(page).press_sequentially("13100")
    page.get_by_role("option", name="Aix-en-Provence (13)").click()
    page.get_by_text("Brouillon enregistré à").wait_for()

    assert Proposal.objects.get().values["commune"] == ["Aix-en-Provence (13)"]


def test_escape_closes_the_list_and_never_empties_the_field(page):
    commune(page).fill("")
    commune(page).press_sequentially("aiglun")
    expect(options(page)).to_have_count(2)

    for _key in range(3):
        page.keyboard.press("Escape")

    expect(commune(page)).to_have_value("aiglun")
    expect(commune(page)).to_have_attribute("aria-expanded", "false")


def test_without_scripts_an_unknown_name_is_refused_with_near_ones(
    site, people, as_someone
):
    page = as_someone(people[0], java_script_enabled=False)
    page.goto(f"{site}{EDIT}")
    send = page.get_by_role("button", name="Envoyer à l’équipe")

    box(page, "Commune").fill("Aix en Provance")
    send.click()
    expect(box(page, "Commune")).to_have_value("Aix en Provance")
    expect(box(page, "Commune")).to_have_attribute("aria-invalid", "true")
    told = page.locator("#id_commune_error")
    expect(told).to_contain_text("Noms proches\u00a0: Aix-en-Provence (13)")
    box(page, "Commune").fill("Gap")
    send.click()

    page.get_by_text("Proposition envoyée").wait_for()
    assert Proposal.objects.get().values["commune"] == ["Gap"]


def test_an_open_list_has_no_fault_and_stays_within_a_narrow_page(
    site, people, as_someone
):
    Structure.objects.filter(slug="les-amis").update(
        commune=Commune.objects.get(pk="13001")
    )
    page = as_someone(people[0], viewport=NARROW, reduced_motion="reduce")
    page.goto(f"{site}{EDIT}")
    axe.prepare(page)
    expect(commune(page)).to_have_value("Aix-en-Provence (13)")
    commune(page).fill("")
    commune(page).press_sequentially("saint")
    expect(options(page)).to_have_count(10)
    page.keyboard.press("ArrowDown")

    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        found = axe.examine(page)
        assert not [f for f in found.violations if "combobox" in f["target"]]
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= NARROW["width"]
