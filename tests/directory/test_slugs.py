"""Addresses of pages are short, readable and free."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from directory.models import Project, Structure
from directory.slugs import Slugs, unique_slug
from tests.factories import StructureFactory


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Ville d’Aix-en-Provence", "ville-daix-en-provence"),
        ("Œuvre des Sœurs", "oeuvre-des-soeurs"),
        ("École & Santé (ÉS)", "ecole-sante-es"),
        ("日本", "structure"),
        ("", "structure"),
        ("---", "structure"),
    ],
)
def test_a_name_gives_an_address(name, slug, db):
    assert unique_slug(Structure, name) == slug


def test_a_taken_address_is_numbered_with_the_first_free_number(db):
    StructureFactory(slug="maison")
    StructureFactory(slug="maison-2")
    StructureFactory(slug="maison-de-leau")

    assert unique_slug(Structure, "Maison") == "maison-3"
    assert unique_slug(Project, "Maison") == "maison"


def test_no_row_takes_the_address_of_a_page_of_the_listing(db):
    assert unique_slug(Structure, "Suggestions") == "suggestions-2"
    assert Slugs(Structure).take("Suggestions") == "suggestions-2"


def test_an_address_promised_to_another_row_is_not_given_twice(db):
    taken = {"maison", "maison-2"}

    assert unique_slug(Structure, "Maison", taken=taken) == "maison-3"


def test_many_addresses_are_those_that_would_be_given_one_by_one(db):
    StructureFactory(slug="maison")
    StructureFactory(slug="maison-3")
    slugs = Slugs(Structure)

    given = [slugs.take(name) for name in ("Maison", "Maison", "Puits", "MAISON")]

    assert given == ["maison-2", "maison-4", "puits", "maison-5"]


def test_a_long_name_is_cut_at_a_word_with_room_for_a_number(db):
    name = "Association " * 10

    slug = unique_slug(Structure, name)

    assert slug == "-".join(["association"] * 6)
    StructureFactory(slug=slug)
    assert len(unique_slug(Structure, name)) <= 80


def test_a_single_long_word_is_cut(db):
    assert unique_slug(Structure, "a" * 100) == "a" * 75


@given(text=st.text(max_size=120))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_any_text_gives_an_address_that_a_page_can_have(db, text):
    slug = unique_slug(Structure, text)

    assert re.fullmatch(r"[a-z0-9_-]{1,80}", slug)
    assert not slug.startswith("-")
    assert not slug.endswith("-")
