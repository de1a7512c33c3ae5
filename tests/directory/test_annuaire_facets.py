"""What the facets of the annuaire offer, and the one of départements."""

import pytest

from directory.models import Country, Department, Network, Structure
from tests.directory.test_annuaire import URL, listed
from tests.factories import NetworkFactory, StructureFactory
from tests.pages import Page


def test_only_values_that_published_structures_have_are_offered(client, db):
    StructureFactory(published=True, countries=["SN", "ML"], type_code="osim")
    StructureFactory(countries=["TG"], type_code="commune")

    page = Page(client.get(URL))

    assert page.values_of("pays") == ["ML", "SN"]
    assert page.values_of("type") == ["association", "osim"]


def test_a_chosen_value_stays_offered_though_no_row_has_it(client, db):
    StructureFactory(published=True, countries=["SN"])

    page = Page(client.get(URL, {"pays": "TG"}))

    assert page.values_of("pays") == ["SN", "TG"]
    assert page.ticked("pays") == ["TG"]


def test_values_keep_their_place_when_ticked(client, db):
    StructureFactory(published=True, countries=["SN", "ML", "TG"])

    before = Page(client.get(URL)).values_of("pays")
    after = Page(client.get(URL, {"pays": "TG"})).values_of("pays")

    assert before == after == ["ML", "SN", "TG"]


@pytest.fixture
def many_countries(db):
    """Twenty countries, the last ones by name of more structures than the others."""
    codes = [country.code for country in Country.objects.all()[:20]]
    for n in range(20):
        StructureFactory(published=True, countries=codes[n:])
    return codes


def test_a_long_facet_shows_the_most_frequent_values_in_their_order(
    client, many_countries
):
    page = Page(client.get(URL))

    assert page.values_of("pays") == many_countries[-5:]
    assert [page.counts["pays", code] for code in many_countries[-5:]] == [
        16, 17, 18, 19, 20,
    ]  # fmt: skip


def test_a_chosen_value_is_shown_though_it_is_rare(client, many_countries):
    page = Page(client.get(URL, {"pays": many_countries[0]}))

    assert page.values_of("pays") == [many_countries[0], *many_countries[-5:]]


def test_a_link_shows_the_whole_facet_and_keeps_the_filters(client, many_countries):
    page = Page(client.get(URL, {"departement": "hors-region"}))
    link = "Tout voir (20 choix) – Pays d’intervention"

    whole = Page(client.get(f"{URL}{page.href(link)}"))

    assert page.query(link) == {"departement": ["hors-region"], "voir": ["pays"]}
    assert whole.values_of("pays") == many_countries
    assert link not in whole.links


def test_there_is_no_multiple_select(client, db):
    StructureFactory(published=True, countries=["ML"])

    assert b"<select" not in client.get(URL).content


@pytest.fixture
def seats(db):
    """A structure here, one elsewhere in the region, one away, one nowhere."""
    NetworkFactory(regions=["93"])
    for name, code in [("Ici", "13"), ("Par là", "84"), ("Loin", "75")]:
        StructureFactory(
            published=True, name=name, department=Department.objects.get(code=code)
        )
    StructureFactory(published=True, name="Nulle part")


def test_a_departement_keeps_the_structures_seated_there(client, seats):
    assert listed(client.get(URL, {"departement": "13"})) == ["Ici"]


def test_hors_region_keeps_those_with_a_departement_elsewhere(client, seats):
    assert listed(client.get(URL, {"departement": "hors-region"})) == ["Loin"]


def test_every_structure_is_reached_by_ticking_every_departement(client, seats):
    StructureFactory(published=True, name="Madrid", is_abroad=True)
    page = Page(client.get(URL))

    response = client.get(URL, {"departement": page.values_of("departement")})

    assert len(listed(response)) == Structure.objects.published().count()
    assert "Madrid" in listed(client.get(URL, {"departement": "hors-region"}))


def test_hors_region_adds_up_with_a_departement(client, seats):
    response = client.get(URL, {"departement": ["13", "hors-region"]})

    assert listed(response) == ["Ici", "Loin"]


def test_departements_offered_are_those_of_the_network(client, seats):
    page = Page(client.get(URL))

    assert page.values_of("departement") == ["13", "84", "hors-region", "non-precise"]


def test_without_a_network_only_those_abroad_are_elsewhere(client, seats):
    Network.objects.all().delete()
    StructureFactory(published=True, name="Madrid", is_abroad=True)

    found = Structure.objects.published().in_departments([], or_elsewhere=True)

    assert listed(client.get(URL, {"departement": "hors-region"})) == ["Madrid"]
    assert [structure.name for structure in found] == ["Madrid"]


def test_without_a_network_every_departement_is_offered(client, seats):
    Network.objects.all().delete()

    page = Page(client.get(URL))

    assert page.values_of("departement") == ["13", "75", "84"]


def test_the_words_searched_are_a_chip_named_search(client, db):
    text = client.get(URL, {"q": "maison"}).text

    assert "Retirer le filtre Recherche" in text
