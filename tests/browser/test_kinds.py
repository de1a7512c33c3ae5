"""The list of the kinds of page, which every limit is held to, forgets none."""

from tests.browser import pages


def test_every_address_of_the_site_is_a_kind_of_page_or_shows_none():
    held = {kind.view for kind in pages.EVERY_KIND if kind.view}

    assert set(pages.views()) - held == pages.NOT_PAGES


def test_each_kind_of_page_has_one_key_and_one_title():
    for names in ("key", "title"):
        found = [getattr(kind, names) for kind in pages.EVERY_KIND]
        assert len(found) == len(set(found))


def test_someone_looks_at_each_kind_of_page():
    assert {person for kind in pages.kinds() for person in kind.people} == set(
        pages.PEOPLE
    )
    assert all(kind.people for kind in pages.kinds())
