"""Counts of the listings of publications: what PostgreSQL says, whatever the rows."""

import datetime

import pytest
import time_machine
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from directory.listings.facets import FacetIndex
from news.filters import CallFilter, EventFilter, OfferFilter
from news.views import CallListView, EventListView, OfferListView
from tests.directory.test_facets import check, results
from tests.factories import (
    CallFactory,
    EventFactory,
    FunderFactory,
    OfferFactory,
    StructureFactory,
)

NOW = datetime.datetime(2026, 3, 27, 12, tzinfo=datetime.UTC)
#: Days around now, and around the night when clocks change.
AROUND = [-400, -40, -8, -7, -1, 0, 1, 2, 3, 7, 8, 35, 400]
MOMENTS = st.builds(
    lambda days, hour: (NOW + datetime.timedelta(days=days)).replace(hour=hour),
    st.sampled_from(AROUND),
    st.sampled_from([0, 11, 12, 13, 22, 23]),
)
COUNTRIES, SECTORS = ["ML", "SN", "MA"], ["sante", "education"]
ROW = {
    "published": st.booleans(),
    "countries": st.lists(st.sampled_from(COUNTRIES), unique=True, max_size=2),
    "sectors": st.lists(st.sampled_from(SECTORS), unique=True, max_size=2),
    "tags": st.lists(st.sampled_from(["eau", "Jeunesse"]), unique=True, max_size=2),
    "title": st.sampled_from(["Eau vive", "École", "eau"]),
}
IN_COMMON = ["pays=ML", "pays=MA", "secteur=sante", "mot-cle=eau", "q=eau"]
TYPES = ["association", "osim", "commune"]


def rows_of(**own):
    return st.lists(st.fixed_dictionaries({**ROW, **own}), max_size=7)


def chosen(*own):
    keys = [*IN_COMMON, "tri=recent", *own]
    return st.lists(st.sampled_from(keys), max_size=4)


def says_the_same(make, register, rows, choice):
    with transaction.atomic(), time_machine.travel(NOW, tick=False):
        for n, row in enumerate(rows):
            make(**row, slug=f"p-{n}")

        check(results("&".join(choice), register))
        transaction.set_rollback(True)


def examples(test):
    quiet = [HealthCheck.function_scoped_fixture]
    return settings(max_examples=25, deadline=None, suppress_health_check=quiet)(test)


def in_order(row, first, last):
    """Rows whose dates contradict each other cannot be written."""
    if row[first] and row[last] and row[last] < row[first]:
        row[first], row[last] = row[last], row[first]
    return row


@examples
@given(
    rows=rows_of(
        opens_at=st.none() | MOMENTS,
        closes_at=st.none() | MOMENTS,
        themes=st.lists(st.sampled_from(["ecsi", "odd"]), unique=True),
        eligible_types=st.lists(st.sampled_from(TYPES), unique=True),
        country_groups=st.sampled_from([[], ["pma"], ["liste-cad"]]),
        is_permanent=st.booleans(),
        is_for_members=st.booleans(),
        excluded_countries=st.lists(st.sampled_from(COUNTRIES), unique=True),
        funders=st.lists(st.just("essai"), max_size=1),
    ),
    choice=chosen(
        *("etat=ouvert", "etat=cloture-proche", "etat=a-venir", "etat=permanent"),
        *("etat=cloture", "pour=association", "pour=osim", "pour=commune"),
        *("pour=non-precise", "etat=dates-a-preciser", "adherent=oui"),
        *("financeur=essai", "theme=ecsi"),
    ),
)
def test_the_index_of_calls_says_what_the_database_says(db, rows, choice):
    rows = [in_order(row, "opens_at", "closes_at") for row in rows]
    for row in rows:
        row["is_permanent"] &= row["closes_at"] is None
    FunderFactory._meta.model.objects.filter(code="essai").delete()
    FunderFactory(code="essai")
    says_the_same(CallFactory, CallFilter, rows, choice)


@examples
@given(
    rows=rows_of(
        starts_at=MOMENTS,
        ends_at=st.none() | MOMENTS,
        is_all_day=st.booleans(),
        is_cancelled=st.booleans(),
        place=st.sampled_from(["", "Salle"]),
        online_url=st.sampled_from(["", "https://essai.example/"]),
        themes=st.lists(st.sampled_from(["ecsi", "odd"]), unique=True),
    ),
    choice=chosen(
        *("quand=a-venir", "quand=passes", "quand=cette-semaine"),
        *("quand=ce-mois-ci", "quand=le-mois-prochain", "theme=odd"),
        *("modalite=sur-place", "modalite=en-ligne"),
    ),
)
def test_the_index_of_events_says_what_the_database_says(db, rows, choice):
    rows = [in_order(row, "starts_at", "ends_at") for row in rows]
    says_the_same(EventFactory, EventFilter, rows, choice)


@examples
@given(
    rows=rows_of(
        closes_on=st.none() | MOMENTS.map(datetime.datetime.date),
        kind=st.sampled_from(["emploi", "stage", "volontariat"]),
    ),
    choice=chosen("etat=ouverte", "etat=cloturee", "nature=emploi", "nature=stage"),
)
def test_the_index_of_offers_says_what_the_database_says(db, rows, choice):
    says_the_same(OfferFactory, OfferFilter, rows, choice)


LINES = {
    view.register: view.line for view in (CallListView, EventListView, OfferListView)
}
REGISTERS = [
    (CallFilter, CallFactory, {"funders": ["essai"], "themes": ["ecsi"]}),
    (EventFilter, EventFactory, {"themes": ["ecsi"]}),
    (OfferFilter, OfferFactory, {}),
]


@pytest.mark.parametrize(("register", "make", "more"), REGISTERS)
def test_every_table_that_a_listing_reads_moves_its_version(db, register, make, more):
    FunderFactory(code="essai")
    StructureFactory(published=True)
    make(published=True, countries=["ML"], goals=[6], tags=["eau"], **more)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = %s",
            ["note_change"],
        )
        noted = {table for (table,) in cursor.fetchall()}

    with CaptureQueriesContext(connection) as queries:
        index = FacetIndex(register)
        for row in register.published().for_cards():
            LINES[register].card(row)
    read = {
        table
        for query in queries
        for table in connection.introspection.table_names()
        if f'"{table}"' in query["sql"]
    }

    assert index.everything
    assert read - {"django_content_type"} <= {*register.tables(), "directory_change"}
    assert {*register.tables()} <= noted
