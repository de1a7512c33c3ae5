"""The page of the map: the listing that it is, what it says of rows without a point."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from directory.models import Commune, Department
from tests.factories import NetworkFactory, ProjectFactory, StructureFactory
from tests.pages import Page

URL, PROJECTS = "/carte/", "/carte/projets/"
MARSEILLE = {"latitude": 43.3, "longitude": 5.4, "point_source": "saisie"}


@pytest.fixture
def region(db):
    """The network of a region that has its contours."""
    return NetworkFactory(regions=["93"])


def structure(**values):
    return StructureFactory(published=True, **values)


def seated(code, **values):
    return structure(department=Department.objects.get(code=code), **values)


def frame(response):
    """The element that the script turns into a map."""
    found = []

    class Frame(Page):
        def handle_starttag(self, tag, attrs):
            if "data-map" in dict(attrs):
                found.append(dict(attrs))
            super().handle_starttag(tag, attrs)

    Frame(response)
    return found[0]


# It shows


def test_it_is_the_listing_with_its_filters(client, region):
    structure(name="Oui", countries=["ML"])
    structure(name="Non", countries=["SN"])

    page = Page(client.get(URL, {"pays": "ML"}))

    assert page.keys == ["oui"]
    assert page.counts["pays", "SN"] == 1
    assert page.title.startswith("Mali – Carte des acteurs")


def test_projects_have_their_map(client, region):
    ProjectFactory(published=True, title="Un puits", countries=["ML"])

    page = Page(client.get(PROJECTS, {"pays": "ML"}))

    assert page.keys == ["un-puits"]
    assert "Carte des projets" in page.title


def test_the_other_register_keeps_the_filters_that_it_knows(client, region):
    structure(countries=["ML"], type_code="osim")

    page = Page(
        client.get(URL, {"pays": "ML", "q": "eau", "adherent": "oui", "tri": "verifie"})
    )

    assert page.links["Acteurs"]["aria-current"] == "page"
    assert page.href("Projets").startswith(PROJECTS)
    assert page.query("Projets") == {"pays": ["ML"], "q": ["eau"]}


def test_a_change_of_the_filters_brings_the_way_to_the_other_register(client, region):
    structure(countries=["ML"])

    response = client.get(URL, {"pays": "ML"}, headers={"HX-Request": "true"})

    page = Page(response)
    assert page.query("Projets") == {"pays": ["ML"]}
    assert page.title.startswith("Mali")
    assert "<html" not in response.content.decode()


def test_the_projects_are_found_by_a_parameter_too(client, region):
    response = client.get(URL, {"registre": "projets", "pays": "ML"})

    assert response.status_code == 302
    assert response["Location"] == f"{PROJECTS}?pays=ML"
    assert client.get(URL, {"registre": "projets"})["Location"] == PROJECTS


def test_rows_that_are_not_on_the_map_are_counted_and_one_click_away(client, region):
    seated("13", name="Ici", **MARSEILLE)
    seated("75", name="À Paris")
    structure(name="Quelque part")
    structure(name="On ne sait où")

    page = Page(client.get(URL))
    unknown = Page(client.get(URL, page.query("2 acteurs sans position connue")))

    assert page.query("1 acteur hors de la région") == {"position": ["hors-region"]}
    assert unknown.keys == ["on-ne-sait-ou", "quelque-part"]
    assert "Pas sur la carte" not in unknown.text


def test_when_all_are_on_the_map_nothing_is_said_to_be_missing(client, region):
    seated("13", **MARSEILLE)

    assert "Pas sur la carte" not in Page(client.get(URL)).text


def test_the_drawing_counts_the_results_and_adds_a_departement(client, region):
    seated("13", countries=["ML"])
    seated("84", countries=["ML"])
    seated("84", countries=["SN"])

    page = Page(client.get(URL, {"pays": "ML", "departement": "13"}))

    assert page.query("Vaucluse 1") == {"pays": ["ML"], "departement": ["13", "84"]}
    assert "Bouches- du-Rhône 1" in page.links
    assert "Var 0" in page.links
    assert "Contours : IGN, Licence Ouverte" in page.text


def test_the_script_is_told_where_to_find_contours_and_points(client, region):
    structure(countries=["ML"])

    response = client.get(URL, {"pays": "ML"})

    south, west, north, east = json.loads(frame(response)["data-bounds"])
    assert south < 43.3 < north
    assert west < 5.4 < east
    assert frame(response)["data-communes"] == "/static/maps/93/communes.json"
    assert 'data-map-points="/carte/points/?pays=ML"' in response.content.decode()


def test_what_the_script_says_is_worded_in_french(client, region):
    words = json.loads(frame(client.get(PROJECTS))["data-words"])

    assert words["some"] == "{n} projets sur la partie affichée, {total} en tout"
    assert words["one"].startswith("1 projet sur")
    assert words["none"].startswith("Aucun projet sur")
    assert words["cluster"] == "{n} projets, agrandir"


# It hides


@pytest.mark.parametrize("url", [URL, PROJECTS])
def test_what_is_not_published_is_nowhere(client, region, url):
    hidden = StructureFactory(name="Brouillon secret", **MARSEILLE)
    ProjectFactory(title="Brouillon secret", lead=hidden)

    page = Page(client.get(url))

    assert "secret" not in page.text
    assert page.total == 0


def test_no_result_leaves_no_point_to_load_and_helps(client, region):
    structure(countries=["SN"])

    response = client.get(URL, {"q": "introuvable", "pays": "SN"})

    assert "data-map-points" not in response.content.decode()
    assert Page(response).query("Retirer « introuvable » (Recherche)") == {
        "pays": ["SN"]
    }


# Other networks, bad input


@pytest.mark.parametrize("regions", [[], ["11"]])
def test_a_region_without_contours_keeps_its_listing_and_its_points(
    client, db, regions
):
    NetworkFactory(regions=regions)
    structure(name="Quelque part", **MARSEILLE)

    response = client.get(URL)

    assert Page(response).keys == ["quelque-part"]
    assert frame(response)["data-bounds"] == "[]"
    assert frame(response)["data-departements"] == ""


@pytest.mark.parametrize("url", [URL, PROJECTS])
@pytest.mark.parametrize("query", ["q=%00", "position=zz&pays=%ff", "page=9&tri=x"])
def test_nonsense_is_ignored_and_said(client, region, url, query):
    response = client.get(f"{url}?{query}")

    assert response.status_code == 200


# At a constant cost


@pytest.mark.parametrize("view", ["directory:map", "directory:project-map"])
def test_a_page_asks_few_queries_and_one_once_it_is_kept(client, region, view):
    commune = Commune.objects.get(label="Arles")
    for _ in range(30):
        porteuse = structure(commune=commune, countries=["ML"])
        ProjectFactory(published=True, lead=porteuse, countries=["ML"])
    client.get(reverse(view), {"pays": "MC"})

    with CaptureQueriesContext(connection) as first:
        client.get(reverse(view), {"pays": "ML"})
    with CaptureQueriesContext(connection) as again:
        client.get(reverse(view), {"pays": "ML"})

    # The versions, the cards; for the first drawing, its départements.
    assert len(first) <= 3
    assert len(again) == 1
