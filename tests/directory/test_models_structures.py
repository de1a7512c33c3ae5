"""What structures and contacts say of themselves, and which rows answer a question."""

import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from directory.models import (
    Country,
    Freshness,
    Goal,
    Publication,
    Sector,
    Structure,
    StructureType,
)
from tests.factories import StructureFactory, UserFactory

PARIS = ZoneInfo("Europe/Paris")
TODAY = datetime.date(2026, 6, 15)
YESTERDAY = TODAY - datetime.timedelta(days=1)
TOMORROW = TODAY + datetime.timedelta(days=1)
NOON = datetime.datetime(2026, 6, 15, 12, 0, tzinfo=PARIS)

MEMBERSHIPS = [
    (None, None, False),
    (TODAY, None, True),
    (TOMORROW, None, False),
    (YESTERDAY, TODAY, True),
    (YESTERDAY, YESTERDAY, False),
    (TODAY, TODAY, True),
    (TOMORROW, TOMORROW, False),
]


@pytest.mark.parametrize(("start", "end", "expected"), MEMBERSHIPS)
@time_machine.travel(NOON, tick=False)
def test_a_structure_is_a_member_from_its_first_day_to_its_last(start, end, expected):
    structure = Structure(member_from=start, member_until=end)

    assert structure.is_member is expected


@pytest.mark.parametrize(("start", "end", "expected"), MEMBERSHIPS)
@time_machine.travel(NOON, tick=False)
def test_the_members_of_a_day_are_those_who_say_they_are(start, end, expected, db):
    structure = StructureFactory(member_from=start, member_until=end)

    members, others = Structure.objects.members(), Structure.objects.non_members()

    assert list(members) == ([structure] if expected else [])
    assert list(others) == ([] if expected else [structure])


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (datetime.datetime(2026, 6, 14, 23, 59, tzinfo=PARIS), False),
        (datetime.datetime(2026, 6, 15, 0, 1, tzinfo=PARIS), True),
        (datetime.datetime(2026, 6, 15, 23, 59, tzinfo=PARIS), True),
        (datetime.datetime(2026, 6, 16, 0, 1, tzinfo=PARIS), False),
    ],
)
def test_a_membership_begins_and_ends_at_midnight_in_france(moment, expected, db):
    structure = StructureFactory(member_from=TODAY, member_until=TODAY)

    with time_machine.travel(moment, tick=False):
        assert structure.is_member is expected
        assert Structure.objects.members().exists() is expected


def test_members_can_be_asked_for_another_day(db):
    former = StructureFactory(former_member=True)
    current = StructureFactory(member=True)

    assert list(Structure.objects.members(on=datetime.date(2017, 1, 1))) == [former]
    assert list(Structure.objects.members(on=datetime.date(2021, 1, 1))) == [current]
    day = datetime.date(2014, 12, 31)
    assert set(Structure.objects.non_members(on=day)) == {former, current}


def test_the_public_sees_neither_drafts_nor_archives_nor_merged_structures(db):
    public = StructureFactory(published=True)
    hidden = [
        StructureFactory(),
        StructureFactory(publication=Publication.ARCHIVED),
        StructureFactory(published=True, merged_into=public),
    ]

    assert list(Structure.objects.published()) == [public]
    assert public.is_published
    assert not any(structure.is_published for structure in hidden)


def test_a_type_of_the_first_level_includes_its_children(db):
    town = StructureFactory(type_code="commune")
    parent = StructureFactory(type_code="collectivite-territoriale")
    StructureFactory(type_code="association-locale")
    StructureFactory()

    def of(*codes):
        types = StructureType.objects.filter(code__in=codes)
        return set(Structure.objects.of_types(types))

    assert of("collectivite-territoriale") == {town, parent}
    assert of("commune") == {town}
    assert of() == set()


