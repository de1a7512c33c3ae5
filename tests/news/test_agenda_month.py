"""The agenda month by month: which events and deadlines are on which days."""

import datetime
import re

import pytest
from pyroaring import BitMap

from news.models import Event
from news.month import Held, Month, held
from news.month_grid import weeks
from tests.factories import CallFactory, EventFactory
from tests.news.test_agenda_page import MONTH, NOW, URL, at
from tests.pages import Page


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to(NOW, tick=False)


def test_a_month_has_the_days_of_its_events(client, db):
    EventFactory(published=True, title="Rencontre", starts_at=at(12))
    EventFactory(published=True, title="Plus tard", starts_at=at(2, month=4))

    page = Page(client.get(URL, MONTH))

    grid = page.text.replace("\u00a0", " ")
    assert "Mars 2026" in grid
    assert "jeudi 12 mars 18 h Rencontre" in grid
    assert "Plus tard" not in grid
    assert "1 événement ce mois" in grid
    assert page.title.startswith("Agenda – Mars 2026")
    assert page.href("Rencontre") == "/agenda/rencontre/"


@pytest.mark.parametrize(
    ("month", "said"),
    [
        ("2026-03", "1 événement en mars 2026, 4 en tout"),
        ("2026-04", "3 événements en avril 2026, 4 en tout"),
        ("2026-05", "Aucun événement en mai 2026, 4 en tout"),
    ],
)
def test_the_number_of_the_month_is_told_apart_from_that_of_all(
    client, db, month, said
):
    for moment in (at(12), at(2, month=4), at(3, month=4), at(4, month=4)):
        EventFactory(published=True, starts_at=moment)

    response = client.get(URL, {**MONTH, "mois": month})
    html = response.content.decode()

    assert f'data-said="{said}."' in html
    assert f'id="resultats" tabindex="-1">{said}</h2>' in html
    assert Page(response).total == 4


def test_a_month_that_has_them_all_says_it_once(client, db):
    EventFactory(published=True, starts_at=at(12))

    html = client.get(URL, {**MONTH, "mois": "2026-03"}).content.decode()

    assert 'data-said="1 événement en mars 2026."' in html


def test_today_is_told_in_words(client, db):
    EventFactory(published=True, starts_at=at(12))

    assert "mercredi 11 mars Aujourd’hui" in Page(client.get(URL, MONTH)).text


def test_the_months_lead_to_each_other_under_the_same_filters(client, db):
    EventFactory(published=True, countries=["ML"], starts_at=at(12))

    page = Page(client.get(URL, {**MONTH, "mois": "2026-12", "pays": "ML"}))

    assert page.query("← novembre 2026") == {
        "pays": ["ML"],
        "vue": ["mois"],
        "mois": ["2026-11"],
    }
    assert page.query("janvier 2027 →")["mois"] == ["2027-01"]
    assert page.query("Ce mois-ci") == {"pays": ["ML"], "vue": ["mois"]}


def test_the_month_obeys_the_filters(client, db):
    EventFactory(published=True, title="Mali", countries=["ML"], starts_at=at(12))
    EventFactory(published=True, title="Togolais", countries=["TG"], starts_at=at(12))

    text = Page(client.get(URL, {**MONTH, "pays": "ML"})).text

    assert "Togolais" not in text


def drawn(month):
    """What the grid of a month shows on each of its days."""
    events = BitMap(Event.objects.values_list("pk", flat=True))
    shown = {}
    for week in weeks(month, held(month, events, BitMap())):
        days = [day.date.day if day.is_inside else None for day in week.days]
        for day in week.days:
            if day.is_inside:
                shown[day.date.day] = [entry.label for entry in day.entries]
        for lane in week.lanes:
            assert sum(cell.width for cell in lane) == 7
            covered = [cell.span for cell in lane for _ in range(cell.width)]
            for day, span in zip(days, covered, strict=True):
                if span:
                    shown[day].append(span.label)
    return shown


@pytest.mark.parametrize(
    ("values", "on"),
    [
        # A day and a night: the days between are there too.
        ({"starts_at": at(12, 8), "ends_at": at(14, 10)}, [12, 13, 14]),
        # At midnight in Paris, it does not go on the next day.
        ({"starts_at": at(12, 19), "ends_at": at(12, 23)}, [12]),
        ({"starts_at": at(12, 19), "ends_at": at(13, 0)}, [12, 13]),
        # Of whole days, the last one counts.
        (
            {"is_all_day": True, "starts_at": at(11, 23), "ends_at": at(13, 23)},
            [12, 13, 14],
        ),
        ({"starts_at": at(12), "ends_at": None}, [12]),
        # From the month before, into the month after; the hour changes on the 29th.
        ({"starts_at": at(20, month=2), "ends_at": at(2)}, [1, 2]),
        ({"starts_at": at(30), "ends_at": at(3, month=4)}, [30, 31]),
        ({"starts_at": at(28, 22), "ends_at": at(29, 21)}, [28, 29]),
    ],
)
def test_an_event_is_on_each_of_its_days(client, db, values, on):
    EventFactory(published=True, title="Longue", **values)

    grid = drawn(Month.read("2026-03"))

    assert [day for day, labels in grid.items() if "Longue" in labels] == on
    # The twin of the property, in SQL.
    for day in range(1, 32):
        date = datetime.date(2026, 3, day)
        assert Event.objects.all().during(date, date).exists() == (day in on)


