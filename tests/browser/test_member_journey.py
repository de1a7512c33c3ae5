"""The long way: an invitation, a code, a proposal, a decision, the public page.

`test_freshness_link.py` tells the yearly link, which asks for no account.
"""

import re

import pytest
from django.conf import settings

from directory.models import Structure
from members.models import Proposal, State
from tests.browser import rows
from tests.factories import ArticleFactory, UserFactory
from tests.members.application import SECRET, code_of, with_application
from tests.members.mailbox import code_sent_to, sent_to
from tests.members.proposing import png

pytestmark = pytest.mark.browser
ZOE, TEAM = "zoe@essai.example", "equipe@essai.example"
NAME = "Les Amis du fleuve et des écoles de Provence"
PUBLIC = "/annuaire/les-amis/"
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
REFUSED, AMENDED = "04 11 11 11 11", "A.F.M."
#: What the public page shows of the ten that are accepted.
SHOWN = (
    *("Les Amis du fleuve et de la mer", "1987", "732829320", "W131000123"),
    *("1, rue de la Fontaine", "13100", "Aix-en-Provence Cedex", "amis.example"),
    *("reseau.example", "Un texte neuf, qui dit tout."),
)


def test_from_an_invitation_to_a_page_that_members_keep_true(
    site, open_page, tmp_path, monkeypatch
):
    monkeypatch.setattr(settings, "SITE_URL", site)
    UserFactory(email=ZOE)
    with_application(UserFactory(staff=True, email=TEAM))
    team, zoe, visitor = open_page(), open_page(java_script_enabled=False), open_page()

    team.goto(f"{site}/admin/")
    sign_in(team, TEAM)
    use_the_application(team)
    invite(team)
    accept_the_invitation(zoe)
    edit_everything(zoe, picture(tmp_path))
    assert "de la mer" not in public_page(visitor, site)
    decide(team, site)

    text = public_page(visitor, site)
    assert [words for words in SHOWN if words not in text] == []
    assert AMENDED in text
    countries = visitor.get_by_role("region", name="Pays d’intervention").inner_text()
    assert "Albanie" in countries
    assert "Mali" not in countries
    assert visitor.get_by_alt_text("Un fleuve bleu").count() == 1
    assert REFUSED not in text

    correct_what_came_back(zoe)
    accept_the_rest(team, site)

    assert "04 22 22 22 22" in public_page(visitor, site)
    assert Proposal.objects.get().state == State.ACCEPTED
    assert sent_to(ZOE)[0].subject.endswith("est acceptée")


# Steps, in order


def sign_in(page, email):
    """Give an address, then the code read in the mail."""
    page.get_by_label("Adresse électronique").fill(email)
    page.get_by_role("button", name="Recevoir un code").click()
    page.wait_for_url("**/connexion/code/**")
    page.get_by_label("Code à six chiffres").fill(code_sent_to(email))
    page.keyboard.press("Enter")


def use_the_application(team):
    """The staff give what their application shows: the second factor."""
    team.wait_for_url("**/connexion/second-facteur/**")
    team.locator("input[name=code]").fill(code_of(SECRET))
    team.keyboard.press("Enter")


def invite(team):
    """The staff invite a person to keep the record true."""
    team.get_by_role("link", name="Invitations", exact=True).first.click()
    team.get_by_role("link", name="Ajouter").last.click()
    team.locator(".field-structure .select2-selection").click()
    team.locator(".select2-search__field").fill("Amis du fleuve")
    team.locator(".select2-results__option", has_text=NAME).click()
    team.get_by_label("Adresse électronique").fill(ZOE)
    team.get_by_role("button", name="Enregistrer", exact=True).first.click()
    team.locator(".messagelist").wait_for()


def accept_the_invitation(zoe):
    """The link of the mail leads to the sign-in, then back, then to one's space."""
    (letter,) = sent_to(ZOE)
    zoe.goto(re.search(r"http\S+/invitations/\S+", letter.body)[0])
    zoe.locator("main").get_by_role("link", name="Se connecter").click()
    sign_in(zoe, ZOE)
    zoe.get_by_role("button", name="Accepter l’invitation").click()
    zoe.get_by_role("heading", level=1, name="Mon espace").wait_for()


def picture(folder):
    logo = folder / "logo.png"
    logo.write_bytes(png(size=(300, 200)).read())
    return logo


def field(page, label):
    return page.locator(".field").get_by_label(label, exact=True)


