"""The versions of the tables: they move with the data, and make nobody wait."""

import contextlib

import psycopg
import pytest
from django.db import connection, transaction

from directory.keeping import versions
from directory.models import Country, Structure
from tests.factories import NetworkFactory, StructureFactory

TABLE = "directory_structure"
LINKS = "directory_structure_countries"


def version(*tables):
    return versions.current().of(tables or [TABLE])


def raw(sql):
    def write(_structure):
        with connection.cursor() as cursor:
            cursor.execute(sql)

    return write


WRITES = {
    "save": lambda structure: structure.save(),
    "update": lambda _: Structure.objects.update(city="Gap"),
    "bulk_create": lambda _: Structure.objects.bulk_create([Structure(name="X")]),
    "bulk_update": lambda s: Structure.objects.bulk_update([s], ["name"]),
    "delete": lambda structure: structure.delete(),
    "sql": raw("UPDATE directory_structure SET city = 'Gap'"),
    "truncate": raw(f"SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE {TABLE} CASCADE"),
}


@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES)
def test_every_kind_of_write_moves_the_version(db, write):
    structure = StructureFactory()
    before = version()

    write(structure)

    assert version() != before


def test_links_and_vocabularies_have_versions_too(db):
    structure = StructureFactory()
    before = version(LINKS), version("directory_country")

    structure.countries.add(Country.objects.get(code="ML"))
    Country.objects.filter(code="ML").update(label="Mali !")

    assert version(LINKS) != before[0]
    assert version("directory_country") != before[1]


def test_a_savepoint_rolled_back_gives_no_version_twice(db):
    StructureFactory()
    before = version()
    with contextlib.suppress(ZeroDivisionError), transaction.atomic():
        Structure.objects.update(city="Gap")
        during = version()
        raise ZeroDivisionError
    Structure.objects.update(city="Digne-les-Bains")

    assert len({before, during, version()}) == 3


# Several transactions at once


@pytest.fixture
def structure(committed):
    return StructureFactory(published=True)


@pytest.fixture
def another():
    """Open connections of others, each in a transaction that has begun."""
    parameters = connection.get_connection_params()
    parameters["cursor_factory"] = psycopg.Cursor
    with contextlib.ExitStack() as stack:
        yield lambda: stack.enter_context(
            contextlib.closing(psycopg.connect(**parameters))
        )


def write(other, city):
    other.execute("UPDATE directory_structure SET city = %s", [city])


def insert(other, code):
    other.execute(
        "INSERT INTO directory_funder (label, synonyms, position, is_active, code,"
        " website) VALUES (%s, '{}', 0, true, %s, '')",
        [code, code],
    )


def test_the_version_moves_at_commit_not_before(structure, another):
    before = version()
    other = another()

    write(other, "Gap")
    during = version()
    other.commit()

    assert during == before
    assert version() != before


def test_what_is_rolled_back_moves_nothing(structure, another):
    before = version()
    other = another()

    write(other, "Gap")
    other.rollback()

    assert version() == before


def test_a_write_that_began_first_and_ends_last_is_seen(structure, another):
    slow, quick = another(), another()
    insert(slow, "lent")
    insert(quick, "rapide")
    quick.commit()
    between = version("directory_funder")

    slow.commit()

    assert version("directory_funder") != between


def test_a_long_import_makes_no_other_edit_wait(structure, another):
    long, other = another(), another()
    for n in range(400):
        insert(long, f"f{n}")

    other.execute("SET lock_timeout = '1s'")
    insert(other, "autre")
    write(other, "Gap")
    other.commit()
    moved = version()
    long.rollback()

    assert version() == moved


def test_a_thousand_transactions_leave_a_short_table_and_no_version_twice(
    structure, another
):
    holder, seen = another(), set()
    write(holder, "Tenue")
    for n in range(700):
        Country.objects.filter(code="ML").update(position=n % 7)
        if n % 50 == 0:
            seen.add(version("directory_country"))
    holder.commit()

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*), count(DISTINCT source) FROM directory_change")
        notes, sources = cursor.fetchone()
    assert notes <= 51 + sources
    assert len(seen) == 14


def test_a_write_is_seen_though_its_note_was_pruned_meanwhile(
    structure, another, client
):
    other = another()

    def noise():
        for n in range(700):
            other.execute("UPDATE directory_funder SET position = %s", [n % 7])
            other.commit()

    noise()
    client.get("/annuaire/")
    other.execute("UPDATE directory_structure SET name = 'Nouveau nom'")
    other.commit()
    noise()

    assert "Nouveau nom" in client.get("/annuaire/").text


def test_what_every_request_asks_is_prepared(structure, client):
    def prepared():
        with connection.cursor() as cursor:
            cursor.execute("SELECT statement FROM pg_prepared_statements")
            return [statement for (statement,) in cursor.fetchall()]

    for n in range(8):
        client.get("/annuaire/", {"q": f"mot {n}"})

    assert any("directory_change" in statement for statement in prepared())
    assert any("directory_structure_found" in statement for statement in prepared())


def test_a_connection_that_the_server_dropped_is_opened_again(
    structure, another, client
):
    client.get("/annuaire/")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (process,) = cursor.fetchone()
    other = another()

    other.execute("SELECT pg_terminate_backend(%s)", [process])

    assert client.get("/annuaire/").status_code == 200


def test_a_listing_shows_what_another_process_has_just_committed(
    structure, another, client
):
    other = another()
    first = client.get("/annuaire/").text

    other.execute("UPDATE directory_structure SET name = 'Tout neuf'")
    during = client.get("/annuaire/").text
    other.commit()
    after = client.get("/annuaire/").text

    assert "Tout neuf" not in first + during
    assert "Tout neuf" in after


def test_a_page_is_of_the_network_as_it_is_now(structure, another, client):
    NetworkFactory(name="Réseau d’hier", id=1)
    client.get("/annuaire/")
    other = another()

    other.execute("UPDATE directory_network SET name = 'Réseau de ce jour'")
    other.commit()

    assert "Réseau de ce jour" in client.get("/annuaire/").text
    assert "Réseau de ce jour" in client.get("/plan-du-site/").text
