"""The places of a country: numbered, drawn where they are, listed in any case."""

import json
import re
from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from directory.labels import fold
from directory.models import Country, Locality, Project
from directory.subject_pages.country_map import MARK, WIDTH, country_map, project_maps
from tests.factories import LocalityFactory, ProjectFactory
from tests.pages import Page

BAMAKO, TIMBUKTU = (12.65, -8.0), (16.77, -3.0)
FILE = Path(settings.BASE_DIR, "directory", "data", "world", "outlines.json")


@pytest.fixture
def mali(db):
    return Country.objects.get(code="ML")


def at(name, point=(None, None), pk=1):
    return Locality(pk=pk, name=name, latitude=point[0], longitude=point[1])


# It shows


def test_places_are_numbered_in_the_order_of_names(mali):
    found = country_map(mali, [at("Tombouctou", TIMBUKTU), at("Bamako", BAMAKO)])

    assert [(p.number, p.label) for p in found.places] == [
        (1, "Bamako"),
        (2, "Tombouctou"),
    ]


def test_the_north_is_above_and_the_east_on_the_right(mali):
    found = country_map(mali, [at("Tombouctou", TIMBUKTU), at("Bamako", BAMAKO)])

    bamako, timbuktu = found.places
    height = int(found.view_box.split()[3])
    assert 0 < bamako.x < timbuktu.x < WIDTH
    assert 0 < timbuktu.y < bamako.y < height


def test_a_place_of_several_projects_is_one_place_that_names_them(mali):
    for title in ("Un puits", "Une école"):
        LocalityFactory(
            project=ProjectFactory(published=True, title=title),
            name="Mopti",
            country=mali,
        )

    found = country_map(
        mali, Locality.objects.published().with_projects(), with_projects=True
    )

    (place,) = found.places
    assert [mention.label for mention in place.mentions] == ["Un puits", "Une école"]
    assert place.mentions[0].address == "/projets/un-puits/"


def test_numbers_do_not_cover_each_other(mali):
    near = [at(f"Quartier {n}", (12.65 + n / 100, -8.0), pk=n) for n in range(8)]

    marks = [(p.mark_x, p.mark_y) for p in country_map(mali, near).places]

    for n, (x, y) in enumerate(marks):
        for other_x, other_y in marks[n + 1 :]:
            assert (x - other_x) ** 2 + (y - other_y) ** 2 >= (2 * MARK) ** 2


def test_the_page_of_a_project_shows_the_map_and_the_list(client, mali):
    project = ProjectFactory(published=True, title="Un puits", countries=[mali])
    LocalityFactory(project=project, name="Bamako", latitude=12.65, longitude=-8.0)
    LocalityFactory(project=project, name="Ailleurs")

    text = Page(client.get("/projets/un-puits/")).text

    assert "Carte : Mali." in text
    assert "1 Bamako" in text
    assert "Ailleurs (non situé sur la carte)" in text
    assert "Frontières indicatives" in text


def test_a_project_of_several_countries_has_several_maps(client, mali):
    senegal = Country.objects.get(code="SN")
    project = ProjectFactory(published=True, title="Un puits")
    LocalityFactory(project=project, name="Bamako", country=mali, **point(*BAMAKO))
    LocalityFactory(project=project, name="Thiès", country=senegal, **point(14.8, -17))
    LocalityFactory(project=project, name="Quelque part")

    text = Page(client.get("/projets/un-puits/")).text

    assert "Carte : Mali." in text
    assert "Carte : Sénégal." in text
    assert "Autres localités Quelque part" in text


def point(latitude, longitude):
    return {"latitude": latitude, "longitude": longitude}


# It hides


def test_a_place_without_a_point_is_listed_last_and_not_drawn(mali):
    found = country_map(mali, [at("Ailleurs"), at("Bamako", BAMAKO)])

    assert [(p.number, p.label) for p in found.places] == [
        (1, "Bamako"),
        (None, "Ailleurs"),
    ]


def test_a_place_out_of_the_country_is_listed_and_not_drawn(mali):
    found = country_map(mali, [at("Bamako", BAMAKO), at("Paris", (48.8, 2.3), pk=2)])

    assert [place.number for place in found.places] == [1, None]


def test_the_places_of_a_draft_are_not_public(mali):
    LocalityFactory(project=ProjectFactory(), name="Mopti", country=mali)

    assert not Locality.objects.published().exists()


def test_no_place_makes_no_map(mali):
    assert country_map(mali, []) is None


@pytest.mark.parametrize("code", ["MC", "MV"])
def test_a_country_too_small_to_draw_has_the_list_alone(code, db):
    country = Country.objects.get(code=code)

    found = country_map(country, [at("Le port", (43.7, 7.4))])

    assert found.view_box == ""
    assert [place.label for place in found.places] == ["Le port"]


# The outlines


def test_the_outlines_are_those_of_known_countries(db):
    outlines = json.loads(FILE.read_text("utf-8"))

    assert set(outlines) <= set(Country.objects.values_list("code", flat=True))
    for outline in outlines.values():
        west, south, east, north = outline["box"]
        assert west < east
        assert south < north
        assert re.fullmatch(r"[Mlz\d -]+", outline["path"])


def test_a_country_on_both_sides_of_the_180th_meridian_is_whole(db):
    fiji = Country.objects.get(code="FJ")

    suva, taveuni = at("Suva", (-18.1, 178.4)), at("Taveuni", (-16.9, -179.9), pk=2)

    assert [p.number for p in country_map(fiji, [suva, taveuni]).places] == [1, 2]


@hypothesis_settings(
    max_examples=50,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    st.lists(
        st.tuples(
            st.text("abé ", min_size=1, max_size=3),
            st.none() | st.floats(-90, 90),
            st.floats(-180, 180),
        ),
        max_size=9,
    )
)
def test_no_place_is_lost(mali, rows):
    localities = [
        at(name, (latitude, None if latitude is None else longitude), pk=n)
        for n, (name, latitude, longitude) in enumerate(rows)
    ]

    found = country_map(mali, localities)

    places = found.places if found else ()
    assert {fold(place.label) for place in places} == {fold(row[0]) for row in rows}
    drawn = [place.number for place in places if place.number]
    assert drawn == list(range(1, len(drawn) + 1))


def test_a_map_asks_the_database_nothing(django_assert_num_queries, mali):
    project = ProjectFactory(published=True, countries=[mali])
    LocalityFactory(project=project, name="Bamako", country=mali)
    loaded = Project.objects.for_page().get()

    with django_assert_num_queries(0):
        project_maps(loaded)
