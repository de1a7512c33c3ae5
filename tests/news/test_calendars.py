"""An event in a calendar: read by the grammar of RFC 5545, whatever its words hold."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news import icalendar
from news.models import Event
from tests.calendars import plain, read, unfolded
from tests.factories import EventFactory


def at(*numbers):
    return datetime.datetime(*numbers, tzinfo=datetime.UTC)


def event_of(client, event):
    response = client.get(f"/agenda/{event.slug}/evenement.ics")
    _head, [found] = read(response)
    return found


def test_an_event_says_when_and_where_it_is(client, db, time_machine):
    time_machine.move_to(at(2026, 6, 1), tick=False)
    event = EventFactory(
        published=True,
        title="Une rencontre",
        slug="une-rencontre",
        summary="On en parle.",
        place="Salle des fêtes",
        commune_id="13001",
        address="3, rue du Port",
        online_url="https://visio.example/salle",
        starts_at=at(2026, 6, 12, 16, 0),
        ends_at=at(2026, 6, 12, 18, 30),
    )

    found = event_of(client, event)

    page = "http://testserver/agenda/une-rencontre/"
    assert found["UID"] == f"event-{event.pk}@testserver"
    assert found["SUMMARY"] == "Une rencontre"
    assert found["DTSTART"] == at(2026, 6, 12, 16, 0)
    assert found["DTEND"] == at(2026, 6, 12, 18, 30)
    assert found["LOCATION"] == "Salle des fêtes, 3, rue du Port, Aix-en-Provence"
    assert found["URL"] == page
    assert found["STATUS"] == "CONFIRMED"
    assert found["DESCRIPTION"].splitlines() == [
        "On en parle.",
        "En ligne\u00a0: https://visio.example/salle",
        page,
    ]


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        # Midnight in Paris is 22 h of the day before by universal time, 23 h in winter.
        (at(2026, 6, 1, 22), None, (2, 3)),
        (at(2026, 6, 1, 22), at(2026, 6, 2, 22), (2, 4)),
    ],
    ids=["one day", "two days"],
)
def test_whole_days_are_days_and_the_end_is_the_day_after(client, db, start, end, days):
    event = EventFactory(published=True, is_all_day=True, starts_at=start, ends_at=end)

    found = event_of(client, event)

    assert found["DTSTART"] == datetime.date(2026, 6, days[0])
    assert found["DTEND"] == datetime.date(2026, 6, days[1])


def test_a_whole_day_when_the_hour_changes_is_one_day(client, db):
    event = EventFactory(
        published=True, is_all_day=True, starts_at=at(2026, 10, 24, 22), ends_at=None
    )

    found = event_of(client, event)

    assert found["DTSTART"] == datetime.date(2026, 10, 25)
    assert found["DTEND"] == datetime.date(2026, 10, 26)


def test_an_event_without_an_end_lasts_until_midnight(client, db):
    event = EventFactory(published=True, starts_at=at(2026, 6, 12, 16, 0), ends_at=None)

    assert event_of(client, event)["DTEND"] == at(2026, 6, 12, 22, 0)


def test_an_event_that_ends_when_it_begins_has_no_end(client, db):
    moment = at(2026, 6, 12, 16, 0)
    event = EventFactory(published=True, starts_at=moment, ends_at=moment)

    assert "DTEND" not in event_of(client, event)


def test_a_cancelled_event_stays_and_says_so(client, db):
    event = EventFactory(published=True, title="Le forum", is_cancelled=True)

    found = event_of(client, event)

    assert found["STATUS"] == "CANCELLED"
    assert found["SUMMARY"] == "Annulé\u00a0: Le forum"


def test_nobody_is_invited_to_what_is_over(client, db, time_machine):
    event = EventFactory(published=True, online_url="https://visio.example/salle")
    address = f"/agenda/{event.slug}/evenement.ics"
    time_machine.move_to(at(2026, 6, 1), tick=False)
    before = client.get(address)
    time_machine.move_to(event.ends_at, tick=False)
    after = client.get(address, headers={"if-none-match": before["ETag"]})

    assert b"visio.example" in before.content
    assert after.status_code == 200
    assert b"visio.example" not in after.content


def test_an_edit_keeps_the_key_and_moves_the_rest(client, db, time_machine):
    time_machine.move_to(at(2026, 6, 1), tick=False)
    event = EventFactory(published=True)
    before = event_of(client, event)

    time_machine.move_to(at(2026, 6, 2), tick=False)
    event.place = "Ailleurs"
    event.save()
    after = event_of(client, event)

    assert after["UID"] == before["UID"]
    assert int(after["SEQUENCE"]) > int(before["SEQUENCE"])
    assert after["LAST-MODIFIED"] > before["LAST-MODIFIED"]


def test_a_program_that_has_it_gets_nothing_until_it_changes(client, db):
    event = EventFactory(published=True)
    address = f"/agenda/{event.slug}/evenement.ics"
    known = {"if-none-match": client.get(address)["ETag"]}

    assert client.get(address, headers=known).status_code == 304
    Event.objects.update(is_cancelled=True)
    assert client.get(address, headers=known).status_code == 200


def test_a_draft_is_in_no_calendar_even_for_the_staff(staff_client, db):
    event = EventFactory()

    assert staff_client.get(f"/agenda/{event.slug}/evenement.ics").status_code == 404


@pytest.mark.parametrize(
    "title",
    [
        "Un\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:Autre",
        "a, b; c\\d\\n:e",
        "Deux\u2028lignes\u0085et\x0bplus",
        "é" * 200,
        "👩‍👩‍👧‍👦" * 25,
    ],
)
def test_no_title_leaves_its_line(client, db, title):
    event = EventFactory(published=True, title=title, slug="titre", place=title[:200])

    found = event_of(client, event)

    unbroken = icalendar.UNSPEAKABLE.sub(" ", icalendar.LINE_ENDS.sub("\n", title))
    assert found["SUMMARY"] == unbroken
    assert found["LOCATION"] == unbroken[:200]


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_is_read_again_as_it_was(value):
    body = icalendar.calendar(value, [[("SUMMARY", icalendar.text(value))]])

    lines = [line for line in unfolded(body) if line.startswith("SUMMARY:")]

    spoken = icalendar.UNSPEAKABLE.sub(" ", icalendar.LINE_ENDS.sub("\n", value))
    assert [plain(line.removeprefix("SUMMARY:")) for line in lines] == [spoken]


def test_the_page_of_an_event_leads_to_its_file_until_it_is_over(
    client, db, time_machine
):
    event = EventFactory(published=True, slug="forum")
    time_machine.move_to(event.starts_at, tick=False)
    before = client.get("/agenda/forum/").text
    time_machine.move_to(event.ends_at, tick=False)
    after = client.get("/agenda/forum/").text

    assert 'href="/agenda/forum/evenement.ics"' in before
    assert "/agenda/forum/evenement.ics" not in after
