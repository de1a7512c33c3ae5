"""What each write leaves in the history, whatever the way in."""

import datetime
from contextlib import suppress

import psycopg
import pytest
from django.db import ProgrammingError, connection, transaction

from directory.history.traces import ERASED, because, forget_old_contacts
from directory.models import Contact, Country, Participation, Structure, Trace
from tests.factories import (
    ArticleFactory,
    ContactFactory,
    ParticipationFactory,
    ProjectFactory,
    StructureFactory,
)


def sql(statement, *parameters):
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)


def traces(row):
    return list(Trace.objects.of(row).order_by("pk"))


@pytest.fixture
def structure(db):
    made = StructureFactory(name="Avant", city="Arles")
    Trace.objects.all().delete()
    return made


def save(structure):
    structure.city = "Gap"
    structure.save()


def bulk(structure):
    structure.city = "Gap"
    Structure.objects.bulk_update([structure], ["city"])


@pytest.mark.parametrize(
    "write",
    [
        save,
        bulk,
        lambda one: Structure.objects.filter(pk=one.pk).update(city="Gap"),
        lambda _: sql("UPDATE directory_structure SET city = 'Gap'"),
    ],
    ids=["save", "bulk", "update", "sql"],
)
def test_every_way_to_write_leaves_what_was_and_what_is(write, structure):
    write(structure)

    (trace,) = traces(structure)
    assert trace.operation == "U"
    assert (trace.before, trace.after) == ({"city": "Arles"}, {"city": "Gap"})


def test_what_is_computed_is_no_change(structure):
    structure.save()

    assert not traces(structure)


def test_an_addition_and_a_removal_keep_the_whole_row(structure):
    key = structure.pk
    structure.delete()
    (made,) = Structure.objects.bulk_create([Structure(name="Neuve", slug="neuve")])

    (gone,) = Trace.objects.filter(subject_key=key)
    (added,) = traces(made)
    assert (gone.operation, gone.before["name"]) == ("D", "Avant")
    assert (added.operation, added.after["name"]) == ("I", "Neuve")
    assert "name_key" not in added.after


def test_lists_tell_what_comes_and_goes(structure):
    mali, togo = (Country.objects.get(code=code) for code in ("ML", "TG"))
    structure.countries.add(mali)
    structure.countries.set([togo])
    structure.countries.clear()

    told = [
        (one.operation, (one.before or one.after)["country_id"])
        for one in traces(structure)
    ]
    assert told == [("I", mali.pk), ("D", mali.pk), ("I", togo.pk), ("D", togo.pk)]


def test_what_belongs_to_a_record_is_told_with_it(structure):
    contact = ContactFactory(structure=structure)
    article = ArticleFactory(tags=["eau"], structures=[structure])
    part = ParticipationFactory(project=ProjectFactory(), structure=structure)
    Participation.objects.filter(pk=part.pk).update(role="financeur")

    sources = {one.source for one in traces(article)}
    assert [one.key for one in traces(structure)] == [contact.pk]
    assert {"taggit_taggeditem", "news_article_structures"} <= sources
    assert traces(part.project)[-1].after == {"role": "financeur"}


def test_every_table_of_a_record_is_traced(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text, count(*) FROM pg_trigger WHERE tgname"
            " IN ('trace_insert', 'trace_update', 'trace_delete') GROUP BY 1"
        )
        traced = dict(cursor.fetchall())
        # What moves a version and is of a record: the rest are vocabularies.
        cursor.execute(
            "SELECT tgrelid::regclass::text FROM pg_trigger"
            " WHERE tgname = 'note_change' AND tgrelid::regclass::text ~"
            " '^(news_|taggit_taggeditem|directory_(structure|project)(_|$)"
            "|directory_(contact|participation|locality|projectimage))'"
        )
        wanted = {table for (table,) in cursor.fetchall()}

    assert set(traced.values()) == {3}
    assert wanted <= set(traced)


def test_what_is_rolled_back_leaves_nothing(structure):
    with transaction.atomic():
        Structure.objects.update(city="Gap")
        transaction.set_rollback(True)

    assert not traces(structure)


def test_the_reason_is_that_of_the_writes_inside(structure):
    with because("import", source="essai"):
        Structure.objects.update(city="Gap")
        with because("commande", command="load_demo"):
            Structure.objects.update(city="Nice")
        Structure.objects.update(city="Toulon")
    Structure.objects.update(city="Digne")

    reasons = [one.why.get("reason") for one in traces(structure)]
    assert reasons == ["import", "commande", "import", None]


