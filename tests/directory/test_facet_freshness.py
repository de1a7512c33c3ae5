"""The index of facets follows the database: at once, whoever reads or builds it."""

import datetime
import threading

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from directory.filters import StructureFilter
from directory.keeping import versions
from directory.listings import facets
from directory.listings.facets import FacetIndex, index_of
from directory.listings.results import Results
from directory.models import Department, Structure, StructureType
from directory.views import ProjectListView, StructureListView
from tests.directory.test_annuaire import URL
from tests.directory.test_facets import REGISTERS, results
from tests.factories import (
    ArticleFactory,
    ProjectFactory,
    StructureFactory,
)
from tests.pages import Page


def lines_of(view):
    """How the listing prints a row, in each display that prints them one by one."""
    return [view.line, *(each.line for each in view.displays if hasattr(each, "line"))]


# As fresh as the database


def test_an_edit_is_in_the_counts_and_the_cards_of_the_next_page(client, db):
    structure = StructureFactory(published=True, countries=["ML"])
    client.get(URL)

    structure.countries.remove(*structure.countries.all())
    Structure.objects.update(name="Nom changé")
    page = Page(client.get(URL))

    assert ("pays", "ML") not in page.counts
    assert "Nom changé" in page.text


def test_a_new_departement_is_one_at_once(client, db):
    Page(client.get(URL))
    StructureFactory(
        published=True,
        department=Department.objects.create(code="98", label="Essai", region_id="93"),
    )

    assert Page(client.get(URL)).counts["departement", "98"] == 1
    Department.objects.filter(code="98").update(label="Zorglub")
    assert "Zorglub" in Page(client.get(URL)).text


def test_a_vocabulary_reworded_is_reworded_everywhere(client, db):
    StructureFactory(published=True, type_code="osim")
    client.get(URL)

    StructureType.objects.filter(code="osim").update(label="Diaspora")
    text = Page(client.get(URL, {"type": "osim"})).text

    assert text.count("Diaspora") >= 3


def test_membership_ends_at_midnight_in_paris_without_a_write(db, time_machine):
    StructureFactory(
        published=True,
        member_from=datetime.date(2020, 1, 1),
        member_until=datetime.date(2025, 10, 25),
    )
    last_minute = datetime.datetime(2025, 10, 25, 21, 59, tzinfo=datetime.UTC)

    time_machine.move_to(last_minute, tick=False)
    before = results("adherent=oui").total
    time_machine.move_to(last_minute + datetime.timedelta(minutes=1), tick=False)
    after = results("adherent=oui").total

    assert (before, after) == (1, 0)


def test_a_scheduled_article_appears_at_its_minute(client, db, time_machine):
    hour = datetime.datetime(2025, 6, 2, 8, 30, tzinfo=datetime.UTC)
    ArticleFactory(published=True, published_at=hour)

    time_machine.move_to(hour - datetime.timedelta(seconds=1), tick=False)
    before = Page(client.get("/actualites/")).total
    time_machine.move_to(hour, tick=False)
    after = Page(client.get("/actualites/")).total

    assert (before, after) == (0, 1)


@pytest.mark.parametrize(
    ("register", "line"),
    [
        (view.register, line)
        for view in (StructureListView, ProjectListView)
        for line in lines_of(view)
    ],
)
def test_every_table_that_a_listing_reads_moves_its_version(client, db, register, line):
    StructureFactory(published=True, countries=["ML"], type_code="osim", goals=[1])
    ProjectFactory(published=True, countries=["ML"], lead=StructureFactory())
    ArticleFactory(published=True, countries=["ML"], tags=["eau"])

    with CaptureQueriesContext(connection) as queries:
        index = FacetIndex(register)
        for row in getattr(register.published(), line.load)():
            line.card(row)
    read = {
        table
        for query in queries
        for table in connection.introspection.table_names()
        if f'"{table}"' in query["sql"]
    }

    assert index.everything
    assert read - {"django_content_type"} <= {*register.tables(), "directory_change"}


def test_every_table_with_a_version_has_its_trigger(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = %s",
            ["note_change"],
        )
        noted = {table for (table,) in cursor.fetchall()}

    for register in REGISTERS:
        assert {*register.tables()} <= noted


# Many at once


def test_who_reads_a_former_index_goes_on_with_it_when_another_is_built(db):
    StructureFactory(published=True)
    former = index_of(StructureFilter, versions.current())
    StructureFactory(published=True)

    built = index_of(StructureFilter, versions.current())

    assert built is not former
    assert Results(former, results().selection).total == 1
    assert Results(built, results().selection).total == 2


def test_one_thread_builds_and_the_others_wait_for_it(committed, monkeypatch):
    StructureFactory.create_batch(3, published=True)
    builds, found = [], []
    build = facets.FacetIndex

    def slowly(register):
        builds.append(register)
        return build(register)

    def read():
        found.append(results().total)
        connection.close()

    monkeypatch.setattr(facets, "FacetIndex", slowly)
    threads = [threading.Thread(target=read) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)

    assert found == [3] * 6
    assert len(builds) == 1
