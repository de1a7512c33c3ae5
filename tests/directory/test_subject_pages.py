"""The pages of the world, of sectors and of goals."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from directory.models import Goal, Sector, Target
from tests.factories import (
    ArticleFactory,
    CountryFactory,
    ProjectFactory,
    SectorFactory,
    StructureFactory,
)
from tests.pages import Page


def cost(client, url):
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


# The countries


def test_countries_are_grouped_by_region_with_their_numbers(client, db):
    StructureFactory(published=True, countries=["ML", "AM"])
    ProjectFactory(published=True, countries=["ML"])

    response = client.get("/pays/")
    page = Page(response)

    assert {
        continent.label: {
            region: [place.country.code for place in places]
            for region, places in continent.regions.items()
        }
        for continent in response.context["continents"]
    } == {
        "Afrique": {"Afrique occidentale": ["ML"]},
        "Asie": {"Asie occidentale": ["AM"]},
    }
    assert "Mali 1 acteur, 1 projet" in page.text
    assert page.href("Mali") == "/pays/mali/"


def test_no_country_is_lost(client, db):
    StructureFactory(published=True, countries=["ML"])
    CountryFactory(label="Nulle part")

    page = Page(client.get("/pays/"))

    assert "Les 250 pays où l’annuaire ne connaît encore personne" in page.text
    assert page.href("Nulle part") == "/pays/nulle-part/"
    assert page.href("Antarctique") == "/pays/antarctique/"


def test_a_country_of_no_region_where_somebody_acts_is_shown(client, db):
    StructureFactory(published=True, countries=["AQ"])

    assert "Ailleurs 1 pays Antarctique 1 acteur" in Page(client.get("/pays/")).text


def test_drafts_put_nobody_on_the_list_of_countries(client, db):
    StructureFactory(countries=["ML"])
    ProjectFactory(countries=["ML"])

    response = client.get("/pays/")

    assert response.context["acting"] == []
    assert "Aucune fiche ne cite encore de pays" in Page(response).text


def test_the_list_of_countries_costs_the_same_whatever_the_rows(client, db):
    StructureFactory(published=True, countries=["ML"])
    few = cost(client, "/pays/")
    for code in ("SN", "TG", "AM", "HT"):
        StructureFactory(published=True, countries=[code])
        ProjectFactory(published=True, countries=[code])

    assert cost(client, "/pays/") <= few


# The sectors


def test_the_page_of_a_sector_says_what_it_is(client, db):
    response = client.get("/secteurs/eau-assainissement/")
    page = Page(response)

    assert "Eau - Assainissement" in page.title
    assert "Aussi : Eau, Eau potable, Assainissement" in page.text
    assert "Libellé provisoire" in page.text
    assert "Code SNPC principal 14010" in page.text
    assert page.href("ODD 6 Eau propre et assainissement") == "/odd/6/"


def test_a_confirmed_sector_is_not_called_provisional(client, db):
    assert "provisoire" not in Page(client.get("/secteurs/education/")).text


def test_the_page_of_a_sector_shows_who_works_on_it_and_where(client, db):
    facts = {"published": True, "sectors": ["sante"], "countries": ["ML"]}
    StructureFactory(name="Autre", **facts)
    StructureFactory(name="Membre", member=True, **facts)
    ProjectFactory(title="Un dispensaire", status="en-cours", **facts)
    ArticleFactory(title="Un dispensaire ouvre", **facts)
    silent = StructureFactory(published=True, name="Silencieuse")
    ProjectFactory(lead=silent, title="Une pharmacie", **facts)
    StructureFactory(name="Brouillon", sectors=["sante"])

    response = client.get("/secteurs/sante/")
    page = Page(response)
    work = response.context["work"]

    assert [row.name for row in work.actors] == ["Membre", "Autre"]
    assert [row.name for row in work.reached] == ["Silencieuse"]
    assert "Un dispensaire ouvre" in page.text
    assert page.href("2 acteurs, Mali") == "/annuaire/?pays=ML&secteur=sante"
    assert page.href("2 projets, Mali") == "/projets/?pays=ML&secteur=sante"
    assert page.href("Mali") == "/pays/mali/"
    assert "Brouillon" not in page.text


def test_a_sector_without_anybody_says_so(client, db):
    SectorFactory(label="Espace", code="espace")

    page = Page(client.get("/secteurs/espace/"))

    assert "Aucun acteur ni aucun projet dans ce secteur" in page.text
    assert page.href("Voir les autres secteurs") == "/secteurs/"


def test_the_list_of_sectors_counts_each(client, db):
    StructureFactory(published=True, sectors=["sante"])
    Sector.objects.filter(code="sport").update(is_active=False)

    page = Page(client.get("/secteurs/"))

    assert "Santé 1 acteur" in page.text
    assert "Énergie personne encore" in page.text
    assert "Sport" not in page.text


def test_a_retired_sector_that_is_used_is_still_listed(client, db):
    StructureFactory(published=True, sectors=["sport"])
    Sector.objects.filter(code="sport").update(is_active=False)

    assert "Sport 1 acteur" in Page(client.get("/secteurs/")).text


# The goals


def test_the_seventeen_goals_have_their_numbers(client, db):
    StructureFactory(published=True, goals=[6])
    ProjectFactory(published=True, goals=[6, 7])
    StructureFactory(goals=[5])

    page = Page(client.get("/odd/"))

    assert "ODD 6 Eau propre et assainissement , 1 acteur, 1 projet" in page.text
    assert "Énergie propre et d’un coût abordable , 1 projet" in page.text
    assert "Égalité entre les sexes , personne encore" in page.text
    for goal in Goal.objects.all():
        assert f'href="{goal.get_absolute_url()}"' in client.get("/odd/").text


def test_the_page_of_a_goal_has_its_title_and_its_targets(client, db):
    goal = Goal.objects.get(number=6)

    page = Page(client.get("/odd/6/"))

    assert "ODD 6" in page.title
    assert goal.title in page.text
    for target in Target.objects.filter(goal=goal):
        assert f"{target.code} {' '.join(target.text.split())}" in page.text


def test_the_page_of_a_goal_shows_who_serves_it(client, db):
    facts = {"published": True, "goals": [6], "countries": ["ML"]}
    StructureFactory(name="Autre", **facts)
    StructureFactory(name="Membre", member=True, **facts)
    ProjectFactory(title="Un puits", **facts)
    ArticleFactory(title="Le puits coule", **facts)

    response = client.get("/odd/6/")
    page = Page(response)

    assert [row.name for row in response.context["work"].actors] == ["Membre", "Autre"]
    assert "Le puits coule" in page.text
    assert page.href("Eau - Assainissement") == "/secteurs/eau-assainissement/"
    assert page.href("2 acteurs, Mali") == "/annuaire/?pays=ML&odd=6"


@pytest.mark.parametrize(
    ("number", "before", "after"), [(1, None, 2), (6, 5, 7), (17, 16, None)]
)
def test_goals_lead_to_their_neighbours(client, db, number, before, after):
    html = client.get(f"/odd/{number}/").text

    assert ('rel="prev"' in html) == (before is not None)
    assert ('rel="next"' in html) == (after is not None)
    for neighbour in filter(None, (before, after)):
        assert f'href="/odd/{neighbour}/"' in html


def test_a_goal_without_anybody_says_so(client, db):
    page = Page(client.get("/odd/14/"))

    assert "Aucun acteur ni aucun projet ne sert encore cet objectif" in page.text


@pytest.mark.parametrize("url", ["/secteurs/sante/", "/odd/3/"])
def test_the_cost_does_not_grow_with_rows(client, db, url):
    def fill(count):
        for code in ("ML", "SN", "TG")[:count]:
            facts = {"published": True, "sectors": ["sante"], "goals": [3]}
            actor = StructureFactory(countries=[code], **facts)
            ProjectFactory(countries=[code], lead=actor, **facts)
            ArticleFactory(structures=[actor.slug], countries=[code], **facts)

    fill(1)
    few = cost(client, url)
    fill(3)

    assert cost(client, url) <= few


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("/pays/mali/", "pays=ML"),
        ("/secteurs/eau-assainissement/", "secteur=eau-assainissement"),
        ("/odd/6/", "odd=6"),
    ],
)
def test_a_subject_leads_to_itself_on_the_maps_and_in_the_tables(
    client, db, path, query
):
    filed = {"countries": ["ML"], "sectors": ["eau-assainissement"], "goals": [6]}
    StructureFactory(published=True, **filed)
    ProjectFactory(published=True, **filed)

    page = Page(client.get(path))

    assert page.href("Les acteurs sur la carte de la région") == f"/carte/?{query}"
    for words, address in [
        ("Les projets sur la carte de la région", f"/carte/projets/?{query}"),
        (
            "Les projets en tableau, avec leur budget public",
            f"/projets/?{query}&vue=tableau",
        ),
        ("Les projets par pays et par secteur", f"/panorama/matrice/?{query}"),
    ]:
        assert page.href(words) == address


def test_a_sector_of_actors_alone_leads_to_no_map_of_projects(client, db):
    StructureFactory(published=True, sectors=["sante"])

    page = Page(client.get("/secteurs/sante/"))

    assert "Les projets sur la carte du monde" not in page.links
    assert (
        page.href("Les acteurs par pays et par secteur")
        == "/panorama/matrice/?secteur=sante&registre=acteurs"
    )
