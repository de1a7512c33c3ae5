"""Where calls, events and offers are in their lives, by the clock of Paris."""

import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from news.models import (
    Call,
    CallState,
    Event,
    EventState,
    Offer,
    OfferState,
)
from tests.factories import CallFactory, EventFactory, OfferFactory

PARIS = ZoneInfo("Europe/Paris")
MINUTE = datetime.timedelta(minutes=1)


def at(year, month, day, hour=0, minute=0):
    """A moment by the clock of Paris."""
    return datetime.datetime(year, month, day, hour, minute, tzinfo=PARIS)


def minutes_after(moment, minutes):
    """The moment so many minutes later, as time passes and not as clocks change."""
    later = moment.astimezone(datetime.UTC) + datetime.timedelta(minutes=minutes)
    return later.astimezone(PARIS)


# Calls


CLOSES = at(2026, 6, 12, 17)


@pytest.mark.parametrize(
    ("now", "label", "is_open"),
    [
        (at(2026, 6, 1, 8, 59), "À venir", False),
        (at(2026, 6, 1, 9), "Ouvert", True),
        (at(2026, 6, 4, 23, 59), "Ouvert", True),
        (at(2026, 6, 5), "Clôture dans 7 jours", True),
        (at(2026, 6, 7, 12), "Clôture dans 5 jours", True),
        (at(2026, 6, 10, 23, 59), "Clôture dans 2 jours", True),
        (at(2026, 6, 11), "Clôture demain", True),
        (at(2026, 6, 11, 23, 59), "Clôture demain", True),
        (at(2026, 6, 12), "Clôture aujourd’hui à 17\u00a0h", True),
        (at(2026, 6, 12, 16, 59), "Clôture aujourd’hui à 17\u00a0h", True),
        (at(2026, 6, 12, 17), "Clôturé", False),
        (at(2030, 1, 1), "Clôturé", False),
    ],
)
def test_a_call_opens_nears_its_end_and_closes_to_the_minute(now, label, is_open, db):
    call = CallFactory(opens_at=at(2026, 6, 1, 9), closes_at=CLOSES)

    with time_machine.travel(now, tick=False):
        assert call.state_label == label
        assert call.is_open is is_open
        assert Call.objects.open().exists() is is_open


@pytest.mark.parametrize(
    ("closes", "label"),
    [
        (at(2026, 6, 12, 23, 59), "Clôture aujourd’hui à 23\u00a0h\u00a059"),
        (at(2026, 6, 12, 12, 5), "Clôture aujourd’hui à 12\u00a0h\u00a005"),
        (at(2026, 6, 13), "Clôture demain"),
    ],
)
@time_machine.travel(at(2026, 6, 12, 8), tick=False)
def test_the_hour_of_the_deadline_is_told(closes, label):
    assert Call(closes_at=closes).state_label == label


@time_machine.travel(at(2026, 6, 12, 8), tick=False)
def test_a_call_that_never_closes_is_permanent_once_it_is_open(db):
    always = CallFactory()
    later = CallFactory(opens_at=at(2026, 7, 1))

    unsaid = CallFactory(is_permanent=False)

    assert (always.state_label, later.state_label) == ("Permanent", "À venir")
    assert unsaid.state_label == "Dates à préciser"
    assert not unsaid.is_open
    assert list(Call.objects.undated()) == [unsaid]
    assert list(Call.objects.permanent()) == [always]
    assert list(Call.objects.upcoming()) == [later]


