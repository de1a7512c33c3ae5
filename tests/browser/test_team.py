"""From an invitation to the team it opens, in two browsers, one without JavaScript."""

import pytest
from django.conf import settings

from members.models import Membership
from tests.browser import axe, rows
from tests.browser.chromium import NARROW
from tests.post import run_queue

pytestmark = pytest.mark.browser
ZOE = "zoe@demo.example"


def signed_in(page, site, user):
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": rows.sign_in(user), "url": site}])
    return page


def test_a_colleague_is_invited_reads_the_mail_accepts_and_becomes_owner(
    site, open_page, settings, mailoutbox
):
    settings.DEMO, settings.SITE_URL = True, site
    owner = rows.hold()
    mine = signed_in(open_page(), site, owner)
    theirs = open_page(viewport=NARROW, java_script_enabled=False)

    mine.goto(f"{site}/mon-espace/")
    mine.get_by_role("link", name="Équipe Tenue").click()
    mine.get_by_label("Son adresse électronique").fill(ZOE)
    mine.get_by_role("button", name="Envoyer l’invitation").click()
    mine.get_by_text(f"Invitation envoyée à {ZOE}").wait_for()
    run_queue()
    theirs.goto(f"{site}/mon-espace/courriels-de-demo/")
    theirs.locator("a[href*='/mon-espace/invitations/']").click()
    offered = theirs.get_by_role("heading", level=1).inner_text()
    looked = open_page()
    looked.goto(theirs.url)
    axe.prepare(looked)
    faults = axe.examine(looked).violations
    theirs.get_by_role("button", name="Accepter l’invitation").click()
    arrival = theirs.url
    mine.reload()
    mine.get_by_role("button", name=f"Lui transmettre ma place {ZOE}").click()
    mine.get_by_text("est maintenant propriétaire à votre place").wait_for()

    assert [letter.to for letter in mailoutbox] == [[ZOE]]
    assert faults == []
    assert offered == "Tenir la fiche de «\u00a0Tenue\u00a0»"
    assert arrival == f"{site}/mon-espace/"
    assert Membership.objects.get(user__email=ZOE).is_owner
    assert not owner.memberships.get(structure__slug="tenue").is_owner
