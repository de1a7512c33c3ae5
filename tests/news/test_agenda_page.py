"""The agenda: which events are listed, in which order, and on which days of a month."""

import datetime

import pytest

from tests.factories import CallFactory, EventFactory
from tests.pages import Page

URL = "/agenda/"
NOW = datetime.datetime(2026, 3, 11, 9, tzinfo=datetime.UTC)  # a Wednesday
MONTH = {"vue": "mois"}


def at(day, hour=17, month=3):
    return datetime.datetime(2026, month, day, hour, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to(NOW, tick=False)


def listed(response):
    return Page(response).keys


# As a list


def test_what_comes_next_is_first_and_what_is_past_is_apart(client, db):
    for title, starts_at in [
        ("Hier", at(10)),
        ("En mai", at(2, month=5)),
        ("En janvier", at(2, month=1)),
        ("Demain", at(12)),
    ]:
        EventFactory(published=True, title=title, starts_at=starts_at)

    page = Page(client.get(URL))

    assert page.keys == ["demain", "en-mai", "hier", "en-janvier"]
    assert page.text.index("À venir 2") < page.text.index("Passés 2")


def test_a_card_tells_when_and_where(client, db):
    EventFactory(
        published=True,
        title="Rencontre",
        starts_at=at(12),
        place="Salle des fêtes",
        online_url="https://essai.example/direct",
    )

    text = Page(client.get(URL)).text.replace("\u00a0", " ")

    assert (
        "À venir 12 mars 2026, de 18 h à 20 h Rencontre Salle des fêtes · En ligne"
        in text
    )


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ({"quand": "a-venir"}, ["jeudi", "lundi", "avril"]),
        ({"quand": "passes"}, ["mardi"]),
        ({"quand": "cette-semaine"}, ["jeudi", "mardi"]),
        ({"quand": "ce-mois-ci"}, ["jeudi", "lundi", "mardi"]),
        ({"quand": "le-mois-prochain"}, ["lundi", "avril"]),
        ({"quand": ["passes", "le-mois-prochain"]}, ["lundi", "avril", "mardi"]),
        ({"modalite": "en-ligne"}, ["jeudi", "avril"]),
        ({"modalite": "sur-place"}, ["jeudi", "lundi"]),
        ({"pays": "ML"}, ["jeudi"]),
        ({"secteur": "sante"}, ["lundi"]),
        ({"odd": "6"}, ["lundi"]),
        ({"theme": "ecsi"}, ["lundi"]),
        ({"mot-cle": "eau"}, ["avril"]),
        ({"q": "salle"}, ["jeudi"]),
    ],
)
def test_filters_narrow(client, db, query, titles):
    online = "https://essai.example/direct"
    EventFactory(published=True, title="Mardi", starts_at=at(10))
    EventFactory(
        published=True,
        title="Jeudi",
        starts_at=at(12),
        place="Salle",
        online_url=online,
        countries=["ML"],
    )
    EventFactory(
        published=True,
        title="Lundi",
        starts_at=at(30),
        ends_at=at(1, month=4),
        is_all_day=True,
        address="1, rue d’essai",
        sectors=["sante"],
        goals=[6],
        themes=["ecsi"],
    )
    EventFactory(
        published=True,
        title="Avril",
        starts_at=at(30, month=4),
        online_url=online,
        tags=["eau"],
    )

    assert listed(client.get(URL, query)) == titles


def test_an_event_is_past_at_its_last_minute(client, db, time_machine):
    EventFactory(published=True, starts_at=at(11, 10), ends_at=at(11, 11))

    seen = []
    for hour, minute in [(9, 59), (10, 0), (10, 59), (11, 0)]:
        time_machine.move_to(at(11, hour).replace(minute=minute), tick=False)
        page = Page(client.get(URL))
        state = "En cours" if "En cours" in page.text else "-"
        seen.append((state, page.counts.get(("quand", "passes"), 0)))

    assert seen == [("-", 0), ("En cours", 0), ("En cours", 0), ("-", 1)]


def test_a_cancelled_event_to_come_stays_in_its_place_and_says_so(client, db):
    EventFactory(published=True, title="Annulee", starts_at=at(12), is_cancelled=True)
    EventFactory(published=True, title="Tenue", starts_at=at(13))

    page = Page(client.get(URL))

    assert page.keys == ["annulee", "tenue"]
    assert "Annulé 12 mars 2026" in page.text


def test_the_cost_does_not_grow_with_the_rows(
    client, db, django_assert_max_num_queries
):
    def add(n):
        EventFactory.create_batch(n, published=True, starts_at=at(12))
        CallFactory.create_batch(n, published=True, closes_at=at(20))

    for query in ({}, MONTH):
        # From the second page on, the process has an index to compare.
        client.get(URL, query)
        add(2)
        with django_assert_max_num_queries(70) as few:
            client.get(URL, query)
        add(20)
        with django_assert_max_num_queries(70) as many:
            client.get(URL, query)

        assert len(many) <= len(few)
