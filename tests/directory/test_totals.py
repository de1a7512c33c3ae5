"""Totals of the panorama: each project once, public budgets alone, as the database."""

from collections import defaultdict
from decimal import Decimal

import pytest
from django.db import transaction
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings

from directory.filters import ProjectFilter
from directory.keeping import versions
from directory.listings.facets import index_of
from directory.listings.results import Results
from directory.models import Structure
from directory.panorama.money import Sum
from directory.panorama.totals import share_of, totals
from tests.directory.test_facets import OF_PROJECTS, PROJECTS, write_projects
from tests.factories import ParticipationFactory, ProjectFactory, StructureFactory


def totals_of(query=""):
    index = index_of(ProjectFilter, versions.current())
    return totals(Results(index, ProjectFilter.select(QueryDict(query), index.known)))


def naive(selection):
    """The same, adding in Python what the database gives row by row."""
    rows = list(selection.rows())
    countries, budgets = set(), defaultdict(Decimal)
    for project in rows:
        countries |= set(project.countries.values_list("code", flat=True))
        if project.public_budget is not None:
            budgets[project.currency] += project.public_budget
    structures = Structure.objects.published().filter(participations__project__in=rows)
    return len(rows), len(countries), structures.distinct().count(), dict(budgets)


@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(rows=PROJECTS, choice=OF_PROJECTS)
def test_totals_are_those_of_the_rows_that_are_listed(db, rows, choice):
    with transaction.atomic():
        write_projects(rows)
        index = index_of(ProjectFilter, versions.current())
        query = QueryDict("&".join(choice))
        selection = ProjectFilter.select(query, index.known)

        found = totals(Results(index, selection))

        budgets = {item.currency: Decimal(item.cents) / 100 for item in found.budgets}
        said = (found.projects, found.countries, found.structures, budgets)
        assert said == naive(selection)
        transaction.set_rollback(True)


def test_a_project_of_two_countries_and_two_structures_counts_once(db):
    project = ProjectFactory(
        published=True,
        countries=["ML", "SN"],
        budget=Decimal("1000.01"),
        budget_is_public=True,
        lead=StructureFactory(published=True),
    )
    ParticipationFactory(project=project, structure__published=True)

    found = totals_of("pays=ML&pays=SN")

    assert (found.projects, found.countries, found.structures) == (1, 2, 2)
    assert found.budgets == [Sum("EUR", 100_001, 1)]


def test_currencies_are_never_added_and_hidden_budgets_never_counted(db):
    for budget, currency, is_public in [
        (100, "EUR", True),
        (900, "EUR", False),
        (200, "EUR", True),
        (650_000, "XOF", True),
    ]:
        ProjectFactory(
            published=True,
            budget=budget,
            currency=currency,
            budget_is_public=is_public,
        )
    ProjectFactory(budget=5, budget_is_public=True)

    found = totals_of()

    assert found.budgets == [Sum("EUR", 30_000, 2), Sum("XOF", 65_000_000, 1)]
    assert (found.known, found.coverage) == (3, 75)


def test_a_structure_that_is_unpublished_is_not_counted(db):
    project = ProjectFactory(published=True, lead=StructureFactory(published=True))
    hidden = ParticipationFactory(project=project, structure__published=True)
    assert totals_of().structures == 2

    Structure.objects.filter(pk=hidden.structure_id).update(publication="archive")

    assert totals_of().structures == 1


def test_a_budget_that_is_hidden_leaves_the_totals_at_once(db):
    project = ProjectFactory(published=True, budget=100, budget_is_public=True)
    assert totals_of().known == 1

    project.budget_is_public = False
    project.save()

    assert totals_of().budgets == []


@pytest.mark.parametrize(
    ("part", "whole", "words"),
    [(0, 948, "0"), (1, 948, "< 1"), (5, 948, "1"), (33, 948, "3"), (948, 948, "100")],
)
def test_a_share_that_rounds_to_nothing_says_so(part, whole, words):
    assert share_of(part, whole) == f"{words} %".replace(" ", "\u00a0")
