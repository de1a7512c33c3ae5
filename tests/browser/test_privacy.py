"""Nobody watches, nothing foreign runs: cookies, other sites, security policy."""

import json
from urllib.parse import urlsplit

import pytest
from django.conf import settings

from tests.browser.chromium import PHONE
from tests.browser.kind import VISITOR
from tests.browser.pages import kinds, named, sights

pytestmark = pytest.mark.browser
everywhere = pytest.mark.parametrize(("kind", "person"), sights(), ids=named)
FOR_VISITORS = [kind for kind in kinds() if VISITOR in kind.people]
#: The pages with a form to send: its token, against forgery, is in a cookie.
WITH_A_FORM = {"sign-in", "sign-up"}


@pytest.mark.parametrize("kind", FOR_VISITORS, ids=named)
def test_a_visitor_gets_no_cookie(observe, kind):
    given = observe(kind).headers.get("set-cookie", "").split("\n")
    allowed = {settings.CSRF_COOKIE_NAME} if kind.key in WITH_A_FORM else set()

    assert {cookie.split("=")[0] for cookie in given} - {""} == allowed


@everywhere
def test_the_security_policy_allows_nothing_inline(observe, kind, person):
    policy = observe(kind, person).headers.get("content-security-policy", "")

    assert "default-src" in policy
    assert "'unsafe-" not in policy


@everywhere
def test_the_page_keeps_to_its_policy(observe, kind, person):
    assert observe(kind, person).refusals == []


@everywhere
def test_no_script_fails(observe, kind, person):
    assert observe(kind, person).errors == []


def test_nothing_is_asked_of_another_site(open_page, production, db):
    # Without its policy, which would stop the requests before they were seen.
    page = open_page(bypass_csp=True, viewport=PHONE)
    asked = []
    page.on("request", lambda request: asked.append(request.url))

    for kind in FOR_VISITORS:
        page.goto(production.address(kind))
        page.keyboard.press("End")  # What waits to be seen is then asked for.

    hosts = {urlsplit(url).netloc for url in asked if not url.startswith("data:")}
    assert len(asked) >= len(FOR_VISITORS)
    assert hosts == {urlsplit(production.url).netloc}
    assert json.loads(page.evaluate("JSON.stringify(localStorage)")) == {}
