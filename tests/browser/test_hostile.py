"""Hostile HTML in a real browser, without the policy that would stop it anyway."""

import pytest
from django.db import connection

from tests.factories import PageFactory
from tests.news.test_hostile_html import ATTACKS

pytestmark = pytest.mark.browser


def test_no_known_attack_runs_when_its_page_is_read(site, open_page):
    page = PageFactory(published=True)
    with connection.cursor() as cursor:
        body = "\n".join(ATTACKS).replace("\x00", "")
        cursor.execute("UPDATE news_page SET body = %s", [f"<h2>Lu</h2>{body}"])
    tab = open_page(bypass_csp=True)
    said, asked = [], []
    tab.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
    tab.on("request", lambda request: asked.append(request.url))

    tab.goto(f"{site}{page.get_absolute_url()}", wait_until="networkidle")

    assert tab.get_by_role("heading", name="Lu").is_visible()
    assert said == []
    assert [url for url in asked if not url.startswith(site)] == []
