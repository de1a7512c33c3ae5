import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.imports.places import Gazetteer, PlaceCells, city_key
from directory.imports.reports import Kind
from directory.models import Country

pytestmark = pytest.mark.django_db


@pytest.fixture
def places():
    return Gazetteer.load(Country.objects.all())


def messages(place):
    return [warning.message.replace("\u00a0", " ") for warning in place.warnings]


@pytest.mark.parametrize(
    ("cells", "commune"),
    [
        ({"insee": "13001"}, "Aix-en-Provence"),
        ({"insee": "4112"}, "Manosque"),
        ({"insee": "13203"}, "Marseille"),
        ({"city": "AIX EN PROVENCE", "department": "13"}, "Aix-en-Provence"),
        (
            {"city": "Aix-en-Provence", "department": "Bouches du Rhône"},
            "Aix-en-Provence",
        ),
        ({"city": "AIX EN PROVENCE CEDEX 1", "postcode": "13621"}, "Aix-en-Provence"),
        ({"city": "Aix-en-Provence cedex", "postcode": "13616"}, "Aix-en-Provence"),
        ({"city": "Marseille 3e", "postcode": "13003"}, "Marseille"),
        ({"city": "Marseille 16ème arrondissement", "department": "13"}, "Marseille"),
        ({"city": "MARSEILLE 1", "department": "13"}, "Marseille"),
        ({"city": "NICE 06000", "department": "6"}, "Nice"),
        ({"city": "13100 Aix en Provence", "department": "13"}, "Aix-en-Provence"),
        ({"city": "St-Raphael", "department": "83"}, "Saint-Raphaël"),
        ({"city": "La Seyne s/Mer", "department": "83"}, "La Seyne-sur-Mer"),
        ({"city": "L' Isle sur la Sorgue", "department": "84"}, "L’Isle-sur-la-Sorgue"),
        ({"city": "Mirabeau", "department": "84"}, "Mirabeau"),
        ({"postcode": "13003"}, "Marseille"),
        ({"city": "Marseille 3e"}, "Marseille"),
        ({"city": "Luynes", "postcode": "13080"}, "Aix-en-Provence"),
    ],
)
def test_a_commune_is_found_from_what_is_there(places, cells, commune):
    place = places.find(PlaceCells(**cells))

    assert place.commune.label == commune
    assert place.department == place.commune.department


def test_namesakes_are_told_apart_by_the_departement(places):
    one = places.find(PlaceCells(city="Mirabeau", department="04"))
    other = places.find(PlaceCells(city="Mirabeau", department="84"))

    assert (one.commune.code[:2], other.commune.code[:2]) == ("04", "84")


def test_namesakes_alone_are_not_guessed(places):
    place = places.find(PlaceCells(city="Mirabeau"))

    assert place.commune is None
    assert messages(place) == ["Commune non trouvée : « Mirabeau » sans département."]


def test_a_name_alone_is_supposed_and_said(places):
    place = places.find(PlaceCells(city="ORANGE"))

    assert place.commune.label == "Orange"
    assert messages(place) == ["« Orange » : la commune est supposée être Orange (84)."]


def test_a_commune_in_another_departement_is_not_taken(places):
    place = places.find(PlaceCells(city="CAVAILLON", department="13"))

    assert place.commune is None
    assert place.city == "Cavaillon"
    assert place.department.code == "13"
    assert messages(place) == [
        "Commune non trouvée : « Cavaillon » dans Bouches-du-Rhône (13)."
    ]


def test_a_postcode_of_several_communes_designates_none(places):
    place = places.find(PlaceCells(postcode="04150"))

    assert place.commune is None
    assert place.department.code == "04"


@pytest.mark.parametrize(
    ("postcode", "department"),
    [
        ("35042", "35"),
        ("20000", "2A"),
        ("20137", "2A"),
        ("20200", "2B"),
        ("20600", "2B"),
        ("97400", "974"),
        ("98800", "988"),
        ("75116", "75"),
    ],
)
def test_the_departement_is_in_the_postcode(places, postcode, department):
    place = places.find(PlaceCells(postcode=postcode, city="Ville d’essai"))

    assert place.department.code == department
    assert place.city == "Ville d’essai"
    assert messages(place) == []