def edit_everything(zoe, logo):
    """The member changes twelve fields, the logo and the countries, without scripts."""
    zoe.get_by_role("link", name="Modifier").first.click()
    for label, text in TWELVE.items():
        field(zoe, label).fill(text)
    field(zoe, "Logo").set_input_files(logo)
    zoe.get_by_label("Texte de remplacement du logo").fill("Un fleuve bleu")
    countries = zoe.get_by_role("group", name="Pays d’intervention")
    countries.get_by_label("Mali", exact=True).uncheck()
    countries.get_by_text("En ajouter").click()
    countries.get_by_label("Albanie", exact=True).check()
    zoe.get_by_role("button", name="Envoyer à l’équipe").click()
    zoe.get_by_text("Proposition envoyée").wait_for()


def open_the_review(team, site):
    team.goto(f"{site}/admin/members/proposal/")
    team.get_by_role("link", name=re.compile("^Modification – Les Amis")).click()
    changes = team.locator(".review__line[aria-labelledby]")
    changes.last.wait_for()
    return changes


def decide(team, site):
    """The staff read each change, accept all but two: one amended, one returned."""
    changes = open_the_review(team, site)
    assert changes.count() == len(TWELVE) + 3  # the logo, its words, the countries
    said = team.locator("[aria-labelledby=champ-countries]").inner_text()
    assert "Albanie" in said
    assert "Mali" in said
    acronym = team.locator("[aria-labelledby=champ-acronym]")
    acronym.get_by_text("Retoucher avant").click()
    acronym.locator("input[type=text]").fill(AMENDED)
    assert acronym.get_by_label("Retoucher", exact=True).is_checked()
    phone = team.locator("[aria-labelledby=champ-phone]")
    phone.get_by_text("Dire pourquoi").click()
    phone.locator("textarea").fill("Ce numéro est privé.")
    assert phone.get_by_label("Renvoyer").is_checked()
    team.get_by_role("button", name="Enregistrer la décision").click()
    team.get_by_text("Acceptée en partie").first.wait_for()


def correct_what_came_back(zoe):
    """The mail says why; its link leads to the proposal, taken up and sent again."""
    letter = sent_to(ZOE)[0]
    assert "Ce numéro est privé." in letter.body
    zoe.goto(re.search(r"http\S+/propositions/\S+", letter.body)[0])
    assert "Ce numéro est privé." in zoe.locator("main").inner_text()
    zoe.get_by_role("button", name="Reprendre et corriger").click()
    zoe.locator(".edit").get_by_text("Ce numéro est privé.").wait_for()
    phone = field(zoe, "Téléphone public")
    assert phone.input_value() == REFUSED
    phone.fill("04 22 22 22 22")
    zoe.get_by_role("button", name="Envoyer à l’équipe").click()
    zoe.get_by_text("Proposition envoyée").wait_for()


def accept_the_rest(team, site):
    assert open_the_review(team, site).count() == 1
    team.get_by_role("button", name="Tout accepter").click()
    team.get_by_text("l’auteur le verra dans son espace").wait_for()


def public_page(visitor, site):
    visitor.goto(f"{site}{PUBLIC}")
    return visitor.locator("main").inner_text()


# What publications say and the record does not: two clicks


@pytest.fixture
def town(site):
    """A town whose two articles name a country that its record leaves out."""
    rows.hold()
    for title in ("En mission en Arménie", "L’Arménie, encore"):
        ArticleFactory(
            published=True, title=title, structures=["tenue"], countries=["AM"]
        )
    return Structure.objects.get(slug="tenue")


def opened(open_page, site, user, path):
    page = open_page(java_script_enabled=False)
    name, value = settings.SESSION_COOKIE_NAME, rows.sign_in(user)
    page.context.add_cookies([{"name": name, "value": value, "url": site}])
    page.goto(f"{site}{path}")
    return page


def say_yes(page, way_in):
    """Two clicks: the way in, then the button beside what the articles say."""
    page.get_by_role("link", name=way_in, exact=True).first.click()
    one = page.locator(".drifts__one", has_text="Arménie")
    assert "En mission en Arménie" in one.inner_text()
    one.get_by_role("button", name="Ajouter").click()


def test_a_member_says_yes_to_a_suggestion_in_two_clicks(site, town, open_page):
    owner = town.memberships.get(role="proprietaire").user
    page = opened(open_page, site, owner, "/")

    say_yes(page, "Mon espace")

    page.get_by_text("Proposition envoyée").wait_for()
    assert page.url == f"{site}/mon-espace/"
    assert Proposal.objects.get().state == State.SUBMITTED


def test_the_staff_say_yes_to_a_suggestion_in_two_clicks(site, town, open_page):
    page = opened(open_page, site, UserFactory(staff=True), "/admin/")

    say_yes(page, "Suggestions")

    page.get_by_text("Ajouté à la fiche\u00a0: Arménie.").wait_for()
    page.goto(f"{site}/annuaire/tenue/")
    assert page.locator("main").get_by_role("link", name="Arménie").count()
