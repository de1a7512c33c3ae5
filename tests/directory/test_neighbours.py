"""« Qui d’autre ? »: who shares what, in which order, and who is left out."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from directory import neighbours
from directory.keeping import versions
from directory.models import Country, Participation, Project, Structure
from tests.factories import (
    LocalityFactory,
    ParticipationFactory,
    ProjectFactory,
    StructureFactory,
)
from tests.pages import Page

URL = "/annuaire/les-amis/"
SHARED = {"published": True, "countries": ["ML"], "sectors": ["education"]}


@pytest.fixture
def structure(db):
    """A structure that works on education in Mali."""
    return StructureFactory(name="Les Amis", goals=[4], **SHARED)


def of(row):
    """The neighbours of a row, as its page asks for them."""
    find = neighbours.of_structure
    if isinstance(row, Project):
        find = neighbours.of_project
    loaded = type(row).objects.for_page().get(pk=row.pk)
    return find(loaded, versions.current())


def named(group):
    return [(item.label, item.shared) for item in group.found]


# It shows


def test_actors_and_projects_that_share_a_country_and_a_sector(client, structure):
    StructureFactory(name="Les Voisins", **SHARED)
    ProjectFactory(title="Une école", **SHARED)

    page = Page(client.get(URL))

    assert "Qui d’autre ?" in page.text
    assert "Mali · Éducation Les Voisins" in page.text
    assert "Mali · Éducation Une école" in page.text
    assert page.href("Les Voisins") == "/annuaire/les-voisins/"
    assert page.href("Une école") == "/projets/une-ecole/"


def test_the_page_of_a_project_shows_them_too(client, db):
    ProjectFactory(title="Un puits", **SHARED)
    StructureFactory(name="Les Voisins", **SHARED)

    text = Page(client.get("/projets/un-puits/")).text

    assert "Mali · Éducation Les Voisins" in text


def test_all_of_them_are_a_click_away(client, structure):
    StructureFactory(name="Les Voisins", **SHARED)

    page = Page(client.get(URL))

    way = page.href("Tous les acteurs : Mali · Éducation")
    assert way == "/annuaire/?pays=ML&secteur=education"


def test_a_goal_is_a_reason_when_no_sector_is_shared(structure):
    StructureFactory(name="Par l’ODD", published=True, countries=["ML"], goals=[4])

    assert named(of(structure).structures) == [("Par l’ODD", "Mali · ODD 4")]


def test_a_locality_is_a_reason_by_itself(structure):
    mali = Country.objects.get(code="ML")
    own = ProjectFactory(published=True, lead=structure)
    LocalityFactory(project=own, name="Ségou", country=mali)
    other = ProjectFactory(
        published=True,
        title="Un puits",
        lead=StructureFactory(published=True, name="Les Voisins"),
    )
    LocalityFactory(project=other, name="SEGOU", country=mali)

    found = of(structure)

    assert named(found.projects) == [("Un puits", "Ségou")]
    assert named(found.structures) == [("Les Voisins", "Ségou")]


# The order


def test_those_who_share_more_come_first(structure):
    Structure.objects.get(pk=structure.pk).countries.add(Country.objects.get(code="SN"))
    StructureFactory(name="Un pays", **SHARED)
    StructureFactory(name="Deux pays", **{**SHARED, "countries": ["ML", "SN"]})

    labels = [label for label, _shared in named(of(structure).structures)]

    assert labels == ["Deux pays", "Un pays"]


def test_what_is_rare_is_worth_more_than_what_is_common(db):
    subject = StructureFactory(
        published=True, countries=["ML", "KM"], sectors=["education"]
    )
    for n in range(5):
        StructureFactory(name=f"Mali {n}", published=True, countries=["ML"])
    StructureFactory(name="Commun", **SHARED)
    StructureFactory(name="Rare", **{**SHARED, "countries": ["KM"]})

    assert named(of(subject).structures) == [
        ("Rare", "Comores · Éducation"),
        ("Commun", "Mali · Éducation"),
    ]


def test_a_sector_comes_before_goals(structure):
    StructureFactory(
        name="Par l’ODD", published=True, member=True, countries=["ML"], goals=[4]
    )
    StructureFactory(name="Par le secteur", **SHARED)

    labels = [label for label, _shared in named(of(structure).structures)]

    assert labels == ["Par le secteur", "Par l’ODD"]


def test_members_come_first_among_equals_then_names(structure):
    StructureFactory(name="Zoé", member=True, **SHARED)
    StructureFactory(name="Émile", **SHARED)
    StructureFactory(name="Alice", **SHARED)

    labels = [label for label, _shared in named(of(structure).structures)]

    assert labels == ["Zoé", "Alice", "Émile"]


def test_six_are_shown(structure):
    for n in range(9):
        StructureFactory(name=f"Voisin {n}", **SHARED)

    assert len(of(structure).structures.found) == 6


# It hides


def test_nothing_shared_shows_nothing(client, structure):
    StructureFactory(published=True, countries=["ML"], sectors=["sante"])
    ProjectFactory(published=True, countries=["SN"], sectors=["education"])

    assert "Qui d’autre" not in client.get(URL).text


def test_a_page_without_a_country_or_a_place_shows_nothing(client, db):
    StructureFactory(published=True, name="Les Amis", sectors=["education"])
    StructureFactory(**SHARED)

    assert "Qui d’autre" not in client.get(URL).text


@pytest.mark.parametrize("hidden", [{"publication": "archive"}, {"published": False}])
def test_what_is_not_published_is_not_shown(structure, hidden):
    StructureFactory(**{**SHARED, **hidden})
    ProjectFactory(**{**SHARED, **hidden})

    assert not of(structure)


def test_what_is_merged_is_not_shown(structure):
    StructureFactory(merged_into=structure, **SHARED)

    assert not of(structure)


def test_a_draft_tells_no_locality(structure):
    mali = Country.objects.get(code="ML")
    own = ProjectFactory(published=True, lead=structure)
    LocalityFactory(project=own, name="Ségou", country=mali)
    draft = ProjectFactory(lead=StructureFactory(published=True))
    LocalityFactory(project=draft, name="Ségou", country=mali)

    assert not of(structure)


def test_its_own_projects_and_partners_are_left_out(structure):
    project = ProjectFactory(lead=structure, **SHARED)
    ParticipationFactory(project=project, structure=StructureFactory(**SHARED))

    assert not of(structure)


def test_those_who_take_part_in_a_project_are_left_out_of_its_page(structure):
    project = ProjectFactory(lead=structure, **SHARED)

    assert not of(project)


def test_a_town_of_the_network_is_no_reason(structure):
    france = Country.objects.get(code="FR")
    for lead in (structure, StructureFactory(published=True)):
        project = ProjectFactory(published=True, lead=lead)
        LocalityFactory(project=project, name="Marseille", country=france)

    assert not of(structure)


def test_a_draft_that_the_staff_look_at_has_neighbours(staff_client, structure):
    StructureFactory(name="Un brouillon", **{**SHARED, "published": False})

    text = Page(staff_client.get("/annuaire/un-brouillon/")).text

    assert "Mali · Éducation Les Amis" in text


# Cost


def queries_of(row):
    loaded = type(row).objects.for_page().get(pk=row.pk)
    find = neighbours.of_structure
    if isinstance(row, Project):
        find = neighbours.of_project
    now = versions.current()
    find(loaded, now)  # the indexes are built
    with CaptureQueriesContext(connection) as queries:
        find(loaded, now)
    return len(queries)


def grow(number):
    for _n in range(number):
        lead = StructureFactory(**SHARED)
        project = ProjectFactory(lead=lead, **SHARED)
        LocalityFactory(
            project=project, name="Ségou", country=Country.objects.get(code="ML")
        )
        ParticipationFactory(project=project, role=Participation.Role.FUNDER)


def test_the_cost_does_not_grow(structure):
    project = ProjectFactory(lead=structure, **SHARED)
    LocalityFactory(
        project=project, name="Ségou", country=Country.objects.get(code="ML")
    )
    grow(2)
    few = queries_of(structure), queries_of(project)

    grow(4)

    assert (queries_of(structure), queries_of(project)) == few == (4, 3)
