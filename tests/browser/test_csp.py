"""The Content-Security-Policy is respected: no page tries what it forbids."""

import pytest

from news.models import Page
from tests.browser.test_pages import PATHS
from tests.factories import PageFactory, UserFactory

pytestmark = pytest.mark.browser

#: Counts the violations of a page, from before its first element.
LISTEN = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) => {
  const { violatedDirective, blockedURI, sourceFile, lineNumber } = event;
  window.violations.push(
    `${violatedDirective} ${blockedURI} ${sourceFile}:${lineNumber}`);
});
"""
OURS = ["/nous/", "/plan-du-site/", "/accessibilite/"]
ADMIN = [
    "/admin/",
    "/admin/directory/structure/",
    "/admin/directory/structure/add/",
    "/admin/directory/project/add/",
    "/admin/directory/network/",
    "/admin/news/article/",
    "/admin/news/article/add/",
    "/admin/news/page/",
    "/admin/news/page/add/",
    "/admin/members/user/add/",
]


@pytest.fixture
def listening(open_page):
    """A page that notes the violations of all that it visits."""
    page = open_page()
    page.add_init_script(LISTEN)
    return page


@pytest.fixture
def at_work(site, listening):
    """The same page, after the staff have signed in."""
    UserFactory(staff=True, email="equipe@demo.example", name="L’équipe")
    listening.goto(f"{site}/connexion/")
    listening.get_by_role("button", name="L’équipe").click()
    listening.wait_for_url(f"{site}/admin/")
    return listening


def violations(page):
    page.wait_for_load_state("networkidle")
    return page.evaluate("window.violations")


def test_the_violations_would_be_seen(site, listening):
    listening.goto(site)

    listening.evaluate("document.body.setAttribute('onclick', 'x()')")
    listening.evaluate("document.body.append(document.createElement('style'))")
    listening.evaluate("document.querySelector('style').textContent = '*{}'")

    assert len(violations(listening)) >= 2


def test_no_public_page_tries_what_is_forbidden(site, listening):
    PageFactory(published=True, slug="nous")
    seen = {}

    for path in [*PATHS.values(), *OURS]:
        listening.goto(f"{site}{path}")
        seen[path] = violations(listening)

    assert not any(seen.values()), seen


def test_no_page_of_the_admin_tries_what_is_forbidden(site, at_work):
    seen = {}

    for path in ADMIN:
        at_work.goto(f"{site}{path}")
        seen[path] = violations(at_work)

    assert not any(seen.values()), seen


def test_choosing_in_a_list_of_the_admin_tries_nothing_forbidden(site, at_work):
    at_work.goto(f"{site}/admin/directory/structure/add/")

    at_work.locator(".field-countries .select2-selection").click()
    at_work.keyboard.type("mali")
    at_work.locator(".select2-results__option", has_text="Mali").first.click()

    assert "Mali" in at_work.locator(".field-countries .select2-selection").inner_text()
    assert violations(at_work) == []


def test_a_page_is_written_in_the_editor(site, at_work):
    at_work.goto(f"{site}/admin/news/page/add/")
    at_work.fill("[name=title]", "Nous")
    editor = at_work.get_by_role("textbox", name="Texte")

    editor.click()
    at_work.get_by_role("button", name="Titre", exact=True).click()
    at_work.keyboard.type("Aide")
    at_work.keyboard.press("Enter")
    at_work.get_by_role("button", name="Gras").click()
    at_work.keyboard.type("Un mot")
    at_work.keyboard.press("Control+Shift+ArrowLeft")
    # The editor hears of a selection a moment later.
    at_work.wait_for_function("getSelection().toString() === 'mot'")
    at_work.wait_for_timeout(100)
    at_work.get_by_role("button", name="Lien", exact=True).click()
    at_work.locator("dialog [name=href]").fill("https://ailleurs.example/")
    at_work.locator("dialog [type=submit]").click()
    seen = violations(at_work)
    at_work.locator("[name=_save]").first.click()
    at_work.wait_for_url(f"{site}/admin/news/page/")

    assert seen == []
    link = '<a href="https://ailleurs.example/" rel="noopener nofollow">'
    assert Page.objects.get(slug="nous").body == (
        f"<h2>Aide</h2><p><strong>Un </strong>{link}<strong>mot</strong></a></p>"
    )


def test_each_button_of_the_editor_has_a_french_name(site, at_work):
    at_work.goto(f"{site}/admin/news/page/add/")
    at_work.get_by_role("textbox", name="Texte").wait_for()

    buttons = at_work.get_by_role("toolbar").locator("button").all()

    assert [button.get_attribute("aria-label") for button in buttons] == [
        "Titre",
        "Sous-titre",
        "Paragraphe",
        "Liste à puces",
        "Liste numérotée",
        "Gras",
        "Italique",
        "Citation",
        "Lien",
        "Retirer le lien",
        "Annuler",
        "Rétablir",
    ]