@pytest.mark.parametrize(
    ("closes", "now", "label"),
    [
        # 29 March 2026: 2 h is 3 h; that day lasts 23 hours.
        (at(2026, 3, 29, 17), at(2026, 3, 28, 17, 30), "Clôture demain"),
        (at(2026, 3, 30), at(2026, 3, 29), "Clôture demain"),
        (at(2026, 3, 29, 1, 59), at(2026, 3, 29, 1, 58), "Clôture aujourd’hui à 1"),
        (at(2026, 4, 3, 0, 30), at(2026, 3, 27, 0, 0), "Clôture dans 7 jours"),
        (at(2026, 4, 3, 23, 59), at(2026, 3, 26, 23, 59), "Ouvert"),
        # 25 October 2026: 3 h is 2 h; that day lasts 25 hours.
        (at(2026, 10, 25, 23, 59), at(2026, 10, 25), "Clôture aujourd’hui à 23"),
        (at(2026, 10, 26), at(2026, 10, 25, 23, 59), "Clôture demain"),
        (at(2026, 11, 1, 0), at(2026, 10, 25, 0), "Clôture dans 7 jours"),
        (at(2026, 11, 1, 23, 59), at(2026, 10, 24, 23, 59), "Ouvert"),
    ],
)
def test_days_are_counted_by_the_calendar_when_clocks_change(closes, now, label, db):
    call = CallFactory(closes_at=closes)

    with time_machine.travel(now, tick=False):
        assert call.state_label.startswith(label)
        assert list(Call.objects.in_states([call.state])) == [call]


def test_the_hour_that_comes_twice_closes_a_call_the_first_or_the_second_time(db):
    first = at(2026, 10, 25, 2, 30)
    second = first.replace(fold=1)
    call = CallFactory(closes_at=second)

    with time_machine.travel(first, tick=False):
        assert call.is_open
        assert Call.objects.open().exists()
    with time_machine.travel(second, tick=False):
        assert not call.is_open
        assert not Call.objects.open().exists()


def test_the_nearest_deadline_comes_first(db):
    always = CallFactory()
    late = CallFactory(closes_at=at(2026, 9, 1))
    soon = CallFactory(closes_at=at(2026, 6, 1))

    assert list(Call.objects.soonest_first()) == [soon, late, always]


# Events


@pytest.mark.parametrize(
    ("now", "state"),
    [
        (at(2026, 6, 12, 17, 59), EventState.UPCOMING),
        (at(2026, 6, 12, 18), EventState.RUNNING),
        (at(2026, 6, 12, 19, 59), EventState.RUNNING),
        (at(2026, 6, 12, 20), EventState.PAST),
    ],
)
def test_an_event_begins_and_ends_to_the_minute(now, state, db):
    event = EventFactory(starts_at=at(2026, 6, 12, 18), ends_at=at(2026, 6, 12, 20))

    with time_machine.travel(now, tick=False):
        assert event.state == state
        assert list(Event.objects.in_states([state])) == [event]


@pytest.mark.parametrize("first", [at(2026, 3, 28), at(2026, 10, 24)])
def test_whole_days_run_from_midnight_to_midnight_when_clocks_change(first, db):
    last = first + datetime.timedelta(days=1)
    event = EventFactory(starts_at=first, ends_at=last, is_all_day=True)
    end = last + datetime.timedelta(days=1)
    expected = [
        (first - MINUTE, EventState.UPCOMING),
        (first, EventState.RUNNING),
        (minutes_after(end, -1), EventState.RUNNING),
        (end, EventState.PAST),
    ]

    for now, state in expected:
        with time_machine.travel(now, tick=False):
            assert event.state == state
            assert list(Event.objects.in_states([state])) == [event]


def test_an_event_without_an_end_lasts_until_midnight(db):
    event = EventFactory(starts_at=at(2026, 6, 12, 18), ends_at=None)

    for now, state in [
        (at(2026, 6, 12, 17, 59), EventState.UPCOMING),
        (at(2026, 6, 12, 23, 59), EventState.RUNNING),
        (at(2026, 6, 13), EventState.PAST),
    ]:
        with time_machine.travel(now, tick=False):
            assert event.state == state
            assert list(Event.objects.in_states([state])) == [event]


