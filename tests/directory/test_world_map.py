"""The map of the world: every country a link, classes that skewed numbers fill."""

import json
import re
from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from directory.models import Country
from directory.panorama.world_map import (
    TINTS,
    WORLD,
    Entry,
    classes,
    world_map,
    world_places,
)

SPRITE = Path(settings.BASE_DIR, "static", "img", "world.svg")


def drawn(*entries):
    html = world_map(
        [Entry(code, code, count, f"/{code}/") for code, count in entries],
        title="Projets",
        unit="Projets",
        counted=lambda n: f"{n} projets" if n else "aucun projet",
    )
    return " ".join(html.split())


def place(html, code):
    """The link of a country in the map."""
    return next(a for a in re.findall(r"<a .*?</a>", html) if f'href="/{code}/"' in a)


# What is drawn


def test_each_place_has_its_shape_or_is_a_dot():
    shapes = set(re.findall(r'<path id="([A-Z]{2})"', SPRITE.read_text("utf-8")))

    large = {place.code for place in world_places() if not place.is_small}

    assert shapes == large


def test_all_countries_of_the_vocabulary_are_on_the_map_but_those_named_here(db):
    codes = set(Country.objects.values_list("code", flat=True))

    assert codes - {place.code for place in world_places()} == {"AQ", "UM"}


def test_every_place_is_inside_the_drawing():
    left, top, width, height = map(
        int, json.loads(WORLD.read_text("utf-8"))["view_box"].split()
    )

    for spot in world_places():
        assert left <= spot.x <= left + width
        assert top <= spot.y <= top + height


def test_a_country_says_its_number_and_leads_somewhere():
    link = place(drawn(("ML", 12)), "ML")

    assert "<title>ML : 12 projets</title>" in link
    assert 'href="/static/img/world.svg#ML"' in link
    assert "tabindex" not in link
    assert "aria-hidden" not in link.split(">")[0]


def test_a_country_without_a_number_is_a_link_that_the_keyboard_passes_over():
    link = place(drawn(("ML", 12), ("AD", 0)), "AD")

    assert 'tabindex="-1" aria-hidden="true"' in link
    assert "aucun projet" in link


def test_small_states_are_dots_that_a_finger_finds():
    alone = place(drawn(("CV", 2)), "CV")
    crowded = place(drawn(("KM", 2), ("YT", 1)), "KM")

    assert 'r="13.0"' in alone
    assert float(re.search(r'world__reach"[^>]*r="([\d.]+)"', crowded)[1]) < 4


def test_what_is_not_drawn_is_said():
    html = drawn(("AQ", 3), ("ML", 1))

    assert "Hors de la carte : AQ (3 projets)." in html
    assert "Frontières indicatives" in html


def test_a_name_is_escaped():
    html = world_map(
        [Entry("ML", "<b>", 1, '"><script>')],
        title="",
        unit="",
        counted=str,
    )

    assert "<b>" not in html
    assert "<script" not in html


def test_a_map_without_any_number_has_no_legend():
    assert "Légende" not in drawn(("ML", 0))


# The classes of numbers


@given(counts=st.lists(st.integers(1, 5_000), max_size=60))
def test_each_number_is_in_one_class_and_no_class_is_empty(counts):
    bands = classes(counts)

    assert len(bands) <= TINTS
    for count in counts:
        assert sum(band.least <= count <= band.most for band in bands) == 1
    for band in bands:
        assert any(band.least <= count <= band.most for count in counts)
    tints = [band.tint for band in bands]
    assert tints == sorted(set(tints))


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ([], []),
        ([3, 3], ["3"]),
        ([1, 19], ["1", "19"]),
        ([1, 2, 3, 5, 8, 33], ["1", "2 à 3", "4 à 7", "8 à 15", "16 à 33"]),
        (
            range(1, 1_001),
            ["1 à 3", "4 à 15", "16 à 62", "63 à 250", "251 à 1\u00a0000"],
        ),
    ],
)
def test_classes_are_said_in_numbers(counts, words):
    assert [band.words for band in classes(counts)] == words
