"""Counts, totals and pages of the index: what PostgreSQL says, without asking it."""

import datetime

import pytest
from django.db import connection, transaction
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from directory.filters import ProjectFilter, StructureFilter
from directory.keeping import versions
from directory.listings.facets import index_of
from directory.listings.parameters import EMPTY, Answer
from directory.listings.results import Results
from directory.models import Project
from news.filters import ArticleFilter
from tests.directory.test_annuaire import URL
from tests.factories import (
    FunderFactory,
    NetworkFactory,
    ParticipationFactory,
    ProjectFactory,
    StructureFactory,
)
from tests.pages import Page

REGISTERS = [StructureFilter, ProjectFilter, ArticleFilter]


def results(query="", register=StructureFilter):
    index = index_of(register, versions.current())
    return Results(index, register.select(QueryDict(query), index.known))


# The oracle: each figure asked of the database, one query at a time


def with_values(selection, facet, values):
    """How many rows there would be with these values of the facet, the rest obeyed."""
    return selection.with_answer(facet.name, Answer(tuple(values))).rows().count()


def check(found):
    index, selection = found.index, found.selection
    rows = [row.pk for row in selection.rows()]
    assert found.total == len(rows)
    if selection.order in index.register.sort().orders:
        assert found.page(0, len(rows) + 1) == rows
        assert found.page(2, 5) == rows[2:5]
    else:
        assert sorted(found.page(0, len(rows) + 1)) == sorted(rows)
    for facet in index.register.facets():
        check_counts(found, facet)
        check_tally(found, facet)


def check_tally(found, facet):
    """What is in the result itself, the facet's own choice obeyed."""
    known, rows = found.index.known[facet.name], found.selection.rows()
    tally = {key: number for key, number in found.tally(facet.name).items() if number}
    for key, number in tally.items():
        assert facet.filter(rows, Answer((known[key],))).count() == number
    others = tuple(value for key, value in known.items() if key not in tally)
    assert not others or not facet.filter(rows, Answer(others)).exists()
    if not found.selection.answers[facet.name].values:
        assert found.tally(facet.name) == found.counts(facet.name)


def check_counts(found, facet):
    known, selection = found.index.known[facet.name], found.selection
    counts = {key: number for key, number in found.counts(facet.name).items() if number}
    for key, number in counts.items():
        assert with_values(selection, facet, [known[key]]) == number
    frequent = found.index.offered[facet.name].frequent
    for number in (1, 3):
        best = sorted(frequent, key=lambda key: -counts.get(key, 0))[:number]
        assert found.leading(facet.name, number) == best
    assert {key: found.count(facet.name, key) for key in counts} == counts
    others = [value for key, value in known.items() if key not in counts]
    assert not others or not with_values(selection, facet, others)


COUNTRIES, SECTORS = ["ML", "SN", "TG"], ["sante", "education", "eau-assainissement"]
TYPES = ["association", "comite-de-jumelage", "osim", "commune", None]
DAY = st.dates(datetime.date(2019, 1, 1), datetime.date(2030, 1, 1))


def some(values):
    return st.lists(st.sampled_from(values), unique=True, max_size=3)


STRUCTURES = st.lists(
    st.fixed_dictionaries(
        {
            "name": st.sampled_from(["Eau vive", "École", "eau", "Âne", "Zoé"]),
            "published": st.booleans(),
            "type_code": st.sampled_from(TYPES),
            "department_id": st.sampled_from(["13", "84", "75", None]),
            "countries": some(COUNTRIES),
            "sectors": some(SECTORS),
            "goals": some([1, 6, 17]),
            "member_from": st.none() | DAY,
        }
    ),
    max_size=8,
)
SELECTIONS = st.lists(
    st.sampled_from(
        [
            *(f"pays={code}" for code in [*COUNTRIES, "MC"]),
            *(f"secteur={code}" for code in SECTORS),
            *(f"type={code}" for code in TYPES if code),
            *("odd=6", "odd=17", "adherent=oui", "tri=verifie", "q=eau", "q=ecole"),
            *("departement=13", "departement=75"),
            *("departement=hors-region", "departement=non-precise"),
        ]
    ),
    max_size=5,
)


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(rows=STRUCTURES, choices=st.lists(SELECTIONS, min_size=1, max_size=3))
def test_the_index_says_what_the_database_says(db, rows, choices):
    with transaction.atomic():
        NetworkFactory(regions=["93"], id=1)
        for n, row in enumerate(rows):
            StructureFactory(**row, slug=f"s-{n}")

        for choice in choices:
            check(results("&".join(choice)))
        transaction.set_rollback(True)


STARTS = st.none() | st.dates(datetime.date(2018, 1, 1), datetime.date(2022, 1, 1))
ENDS = st.none() | st.dates(datetime.date(2022, 1, 1), datetime.date(2028, 1, 1))
PROJECTS = st.lists(
    st.fixed_dictionaries(
        {
            "published": st.booleans(),
            "countries": some([*COUNTRIES, "LB", "FR"]),
            "planned_start_on": STARTS,
            "planned_end_on": ENDS,
            "actual_start_on": STARTS,
            "actual_end_on": ENDS,
            "leader": st.none() | st.integers(0, 3),
            "funder": st.booleans(),
            "kind": st.sampled_from(["", *Project.Kind.values[:3]]),
            "status": st.sampled_from(["", "en-cours", "idee", "termine"]),
            "budget": st.sampled_from([None, 0, 4999, 5000, 19_999, 20_000, 10**6]),
            "budget_is_public": st.booleans(),
            "currency": st.sampled_from(["EUR", "EUR", "XOF"]),
        }
    ),
    max_size=8,
)
OF_PROJECTS = st.lists(
    st.sampled_from(
        [
            *("pays=ML", "pays=SN", "nature=jumelage", "etat=idee", "tri=titre"),
            *("budget=moins-de-5000", "budget=5000-a-20000", "budget=plus-de-100000"),
            *("region=002", "region=011", "region=142", "partenaires=oui"),
            *("annee=2021", "annee=2025", "annee=non-precise"),
            *("type=association", "type=osim", "departement=13"),
            *("departement=hors-region", "departement=non-precise", "financeur=essai"),
        ]
    ),
    max_size=4,
)