@pytest.mark.parametrize(
    "typed", ["6", "06", "06.0", "Alpes-Maritimes", "ALPES MARITIMES"]
)
def test_a_departement_is_found_by_code_or_name(places, typed):
    assert places.find(PlaceCells(department=typed)).department.code == "06"


def test_an_unknown_departement_is_said(places):
    place = places.find(PlaceCells(department="Padanie"))

    assert place.department is None
    assert [(w.kind, w.column) for w in place.warnings] == [(Kind.LABEL, "department")]


def test_a_lost_zero_is_put_back_and_said(places):
    place = places.find(PlaceCells(postcode="4000", city="Digne-les-Bains"))

    assert place.postcode == "04000"
    assert place.commune.label == "Digne-les-Bains"
    assert [(w.kind, w.column) for w in place.warnings] == [(Kind.REPAIRED, "postcode")]


@pytest.mark.parametrize(
    "city",
    ["MADRID ESPAGNE", "Podgorica - Monténégro", "Athènes (Grèce)", "Jérusalem Israël"],
)
def test_a_town_followed_by_a_country_is_abroad(places, city):
    place = places.find(PlaceCells(city=city, postcode="28004"))

    assert (place.commune, place.department, messages(place)) == (None, None, [])
    assert place.city


def test_the_code_99_is_abroad(places):
    place = places.find(PlaceCells(city="QUÉBEC", department="99"))

    assert (place.city, place.department, messages(place)) == ("Québec", None, [])


@pytest.mark.parametrize("city", ["Umraniye / Istanbul", "istanbul"])
def test_towns_told_to_be_abroad_are(places, city):
    places.add_towns_abroad(["Istanbul"])

    place = places.find(PlaceCells(city=city, postcode="34760"))

    assert place.department is None


def test_an_overseas_departement_is_not_abroad(places):
    place = places.find(PlaceCells(city="Sainte-Marie La Réunion", postcode="97438"))

    assert place.department.code == "974"


def test_a_town_without_a_letter_is_left_out_and_said(places):
    place = places.find(PlaceCells(city=")", postcode="78340"))

    assert place.city == ""
    assert place.department.code == "78"
    assert messages(place) == ["Ville illisible : « ) »."]


def test_the_official_name_replaces_a_spelling_of_it(places):
    place = places.find(PlaceCells(city="AIX EN PROVENCE", department="13"))

    assert place.city == "Aix-en-Provence"


def test_what_the_address_adds_to_the_name_is_kept(places):
    place = places.find(PlaceCells(city="AIX EN PROVENCE CEDEX 1", postcode="13621"))

    assert place.city == "Aix en Provence Cedex 1"
    assert place.commune.label == "Aix-en-Provence"


def test_an_unknown_insee_code_of_the_region_is_said(places):
    place = places.find(PlaceCells(insee="13999"))

    assert place.commune is None
    assert messages(place) == ["Code INSEE inconnu : « 13999 »."]


def test_an_insee_code_of_another_region_is_not_an_error(places):
    assert messages(places.find(PlaceCells(insee="69123"))) == []


def test_nothing_is_nowhere(places):
    place = places.find(PlaceCells())

    assert not PlaceCells()
    assert (place.city, place.commune, place.department, place.warnings) == (
        "", None, None, [],
    )  # fmt: skip


@settings(deadline=None)
@given(
    st.sampled_from(["upper", "lower", "title"]),
    st.sampled_from([" ", "-", "  ", " - ", "–"]),
    st.sampled_from(["", " Cedex", " CEDEX 12", " 13100"]),
)
def test_a_town_has_one_key_however_it_is_typed(case, dash, tail):
    typed = getattr("Aix-en-Provence", case)().replace("-", dash) + tail

    assert city_key(typed) == "aix en provence"
