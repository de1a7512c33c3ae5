"""The contours of regions: the files that browsers draw, and how far they go."""

import json

import pytest

from directory import contours
from directory.models import Commune, Department, Epci

REGIONS = sorted(path.name for path in contours.FOLDER.iterdir() if path.is_dir())
TERMS = {"departements": Department, "epci": Epci, "communes": Commune}


def names(region, level):
    text = (contours.FOLDER / region / f"{level}.json").read_text("utf-8")
    (found,) = json.loads(text)["objects"].values()
    return [shape["properties"]["nom"] for shape in found["geometries"]]


@pytest.mark.parametrize("region", REGIONS)
def test_each_departement_of_a_region_is_drawn_and_named(db, region):
    departments = Department.objects.filter(region=region)

    assert sorted(names(region, "departements")) == sorted(
        departments.values_list("label", flat=True)
    )


@pytest.mark.parametrize("level", ["epci", "communes"])
def test_the_region_of_the_demonstration_is_drawn_to_its_communes(db, level):
    assert len(names("93", level)) == TERMS[level].objects.count()


def test_the_box_of_a_region_holds_its_communes_and_not_paris(db):
    bounds = contours.bounds_of(["93"])

    assert all(
        bounds.holds(latitude, longitude)
        for latitude, longitude in Commune.objects.values_list("latitude", "longitude")
    )
    assert not bounds.holds(48.86, 2.35)


@pytest.mark.parametrize("regions", [[], ["11"], ["93", "11"], ["../maps/93"]])
def test_without_the_contours_of_each_region_there_is_no_box(regions):
    assert contours.bounds_of(regions) is None


def test_files_that_are_not_there_are_not_named():
    assert contours.addresses(["93", "11"], "epci") == ["/static/maps/93/epci.json"]
    assert contours.addresses(["../maps/93"], "epci") == []
