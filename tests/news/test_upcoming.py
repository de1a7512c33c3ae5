"""The next deadlines and events: on the front door, and on pages of subjects."""

import datetime

import pytest

from tests.factories import CallFactory, EventFactory
from tests.pages import Page

NOW = datetime.datetime(2026, 3, 11, 9, tzinfo=datetime.UTC)


def at(day, hour=16, month=3):
    return datetime.datetime(2026, month, day, hour, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to(NOW, tick=False)


def titles(response):
    text = Page(response).text.partition("Prochaines échéances")[2]
    names = [f"Titre{n}" for n in range(10)]
    return sorted((name for name in names if name in text), key=text.index)


def test_deadlines_and_events_are_in_one_order_and_five_at_most(client, db):
    for n, day in enumerate([20, 14, 18, 25]):
        CallFactory(published=True, title=f"Titre{n}", closes_at=at(day))
    for n, day in enumerate([12, 16, 30], 4):
        EventFactory(published=True, title=f"Titre{n}", starts_at=at(day))

    shown = titles(client.get("/"))

    assert shown == ["Titre4", "Titre1", "Titre5", "Titre2", "Titre0"]


def test_what_is_over_permanent_cancelled_not_open_or_hidden_is_left_out(client, db):
    CallFactory(published=True, title="Titre0", closes_at=at(10))
    CallFactory(published=True, title="Titre1")
    CallFactory(published=True, title="Titre2", opens_at=at(20), closes_at=at(30))
    CallFactory(title="Titre3", closes_at=at(20))
    EventFactory(published=True, title="Titre4", starts_at=at(10))
    EventFactory(published=True, title="Titre5", starts_at=at(20), is_cancelled=True)

    response = client.get("/")

    assert titles(response) == []
    assert "Prochaines échéances" not in Page(response).text


def test_each_says_what_happens_that_day(client, db):
    CallFactory(published=True, title="De l’eau", closes_at=at(15))
    CallFactory(published=True, title="Minuit", closes_at=at(15, 23))
    EventFactory(published=True, title="Rencontre", starts_at=at(16), place="Arles")
    EventFactory(published=True, title="Salon", starts_at=at(10), ends_at=at(17))

    text = Page(client.get("/")).text.replace("\u00a0", " ")

    assert "15 mars 2026 De l’eau Clôture de l’appel à 17 h" in text
    assert "15 mars 2026 Minuit Clôture de l’appel 16 mars" in text
    assert "16 mars 2026 Rencontre 17 h · Arles" in text
    assert "10 mars 2026 Salon En cours" in text


@pytest.mark.parametrize("path", ["/pays/mali/", "/secteurs/sante/", "/odd/6/"])
def test_a_subject_shows_its_open_calls(client, db, path):
    subject = {"countries": ["ML"], "sectors": ["sante"], "goals": [6]}
    CallFactory(published=True, title="Ouvert", closes_at=at(20), **subject)
    CallFactory(published=True, title="Fermé", closes_at=at(1), **subject)
    CallFactory(published=True, title="Ailleurs", countries=["TG"])
    CallFactory(title="Brouillon", **subject)

    page = Page(client.get(path))

    assert page.keys == ["ouvert"]


def test_a_country_shows_the_calls_for_its_group_unless_they_exclude_it(client, db):
    CallFactory(published=True, title="PMA", country_groups=["pma"])
    CallFactory(
        published=True,
        title="Sauf Mali",
        country_groups=["pma"],
        excluded_countries=["ML"],
    )

    page = Page(client.get("/pays/mali/"))

    assert page.keys == ["pma"]
    assert (
        page.href("Tous les appels à projets au Mali") == "/appels-a-projets/?pays=ML"
    )
