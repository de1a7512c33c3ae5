"""The points of the map: where each row is, and that none is lost."""

import json

import pytest
from django.db import connection, transaction
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bench.generator import Generator
from directory.keeping import versions
from directory.keeping.compression import restored
from directory.listings.facets import FacetIndex, index_of
from directory.listings.results import Results
from directory.maps import points
from directory.maps.map_filters import ProjectMapFilter, StructureMapFilter
from directory.models import Commune, Publication, Structure
from directory.models.whereabouts import Whereabouts
from tests.factories import (
    LocalityFactory,
    NetworkFactory,
    ParticipationFactory,
    ProjectFactory,
    StructureFactory,
)

STRUCTURES, PROJECTS = "/carte/points/", "/carte/projets/points/"
MARSEILLE = {"latitude": 43.29651, "longitude": 5.36978}
PARIS = {"latitude": 48.85, "longitude": 2.35}
AT = {"point_source": "saisie"}
REGISTERS = [StructureMapFilter, ProjectMapFilter]


@pytest.fixture
def region(db):
    """The network of a region that has its contours."""
    return NetworkFactory(regions=["93"])


def structure(name="", **values):
    values = {"published": True, **({"name": name} if name else {}), **values}
    return StructureFactory(**values)


def asked(client, url=STRUCTURES, **query):
    return client.get(url, query).json()


def said(found):
    """What is said of the first point: its name, its place, the note."""
    return [found["names"][0], *found["places"][found["at"][0]]]


def positions(register, query=""):
    """How many rows there are in each position."""
    index = index_of(register, versions.current())
    results = Results(index, register.select(QueryDict(query), index.known))
    return {key: number for key, number in results.counts("position").items() if number}


@pytest.mark.parametrize("url", [STRUCTURES, PROJECTS])
def test_points_are_only_read(client, db, url):
    assert client.head(url).status_code == 200
    assert client.post(url).status_code == 405


# Where a structure is


def test_a_structure_is_at_its_own_point(client, region):
    structure("Ici", city="Marseille", department_id="13", **MARSEILLE, **AT)

    found = asked(client)

    assert (found["latitudes"], found["longitudes"]) == ([43.29651], [5.36978])
    assert said(found) == ["Ici", "Marseille (13)", ""]


@pytest.mark.parametrize("has_point", [True, False])
def test_a_structure_without_a_point_of_its_own_is_at_that_of_its_commune(
    client, region, has_point
):
    commune = Commune.objects.get(label="Arles")
    values = {"commune": commune, "department": commune.department}
    if has_point:
        values |= {"point_source": "commune", "latitude": commune.latitude}
        values["longitude"] = commune.longitude
    structure("Là", **values)

    found = asked(client)

    assert found["latitudes"] == [round(commune.latitude, 5)]
    assert said(found) == ["Là", "Arles (13)", "Au centre de la commune"]


@pytest.mark.parametrize(
    ("values", "position"),
    [
        ({**PARIS, **AT}, Whereabouts.OUTSIDE),
        ({"department_id": "75"}, Whereabouts.OUTSIDE),
        ({"is_abroad": True, "city": "Bamako"}, Whereabouts.OUTSIDE),
        ({"department_id": "13"}, Whereabouts.UNKNOWN),
        ({}, Whereabouts.UNKNOWN),
    ],
)
def test_a_structure_that_the_map_does_not_show_is_counted(
    client, region, values, position
):
    structure(**values)

    assert asked(client)["names"] == []
    assert positions(StructureMapFilter) == {position: 1}


def test_without_a_region_every_point_is_shown(client, db):
    structure("À Paris", **PARIS, **AT)
    structure("Sans", department_id="75")

    assert asked(client)["names"] == ["À Paris"]
    assert positions(StructureMapFilter) == {"sur-la-carte": 1, "inconnue": 1}


# Where a project is


def lead(**values):
    return structure("La porteuse", city="Marseille", department_id="13", **values)


def test_a_project_is_at_the_first_of_its_places_in_the_region(client, region):
    project = ProjectFactory(published=True, title="Semaine", lead=lead(**PARIS, **AT))
    LocalityFactory(project=project, name="Zone libre", latitude=44, longitude=6)
    LocalityFactory(project=project, name="Bamako", latitude=12.6, longitude=-8)
    LocalityFactory(project=project, name="Marseille", **MARSEILLE)
    LocalityFactory(project=project, name="Aix")

    found = asked(client, PROJECTS)

    assert found["latitudes"] == [43.29651]
    assert said(found) == ["Semaine", "Marseille", ""]


