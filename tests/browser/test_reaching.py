"""How to reach an actor is what its page says first."""

import pytest

from tests.browser.chromium import PHONE
from tests.factories import StructureFactory

pytestmark = pytest.mark.browser


def ways(page):
    return page.get_by_role("list", name="Joindre la structure").get_by_role("link")


@pytest.fixture
def actor(db):
    return StructureFactory(
        published=True,
        name="Comité de jumelage et de coopération décentralisée",
        phone="04 42 00 00 00",
        email="bonjour@comite-de-jumelage-et-de-cooperation.example",
        description="Un paragraphe.\n\n" * 40,
    )


def test_on_a_phone_nobody_scrolls_to_call_or_to_write(site, open_page, actor):
    page = open_page(viewport=PHONE)

    page.goto(f"{site}{actor.get_absolute_url()}")

    for name in ("Appeler le 04 42 00 00 00", f"Écrire à {actor.email}"):
        box = ways(page).and_(page.get_by_role("link", name=name)).bounding_box()
        assert box["y"] + box["height"] < PHONE["height"]


def test_on_paper_they_are_there_too(site, open_page, actor):
    page = open_page()
    page.emulate_media(media="print")

    page.goto(f"{site}{actor.get_absolute_url()}")

    assert [way.is_visible() for way in ways(page).all()] == [True, True]