@time_machine.travel(at(2026, 6, 12, 18), tick=False)
def test_a_cancelled_event_is_cancelled_whatever_its_date(db):
    future = EventFactory(starts_at=at(2026, 7, 1), is_cancelled=True)
    past = EventFactory(starts_at=at(2026, 5, 1), is_cancelled=True)

    assert future.state_label == past.state_label == "Annulé"
    assert set(Event.objects.cancelled()) == {future, past}
    assert list(Event.objects.not_over()) == [future]
    assert list(Event.objects.over()) == [past]


# Offers


def test_an_offer_is_open_until_the_end_of_its_last_day(db):
    offer = OfferFactory(closes_on=datetime.date(2026, 3, 29))
    always = OfferFactory()

    for now, is_open in [
        (at(2026, 3, 29, 23, 59), True),
        (at(2026, 3, 30), False),
    ]:
        with time_machine.travel(now, tick=False):
            assert offer.is_open is is_open
            assert (offer in Offer.objects.open()) is is_open
            assert (offer in Offer.objects.closed()) is not is_open
            assert always in Offer.objects.open()
    assert [state.label for state in OfferState] == ["Ouverte", "Clôturée"]


# What a row says of itself, and what the table answers


#: Around both changes of clocks, and around midnights, whatever the zone.
MOMENTS = st.one_of(
    *(
        st.integers(-14 * 24 * 60, 14 * 24 * 60).map(
            lambda minutes, around=around: minutes_after(around, minutes)
        )
        for around in (at(2026, 3, 29, 3), at(2026, 10, 25, 2))
    )
)
MAYBE = st.none() | MOMENTS
told = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150
)


def in_order(first, last):
    return (last, first) if first and last and last < first else (first, last)


@told
@given(opens=MAYBE, closes=MAYBE, now=MOMENTS, is_permanent=st.booleans())
def test_each_call_is_found_in_the_state_that_it_tells_and_no_other(
    db, opens, closes, now, is_permanent
):
    opens, closes = in_order(opens, closes)
    call = CallFactory(
        opens_at=opens, closes_at=closes, is_permanent=is_permanent and closes is None
    )

    with time_machine.travel(now, tick=False):
        rows = Call.objects.filter(pk=call.pk)
        assert [s for s in CallState if rows.in_states([s]).exists()] == [call.state]
        assert rows.open().exists() is call.is_open
        assert rows.closed().exists() is call.is_closed
        assert rows.closing_soon().exists() is (call.state == CallState.CLOSING)
        assert rows.upcoming().exists() is (call.state == CallState.UPCOMING)


@told
@given(
    starts=MOMENTS,
    ends=MAYBE,
    now=MOMENTS,
    is_all_day=st.booleans(),
    is_cancelled=st.booleans(),
)
def test_each_event_is_found_in_the_state_that_it_tells_and_no_other(
    db, starts, ends, now, is_all_day, is_cancelled
):
    starts, ends = in_order(starts, ends)
    event = EventFactory(
        starts_at=starts, ends_at=ends, is_all_day=is_all_day, is_cancelled=is_cancelled
    )

    with time_machine.travel(now, tick=False):
        rows = Event.objects.filter(pk=event.pk)
        assert [s for s in EventState if rows.in_states([s]).exists()] == [event.state]
        assert rows.over().exists() is event.is_over
        assert rows.not_over().exists() is not event.is_over
        assert rows.upcoming().exists() is (event.state == EventState.UPCOMING)
        assert rows.running().exists() is (event.state == EventState.RUNNING)
        assert rows.past().exists() is (event.state == EventState.PAST)


@told
@given(closes=MAYBE, now=MOMENTS)
def test_each_offer_is_found_in_the_state_that_it_tells_and_no_other(db, closes, now):
    offer = OfferFactory(closes_on=closes and closes.date())

    with time_machine.travel(now, tick=False):
        rows = Offer.objects.filter(pk=offer.pk)
        assert rows.open().exists() is offer.is_open
        assert rows.closed().exists() is not offer.is_open
