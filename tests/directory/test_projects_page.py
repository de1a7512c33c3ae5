"""The panorama: what it lists, in which order, and how it is narrowed."""

import datetime

import pytest

from directory.models import Locality, Participation, Project, Publication
from tests.factories import ParticipationFactory, ProjectFactory, StructureFactory
from tests.pages import Page

URL = "/projets/"


def listed(response):
    titles = dict(Project.objects.values_list("slug", "title"))
    return [titles[slug] for slug in Page(response).keys]


# It shows


def test_it_lists_published_projects_the_last_begun_first(client, db):
    ProjectFactory(published=True, title="Sans date")
    ProjectFactory(
        published=True, title="Ancien", actual_start_on=datetime.date(2015, 1, 1)
    )
    ProjectFactory(
        published=True, title="Récent", planned_start_on=datetime.date(2024, 1, 1)
    )

    response = client.get(URL)

    assert listed(response) == ["Récent", "Ancien", "Sans date"]
    assert Page(response).query("Titre") == {"tri": ["titre"]}


def test_it_sorts_by_title_as_french_readers_do(client, db):
    for title in ("Zèbre", "Écoles", "Eau"):
        ProjectFactory(published=True, title=title)

    assert listed(client.get(URL, {"tri": "titre"})) == ["Eau", "Écoles", "Zèbre"]


def test_a_card_tells_who_where_and_when(client, db):
    lead = StructureFactory(published=True, name="Les Amis du fleuve")
    ProjectFactory(
        published=True,
        title="Un puits",
        summary="Un puits pour deux écoles.",
        lead=lead,
        kind=Project.Kind.WATER,
        status=Project.Status.RUNNING,
        countries=["ML"],
        goals=[6],
        actual_start_on=datetime.date(2024, 9, 1),
        date_precision=Project.Precision.MONTH,
    )

    page = Page(client.get(URL))

    for words in (
        "Panorama des projets",
        "1 projet",
        "Eau 1 % · Les Amis du fleuve Un puits Un puits pour deux écoles.",
        "Pays : Mali",
        "En cours · Début : septembre 2024",
        "ODD 6 Eau propre et assainissement",
    ):
        assert words in page.text
    assert page.href("Un puits") == "/projets/un-puits/"


def test_a_project_found_by_a_place_says_so(client, db):
    project = ProjectFactory(published=True, title="Un puits")
    Locality.objects.create(project=project, name="Fomboni")

    assert "Aussi : Fomboni" in Page(client.get(URL, {"q": "fomboni"})).text
    assert "Fomboni" not in Page(client.get(URL)).text


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ({"pays": "ML"}, ["A"]),
        ({"pays": ["ML", "TG"]}, ["A", "B"]),
        ({"secteur": "sante"}, ["A"]),
        ({"odd": "4"}, ["B"]),
        ({"nature": "jumelage"}, ["A"]),
        ({"etat": ["en-cours", "termine"]}, ["A", "B"]),
        ({"etat": "termine"}, ["B"]),
        ({"q": "ecole"}, ["B"]),
        ({"q": "togo"}, ["B"]),
        ({"pays": "ML", "odd": "4"}, []),
    ],
)
def test_filters_narrow(client, db, query, titles):
    ProjectFactory(
        published=True,
        title="A",
        countries=["ML"],
        sectors=["sante"],
        goals=[3],
        kind=Project.Kind.TWINNING,
        status=Project.Status.RUNNING,
    )
    ProjectFactory(
        published=True,
        title="B",
        summary="Une école.",
        countries=["TG"],
        goals=[4],
        kind=Project.Kind.MICROPROJECT,
        status=Project.Status.DONE,
    )

    assert listed(client.get(URL, {**query, "tri": "titre"})) == titles


def test_only_values_that_published_projects_have_are_offered(client, db):
    ProjectFactory(published=True, kind=Project.Kind.TWINNING, countries=["ML"])
    ProjectFactory(kind=Project.Kind.WATER, countries=["TG"])

    page = Page(client.get(URL, {"etat": "suspendu", "voir": "nature"}))

    assert page.values_of("nature") == ["jumelage"]
    assert page.values_of("pays") == ["ML"]
    assert page.values_of("etat") == ["suspendu"]


def test_the_title_of_the_page_tells_the_filters(client, db):
    page = Page(client.get(URL, {"pays": "ML", "etat": "en-cours"}))

    assert page.title.startswith("Mali · En cours – Panorama des projets – ")


def test_no_result_says_so(client, db):
    assert "Aucun projet" in Page(client.get(URL, {"pays": "ML"})).text


# It hides


def test_drafts_and_archives_are_left_out(client, db):
    kept = ProjectFactory(published=True)
    ProjectFactory()
    ProjectFactory(publication=Publication.ARCHIVED)

    assert Page(client.get(URL)).keys == [kept.slug]


def test_a_lead_that_is_not_published_is_not_named(client, db):
    ProjectFactory(published=True, lead=StructureFactory(name="Structure secrète"))

    assert "Structure secrète" not in client.get(URL).content.decode()


def test_a_lead_that_is_not_published_cannot_be_found_out(client, db):
    ProjectFactory(published=True, lead=StructureFactory(name="Structure secrète"))

    assert listed(client.get(URL, {"q": "secrète"})) == []


def test_a_lead_that_is_a_plain_name_is_named(client, db):
    ParticipationFactory(
        project__published=True, named=True, role=Participation.Role.LEAD
    )

    assert "Une organisation d’ailleurs" in Page(client.get(URL)).text


# Bad input


@pytest.mark.parametrize(
    ("query", "notice"),
    [
        ("nature=troc", "« troc » n’est pas une nature connue"),
        ("etat=fini", "« fini » n’est pas un état connu"),
        ("pays=ZZ&pays=ML", "« ZZ » n’est pas un pays connu"),
        ("tri=nom", "« nom » n’est pas un ordre connu"),
        ("nature=%00", "n’est pas une nature connue"),
    ],
)
def test_what_makes_no_sense_is_dropped_with_a_sentence(client, db, query, notice):
    ProjectFactory(published=True, countries=["ML"])

    response = client.get(f"{URL}?{query}")

    assert notice in Page(response).text
    assert len(Page(response).keys) == 1


# Who may not, and at what cost


def test_a_visitor_gets_neither_cookie_nor_token(client, db):
    response = client.get(URL)

    assert not response.cookies
    assert b"csrfmiddlewaretoken" not in response.content


def test_the_cost_does_not_grow_with_the_rows(
    client, db, django_assert_max_num_queries
):
    def add(n):
        for _ in range(n):
            project = ProjectFactory(
                published=True,
                lead=StructureFactory(published=True),
                countries=["ML", "SN"],
                sectors=["sante"],
                goals=[3, 4],
            )
            ParticipationFactory(project=project, named=True)

    # From the second page on, the process has an index to compare.
    client.get(URL)
    add(3)
    with django_assert_max_num_queries(30) as few:
        client.get(URL)
    add(27)
    with django_assert_max_num_queries(30) as many:
        client.get(URL)

    assert len(many) == len(few)
