"""The coverage matrix: each number is the list it leads to, nothing is left unsaid."""

import pytest
from django.db import connection, transaction
from django.http import QueryDict
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from directory.coverage.matrix import AXES, shades
from directory.coverage.matrix_page import MatrixPage
from directory.keeping import versions
from directory.listings.asides import MOST_CHIPS
from directory.listings.facets import index_of
from directory.listings.results import Results
from directory.models import Country, Project, Sector
from tests.factories import NetworkFactory, ProjectFactory, StructureFactory
from tests.pages import Page

URL = "/panorama/matrice/"


def asked(query=""):
    return MatrixPage(RequestFactory().get(f"{URL}?{query}"))


def row_of(page, code):
    return next(row for row in page.rows if row.value.key == code)


def cell_of(page, country, key):
    keys = [value.key for value in page.matrix.values]
    return row_of(page, country).cells[keys.index(key)]


@pytest.fixture
def projects(db):
    """Two projects in Mali, one of them in Senegal too."""
    ProjectFactory(
        published=True, countries=["ML", "SN"], sectors=["education", "sante"]
    )
    ProjectFactory(published=True, countries=["ML"], sectors=["education"], goals=[6])


# It shows


def test_a_cell_counts_the_projects_of_a_country_and_a_sector(client, projects):
    page = Page(client.get(URL))

    assert "2 projets" in page.text
    assert (
        page.href("2\u00a0: Mali, Éducation") == "/projets/?pays=ML&secteur=education"
    )


def test_each_number_says_of_what_it_is_where_links_are_listed(client, projects):
    links = Page(client.get(URL)).links

    assert links["2\u00a0: Tous pays"]["href"] == "/projets/"
    assert links["2\u00a0: Mali"]["href"] == "/projets/?pays=ML"
    assert links["2\u00a0: Éducation"]["href"] == "/projets/?secteur=education"


def test_a_total_counts_a_project_of_two_sectors_once(projects):
    page = asked()

    assert row_of(page, "ML").total.number == 2
    assert cell_of(page, "ML", "sante").number == 1
    assert page.results.total == 2


def test_where_nobody_works_is_shown(projects):
    page = asked()

    assert cell_of(page, "SN", "culture").number == 0
    assert len(page.matrix.values) == Sector.objects.active().count()


def test_the_page_says_how_much_is_covered(client, projects):
    sectors = Sector.objects.active().count()

    text = Page(client.get(URL)).text

    words = f"4 croisements ont au moins un projet, {2 * sectors - 4} n’en ont aucun"
    assert words in text


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("secteur=education&pays=ML", "1 colonne : 1 croisement a au moins un projet"),
        ("secteur=education&pays=ML", "au moins un projet, aucun n’est vide."),
        ("secteur=sante", "2 pays, 1 colonne : 2 croisements ont au moins un projet"),
    ],
)
def test_numbers_of_the_coverage_agree(client, projects, query, words):
    assert words in Page(client.get(f"{URL}?{query}")).text


def test_filters_that_are_too_many_to_be_named_are_counted(client, projects):
    countries = Country.objects.values_list("code", flat=True)[: MOST_CHIPS + 3]

    page = client.get(URL, {"pays": [*countries]})

    assert "et 3 autres" in page.text


def test_a_table_without_a_covered_cell_says_so(client, db):
    ProjectFactory(published=True, countries=["ML"])

    text = Page(client.get(URL)).text

    assert "aucun croisement n’a au moins un projet." in text


def test_projects_without_a_sector_have_their_column(client, projects):
    ProjectFactory(published=True, countries=["ML"])

    page = asked()

    assert row_of(page, "ML").unknown == 1
    assert "Secteur non précisé" in Page(client.get(URL)).text


def test_columns_may_be_the_goals(client, projects):
    page = asked("colonnes=odd")

    assert len(page.matrix.values) == 17
    assert cell_of(page, "ML", "6").number == 1
    assert cell_of(page, "ML", "6").query == "pays=ML&odd=6"


def test_actors_may_be_counted_by_departement(client, db):
    NetworkFactory(regions=["93"])
    StructureFactory(published=True, countries=["ML"], department_id="13")

    page = asked("registre=acteurs&colonnes=departement")

    assert cell_of(page, "ML", "13").number == 1
    assert cell_of(page, "ML", "06").number == 0


def test_an_axis_is_offered_where_the_listing_has_the_facet(db):
    for register in ("projets", "acteurs"):
        page = asked(f"registre={register}")
        facets = page.listing.register.parameters()

        assert set(page.axes) == {name for name in AXES if name in facets}


def test_the_filters_of_the_listing_narrow_it(client, projects):
    page = Page(client.get(URL, {"odd": "6", "q": "projet"}))

    assert "1 projet" in page.text
    assert (
        page.links[
            "Retirer le filtre Objectif de développement durable : ODD 6"
            " – Eau propre et assainissement"
        ]["href"]
        == "?q=projet"
    )


def test_a_region_of_the_world_shows_all_its_countries(projects):
    page = asked("lignes=011")

    codes = {row.value.key for row in page.rows}
    assert {"ML", "SN", "TG", "BJ"} <= codes
    assert row_of(page, "TG").total.number == 0


def test_a_region_holds_the_countries_of_its_own_regions(projects):
    inner = {row.value.key for row in asked("lignes=011").rows}
    outer = {row.value.key for row in asked("lignes=002").rows}

    assert inner < outer


