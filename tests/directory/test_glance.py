"""The register at a glance: the map of the région and the countries."""

import json
from pathlib import Path

import pytest

from directory import glance
from directory.models import Department, Network, Structure
from tests.factories import NetworkFactory, StructureFactory


def seated(code, **kwargs):
    return StructureFactory(
        published=True, department=Department.objects.get(code=code), **kwargs
    )


def drawn():
    structures = Structure.objects.published()
    return glance.region_map(Network.objects.current(), structures)


def counts(rows):
    return {row.label: row.count for row in rows}


def test_each_departement_of_the_network_has_its_actors(db):
    NetworkFactory(regions=["93"])
    seated("13")
    seated("13")
    seated("84")
    seated("75")
    StructureFactory(department=Department.objects.get(code="13"))

    found = drawn()

    assert counts(found.places) == {
        "Alpes-de-Haute-Provence": 0,
        "Hautes-Alpes": 0,
        "Alpes-Maritimes": 0,
        "Bouches-du-Rhône": 2,
        "Var": 0,
        "Vaucluse": 1,
    }
    assert [row.count for row in found.rows] == [p.count for p in found.places]
    assert found.rows[3].address == "/annuaire/?departement=13"


def test_the_darkest_tint_is_for_the_most_actors(db):
    NetworkFactory(regions=["93"])
    for code in ("13", "13", "13", "13", "13", "83"):
        seated(code)

    tints = {place.label: place.tint for place in drawn().places}

    assert tints["Bouches-du-Rhône"] == glance.TINTS
    assert tints["Var"] == tints["Vaucluse"] == 1


@pytest.mark.parametrize("regions", [["11"], ["93", "11"]])
def test_a_region_nobody_drew_still_has_its_list(db, regions):
    NetworkFactory(regions=regions)
    seated("75")

    found = drawn()

    assert found.places == []
    assert counts(found.rows)["Paris (75)"] == 1


def test_without_a_network_there_is_no_list(db):
    seated("13")

    assert drawn().rows == []


def test_countries_count_each_actor_once_the_most_frequent_first(db):
    StructureFactory(published=True, countries=["ML", "SN"], sectors=["sante"])
    StructureFactory(published=True, countries=["SN"], goals=[3, 4])
    StructureFactory(countries=["TG"])

    rows = glance.actors_by_country(Structure.objects.published())

    assert [(row.label, row.count) for row in rows] == [("Sénégal", 2), ("Mali", 1)]
    assert rows[0].address == "/annuaire/?pays=SN"


def test_names_sort_as_french_readers_expect():
    rows = [glance.Counted(name, 1, "") for name in ("Zambie", "Équateur", "Égypte")]

    assert [row.label for row in glance.by_name(rows)] == [
        "Égypte",
        "Équateur",
        "Zambie",
    ]


@pytest.mark.parametrize(
    "path", sorted(glance.MAPS.glob("*.json")), ids=lambda p: p.stem
)
def test_a_map_draws_every_departement_of_its_region(db, path):
    shapes = json.loads(Path(path).read_text("utf-8"))

    codes = {shape["code"] for shape in shapes["departments"]}

    assert codes == set(
        Department.objects.filter(region=path.stem).values_list("code", flat=True)
    )
