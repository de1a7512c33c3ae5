"""From a member's edit to the public page, in a real browser."""

import pytest
from django.conf import settings
from django.urls import reverse

from directory.models import Structure
from members.models import Proposal, State
from tests.browser import axe, rows
from tests.browser.test_csp import LISTEN, violations
from tests.factories import MembershipFactory, UserFactory
from tests.members.proposing import png

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
#: Label of a field -> what the member types there.
TWELVE = {
    "Nom": "Les Amis du fleuve et de la mer",
    "Sigle": "AFM",
    "Année de création": "1987",
    "SIREN": "732829320",
    "RNA": "W131000123",
    "Adresse": "1, rue de la Fontaine",
    "Code postal": "13100",
    "Ville": "Aix-en-Provence Cedex",
    "Site Web": "https://amis.example/",
    "Téléphone public": "04 11 11 11 11",
    "Réseaux sociaux": "https://reseau.example/amis",
    "Présentation": "Un texte neuf, qui dit tout.",
}


def reviewed(site, review):
    """The staff read each change, accept all but two: one amended, one returned."""
    review.goto(f"{site}{reverse('admin:members_proposal_changelist')}")
    review.get_by_role("link", name="Modification – Les Amis").click()
    sections = review.locator(".review__line[aria-labelledby]")
    sections.last.wait_for()
    assert sections.count() == len(TWELVE) + 3
    said = review.locator("[aria-labelledby=champ-countries]").inner_text()
    assert "Albanie" in said
    assert "Mali" in said
    acronym = review.locator("[aria-labelledby=champ-acronym]")
    acronym.get_by_text("Retoucher avant").click()
    acronym.locator("input[type=text]").fill("A.F.M.")
    assert acronym.get_by_label("Retoucher", exact=True).is_checked()
    phone = review.locator("[aria-labelledby=champ-phone]")
    phone.get_by_text("Dire pourquoi").click()
    phone.locator("textarea").fill("Ce numéro est privé.")
    assert phone.get_by_label("Renvoyer").is_checked()
    review.get_by_role("button", name="Enregistrer la décision").click()
    review.get_by_text("Acceptée en partie").first.wait_for()
    return review


def test_a_member_edits_staff_decide_and_the_page_changes(
    site, people, as_someone, tmp_path
):
    member, staff = people
    logo = tmp_path / "logo.png"
    logo.write_bytes(png(size=(300, 200)).read())

    # The member changes twelve fields, the logo and the countries, without scripts.
    page = as_someone(member, java_script_enabled=False)
    page.goto(f"{site}{EDIT}")
    for label, text in TWELVE.items():
        box(page, label).fill(text)
    box(page, "Logo").set_input_files(logo)
    page.get_by_label("Texte de remplacement du logo").fill("Un fleuve bleu")
    countries = page.get_by_role("group", name="Pays d’intervention")
    countries.get_by_label("Mali", exact=True).uncheck()
    countries.get_by_text("En ajouter").click()
    countries.get_by_label("Albanie", exact=True).check()
    page.get_by_role("button", name="Envoyer à l’équipe").click()
    page.get_by_text("Proposition envoyée").wait_for()
    public = as_someone(UserFactory())
    public.goto(f"{site}/annuaire/les-amis/")
    assert "fleuve et de la mer" not in public.locator("h1").inner_text()

    review = reviewed(site, as_someone(staff))

    # The public page changes.
    public.goto(f"{site}/annuaire/les-amis/")
    text = public.locator("main").inner_text()
    assert "Les Amis du fleuve et de la mer" in text
    assert "A.F.M." in text
    assert "Albanie" in text
    assert "04 11 11 11 11" not in text
    assert public.get_by_alt_text("Un fleuve bleu").count() == 1

    # The member reads why, corrects, and sends it again.
    proposal = Proposal.objects.get()
    page.goto(f"{site}{proposal.get_absolute_url()}")
    assert "Ce numéro est privé." in page.locator("main").inner_text()
    page.get_by_role("button", name="Reprendre et corriger").click()
    page.locator(".edit").get_by_text("Ce numéro est privé.").wait_for()
    field = box(page, "Téléphone public")
    assert field.input_value() == "04 11 11 11 11"
    field.fill("04 22 22 22 22")
    page.get_by_role("button", name="Envoyer à l’équipe").click()
    page.get_by_text("Proposition envoyée").wait_for()
    review.goto(f"{site}{reverse('admin:members_proposal_change', args=[proposal.pk])}")
    assert review.locator(".review__line[aria-labelledby]").count() == 1
    review.get_by_role("button", name="Tout accepter").click()
    review.get_by_text("l’auteur le verra dans son espace").wait_for()
    public.goto(f"{site}/annuaire/les-amis/")
    assert "04 22 22 22 22" in public.locator("main").inner_text()
    assert Proposal.objects.get().state == State.ACCEPTED


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
