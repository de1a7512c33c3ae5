"""Two transactions at once: texts say what both wrote, and few have to wait."""

import threading
import time

import pytest
from django.db import connection

from directory.models import Country, Structure
from directory.search.finding import find
from directory.search.queries import parse
from tests.factories import StructureFactory

WAITING = """
SELECT count(*) FROM pg_stat_activity
WHERE wait_event_type = 'Lock' AND datname = current_database()
"""


@pytest.fixture
def rival(committed):
    """Another connection to the same database."""
    other = connection.copy()
    other.set_autocommit(False)
    yield other
    other.close()


def finds(typed):
    return sorted(find(Structure, parse(typed)).rows)


def run(other, statement, *parameters):
    with other.cursor() as cursor:
        cursor.execute(statement, parameters)


def rename(other, row):
    run(other, "UPDATE directory_structure SET name = 'Voisins' WHERE id = %s", row.pk)


def publish(other, row):
    run(
        other,
        "UPDATE directory_structure SET publication = 'publie', name = 'Voisins'"
        " WHERE id = %s",
        row.pk,
    )


def link(other, row):
    mali = Country.objects.get(code="ML")
    run(
        other,
        "INSERT INTO directory_structure_countries (structure_id, country_id)"
        " VALUES (%s, %s)",
        row.pk,
        mali.pk,
    )


def in_a_thread(write, row):
    """Start a write that may have to wait; give the thread and what it raises."""
    errors = []

    def write_and_leave():
        try:
            write(connection, row)
        except Exception as error:  # noqa: BLE001 - told to the test
            errors.append(error)
        finally:
            connection.close()

    thread = threading.Thread(target=write_and_leave)
    thread.start()
    return thread, errors


def until_it_waits(thread):
    while thread.is_alive():
        with connection.cursor() as cursor:
            cursor.execute(WAITING)
            if cursor.fetchone()[0]:
                return
        time.sleep(0.01)


@pytest.mark.parametrize(
    ("first", "second", "is_published"),
    [
        (rename, link, True),
        (link, rename, True),
        (publish, link, False),
        (link, publish, False),
    ],
)
def test_two_edits_of_one_row_at_once_are_both_found(
    first, second, is_published, rival
):
    row = StructureFactory(name="Amis", published=is_published)

    first(rival, row)
    thread, errors = in_a_thread(second, row)
    until_it_waits(thread)
    rival.commit()
    thread.join(timeout=60)

    assert errors == []
    assert finds("voisins mali") == [row.pk]
    assert finds("amis") == []


def test_an_edit_does_not_wait_for_that_of_another_row(rival):
    row, other = StructureFactory.create_batch(2, published=True)

    rename(rival, other)
    link(rival, other)
    run(connection, "SET lock_timeout = '5s'")
    rename(connection, row)
    link(connection, row)
    run(connection, "RESET lock_timeout")

    assert finds("voisins mali") == [row.pk]
    rival.rollback()
    assert finds("voisins mali") == [row.pk]


def test_emptied_tables_leave_no_text(rival):
    StructureFactory(published=True, name="Amis")

    run(rival, "TRUNCATE directory_structure CASCADE")
    rival.commit()

    assert finds("amis") == []