def test_the_reason_does_not_outlive_what_fails(structure):
    with suppress(KeyError), because("import", source="essai"):
        Structure.objects.update(city="Gap")
        raise KeyError
    Structure.objects.update(city="Digne")

    reasons = [one.why.get("reason") for one in traces(structure)]
    assert reasons == ["import", None]


def test_what_stops_a_transaction_is_told_as_it_was(structure):
    with (
        pytest.raises(ProgrammingError, match="nulle_part"),
        transaction.atomic(),
        because("import", source="essai"),
    ):
        sql("SELECT nulle_part")

    Structure.objects.update(city="Digne")

    assert traces(structure)[-1].why == {}


def test_who_is_signed_in_is_told_by_key(staff, staff_client, structure):
    from tests.admin_forms import save as posted  # noqa: PLC0415

    posted(staff_client, structure, {"city": "Gap"})

    (trace,) = traces(structure)
    assert trace.why == {"user": staff.pk}
    assert staff.email not in str(trace.why)


def test_a_visitor_pays_no_query_for_it(
    client, structure, django_assert_num_queries, settings
):
    Structure.objects.update(publication="publie")
    address = structure.get_absolute_url()
    client.get(address)
    middleware = [one for one in settings.MIDDLEWARE if "WhoWrites" not in one]
    with connection.execute_wrapper(counting := Counting()):
        client.get(address)
    settings.MIDDLEWARE = middleware
    without = type(client)()
    with connection.execute_wrapper(less := Counting()):
        without.get(address)

    assert counting.statements == less.statements
    assert not any("directory_trace" in one for one in counting.statements)
    assert not any("pghistory" in one for one in counting.statements)


class Counting:
    def __init__(self):
        self.statements = []

    def __call__(self, execute, statement, params, many, context):
        self.statements.append(statement)
        return execute(statement, params, many, context)


def test_two_people_at_once_are_told_apart(committed):
    first, second = StructureFactory(), StructureFactory()
    parameters = connection.get_connection_params()
    parameters["cursor_factory"] = psycopg.Cursor
    written = "UPDATE directory_structure SET city = 'Gap' WHERE id = %s"
    with psycopg.connect(**parameters) as one, psycopg.connect(**parameters) as two:
        for who, other in ((1, one), (2, two)):
            told = f'{{"user": {who}}}'
            told_to = "SELECT set_config('pghistory.context_metadata', %s, true)"
            other.execute(told_to, [told])
        one.execute(written, [first.pk])
        two.execute(written, [second.pk])

    last = [traces(row)[-1] for row in (first, second)]
    assert [one.why for one in last] == [{"user": 1}, {"user": 2}]
    assert last[0].transaction != last[1].transaction


# People are forgotten

PERSON = {
    "first_name": "Zélie",
    "last_name": "Inventée",
    "email": "z@essai.example",
    "phone": "+33 4 00 00 00 00",
}


@pytest.fixture
def person(structure):
    contact = ContactFactory(structure=structure, role="Présidente", **PERSON)
    Contact.objects.filter(pk=contact.pk).update(phone="+33 4 00 00 00 01")
    return contact


def remembered():
    return str([(one.before, one.after) for one in Trace.objects.all()])


@pytest.mark.parametrize(
    "remove",
    [
        lambda person: person.delete(),
        lambda _: sql("DELETE FROM directory_contact"),
        lambda person: person.structure.delete(),
        lambda _: sql("SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE directory_contact"),
        lambda _: sql(
            "SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE directory_structure CASCADE"
        ),
    ],
    ids=["contact", "sql", "structure", "truncate", "cascade"],
)
def test_a_contact_that_is_deleted_is_forgotten(remove, person):
    assert "Zélie" in remembered()

    remove(person)

    told = remembered()
    for private in ("Zélie", "Inventée", "z@essai", "+33 4"):
        assert private not in told
    assert ERASED in told
    assert "Présidente" in told


def test_private_data_are_remembered_a_year(person):
    old = Trace.objects.filter(operation="I", source="directory_contact")
    old.update(at=datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC))

    assert forget_old_contacts() == 1
    assert forget_old_contacts() == 0
    (added, changed) = Trace.objects.filter(source="directory_contact").order_by("pk")
    assert added.after["last_name"] == ERASED
    assert changed.after == {"phone": "+33 4 00 00 00 01"}
