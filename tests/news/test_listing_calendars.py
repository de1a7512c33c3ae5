"""The agenda and the deadlines as calendars, under the filters of their listings."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from news.models import Event
from tests.calendars import read
from tests.factories import CallFactory, EventFactory, NetworkFactory
from tests.pages import Page

AGENDA, DEADLINES = "/agenda/agenda.ics", "/appels-a-projets/echeances.ics"


def at(*numbers):
    return datetime.datetime(*numbers, tzinfo=datetime.UTC)


def titles(response):
    return {event["SUMMARY"] for event in read(response)[1]}


def test_the_agenda_has_the_events_of_its_listing_under_the_same_filters(client, db):
    NetworkFactory(name="Le réseau")
    EventFactory(published=True, title="Au Mali", countries=["ML"])
    EventFactory(published=True, title="Annulée", countries=["ML"], is_cancelled=True)
    EventFactory(published=True, title="Au Sénégal", countries=["SN"])
    EventFactory(title="Brouillon", countries=["ML"])

    response = client.get(AGENDA, {"pays": "ML"})
    head, _events = read(response)

    assert head["NAME"] == "Mali – Agenda – Le réseau"
    assert titles(response) == {"Au Mali", "Annulé\u00a0: Annulée"}


def test_the_deadlines_are_those_of_the_calls_that_have_one(client, db):
    NetworkFactory(name="Le réseau")
    closing = at(2026, 6, 15, 15, 0)
    call = CallFactory(
        published=True, title="L’eau", closes_at=closing, countries=["ML"]
    )
    CallFactory(published=True, title="Permanent", countries=["ML"])
    CallFactory(published=True, title="Ailleurs", closes_at=closing, countries=["SN"])

    head, [found] = read(client.get(DEADLINES, {"pays": "ML"}))

    assert head["NAME"] == "Échéances – Mali – Appels à projets – Le réseau"
    assert found["SUMMARY"] == "Clôture\u00a0: L’eau"
    assert found["DTSTART"] == closing
    assert "DTEND" not in found
    assert found["TRANSP"] == "TRANSPARENT"
    assert found["UID"] == f"call-{call.pk}@testserver"


def test_a_deadline_at_midnight_is_the_day_before(client, db):
    CallFactory(published=True, closes_at=at(2026, 6, 15, 22, 0))  # midnight in Paris

    [found] = read(client.get(DEADLINES))[1]

    assert found["DTSTART"] == datetime.date(2026, 6, 15)
    assert found["DTEND"] == datetime.date(2026, 6, 16)


@pytest.mark.parametrize(
    ("address", "make"), [(AGENDA, EventFactory), (DEADLINES, CallFactory)]
)
def test_it_costs_the_same_whatever_the_rows(client, db, address, make):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            response = client.get(address, {"pays": "ML"})
        return len(queries), response

    filed = {"published": True, "countries": ["ML"]}
    if make is CallFactory:
        filed["closes_at"] = at(2026, 6, 15)
    make(**filed)
    cost()
    few, _response = cost()
    make.create_batch(15, **filed)
    cost()
    many, response = cost()

    assert len(read(response)[1]) == 16
    assert many <= few <= 4


def test_a_program_that_has_it_gets_nothing_until_something_changes(client, db):
    EventFactory(published=True, countries=["ML"])
    address = f"{AGENDA}?pays=ML"
    first = client.get(address)
    known = {"if-none-match": first["ETag"]}

    again = client.get(address, headers=known)
    Event.objects.update(is_cancelled=True)
    changed = client.get(address, headers=known)

    assert again.status_code == 304
    assert changed.status_code == 200


@pytest.mark.parametrize(
    ("listing", "address"),
    [("/agenda/", AGENDA), ("/appels-a-projets/", DEADLINES)],
)
def test_the_page_offers_to_subscribe_under_its_filters(client, db, listing, address):
    page = Page(client.get(listing, {"pays": "ML"}))

    assert page.href("Fichier iCalendar") == f"{address}?pays=ML"
    subscribed = page.href("S’abonner dans mon calendrier")
    assert subscribed == f"webcal://testserver{address}?pays=ML"


def test_an_empty_agenda_is_a_calendar(client, db):
    assert read(client.get(AGENDA, {"q": "rien du tout"}))[1] == []
