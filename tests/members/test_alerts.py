"""« M’alerter »: which searches may be followed, by whom, and how often one may ask."""

import datetime

import pytest
import time_machine

from directory.models import Country
from members.alerts import subscribing
from members.models import Mail, SavedSearch, Subscriber
from tests.factories import SavedSearchFactory, UserFactory
from tests.members.following import (
    NOW,
    ZOE,
    ask,
    link,
    page,
    subscribe,
)
from tests.members.mailbox import sent_to
from tests.pages import Page

LISTINGS = {
    "annuaire/": "Annuaire des acteurs",
    "projets/": "Panorama des projets",
    "actualites/": "Actualités",
    "appels-a-projets/": "Appels à projets",
    "agenda/": "Agenda",
    "offres/": "Offres",
}


@pytest.fixture(autouse=True)
def clock(db):
    with time_machine.travel(NOW, tick=False) as moved:
        yield moved


# The search


@pytest.mark.parametrize("listing", LISTINGS)
def test_every_listing_leads_to_an_alert_of_what_it_shows(listing, client):
    way = Page(client.get(f"/{listing}?secteur=sante&tri=recent&page=1")).href(
        "M’alerter des nouveautés"
    )

    shown = Page(client.get(way))

    assert way == page(listing, "secteur=sante")
    assert LISTINGS[listing] in shown.text
    assert "Santé" in shown.text


def test_the_search_is_said_in_words(client):
    shown = Page(client.get(page(query="pays=ML&pays=SN&q=eau&tri=verifie")))

    assert "Mali ou Sénégal" in shown.text
    assert "« eau »" in shown.text
    assert shown.href("Revenir aux résultats") == "/annuaire/?q=eau&pays=ML&pays=SN"


@pytest.mark.parametrize("path", ["", "nulle-part/", "carte/", "recherche/", "pays/"])
def test_what_is_no_listing_is_not_followed(path, client):
    url = f"/mon-espace/alertes/nouvelle/{path}"

    assert client.get(url).status_code == 404


def test_a_value_that_is_unknown_is_said_and_left_out(clock, client):
    shown = Page(client.get(page(query="pays=ML&pays=ZZ")))
    ask(clock, page(query="pays=ML&pays=ZZ"))

    assert "ZZ" in shown.text
    assert SavedSearch.objects.get().query == "pays=ML"


def test_a_search_of_too_many_filters_is_refused_and_nothing_is_lost(clock):
    codes = Country.objects.values_list("code", flat=True)
    every = "&".join([f"q={'é' * 190}", *(f"pays={code}" for code in codes)])

    answer = ask(clock, page(query=every))

    assert "trop de filtres" in answer.text
    assert ZOE in answer.text
    assert not Mail.objects.exists()


# Without an account


def test_a_visitor_confirms_by_the_link_of_one_mail_without_a_cookie(clock, client):
    asked = ask(clock, client=client)
    way = link()
    looked = client.get(way)
    before = SavedSearch.objects.on().count()
    done = client.post(way)

    search = SavedSearch.objects.on().get()
    assert "Ouvrez votre messagerie" in asked.text
    assert "Mali" in looked.text
    assert "L’alerte est confirmée" in done.text
    assert (before, search.subscriber.email, search.rhythm) == (0, ZOE, "chaque-jour")
    assert not client.cookies


def test_the_mail_says_nothing_that_a_stranger_typed(clock):
    ask(clock, page(query="q=gagnez+ici"))

    (letter,) = sent_to(ZOE)
    assert "gagnez" not in f"{letter.subject} {letter.body}"


@pytest.mark.parametrize("known", ["nobody", "account", "subscriber"])
def test_the_answer_tells_nothing_of_the_address(known, clock, client):
    if known == "account":
        UserFactory(email=ZOE)
    elif known == "subscriber":
        subscribe(clock)
    mails = Mail.objects.count()
    clock.shift(datetime.timedelta(days=1))

    answer = ask(clock, email="ZOE@essai.example")

    assert "Ouvrez votre messagerie" in answer.text
    assert Mail.objects.count() == mails + 1


def test_an_alert_that_is_on_is_not_changed_by_who_asks_for_it_again(clock):
    subscribe(clock)
    clock.shift(datetime.timedelta(days=1))

    ask(clock, rhythm="chaque-semaine")

    assert SavedSearch.objects.on().get().rhythm == "chaque-jour"


def test_the_link_of_a_mail_changes_the_rhythm_of_an_alert_that_is_on(clock, client):
    subscribe(clock)
    clock.shift(datetime.timedelta(days=1))
    ask(clock, rhythm="chaque-semaine")

    shown = client.get(link())
    client.post(link(), {"rhythm": "chaque-semaine"})

    assert "Votre alerte" in shown.text
    assert SavedSearch.objects.on().get().rhythm == "chaque-semaine"


def test_an_alert_that_waits_takes_the_rhythm_asked_last_and_waits_no_longer(clock):
    ask(clock)
    asked_at = SavedSearch.objects.get().asked_at
    clock.shift(datetime.timedelta(days=2))

    ask(clock, rhythm="chaque-semaine")

    search = SavedSearch.objects.get()
    assert (search.rhythm, search.asked_at) == ("chaque-semaine", asked_at)


@pytest.mark.parametrize("is_on", [False, True])
def test_an_address_is_sent_few_links_whatever_is_asked_for_it(is_on, clock):
    if is_on:
        subscribe(clock)
    before = len(sent_to(ZOE))
    for n in range(20):
        clock.shift(datetime.timedelta(days=1))
        ask(clock, page(query=f"q=mot{n}"))
        subscribing.forget()

    assert len(sent_to(ZOE)) - before == subscribing.MOST_LINKS


def test_the_same_alert_asked_for_twice_sends_one_mail_a_day(clock):
    ask(clock)
    ask(clock)

    assert len(sent_to(ZOE)) == 1


def test_an_address_has_few_alerts_to_confirm(clock):
    for n in range(subscribing.MOST_PENDING + 2):
        answer = ask(clock, page(query=f"q=mot{n}"))

    assert "Ouvrez votre messagerie" in answer.text
    assert len(sent_to(ZOE)) == subscribing.MOST_PENDING


def test_a_sender_is_stopped_after_a_few_and_loses_nothing(clock):
    for n in range(10):
        ask(clock, email=f"a{n}@essai.example")

    stopped = ask(clock, email="encore@essai.example")
    clock.shift(3_700)
    after = ask(clock, email="encore@essai.example")

    assert stopped.status_code == 429
    assert "encore@essai.example" in stopped.text
    assert "Ouvrez votre messagerie" in after.text


@pytest.mark.parametrize("known", [False, True])
def test_the_number_of_tries_tells_nothing_of_the_address(known, clock):
    if known:
        SavedSearchFactory(on=True, subscriber__email=ZOE, query="pays=ML")

    answers = [ask(clock).status_code for _try in range(11)]

    assert answers == [200] * 10 + [429]


def test_a_robot_is_answered_as_a_person_and_nothing_is_kept(clock):
    answer = ask(clock, surname="Robot")

    assert "Ouvrez votre messagerie" in answer.text
    assert not Subscriber.objects.exists()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"email": "zoe"}, "Saisissez une adresse électronique valide."),
        ({"rhythm": "chaque-heure"}, "Sélectionnez un choix valide"),
        ({"opened": "forgé"}, "ouverte depuis longtemps"),
    ],
)
def test_what_is_wrong_is_said(changes, words, clock):
    answer = ask(clock, **changes)

    assert words in Page(answer).text
    assert not Subscriber.objects.exists()
