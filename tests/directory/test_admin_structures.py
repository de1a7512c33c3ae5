"""The staff’s list of structures: search, filters, order and cost."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from directory.models import Structure
from tests.admin_forms import address, listed, page_of
from tests.factories import (
    ContactFactory,
    MembershipFactory,
    NetworkFactory,
    ParticipationFactory,
    StructureFactory,
)

LIST = address(Structure, "changelist")


def found(client, **query):
    return set(listed(client, Structure, **query))


@pytest.mark.parametrize(
    "typed", ["ecole", "ÉCOLE", "école cooperation", "l'ecole", "ecol", "  École "]
)
def test_a_name_is_found_without_accents_nor_case(typed, staff_client):
    school = StructureFactory(name="L’École de la coopération")
    StructureFactory(name="Les amis du Mali")

    assert found(staff_client, q=typed) == {school}


@pytest.mark.parametrize(
    ("field", "value", "typed"),
    [
        ("acronym", "GÉCO", "geco"),
        ("other_names", ["Écho des collines"], "echo"),
        ("city", "Genève", "geneve"),
        ("siren", "732829320", "732829320"),
        ("rna", "W131000123", "w131000123"),
        ("email", "accueil@geco.example", "accueil@geco.example"),
    ],
)
def test_a_structure_is_found_by_what_identifies_it(field, value, typed, staff_client):
    structure = StructureFactory(**{field: value})
    StructureFactory()

    assert found(staff_client, q=typed) == {structure}


def test_each_word_of_a_search_must_be_found(staff_client):
    StructureFactory(name="École du Mali")

    assert found(staff_client, q="ecole niger") == set()


def test_signs_of_patterns_mean_nothing_in_a_search(staff_client):
    StructureFactory(name="Cent pour cent")
    percent = StructureFactory(name="100 % solidaires")

    assert found(staff_client, q="100 % sol") == {percent}
    assert found(staff_client, q="%") == {percent}


def test_an_autocomplete_ignores_accents(staff_client):
    school = StructureFactory(name="L’École de la coopération")
    query = {
        "app_label": "directory",
        "model_name": "contact",
        "field_name": "structure",
    }
    url = reverse("admin:autocomplete")

    response = staff_client.get(url, {**query, "term": "ecole"})

    assert response.json()["results"] == [{"id": str(school.pk), "text": school.name}]


def test_members_of_today_are_told_from_the_others(staff_client):
    member = StructureFactory(member=True)
    others = {StructureFactory(former_member=True), StructureFactory()}

    assert found(staff_client, adherent="oui") == {member}
    assert found(staff_client, adherent="non") == others


def test_a_type_of_the_first_level_brings_those_it_contains(staff_client):
    town = StructureFactory(type_code="commune")
    group = StructureFactory(type_code="epci")
    StructureFactory(type_code="association-locale")

    assert found(staff_client, type="collectivite-territoriale") == {town, group}
    assert found(staff_client, type="commune") == {town}


def test_the_filter_of_types_shows_the_two_levels(staff_client):
    text = staff_client.get(LIST).text

    first = text.index("Collectivité territoriale")
    assert first < text.index("— Commune") < text.index("— Association locale")


@pytest.mark.parametrize(
    ("value", "days"),
    [("moins-de-12-mois", 200), ("12-a-24-mois", 500), ("plus-de-24-mois", 900)],
)
def test_structures_are_filtered_by_age_of_verification(value, days, staff_client):
    now = timezone.now()
    rows = {
        age: StructureFactory(verified_at=now - datetime.timedelta(days=age))
        for age in (200, 500, 900)
    }
    StructureFactory()

    assert found(staff_client, verification=value) == {rows[days]}


def test_structures_never_verified_are_listed(staff_client):
    never = StructureFactory()
    StructureFactory(verified_at=timezone.now())

    assert found(staff_client, verification="jamais") == {never}


def test_structures_are_filtered_by_source(staff_client):
    imported = StructureFactory(source="Liste 2024", external_key="1")
    typed = StructureFactory()

    assert found(staff_client, source="Liste 2024") == {imported}
    assert found(staff_client, source="saisie") == {typed}


def test_structures_are_filtered_by_departement_publication_and_life(staff_client):
    structure = StructureFactory(department_id="06", published=True, life="en-veille")
    StructureFactory(department_id="06")
    StructureFactory(department_id="13", published=True, life="en-veille")

    query = {
        "departement": "06",
        "publication__exact": "publie",
        "life__exact": "en-veille",
    }
    assert found(staff_client, **query) == {structure}


def test_departements_out_of_the_region_are_one_choice_of_the_filter(staff_client):
    NetworkFactory(regions=["93"])
    StructureFactory(department_id="06")
    elsewhere = StructureFactory(department_id="31")
    abroad = StructureFactory(is_abroad=True)
    unknown = StructureFactory()

    assert found(staff_client, departement="hors-region") == {elsewhere, abroad}
    assert found(staff_client, departement="non-precise") == {unknown}
    assert "Haute-Garonne" not in staff_client.get(LIST).text


@pytest.mark.parametrize(
    "query", [{"type": "rien"}, {"verification": "x"}, {"adherent": "x"}]
)
def test_a_filter_that_means_nothing_does_not_break_the_list(query, staff_client):
    StructureFactory()

    assert staff_client.get(LIST, query).status_code == 200


def test_the_counts_beside_the_filters_can_be_shown(staff_client):
    StructureFactory(member=True, type_code="commune")

    text = staff_client.get(LIST, {"_facets": "True"}).text

    assert "Oui (1)" in text
    assert "— Commune (1)" in text


def test_the_list_is_sorted_as_french_readers_expect(staff_client):
    names = ["Zèbre", "École", "Eau vive", "ecluse"]
    for name in names:
        StructureFactory(name=name)

    rows = staff_client.get(LIST).context["cl"].result_list

    assert [row.name for row in rows] == ["Eau vive", "ecluse", "École", "Zèbre"]


def test_a_page_costs_the_same_whatever_its_contacts_and_projects(staff_client):
    def cost(structure):
        with CaptureQueriesContext(connection) as queries:
            assert staff_client.get(page_of(structure)).status_code == 200
        return len(queries)

    few, many = StructureFactory(countries=["ML"]), StructureFactory(countries=["ML"])
    for structure, number in ((few, 1), (many, 8)):
        for rank in range(number):
            ContactFactory(structure=structure, is_representative=rank == 0)
            ParticipationFactory(structure=structure)
            MembershipFactory(structure=structure)
    cost(few)

    assert cost(many) == cost(few)


@pytest.fixture
def ten_thousand(db):
    """Ten thousand structures, a quarter of them members: copies of four."""
    for code in ("13001", "06088", "83137"):
        StructureFactory(commune_id=code, department_id=code[:2], published=True)
    StructureFactory(member=True, type_code="commune")
    fields = [field for field in Structure._meta.concrete_fields if not field.generated]
    varied = {"id", "name", "slug"}
    columns = ", ".join(field.column for field in fields if field.name not in varied)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO directory_structure (name, slug, {columns})"  # noqa: S608
            f" SELECT 'École n° ' || n, slug || '-' || n, {columns}"
            " FROM directory_structure CROSS JOIN generate_series(1, 2499) AS n"
        )
        cursor.execute("ANALYZE directory_structure")


def test_a_list_of_ten_thousand_structures_reads_and_multiplies_no_more_than_it_must(
    ten_thousand, staff_client
):
    staff_client.get("/admin/")
    with CaptureQueriesContext(connection) as listing:
        rows = staff_client.get(LIST).context["cl"].result_list
    with CaptureQueriesContext(connection) as searching:
        query = {"q": "ecole 77", "adherent": "oui"}
        hits = staff_client.get(LIST, query).context["cl"]

    assert (len(rows), hits.result_count) == (50, 11)
    assert max(len(listing), len(searching)) <= 9
    assert set(nodes_of_the_page(listing)) & {"Sort", "Hash Join"} == set()
    assert nodes_of_the_page(listing)["Limit"] == 50
    assert max(nodes_of_the_page(searching).values()) <= 10_000


def selects_of_rows(queries):
    return [
        query["sql"]
        for query in queries
        if query["sql"].startswith('SELECT "directory_structure"."id"')
    ]


def nodes_of_the_page(queries):
    """The number of rows that each kind of node of the plan gave, at most."""
    (sql,) = selects_of_rows(queries)
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {sql}")
        plan = cursor.fetchone()[0][0]["Plan"]
    nodes, found = [plan], {}
    while nodes:
        node = nodes.pop()
        rows = node["Actual Rows"] * node["Actual Loops"]
        kind = node["Node Type"]
        found[kind] = max(found.get(kind, 0), rows)
        nodes += node.get("Plans", [])
    return found