def test_a_row_linked_to_two_choices_is_found_once(db):
    both = StructureFactory(
        countries=["ML", "AM"], sectors=["education", "sante"], goals=[4, 6]
    )
    StructureFactory(countries=["NE"], sectors=["sport"], goals=[1])

    countries = Country.objects.filter(code__in=["ML", "AM"])
    sectors = list(Sector.objects.filter(code__in=["education", "sante"]))
    goals = Goal.objects.filter(number__in=[4, 6])

    assert list(Structure.objects.active_in(countries)) == [both]
    assert list(Structure.objects.in_sectors(sectors)) == [both]
    assert list(Structure.objects.with_goals(goals)) == [both]
    narrowed = Structure.objects.active_in(countries).in_sectors(sectors)
    assert narrowed.with_goals(goals).count() == 1


def test_structures_are_found_by_departement(db):
    found = StructureFactory(department_id="13")
    StructureFactory(department_id="06")
    StructureFactory()

    assert list(Structure.objects.in_departments(["13", "83"])) == [found]


def test_names_sort_as_french_readers_expect(db):
    names = ["Zèle", "Été", "écoles", "Ecole", "École", "Eau-Vive", "L’Œil"]
    for rank, name in enumerate(names):
        StructureFactory(name=name, slug=f"nom-{rank}")

    rows = [row.name for row in Structure.objects.by_name()]

    assert rows == ["Eau-Vive", "Ecole", "École", "écoles", "Été", "L’Œil", "Zèle"]


def test_homonyms_keep_one_order(db):
    rows = [StructureFactory(name="Amitié", slug=f"amitie-{n}") for n in range(5)]

    assert list(Structure.objects.by_name()) == rows


def test_the_last_verified_come_first_and_the_others_by_name(db):
    day = datetime.timedelta(days=1)
    old = StructureFactory(verified_at=NOON - day, name="A")
    new = StructureFactory(verified_at=NOON, name="B")
    never = [StructureFactory(name="C"), StructureFactory(name="D")]

    assert list(Structure.objects.recently_verified()) == [new, old, *never]


@pytest.mark.parametrize(
    ("days", "freshness"),
    [
        (0, Freshness.FRESH),
        (365, Freshness.FRESH),
        (366, Freshness.AGING),
        (730, Freshness.AGING),
        (731, Freshness.STALE),
        (None, Freshness.NEVER),
    ],
)
@time_machine.travel(NOON, tick=False)
def test_a_structure_has_one_age_of_verification(days, freshness, db):
    when = None if days is None else NOON - datetime.timedelta(days=days)
    structure = StructureFactory(verified_at=when)

    found = [
        value for value in Freshness if Structure.objects.of_freshness(value).exists()
    ]

    assert found == [freshness]
    assert structure.verified_at == when


def test_an_unknown_age_of_verification_is_refused(db):
    with pytest.raises(ValueError, match="hier"):
        Structure.objects.of_freshness("hier")


@time_machine.travel(NOON, tick=False)
def test_rows_are_marked_as_verified_by_someone_and_stay_as_they_were(db):
    user, other = UserFactory(), StructureFactory()
    structure = StructureFactory()
    before = structure.updated_at

    with time_machine.travel(NOON + datetime.timedelta(days=1), tick=False):
        count = Structure.objects.filter(pk=structure.pk).mark_verified(by=user)

    structure.refresh_from_db()
    other.refresh_from_db()
    assert count == 1
    assert structure.verified_by == user
    assert structure.verified_at == NOON + datetime.timedelta(days=1)
    assert structure.updated_at == before
    assert other.verified_at is None


def test_rows_are_published_and_archived_and_know_when(db):
    with time_machine.travel(NOON, tick=False):
        structure = StructureFactory()
    later = NOON + datetime.timedelta(days=1)

    with time_machine.travel(later, tick=False):
        assert Structure.objects.publish() == 1
        structure.refresh_from_db()
        assert structure.publication == Publication.PUBLISHED
        assert structure.updated_at == later
        assert Structure.objects.archive() == 1

    structure.refresh_from_db()
    assert structure.publication == Publication.ARCHIVED


def test_rows_of_a_source_are_told_apart(db):
    found = StructureFactory(source="Liste", external_key="1")
    StructureFactory(source="Autre liste", external_key="1")
    StructureFactory()

    assert list(Structure.objects.from_source("Liste")) == [found]