def test_a_project_abroad_is_at_its_leads_and_says_so(client, region):
    project = ProjectFactory(
        published=True, title="Puits", lead=lead(**MARSEILLE, **AT)
    )
    LocalityFactory(project=project, name="Bamako", latitude=12.6, longitude=-8)
    elsewhere = structure(latitude=44, longitude=6, **AT)
    ParticipationFactory(project=project, structure=elsewhere)

    found = asked(client, PROJECTS)

    assert found["latitudes"] == [43.29651]
    place = "La porteuse, Marseille (13)"
    assert said(found) == ["Puits", place, "Situé chez son porteur"]


def test_a_lead_known_by_its_commune_alone_says_it_too(client, region):
    ProjectFactory(published=True, lead=structure(commune_id="13004"))

    note = "Situé chez son porteur, au centre de la commune"
    assert said(asked(client, PROJECTS))[2] == note


@pytest.mark.parametrize(
    "hidden",
    [{"publication": Publication.DRAFT}, {"publication": Publication.ARCHIVED}],
)
def test_a_hidden_lead_does_not_tell_where_a_project_is(client, region, hidden):
    porteuse = lead(**MARSEILLE, **AT)
    ProjectFactory(published=True, lead=porteuse)
    Structure.objects.filter(pk=porteuse.pk).update(**hidden)

    assert asked(client, PROJECTS)["names"] == []
    assert positions(ProjectMapFilter) == {"inconnue": 1}


def test_a_merged_lead_does_not_tell_where_a_project_is(client, region):
    porteuse = lead(**MARSEILLE, **AT)
    ProjectFactory(published=True, lead=porteuse)
    Structure.objects.filter(pk=porteuse.pk).update(merged_into=structure())

    assert asked(client, PROJECTS)["names"] == []


def test_projects_without_a_lead_in_the_region_are_counted(client, region):
    ProjectFactory(published=True, lead=lead(**PARIS, **AT))
    ProjectFactory(published=True)

    assert positions(ProjectMapFilter) == {"hors-region": 1, "inconnue": 1}


# What the answer holds


def test_every_result_is_there_in_the_order_of_the_listing(client, region):
    for n in reversed(range(30)):
        structure(f"Acteur {n:02}", countries=["ML"], **MARSEILLE, **AT)
    structure("Ailleurs", countries=["SN"], **MARSEILLE, **AT)

    found = asked(client, pays="ML")

    assert found["names"] == [f"Acteur {n:02}" for n in range(30)]
    assert found["base"] + found["slugs"][3] == "/annuaire/acteur-03"


def test_words_and_their_repair_are_obeyed(client, region):
    structure("École des rives", **MARSEILLE, **AT)
    structure("Autre", **MARSEILLE, **AT)

    assert asked(client, q="ecole")["names"] == ["École des rives"]
    assert asked(client, q="ecolle")["names"] == ["École des rives"]


def test_what_is_not_public_is_not_there(client, region):
    hidden = structure("Brouillon", published=False, **MARSEILLE, **AT)
    structure("Fusionnée", merged_into=hidden, **MARSEILLE, **AT)
    ProjectFactory(title="Projet caché", lead=lead(**MARSEILLE, **AT))

    assert asked(client)["names"] == ["La porteuse"]
    assert asked(client, PROJECTS)["names"] == []
    columns = {"names", "slugs", "latitudes", "longitudes", "at", "places", "base"}
    assert asked(client).keys() == columns


def test_an_edit_is_in_the_next_answer(client, region):
    row = structure("Avant", **MARSEILLE, **AT)
    asked(client)

    Structure.objects.filter(pk=row.pk).update(name="Après", latitude=43.5)

    assert (asked(client)["names"], asked(client)["latitudes"]) == (["Après"], [43.5])


def test_a_browser_that_has_the_points_is_told_so(client, region):
    structure(**MARSEILLE, **AT)
    tag = client.get(STRUCTURES)["ETag"]

    assert client.get(STRUCTURES, headers={"If-None-Match": tag}).status_code == 304