def test_an_event_of_several_days_is_one_link_that_tells_them(client, db):
    # From a Thursday to the Tuesday after.
    EventFactory(
        published=True, title="Festival", starts_at=at(12, 8), ends_at=at(17, 10)
    )

    html = client.get(URL, MONTH).content.decode()
    page = Page(client.get(URL, MONTH))

    assert "Festival du 12 au 17 mars 2026" in page.text
    links = re.findall(r"<a href=\"/agenda/festival/\"([^>]*)>", html)
    assert links == ["", ' tabindex="-1"']
    assert html.count('aria-hidden="true"><a href="/agenda/festival/"') == 1
    assert re.findall(r'colspan="(\d)"', html) == ["4", "2"]


def test_events_that_share_days_do_not_cover_each_other(db):
    EventFactory(published=True, title="Une", starts_at=at(9, 8), ends_at=at(11, 10))
    EventFactory(published=True, title="Deux", starts_at=at(10, 8), ends_at=at(12, 10))
    EventFactory(published=True, title="Trois", starts_at=at(12, 8), ends_at=at(13, 9))

    month = Month.read("2026-03")
    events = BitMap(Event.objects.values_list("pk", flat=True))
    week = next(w for w in weeks(month, held(month, events, BitMap())) if w.lanes)

    lanes = [[cell.span.label for cell in lane if cell.span] for lane in week.lanes]
    assert lanes == [["Une", "Trois"], ["Deux"]]


def test_the_deadlines_of_calls_are_told_apart(client, db):
    EventFactory(published=True, starts_at=at(12))
    CallFactory(published=True, title="De l’eau", closes_at=at(20))
    CallFactory(title="Brouillon", closes_at=at(20))
    CallFactory(published=True, title="Minuit", closes_at=at(20, 23))

    page = Page(client.get(URL, MONTH))

    grid = page.text.replace("\u00a0", " ")
    assert "20 mars 18 h Clôture : De l’eau Clôture : Minuit" in grid
    assert "1 événement ce mois · 2 clôtures d’appels à projets" in grid
    assert "Brouillon" not in grid


@pytest.mark.parametrize(
    ("query", "is_there"),
    [
        ({"pays": "ML"}, True),
        ({"pays": "TG"}, False),
        ({"mot-cle": "eau"}, True),
        # No call has this keyword; how one attends says nothing of a call.
        ({"mot-cle": "reunion"}, False),
        ({"modalite": "sur-place"}, False),
        ({"q": "puits"}, True),
    ],
)
def test_the_deadlines_obey_the_filters(client, db, query, is_there):
    EventFactory(
        published=True,
        title="Réunion du puits",
        starts_at=at(12),
        countries=["ML", "TG"],
        tags=["eau", "reunion"],
        place="Salle",
    )
    CallFactory(
        published=True,
        title="Un puits",
        closes_at=at(20),
        countries=["ML"],
        tags=["eau"],
    )

    text = Page(client.get(URL, {**MONTH, **query})).text

    assert ("Un puits" in text) == is_there


def test_a_month_without_anything_says_so(client, db):
    EventFactory(published=True, starts_at=at(12))

    page = Page(client.get(URL, {**MONTH, "mois": "2026-07"}))

    assert "Aucun événement ce mois" in page.text
    assert page.query("Dernier mois avec des événements : mars 2026") == {
        "vue": ["mois"]
    }


def test_a_month_without_events_leads_to_the_next_one_that_has_some(client, db):
    for month in (5, 7, 9):
        EventFactory(published=True, starts_at=at(12, month=month))
    EventFactory(published=True, starts_at=at(12, month=8), countries=["ML"])

    page = Page(client.get(URL, {**MONTH, "mois": "2026-06"}))
    narrowed = Page(client.get(URL, {**MONTH, "mois": "2026-06", "pays": "ML"}))

    assert page.query("Prochain mois avec des événements : juillet 2026")["mois"] == [
        "2026-07"
    ]
    assert narrowed.query("Prochain mois avec des événements : août 2026")["mois"] == [
        "2026-08"
    ]


@pytest.mark.parametrize(
    "raw", ["2026-13", "2026-00", "1999-12", "2101-01", "mars", "٢٠٢٦-٠٣", "2026-3-1"]
)
def test_what_is_no_month_is_dropped_with_a_sentence(client, db, raw):
    EventFactory(published=True, starts_at=at(12))

    text = Page(client.get(URL, {**MONTH, "mois": raw})).text

    assert "n’est pas un mois connu" in text
    assert "Mars 2026" in text


@pytest.mark.parametrize("raw", ["2000-01", "2100-12"])
def test_the_months_end_somewhere(client, db, raw):
    EventFactory(published=True, starts_at=at(12))

    page = Page(client.get(URL, {**MONTH, "mois": raw}))

    beside = [words for words in page.links if "←" in words or "→" in words]
    assert len(beside) == 1


def test_every_week_of_a_month_has_seven_days():
    for number in range(1, 13):
        month = Month(datetime.date(2026, number, 1))

        found = weeks(month, Held({}, [], 0, 0))

        assert {len(week.days) for week in found} == {7}
        days = [day for week in found for day in week.days]
        assert sum(day.is_inside for day in days) == month.last.day
