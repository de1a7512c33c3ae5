"""Where structures are: what a commune tells, and what a person knows better."""

import pytest
from django.core.exceptions import ValidationError

from directory.models import Commune, Structure
from tests.factories import StructureFactory


def test_a_structure_takes_departement_and_point_from_its_commune(db):
    commune = Commune.objects.get(code="13001")
    structure = Structure(name="Ici", commune=commune)

    structure.clean()

    assert structure.department_id == "13"
    assert (structure.latitude, structure.longitude) == (
        commune.latitude,
        commune.longitude,
    )
    assert structure.point_source == Structure.PointSource.COMMUNE


def test_a_point_typed_or_geocoded_is_kept(db):
    commune = Commune.objects.get(code="13001")
    for origin in (Structure.PointSource.MANUAL, Structure.PointSource.ADDRESS):
        structure = Structure(
            commune=commune, latitude=43.0, longitude=5.0, point_source=origin
        )

        structure.locate()

        assert (structure.latitude, structure.longitude) == (43.0, 5.0)
        assert structure.point_source == origin


def test_the_centre_follows_the_commune(db):
    structure = Structure(commune=Commune.objects.get(code="13001"))
    structure.locate()
    nice = Commune.objects.get(code="06088")
    structure.commune, structure.department_id = nice, None

    structure.clean()

    assert structure.latitude == nice.latitude
    assert structure.department_id == "06"


def test_a_point_on_the_equator_is_a_point(db):
    structure = Structure(
        commune=Commune.objects.get(code="13001"),
        latitude=0.0,
        longitude=0.0,
        point_source=Structure.PointSource.MANUAL,
    )

    structure.locate()

    assert (structure.latitude, structure.longitude) == (0.0, 0.0)


def test_a_commune_of_another_departement_is_refused_on_the_field(db):
    commune = Commune.objects.get(code="13001")
    structure = Structure(commune=commune, department_id="06")

    with pytest.raises(ValidationError) as refused:
        structure.clean()

    assert refused.value.message_dict == {
        "department": [f"{commune} n’est pas dans ce département."]
    }


def test_a_structure_elsewhere_stays_without_a_point(db):
    structure = Structure(name="Là-bas", city="Genève")

    structure.clean()

    assert structure.department_id is None
    assert structure.latitude is None


@pytest.mark.parametrize(
    ("fields", "place"),
    [
        ({"commune_id": "13001", "department_id": "13"}, "Aix-en-Provence (13)"),
        ({"city": "Lyon", "department_id": "69"}, "Lyon (69)"),
        ({"city": "Genève"}, "Genève"),
        ({"department_id": "13"}, ""),
        ({}, ""),
    ],
)
def test_a_place_is_told_in_a_few_words(fields, place, db):
    assert StructureFactory(**fields).place == place


def test_an_address_is_told_on_one_line(db):
    whole = StructureFactory(
        address="1, rue Neuve", postcode="13100", commune_id="13001"
    )
    cedex = StructureFactory(postcode="13100", city="Aix-en-Provence Cedex 1")

    assert whole.postal_address == "1, rue Neuve, 13100 Aix-en-Provence"
    assert cedex.postal_address == "13100 Aix-en-Provence Cedex 1"
    assert StructureFactory().postal_address == ""
