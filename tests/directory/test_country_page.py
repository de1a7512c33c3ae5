"""The page of a country: who acts there, with which projects, and where to go."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from directory.models import Country, Project
from directory.subject_pages import term_pages
from directory.subject_pages.at_work import STATES
from news.models import Page as StaticPage
from tests.factories import (
    ArticleFactory,
    LocalityFactory,
    NetworkFactory,
    ParticipationFactory,
    ProjectFactory,
    StructureFactory,
)
from tests.pages import Page

URL = "/pays/mali/"


def names(response, key="actors"):
    return [row.name for row in getattr(response.context["work"], key)]


def titles(response):
    return {
        group.heading: [project.title for project in group.projects]
        for group in response.context["work"].groups
    }


# It shows


@pytest.mark.parametrize(
    ("slug", "heading"),
    [
        ("mali", "Qui agit au\u00a0Mali\u00a0?"),
        ("armenie", "Qui agit en\u00a0Arménie\u00a0?"),
        ("comores", "Qui agit aux\u00a0Comores\u00a0?"),
        ("cuba", "Qui agit à\u00a0Cuba\u00a0?"),
    ],
)
def test_the_preposition_is_right(client, db, slug, heading):
    page = Page(client.get(f"/pays/{slug}/"))

    assert " ".join(heading.split()) in page.text
    assert page.title.startswith(heading)


def test_members_come_first_then_names_as_french_readers_sort_them(client, db):
    for name in ("Zèbres", "Écoles", "Fleuves"):
        StructureFactory(published=True, name=name, countries=["ML"])
    StructureFactory(published=True, name="Membre", member=True, countries=["ML"])
    StructureFactory(
        published=True, name="Ancien", former_member=True, countries=["ML"]
    )

    response = client.get(URL)

    assert names(response) == ["Membre", "Ancien", "Écoles", "Fleuves", "Zèbres"]


def test_a_project_shows_who_acts_though_the_profile_is_silent(client, db):
    town = StructureFactory(published=True, name="Aix", countries=["SN"])
    ProjectFactory(published=True, title="Jumelage", lead=town, countries=["ML"])

    response = client.get(URL)
    page = Page(response)

    assert names(response) == []
    assert names(response, "reached") == ["Aix"]
    assert "Par le projet « Jumelage »" in page.text
    assert page.href("« Jumelage »") == "/projets/jumelage/"


def test_an_article_shows_who_acts_though_the_profile_is_silent(client, db):
    town = StructureFactory(published=True, name="Aix", slug="aix")
    ArticleFactory(
        published=True, title="En mission", structures=[town], countries=["ML"]
    )

    response = client.get(URL)

    assert names(response, "reached") == ["Aix"]
    assert "Cité dans l’article « En mission »" in Page(response).text


def test_an_actor_that_says_it_is_not_shown_twice(client, db):
    town = StructureFactory(published=True, countries=["ML"])
    ProjectFactory(published=True, lead=town, countries=["ML"])

    response = client.get(URL)

    assert names(response) == [town.name]
    assert names(response, "reached") == []


def test_an_actor_with_two_roles_is_shown_once_with_one_reason(client, db):
    town = StructureFactory(published=True, name="Aix")
    project = ProjectFactory(
        published=True, title="Jumelage", lead=town, countries=["ML"]
    )
    ParticipationFactory(project=project, structure=town, role="financeur")

    response = client.get(URL)

    assert names(response, "reached") == ["Aix"]
    assert Page(response).text.count("« Jumelage »") == 1


def test_projects_are_grouped_by_state_the_running_ones_first(client, db):
    for n, status in enumerate(["termine", "annule", "en-cours", "", "idee"]):
        ProjectFactory(published=True, title=f"P{n}", status=status, countries=["ML"])
    ProjectFactory(
        published=True, title="P5", status="en-preparation", countries=["ML"]
    )

    assert titles(client.get(URL)) == {
        "Projets en cours": ["P2"],
        "Projets en préparation": ["P5"],
        "Idées qui cherchent des partenaires": ["P4"],
        "Projets terminés": ["P0"],
        "Projets annulés": ["P1"],
        "Projets dont l’état n’est pas indiqué": ["P3"],
    }


def test_every_state_of_a_project_has_a_group():
    assert set(STATES) == {*Project.Status.values, ""}


def test_long_lists_are_cut_with_the_way_to_the_rest(client, db):
    for _n in range(14):
        StructureFactory(published=True, countries=["ML"])
        ProjectFactory(published=True, status="en-cours", countries=["ML"])

    page = Page(client.get(URL))

    assert page.href("Voir les 14 acteurs au Mali") == "/annuaire/?pays=ML"
    assert (
        page.href("Projets en cours au Mali : voir les 14")
        == "/projets/?pays=ML&etat=en-cours"
    )


def test_each_of_those_that_projects_show_is_named_the_others_folded(client, db):
    for n in range(14):
        lead = StructureFactory(published=True, name=f"Porteur {n:02}", city="Digne")
        ProjectFactory(published=True, lead=lead, countries=["ML"])

    page = Page(client.get(URL))

    assert "Et 2 autres Porteur 12 Digne Porteur 13 Digne" in page.text
    assert page.href("Porteur 13").startswith("/annuaire/")
    assert "à retrouver" not in page.text


def test_actors_and_places_that_are_left_out_are_to_be_found_elsewhere(
    client, db, monkeypatch
):
    monkeypatch.setattr(term_pages, "REACHED", 12)
    mali = Country.objects.get(code="ML")
    for _n in range(14):
        lead = StructureFactory(published=True)
        project = ProjectFactory(published=True, lead=lead, countries=["ML"])
        for n in range(5):
            LocalityFactory(project=project, name=f"Village {n}", country=mali)

    page = Page(client.get(URL))

    for words in (
        "Et 2 autres encore, à retrouver par leurs projets au Mali",
        "D’autres lieux dans les projets au Mali",
    ):
        assert page.href(words) == "/projets/?pays=ML"


def test_figures_are_those_of_the_listings_they_lead_to(client, db):
    facts = {"published": True, "countries": ["ML"]}
    StructureFactory(member=True, sectors=["sante", "education"], goals=[3], **facts)
    StructureFactory(sectors=["sante"], **facts)
    StructureFactory(countries=["ML"], sectors=["sante"])
    ProjectFactory(sectors=["sante"], goals=[3, 4], **facts)
    ProjectFactory(published=True, countries=["SN"], sectors=["sante"])

    work = client.get(URL).context["work"]

    cells = [work.actors_total, work.members_total, work.projects_total]
    for rows in work.beside.values():
        cells += [cell for row in rows for cell in (row.actors, row.projects)]
    assert [cell.count for cell in cells[:3]] == [2, 1, 1]
    for cell in cells:
        assert Page(client.get(cell.address)).total == cell.count


def test_sectors_and_goals_at_work_lead_to_their_pages_and_to_listings(client, db):
    StructureFactory(published=True, countries=["ML"], sectors=["sante"], goals=[3])

    page = Page(client.get(URL))

    assert page.href("Santé") == "/secteurs/sante/"
    assert page.href("Bonne santé et bien-être") == "/odd/3/"
    assert page.href("1 acteur, Santé") == "/annuaire/?pays=ML&secteur=sante"


def test_news_of_the_country_lead_to_the_others(client, db):
    ArticleFactory(published=True, title="Vu à Bamako", countries=["ML"])
    ArticleFactory(published=True, title="Vu à Dakar", countries=["SN"])

    page = Page(client.get(URL))

    assert "Vu à Bamako" in page.text
    assert "Vu à Dakar" not in page.text
    assert page.href("Toutes les actualités au Mali") == "/actualites/?pays=ML"


@pytest.mark.parametrize(
    ("is_ldc", "until", "said"),
    [
        (True, None, "Sur la liste des pays les moins avancés (PMA)"),
        (True, "2027-12-13", "(PMA), sortie prévue le 13 décembre 2027"),
        (True, "2026-01-01", "Sorti de la liste des pays les moins avancés (PMA) le 1"),
    ],
)
def test_the_list_of_least_developed_countries_is_dated(
    client, db, time_machine, is_ldc, until, said
):
    time_machine.move_to(datetime.datetime(2026, 6, 1, tzinfo=datetime.UTC))
    Country.objects.filter(code="ML").update(is_ldc=is_ldc, ldc_until=until)

    page = Page(client.get(URL))

    assert said in page.text
    for region in ("Afrique", "Afrique subsaharienne", "Afrique occidentale"):
        assert region in page.text


def test_a_country_that_is_not_on_the_list_says_nothing_of_it(client, db):
    assert "PMA" not in Page(client.get("/pays/armenie/")).text


def test_it_offers_the_feed_and_the_sheet(client, db):
    StructureFactory(published=True, countries=["ML"])

    response = client.get(URL)

    assert (
        'type="application/atom+xml" title="Nouveautés au\u00a0Mali"'
        ' href="/pays/mali/flux.atom"' in response.text
    )
    assert Page(response).href("Fiche à imprimer") == "/pays/mali/fiche/"


# It hides


def test_what_is_not_published_is_not_there(client, db):
    hidden = {"countries": ["ML"]}
    StructureFactory(name="Brouillon secret", **hidden)
    merged = StructureFactory(name="Fusionnée", published=True, **hidden)
    merged.merged_into = StructureFactory(published=True, name="L’autre")
    merged.save()
    ProjectFactory(title="Projet secret", **hidden)
    ArticleFactory(title="Article secret", **hidden)

    page = Page(client.get(URL))

    for words in ("secret", "Fusionnée"):
        assert words not in page.text


def test_a_draft_shows_nobody_at_work(client, db):
    town = StructureFactory(published=True, name="Aix", slug="aix")
    ProjectFactory(lead=town, countries=["ML"])
    ArticleFactory(structures=[town], countries=["ML"])
    ArticleFactory(
        published=True,
        published_at=datetime.datetime(2098, 1, 1, tzinfo=datetime.UTC),
        structures=[town],
        countries=["ML"],
    )
    draft = ProjectFactory(countries=["ML"], title="Secret")
    LocalityFactory(project=draft, name="Gao", country=Country.objects.get(code="ML"))

    page = Page(client.get(URL))

    assert "Aix" not in page.text
    assert "Gao" not in page.text


def test_a_reason_is_about_this_country_alone(client, db):
    town = StructureFactory(published=True, name="Aix")
    ProjectFactory(published=True, title="Au Mali", lead=town, countries=["ML"])
    ProjectFactory(published=True, title="Au Sénégal", lead=town, countries=["SN"])

    page = Page(client.get(URL))

    assert "Au Mali" in page.text
    assert "Au Sénégal" not in page.text


# Where nobody is


def test_a_country_without_anybody_says_so_and_where_to_go(client, db):
    NetworkFactory()
    values = {"title": "Le réseau", "body": "<p>Qui.</p>", "publication": "publie"}
    StaticPage.objects.update_or_create(slug="le-reseau", defaults=values)
    StructureFactory(published=True, countries=["ES"])

    page = Page(client.get("/pays/andorre/"))

    assert "Aucun acteur ni aucun projet en Andorre dans l’annuaire" in page.text
    assert page.href("Espagne") == "/pays/espagne/"
    assert page.href("Rejoignez le réseau") == "/le-reseau/"
    assert page.href("Écrivez au réseau") == "mailto:contact@reseau.example"
    assert "Fiche à imprimer" not in page.links


def test_a_country_of_no_region_has_a_page_too(client, db):
    response = client.get("/pays/antarctique/")

    assert response.status_code == 200
    assert "Dans la même région" not in Page(response).text


def test_a_country_of_articles_alone_shows_them(client, db):
    ArticleFactory(published=True, title="Vu à Andorre", countries=["AD"])

    assert "Vu à Andorre" in Page(client.get("/pays/andorre/")).text


# Cost


def fill(count):
    mali = Country.objects.get(code="ML")
    for _n in range(count):
        facts = {"published": True, "sectors": ["sante"], "goals": [3]}
        actor = StructureFactory(countries=["ML"], **facts)
        other = StructureFactory(**facts)
        project = ProjectFactory(
            countries=["ML"], lead=other, status="en-cours", **facts
        )
        LocalityFactory(project=project, country=mali)
        ArticleFactory(
            published=True, structures=[actor.slug, other.slug], countries=["ML"]
        )


def cost(client, url=URL):
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


def test_the_page_costs_less_than_twelve_queries_whatever_the_rows(client, db):
    NetworkFactory(regions=["93"])

    fill(1)
    few = cost(client)
    fill(40)
    many = cost(client)

    assert many <= few < 12


def test_the_page_is_kept_until_a_row_is_written(client, db):
    fill(1)
    client.get(URL)

    assert cost(client) == 1
    StructureFactory(published=True, name="Nouvelle venue", countries=["ML"])
    assert "Nouvelle venue" in Page(client.get(URL)).text
