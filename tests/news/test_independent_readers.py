"""Feeds and calendars, read by programs that are not ours."""

import datetime
from io import BytesIO
from zoneinfo import ZoneInfo

import feedparser
import icalendar
import pytest

from tests.factories import (
    ArticleFactory,
    CallFactory,
    EventFactory,
    ProjectFactory,
    StructureFactory,
)

PARIS = ZoneInfo("Europe/Paris")
TITLE = "Eau & « santé », à Mopti; suite"
LISTINGS = [
    ("/annuaire/", StructureFactory, "name"),
    ("/projets/", ProjectFactory, "title"),
    ("/actualites/", ArticleFactory, "title"),
    ("/appels-a-projets/", CallFactory, "title"),
    ("/agenda/", EventFactory, "title"),
]


FORMATS = [("flux.atom", "atom10", "updated"), ("flux.rss", "rss20", "published")]


@pytest.mark.parametrize("listing", LISTINGS, ids=lambda row: row[0])
@pytest.mark.parametrize("written", FORMATS, ids=lambda row: row[1])
def test_a_reader_of_feeds_understands_each(client, db, listing, written):
    (address, make, name), (end, version, date) = listing, written
    make(published=True, **{name: TITLE})

    found = feedparser.parse(BytesIO(client.get(f"{address}{end}").content))

    assert not found.bozo, found.get("bozo_exception")
    assert found.version == version
    assert found.feed.title
    (entry,) = found.entries
    assert entry.title == TITLE
    assert entry.id
    assert entry.link.startswith("http")
    assert entry[f"{date}_parsed"]


def test_a_program_of_calendars_understands_the_agenda(client, db):
    start = datetime.datetime(2030, 7, 1, 18, 30, tzinfo=PARIS)
    EventFactory(
        published=True,
        title=TITLE,
        starts_at=start,
        ends_at=start + datetime.timedelta(hours=2),
    )

    calendar = icalendar.Calendar.from_ical(client.get("/agenda/agenda.ics").content)

    (event,) = calendar.walk("VEVENT")
    assert event["SUMMARY"] == TITLE
    assert event.decoded("DTSTART") == start
    assert event.decoded("DTEND") == start + datetime.timedelta(hours=2)
    assert event["UID"]
    assert not event.errors


def test_a_program_of_calendars_understands_whole_days(client, db):
    start = datetime.datetime(2030, 7, 1, tzinfo=PARIS)
    EventFactory(
        published=True,
        starts_at=start,
        ends_at=start + datetime.timedelta(days=1, hours=23),
        is_all_day=True,
        is_cancelled=True,
    )

    calendar = icalendar.Calendar.from_ical(client.get("/agenda/agenda.ics").content)

    (event,) = calendar.walk("VEVENT")
    assert event.decoded("DTSTART") == datetime.date(2030, 7, 1)
    assert event.decoded("DTEND") == datetime.date(2030, 7, 3)
    assert event["STATUS"] == "CANCELLED"


def test_a_program_of_calendars_understands_deadlines(client, db):
    closes = datetime.datetime(2030, 12, 4, 17, 0, tzinfo=PARIS)
    CallFactory(published=True, title=TITLE, closes_at=closes)

    calendar = icalendar.Calendar.from_ical(
        client.get("/appels-a-projets/echeances.ics").content
    )

    (event,) = calendar.walk("VEVENT")
    assert TITLE in event["SUMMARY"]
    assert not event.errors
