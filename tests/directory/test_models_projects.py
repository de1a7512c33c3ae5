"""What projects say of themselves, and which rows answer a question."""

import datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from directory.models import Country, Goal, Participation, Project, Publication, Sector
from tests.factories import (
    FunderFactory,
    LocalityFactory,
    ParticipationFactory,
    ProjectFactory,
    ProjectImageFactory,
    StructureFactory,
)

JANUARY, JUNE = datetime.date(2024, 1, 1), datetime.date(2024, 6, 1)


def test_the_public_sees_neither_drafts_nor_archives(db):
    public = ProjectFactory(published=True)
    draft = ProjectFactory()
    ProjectFactory(publication=Publication.ARCHIVED)

    assert list(Project.objects.published()) == [public]
    assert public.is_published
    assert not draft.is_published


@pytest.mark.parametrize(
    ("planned", "actual", "told"),
    [
        (None, None, None),
        (JANUARY, None, JANUARY),
        (JANUARY, JUNE, JUNE),
        (None, JUNE, JUNE),
    ],
)
def test_what_happened_wins_over_what_was_planned(planned, actual, told):
    project = Project(
        planned_start_on=planned,
        actual_start_on=actual,
        planned_end_on=planned,
        actual_end_on=actual,
    )

    assert project.starts_on == told
    assert project.ends_on == told


def test_the_last_begun_come_first_and_the_undated_last(db):
    undated = [ProjectFactory(title="A"), ProjectFactory(title="B")]
    planned = ProjectFactory(planned_start_on=JUNE)
    begun = ProjectFactory(
        planned_start_on=datetime.date(2030, 1, 1), actual_start_on=JANUARY
    )

    assert list(Project.objects.recent_first()) == [planned, begun, *undated]


def test_titles_sort_as_french_readers_expect(db):
    for title in ("Zones humides", "Été solidaire", "Eau", "école"):
        ProjectFactory(title=title)

    rows = [row.title for row in Project.objects.by_title()]

    assert rows == ["Eau", "école", "Été solidaire", "Zones humides"]


def test_a_budget_is_public_only_when_it_is_said_so():
    project = Project(budget=Decimal(1000))

    assert project.public_budget is None
    project.budget_is_public = True
    assert project.public_budget == Decimal(1000)
    assert Project(budget_is_public=True).public_budget is None


def test_the_lead_is_the_participant_who_leads(db):
    project = ProjectFactory()
    ParticipationFactory(project=project)
    assert project.lead is None

    lead = ParticipationFactory(project=project, role=Participation.Role.LEAD)

    assert project.lead == lead
    assert lead.is_lead


def test_a_row_linked_to_two_choices_is_found_once(db):
    both = ProjectFactory(
        countries=["ML", "AM"], sectors=["sante", "sport"], goals=[3, 4]
    )
    ProjectFactory(countries=["NE"], sectors=["education"], goals=[1])

    countries = Country.objects.filter(code__in=["ML", "AM"])
    sectors = Sector.objects.filter(code__in=["sante", "sport"])

    assert list(Project.objects.taking_place_in(countries)) == [both]
    assert list(Project.objects.in_sectors(sectors)) == [both]
    assert list(Project.objects.with_goals(Goal.objects.filter(number__in=[3, 4]))) == [
        both
    ]


def test_the_projects_of_a_structure_are_those_it_takes_part_in_once_each(db):
    structure = StructureFactory()
    project = ProjectFactory(lead=structure)
    ParticipationFactory(project=project, structure=structure)
    ProjectFactory(lead=StructureFactory())

    assert list(Project.objects.involving(structure)) == [project]


def test_cards_cost_the_same_whatever_their_number(db):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            for row in Project.objects.for_cards():
                str([row.lead_name, row.country_names, row.goal_tiles])
        return len(queries)

    ProjectFactory(lead=StructureFactory(), countries=["ML"])
    few = cost()
    for _ in range(9):
        ProjectFactory(lead=StructureFactory(), countries=["ML"])

    assert cost() == few


def test_a_participant_is_named_whatever_it_is(db):
    structure = ParticipationFactory(structure__name="Ville d’ici")
    funder = ParticipationFactory(
        structure=None, funder=FunderFactory(label="Fonds"), role="financeur"
    )
    named = ParticipationFactory(named=True, name="Village de là-bas")

    assert str(structure) == "Ville d’ici (Partenaire)"
    assert str(funder) == "Fonds (Financeur)"
    assert named.organisation == "Village de là-bas"


def test_a_participant_is_linked_only_to_a_page_that_the_public_sees(db):
    public = StructureFactory(published=True)

    assert ParticipationFactory(structure=public).public_structure == public
    assert ParticipationFactory().public_structure is None
    assert ParticipationFactory(named=True).public_structure is None


def test_a_project_says_its_title_and_its_address(db):
    project = ProjectFactory(title="Un puits", slug="un-puits")

    assert str(project) == "Un puits"
    assert project.get_absolute_url() == "/projets/un-puits/"


def test_places_and_pictures_say_what_they_are(db):
    assert str(LocalityFactory(name="Kayes")) == "Kayes"
    assert str(ProjectImageFactory(alternative="Un puits")) == "Un puits"