def test_cards_cost_the_same_whatever_their_number(db):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            for row in Structure.objects.for_cards():
                str(row.type), row.place
                str([row.country_names, row.sector_names, row.goal_tiles])
        return len(queries)

    def fill(number):
        for _ in range(number):
            StructureFactory(
                type_code="commune",
                commune_id="13001",
                department_id="13",
                countries=["ML"],
                sectors=["sante"],
                goals=[3],
            )

    fill(1)
    few = cost()
    fill(9)

    assert cost() == few


@pytest.mark.parametrize(
    ("field", "good", "bad"),
    [
        ("siren", "732829320", "732829321"),
        ("siren", "", "73282932"),
        ("rna", "W131000123", "w131000123"),
        ("rna", "W9R1000123", "W13100012"),
        ("website", "https://ici.example", "ici"),
        ("social_links", ["https://ici.example"], ["javascript:alert(1)"]),
    ],
)
def test_numbers_and_addresses_are_checked(field, good, bad, db):
    structure = StructureFactory()

    setattr(structure, field, good)
    structure.full_clean()
    setattr(structure, field, bad)
    with pytest.raises(ValidationError) as refused:
        structure.full_clean()

    assert field in refused.value.message_dict


def test_a_structure_says_its_name_and_its_address(db):
    structure = StructureFactory(name="École bleue", slug="ecole-bleue")

    assert str(structure) == "École bleue"
    assert structure.get_absolute_url() == "/annuaire/ecole-bleue/"


def test_a_record_merged_already_takes_no_other_record_in(db):
    kept = StructureFactory()
    merged = StructureFactory(merged_into=kept)

    with pytest.raises(ValidationError) as refusal:
        StructureFactory.build(merged_into=merged).full_clean()

    assert "merged_into" in refusal.value.message_dict


def test_a_record_that_took_another_one_in_is_not_merged(db):
    kept = StructureFactory()
    StructureFactory(merged_into=kept)
    kept.merged_into = StructureFactory()

    with pytest.raises(ValidationError) as refusal:
        kept.full_clean()

    assert "merged_into" in refusal.value.message_dict


def test_the_staff_see_drafts_but_no_merged_record(staff, member):
    public = StructureFactory(published=True)
    draft = StructureFactory()
    StructureFactory(published=True, merged_into=public)

    assert set(Structure.objects.visible_to(staff)) >= {public, draft}
    assert draft not in Structure.objects.visible_to(member)
    assert not Structure.objects.visible_to(staff).filter(merged_into=public).exists()


@pytest.mark.parametrize("year", [20, 999, 2101])
def test_an_implausible_year_is_refused_on_its_field(year, db):
    with pytest.raises(ValidationError) as refusal:
        StructureFactory.build(founded_in=year).full_clean()

    assert refusal.value.message_dict["founded_in"] == [
        "Année à quatre chiffres attendue."
    ]


@pytest.mark.parametrize(
    "address",
    [
        "https://ailleurs.example\\@www.facebook.com/x",
        "https://facebook.com@ailleurs.example/",
        "javascript:alert(1)",
        "ftp://fichiers.example",
    ],
)
def test_an_address_that_leads_elsewhere_than_it_reads_is_refused(address, db):
    with pytest.raises(ValidationError) as refusal:
        StructureFactory.build(website=address, social_links=[address]).full_clean()

    assert {"website", "social_links"} <= set(refusal.value.message_dict)


@pytest.mark.parametrize(
    ("name", "acronym", "full"),
    [
        ("Initiative Développement", "ID", "Initiative Développement (ID)"),
        ("Initiative Développement (ID)", "ID", "Initiative Développement (ID)"),
        ("Initiative Développement (Id)", "ID", "Initiative Développement (Id)"),
        ("Idées (Nord)", "ID", "Idées (Nord) (ID)"),
        ("Sans sigle", "", "Sans sigle"),
        ("Sans sigle ()", "", "Sans sigle ()"),
    ],
)
def test_an_acronym_is_told_once(name, acronym, full):
    assert Structure(name=name, acronym=acronym).full_name == full