def test_most_frequent_countries_come_first_or_names_do(projects):
    ProjectFactory(published=True, countries=["BJ", "ML"])

    by_number = [row.value.key for row in asked().rows]
    by_name = [row.value.key for row in asked("ordre=nom").rows]

    assert by_number == ["ML", "BJ", "SN"]
    assert by_name == ["BJ", "ML", "SN"]


def test_the_other_countries_are_a_click_away(client, db):
    for country in Country.objects.all()[:45]:
        ProjectFactory(published=True, countries=[country])

    page = Page(client.get(URL))

    assert len(asked().rows) == 40
    assert page.href("Montrer les 45 pays") == "?lignes=toutes"
    assert len(asked("lignes=toutes").rows) == 45


def test_tints_follow_numbers_that_are_skewed(db):
    for n in range(30):
        ProjectFactory(
            published=True, countries=["ML"] if n else ["ML", "SN"], sectors=["sante"]
        )

    page = asked()

    assert cell_of(page, "ML", "sante").tint == 5
    assert cell_of(page, "SN", "sante").tint == 1
    bounds = [(shade.least, shade.most) for shade in shades(page.rows)]
    assert bounds[0][0] == 1
    assert bounds[-1][1] == 30


# It hides


def test_drafts_are_not_counted(client, db):
    ProjectFactory(countries=["ML"], sectors=["education"])

    assert "Rien n’est encore publié ici" in Page(client.get(URL)).text


def test_a_retired_sector_without_a_project_is_no_column(projects):
    Sector.objects.filter(code="culture").update(is_active=False)

    assert "culture" not in [value.key for value in asked().matrix.values]


def test_chosen_values_are_the_only_rows_and_columns(projects):
    page = asked("pays=SN&secteur=sante")

    assert [row.value.key for row in page.rows] == ["SN"]
    assert [value.key for value in page.matrix.values] == ["sante"]


# Bad input


@pytest.mark.parametrize(
    "query",
    [
        "registre=articles",
        "colonnes=type",
        "lignes=999",
        "ordre=%00",
        "colonnes=departement&registre=%3Cscript%3E",
    ],
)
def test_what_means_nothing_is_dropped_and_said(client, projects, query):
    response = client.get(f"{URL}?{query}")

    assert response.status_code == 200
    assert "n’existe pas" in response.text
    assert "<script>" not in response.text


def test_no_result_says_so(client, projects):
    page = Page(client.get(URL, {"odd": "1", "q": "projet", "colonnes": "odd"}))

    assert "Aucun projet" in page.text
    removal = "Retirer ODD 1 – Pas de pauvreté (Objectif de développement durable)"
    assert page.query(removal) == {"q": ["projet"], "colonnes": ["odd"]}


def test_a_country_where_nobody_works_is_a_row_of_zeros(client, projects):
    page = asked("pays=TG")

    assert {cell.number for cell in row_of(page, "TG").cells} == {0}


# Each number is the list that it leads to

COUNTRIES, SECTORS = ["ML", "SN", "TG"], ["sante", "education", "culture"]


def some(values):
    return st.lists(st.sampled_from(values), unique=True, max_size=2)


ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "published": st.booleans(),
            "countries": some(COUNTRIES),
            "sectors": some(SECTORS),
            "goals": some([1, 6]),
        }
    ),
    max_size=6,
)
SELECTIONS = st.lists(
    st.sampled_from(
        [
            *("pays=ML", "pays=SN", "secteur=sante", "secteur=culture", "odd=6"),
            *("q=essai", "q=esai", "registre=acteurs", "colonnes=odd", "lignes=011"),
            *("ordre=nom", "departement=13", "etat=idee"),
        ]
    ),
    max_size=4,
).map("&".join)


def total(page, query):
    register = page.listing.register
    index = index_of(register, versions.current())
    return Results(index, register.select(QueryDict(query), index.known)).total


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(rows=ROWS, query=SELECTIONS)
def test_every_number_is_the_total_of_its_list(db, rows, query):
    with transaction.atomic():
        for n, row in enumerate(rows):
            ProjectFactory(**row, slug=f"p-{n}")
            StructureFactory(**row, slug=f"s-{n}")

        page = asked(query)

        assert page.results.total == total(page, page.results.selection.query)
        for column in page.matrix.columns():
            assert column.total.number == total(page, column.total.query)
        for row in page.rows:
            assert row.total.number == total(page, row.total.query)
            for cell in row.cells:
                assert cell.number == total(page, cell.query)
                assert bool(cell.tint) == bool(cell.number)
        transaction.set_rollback(True)


# Cost


def test_the_cost_does_not_grow(client, projects):
    client.get(f"{URL}?odd=6")
    with CaptureQueriesContext(connection) as few:
        client.get(f"{URL}?odd=6")

    for _n in range(5):
        ProjectFactory(published=True, countries=["BJ"], sectors=["sante"], goals=[6])
    client.get(f"{URL}?odd=6")
    with CaptureQueriesContext(connection) as many:
        client.get(f"{URL}?odd=6")

    assert len(few) == len(many) == 1


def test_an_edit_is_seen_at_once(client, projects):
    client.get(URL)

    Project.objects.update(publication="brouillon")

    assert "Rien n’est encore publié" in Page(client.get(URL)).text