@pytest.mark.parametrize("url", [STRUCTURES, PROJECTS])
@pytest.mark.parametrize("query", ["q=%00", "position=zz&pays=%ff", "page=9&tri=x"])
def test_nonsense_is_ignored(client, region, url, query):
    assert client.get(f"{url}?{query}").status_code == 200


# None is lost, whatever is asked

PLACES = [MARSEILLE | AT, PARIS | AT, {}, {"commune_id": "13004"}, {"is_abroad": True}]
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "seat": st.sampled_from(PLACES),
            "published": st.booleans(),
            "countries": st.lists(st.sampled_from(["ML", "SN"]), unique=True),
            "department_id": st.sampled_from([None, "13", "75"]),
            "spot": st.sampled_from([None, MARSEILLE, PARIS]),
            "is_led": st.booleans(),
        }
    ),
    max_size=6,
)
QUERIES = st.lists(
    st.sampled_from(
        [
            *("pays=ML", "pays=SN", "q=essai", "departement=13"),
            *("position=sur-la-carte", "position=hors-region", "position=inconnue"),
        ]
    ),
    max_size=4,
)


def make(rows):
    for n, row in enumerate(rows):
        values = {**row, **row["seat"]}
        seat, spot, is_led = (
            values.pop("seat"),
            values.pop("spot"),
            values.pop("is_led"),
        )
        if seat.get("is_abroad"):
            values["department_id"] = None
        made = StructureFactory(slug=f"s-{n}", **values)
        shared = {"published": row["published"], "countries": row["countries"]}
        project = ProjectFactory(slug=f"p-{n}", lead=made if is_led else None, **shared)
        if spot:
            LocalityFactory(project=project, **spot)


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(rows=ROWS, query=QUERIES)
@pytest.mark.parametrize("register", REGISTERS)
def test_points_and_those_that_have_none_are_the_whole(region, register, rows, query):
    with transaction.atomic():
        make(rows)
        index = index_of(register, versions.current())
        selection = register.select(QueryDict("&".join(query)), index.known)
        found = Results(index, selection)

        shown = points.as_columns(found)["slugs"]
        parts = {
            kind: found.rows & index.having("position", [kind]) for kind in Whereabouts
        }

        assert sum(map(len, parts.values())) == found.total
        assert {row.pk for row in selection.rows()} == set(found.rows)
        on_map = register.published().filter(pk__in=parts[Whereabouts.ON_MAP])
        assert sorted(shown) == sorted(on_map.values_list("slug", flat=True))
        transaction.set_rollback(True)


@pytest.mark.parametrize("register", REGISTERS)
def test_every_table_that_the_points_read_moves_their_version(region, register):
    porteuse = lead(**MARSEILLE, **AT, countries=["ML"])
    project = ProjectFactory(published=True, countries=["ML"], lead=porteuse)
    LocalityFactory(project=project, **MARSEILLE)

    with CaptureQueriesContext(connection) as queries:
        points.points_of(FacetIndex(register))
    read = {
        table
        for query in queries
        for table in connection.introspection.table_names()
        if f'"{table}"' in query["sql"]
    }

    assert read <= {*register.tables(), "directory_change"}


# At a constant cost


@pytest.mark.parametrize("url", [STRUCTURES, PROJECTS])
def test_queries_do_not_grow_with_the_rows(client, region, url):
    for _ in range(20):
        porteuse = structure(countries=["ML"], **MARSEILLE, **AT)
        ProjectFactory(published=True, lead=porteuse, countries=["ML"])

    client.get(url)
    with CaptureQueriesContext(connection) as again:
        client.get(url, {"pays": "ML"})

    assert len(again) == 1  # The versions.


def test_ten_thousand_points_weigh_less_than_400_kilobytes(client, region):
    number, limit = 2_000, 400_000 / 10_000
    made = [
        Structure(
            name=row.name,
            slug=row.slug,
            publication=Publication.PUBLISHED,
            latitude=row.latitude,
            longitude=row.longitude,
            city=row.commune,
            department_id=row.department,
            point_source="adresse",
        )
        for row in Generator(number).structures()
    ]
    Structure.objects.bulk_create(made)

    response = client.get(STRUCTURES, headers={"Accept-Encoding": "gzip"})

    assert len(json.loads(restored(response.content))["names"]) > 0.95 * number
    assert len(response.content) < limit * number
