"""Signing in and keeping one’s account, in a real browser: codes and passkeys."""

import re

import pytest

from members.models import Mail
from tests.browser import axe
from tests.browser.chromium import NARROW, WIDE
from tests.browser.markup import problems
from tests.browser.observing import SCRIPTS, STATES, TWO_FRAMES
from tests.factories import MembershipFactory, UserFactory
from tests.members.mailbox import code_sent_to

pytestmark = pytest.mark.browser
ADDRESS = "equipe@essai.example"


def give_key(page):
    """Plug in a security key that knows its holder, as telephones do."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    answer = devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return devtools, answer["authenticatorId"]


def take_code(page):
    page.get_by_label("Code à six chiffres").fill(code_sent_to(ADDRESS))
    with page.expect_navigation():
        page.keyboard.press("Enter")


def sign_in(page, site, path="/connexion/"):
    page.goto(f"{site}{path}")
    page.get_by_label("Adresse électronique").fill(ADDRESS)
    page.keyboard.press("Enter")
    page.wait_for_url("**/connexion/code/**")
    take_code(page)


def faults(page):
    """What is wrong in a page that shows in the middle of something alone."""
    page.wait_for_load_state("networkidle")
    found = problems(page.content()) + page.evaluate("window.refusals")
    page.emulate_media(reduced_motion="reduce")
    axe.prepare(page)
    for state, (media, size) in STATES.items():
        page.emulate_media(**media)
        page.set_viewport_size(size)
        page.evaluate(TWO_FRAMES)
        seen = axe.examine(page)
        found += [f"{state}: {fault}" for fault in seen.violations + seen.incomplete]
        width = page.evaluate("document.documentElement.scrollWidth")
        if size is NARROW and width > NARROW["width"]:
            found.append(f"{state}: {width} px wide")
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(WIDE)
    return found


@pytest.fixture
def page(open_page):
    page = open_page()
    page.add_init_script(SCRIPTS["watch"])
    return page


def test_the_staff_signs_in_adds_a_passkey_and_then_signs_in_with_it(site, page):
    UserFactory(staff=True, email=ADDRESS)
    seen = {}
    give_key(page)

    sign_in(page, site, "/admin/news/page/")
    page.get_by_text("L’administration demande un second facteur").wait_for()
    page.get_by_role("link", name="Ajouter une clé d’accès").click()
    page.get_by_label("Nom de la clé").fill("Téléphone")
    page.get_by_role("button", name="Ajouter la clé").click()
    page.wait_for_url("**/codes-de-secours/")
    codes = page.locator("li code").all_inner_texts()
    seen["codes"] = faults(page)
    page.goto(f"{site}/mon-espace/compte/cles/")
    seen["keys"] = faults(page)
    page.get_by_role("link", name="Renommer Téléphone").click()
    seen["rename"] = faults(page)
    page.go_back()
    page.get_by_role("link", name="Retirer Téléphone").click()
    seen["remove"] = faults(page)
    page.goto(f"{site}/admin/")
    page.wait_for_url(f"{site}/admin/")
    page.goto(site)
    page.get_by_role("button", name="Se déconnecter").click()
    page.goto(f"{site}/connexion/?next=/admin/news/page/")
    page.get_by_role("button", name="Utiliser une clé d’accès").click()
    page.wait_for_url(f"{site}/admin/news/page/")

    assert len(codes) == 10
    assert not any(seen.values()), seen


def test_a_code_then_a_passkey_open_the_session(site, page):
    UserFactory(staff=True, email=ADDRESS)
    seen = {}
    give_key(page)
    sign_in(page, site)
    page.goto(f"{site}/mon-espace/compte/cles/ajouter/")
    page.get_by_role("button", name="Ajouter la clé").click()
    page.wait_for_url("**/codes-de-secours/")
    page.context.clear_cookies()

    page.goto(f"{site}/connexion/")
    page.get_by_label("Adresse électronique").fill(ADDRESS)
    page.keyboard.press("Enter")
    page.wait_for_url("**/connexion/code/")
    seen["code"] = faults(page)
    take_code(page)
    page.wait_for_url("**/connexion/second-facteur/")
    seen["factor"] = faults(page)
    page.get_by_role("button", name="Utiliser une clé d’accès").click()
    page.wait_for_url(f"{site}/admin/")
    page.goto(f"{site}/mon-espace/compte/confirmation/second-facteur/")
    seen["again"] = faults(page)
    page.goto(f"{site}/mon-espace/compte/confirmation/cle/?next=/mon-espace/compte/")
    seen["again by key"] = faults(page)
    page.get_by_role("button", name="Utiliser une clé d’accès").click()
    page.wait_for_url("**/mon-espace/compte/")

    assert not any(seen.values()), seen


def test_a_refused_passkey_is_told_and_may_be_tried_again(site, page):
    devtools, key = give_key(page)
    page.goto(f"{site}/connexion/")
    values = {"authenticatorId": key, "isUserVerified": False}
    devtools.send("WebAuthn.setUserVerified", values)

    button = page.get_by_role("button", name="Utiliser une clé d’accès")
    button.click()
    page.get_by_text("Aucune clé d’accès n’a été donnée").wait_for()

    assert button.is_enabled()


def test_where_browsers_take_no_passkey_the_page_says_so(site, page):
    page.goto(f"{site.replace('localhost', '127.0.0.1')}/connexion/")

    page.get_by_role("button", name="Utiliser une clé d’accès").click()

    page.get_by_text("il y faut HTTPS, ou « localhost ».").wait_for()


def test_without_scripts_the_code_still_opens_the_session(site, open_page):
    MembershipFactory(user__email=ADDRESS, structure__published=True)
    page = open_page(java_script_enabled=False)

    page.goto(f"{site}/connexion/")
    disabled = page.get_by_role("button", name="Utiliser une clé d’accès")
    assert disabled.is_disabled()
    assert "demande JavaScript" in page.content()
    page.get_by_label("Adresse électronique").fill(ADDRESS)
    page.get_by_role("button", name="Recevoir un code").click()
    page.get_by_label("Code à six chiffres").fill(code_sent_to(ADDRESS))
    page.get_by_role("button", name="Se connecter").click()

    page.wait_for_url("**/mon-espace/")


def test_an_address_is_changed_from_page_to_page(site, page):
    user = MembershipFactory(user__email=ADDRESS).user
    sign_in(page, site)
    page.goto(f"{site}/mon-espace/compte/")
    seen = {}

    page.get_by_role("link", name="Changer d’adresse").click()
    page.get_by_label("Nouvelle adresse").fill("nouvelle@essai.example")
    page.keyboard.press("Enter")
    page.wait_for_url("**/codes/")
    seen["codes"] = faults(page)
    page.get_by_role("button", name="Changer d’adresse").click()
    page.get_by_label("Code envoyé à equipe").fill(code_sent_to(ADDRESS))
    page.get_by_label("Code envoyé à nouvelle").fill("000000")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Code envoyé à nouvelle@essai.example").click()
    seen["refused"] = faults(page)
    page.keyboard.press("Control+A")
    page.keyboard.type(code_sent_to("nouvelle@essai.example"))
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/mon-espace/compte/(#.*)?$"))
    page.get_by_text("Votre adresse est changée").wait_for()

    user.refresh_from_db()
    assert user.email == "nouvelle@essai.example"
    assert not any(seen.values()), seen
    assert Mail.objects.count() == 3