def some_leads():
    """Four structures that may lead; the public does not see the third."""
    seats = [("13", False), ("75", False), ("84", False), (None, True)]
    return [
        StructureFactory(
            slug=f"porteur-{n}",
            published=n != 2,
            type_code=["osim", "association", "commune", "osim"][n],
            department_id=code,
            is_abroad=is_abroad,
        )
        for n, (code, is_abroad) in enumerate(seats)
    ]


def write_projects(rows):
    """Write what hypothesis drew of `PROJECTS`, with its leads and a funder."""
    NetworkFactory(regions=["93"], id=1)
    funder = FunderFactory(code="essai")
    leads = some_leads()
    for n, row in enumerate(rows):
        own = {key: row[key] for key in row if key not in {"leader", "funder"}}
        lead = None if row["leader"] is None else leads[row["leader"]]
        project = ProjectFactory(**own, lead=lead, slug=f"p-{n}")
        if row["funder"]:
            ParticipationFactory(
                project=project, structure=None, funder=funder, role="financeur"
            )


@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(rows=PROJECTS, choice=OF_PROJECTS)
def test_the_index_of_projects_says_what_the_database_says(db, rows, choice):
    with transaction.atomic():
        write_projects(rows)

        check(results("&".join(choice), ProjectFilter))
        transaction.set_rollback(True)


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(rows=STRUCTURES, choice=SELECTIONS)
def test_loosening_a_filter_never_lowers_a_count(db, rows, choice):
    with transaction.atomic():
        for n, row in enumerate(rows):
            StructureFactory(**row, slug=f"s-{n}")
        found = results("&".join(choice))

        for name in found.selection.answers:
            wider = Results(found.index, found.selection.with_answer(name, EMPTY))
            assert wider.total >= found.total
            for facet in StructureFilter.facets():
                for key, count in found.counts(facet.name).items():
                    assert wider.counts(facet.name)[key] >= count
        transaction.set_rollback(True)


# What others get wrong


def test_choosing_a_value_leaves_the_counts_of_its_siblings(client, db):
    StructureFactory.create_batch(2, published=True, countries=["ML"])
    StructureFactory.create_batch(3, published=True, countries=["SN"])

    before = Page(client.get(URL)).counts
    after = Page(client.get(URL, {"pays": "ML"})).counts

    assert before == after


def test_a_row_of_two_values_and_two_links_counts_once(client, db):
    StructureFactory(
        published=True, countries=["ML", "SN"], sectors=["sante", "education"]
    )

    page = Page(client.get(URL, {"pays": ["ML", "SN"]}))

    assert page.total == 1
    assert page.counts["secteur", "sante"] == 1


def test_counts_obey_the_words(client, db):
    StructureFactory(published=True, name="Puits du Mali", countries=["ML"])
    StructureFactory(published=True, name="École du Mali", countries=["ML"])

    assert Page(client.get(URL, {"q": "puits"})).counts["pays", "ML"] == 1


def test_a_parent_type_counts_its_children_and_itself(db):
    StructureFactory(published=True, type_code="association")
    StructureFactory(published=True, type_code="comite-de-jumelage")

    counts = results().counts("type")

    assert counts["association"] == 2
    assert counts["comite-de-jumelage"] == 1


# At a constant cost


@pytest.mark.parametrize(
    "query", ["", "pays=ML&secteur=sante", "q=essai", "q=essai&pays=ML", "page=2"]
)
def test_a_page_asks_few_queries_and_fewer_once_it_is_kept(client, db, query):
    NetworkFactory()
    StructureFactory.create_batch(
        30, published=True, countries=["ML"], sectors=["sante"]
    )
    client.get("/annuaire/", {"pays": "MC"})

    with CaptureQueriesContext(connection) as first:
        client.get(f"{URL}?{query}")
    with CaptureQueriesContext(connection) as again:
        client.get(f"{URL}?{query}")

    # The versions, the cards; for words, the rows that match, and which ones best.
    assert len(first) <= 4
    assert len(again) <= (3 if "q=" in query else 1)


def test_what_was_asked_before_changes_no_answer(db):
    for n in range(12):
        StructureFactory(
            published=True,
            name=f"Eau vive {n}" if n % 3 else f"École {n}",
            countries=COUNTRIES[: n % 4],
            sectors=SECTORS[n % 4 :],
            type_code=TYPES[n % len(TYPES)],
        )
    filters = ["", "pays=ML", "pays=SN&pays=TG", "secteur=sante", "pays=ML&type=osim"]
    asked = [f"{one}&{text}" for one in filters for text in ("", "q=eau", "q=ecole")]
    index = results().index

    for query in [*asked, *reversed(asked)]:
        found = results(query)
        assert found.index is index
        check(found)
