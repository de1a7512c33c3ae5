"""The links of alerts, and « Mes alertes »: what starts, changes and ends them."""

import datetime

import pytest
import time_machine
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from members.alerts import subscribing
from members.models import Mail, SavedSearch, Subscriber
from tests.factories import SavedSearchFactory, StructureFactory, UserFactory
from tests.members.following import (
    NOW,
    ZOE,
    ask,
    digests_to,
    link,
    next_round,
    page,
    subscribe,
)
from tests.members.mailbox import sent_to
from tests.pages import Page

MINE = "/mon-espace/alertes/"


@pytest.fixture(autouse=True)
def clock(db):
    with time_machine.travel(NOW, tick=False) as moved:
        yield moved


@pytest.fixture
def zoe():
    """A person with an account, signed in."""
    client = Client()
    client.force_login(UserFactory(email="Zoe@essai.example"))
    return client


# The link


@pytest.mark.parametrize("what", ["alert-confirm", "alerts-end"])
def test_a_link_that_was_not_made_here_does_nothing(what, clock, client):
    subscribe(clock)
    search = SavedSearch.objects.get()
    foreign = subscribing.confirm_path(search).split("/")[-2]
    if what == "alert-confirm":
        foreign = subscribing.end_path(search.subscriber).split("/")[-2]

    for token in ("abc", f"{foreign}x", foreign):
        url = reverse(f"members:{what}", args=[token])
        assert client.get(url).status_code == client.post(url).status_code == 404
    assert SavedSearch.objects.on().exists()


def test_a_link_is_good_for_seven_days(clock, client):
    ask(clock)
    way = link()
    clock.shift(datetime.timedelta(days=7, seconds=1))

    answer = client.post(way)

    assert answer.status_code == 410
    assert not SavedSearch.objects.on().exists()


def test_a_link_used_twice_leaves_a_paused_alert_as_it_is(clock, client):
    subscribe(clock)
    subscribing.pause(search=SavedSearch.objects.get())

    again = client.post(link())

    assert again.status_code == 200
    assert not SavedSearch.objects.on().exists()


def test_what_nobody_confirms_is_forgotten_with_its_address(clock):
    subscribe(clock, email="ali@essai.example")
    ask(clock)
    clock.shift(datetime.timedelta(days=8))

    subscribing.forget()

    assert [s.email for s in Subscriber.objects.all()] == ["ali@essai.example"]


def test_after_two_years_an_address_without_account_is_asked_again(clock):
    subscribe(clock)
    subscribe(clock, email="ali@essai.example")
    UserFactory(email="ali@essai.example")
    clock.shift(datetime.timedelta(days=731))

    asked = [subscribing.ask_again(), subscribing.ask_again()]

    assert asked == [1, 0]
    assert sent_to(ZOE)[0].subject.startswith("Gardez-vous votre alerte")
    Client().post(link())
    clock.shift(datetime.timedelta(days=8))
    subscribing.forget()
    assert SavedSearch.objects.on().count() == 2


def test_an_alert_that_is_asked_about_again_goes_on_and_ends_without_an_answer(clock):
    subscribe(clock)
    clock.shift(datetime.timedelta(days=731))
    subscribing.ask_again()
    StructureFactory(published=True, name="Puits du Sahel", countries=["ML"])

    told = next_round(clock)
    clock.shift(datetime.timedelta(days=8))
    subscribing.forget()

    assert told == 1
    assert not Subscriber.objects.exists()


def test_a_person_is_asked_about_one_alert_a_day(clock):
    for query in ("pays=ML", "pays=SN"):
        subscribe(clock, page(query=query))
    clock.shift(datetime.timedelta(days=731))

    first = subscribing.ask_again()
    clock.shift(datetime.timedelta(days=1))

    assert (first, subscribing.ask_again()) == (1, 1)


def test_what_fails_for_one_alert_stops_no_other(clock, monkeypatch):
    for name in ("ali", "zoe"):
        subscribe(clock, email=f"{name}@essai.example")
    clock.shift(datetime.timedelta(days=731))
    send = subscribing.emails.send

    def failing(kind, *, to, **said):
        if to.startswith("ali"):
            raise OSError
        return send(kind, to=to, **said)

    monkeypatch.setattr(subscribing.emails, "send", failing)

    assert subscribing.ask_again() == 1


def test_the_journal_of_the_staff_keeps_no_address(clock):
    subscribe(clock)

    assert "@" not in str(Subscriber.objects.get())


# The end


def test_one_click_of_a_mailbox_ends_all_without_cookie_or_csrf(clock):
    subscribe(clock)
    subscribe(clock, page("projets/", ""))
    way = subscribing.end_path(Subscriber.objects.get())
    strict = Client(enforce_csrf_checks=True)

    looked = strict.get(way)
    before = SavedSearch.objects.count()
    posted = strict.post(way, {"List-Unsubscribe": "One-Click"})

    assert (looked.status_code, posted.status_code, before) == (200, 200, 2)
    assert not Subscriber.objects.exists()
    assert not strict.cookies
    assert "Vous n’avez plus d’alerte" in Page(strict.post(way)).text


def test_the_page_of_the_link_ends_one_alert_and_keeps_the_others(clock, client):
    subscribe(clock)
    subscribe(clock, page("projets/", ""))
    way = subscribing.end_path(Subscriber.objects.get())
    other = SavedSearchFactory(on=True)
    first = SavedSearch.objects.get(listing="directory:structures", query="pays=ML")

    client.post(way, {"row": other.pk})
    client.post(way, {"row": first.pk})

    left = set(SavedSearch.objects.values_list("listing", "subscriber__email"))
    assert ("directory:projects", ZOE) in left
    assert ("directory:structures", other.subscriber.email) in left
    assert len(left) == 2


# With an account


def test_who_is_signed_in_is_told_at_once_at_their_own_address(zoe):
    asked = Page(zoe.get(page()))
    answer = zoe.post(page(), {"rhythm": "chaque-jour", "email": "x@essai.example"})

    search = SavedSearch.objects.on().get()
    assert "Zoe@essai.example" in asked.text
    assert answer["Location"] == MINE
    assert search.subscriber.email == ZOE
    assert not Mail.objects.exists()


def test_the_form_of_who_is_signed_in_is_theirs(clock):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(UserFactory(email=ZOE))

    answer = strict.post(page(), {"rhythm": "chaque-jour"})

    assert answer.status_code == 403
    assert not SavedSearch.objects.exists()


def test_a_person_has_so_many_alerts_at_most(zoe, monkeypatch):
    monkeypatch.setattr(subscribing, "MOST", 1)
    zoe.post(page(), {"rhythm": "chaque-jour"})

    same = zoe.post(page(), {"rhythm": "chaque-semaine"})
    other = zoe.post(page("offres/"), {"rhythm": "chaque-jour"})

    assert same.status_code == 302
    assert "supprimez-en une" in other.text
    assert SavedSearch.objects.get().rhythm == "chaque-semaine"


def test_what_was_followed_before_the_account_is_in_the_space(clock, zoe):
    subscribe(clock)
    SavedSearchFactory(query="pays=SN", on=True)

    mine = Page(zoe.get(MINE))

    assert mine.href("Mali – Annuaire des acteurs") == "/annuaire/?pays=ML"
    assert "Sénégal" not in mine.text


def test_an_alert_is_paused_resumed_changed_and_deleted(clock, zoe):
    subscribe(clock)
    search = SavedSearch.objects.get()
    states = []
    for said in (
        {"action": "pause"},
        {"action": "reprendre"},
        {"rhythm": "chaque-semaine"},
        {"action": "supprimer"},
    ):
        zoe.post(f"{MINE}changer/", {"row": search.pk, **said})
        states += SavedSearch.objects.values_list("paused_at", "rhythm")

    assert [(paused is None, rhythm) for paused, rhythm in states] == [
        (False, "chaque-jour"),
        (True, "chaque-jour"),
        (True, "chaque-semaine"),
    ]
    assert not Subscriber.objects.exists()


@pytest.mark.parametrize("action", ["pause", "reprendre", "supprimer", "autre"])
def test_nobody_touches_the_alert_of_another(action, zoe):
    search = SavedSearchFactory(on=True)

    answer = zoe.post(f"{MINE}changer/", {"row": search.pk, "action": action})

    assert answer.status_code == 404
    assert SavedSearch.objects.on().get() == search


def test_a_pending_alert_is_started_by_who_has_proved_the_address(clock, zoe):
    ask(clock)
    search = SavedSearch.objects.get()

    listed = Page(zoe.get(MINE))
    zoe.post(f"{MINE}changer/", {"row": search.pk, "action": "reprendre"})

    assert "À confirmer" in listed.text
    assert SavedSearch.objects.on().get() == search


def test_the_page_costs_the_same_whatever_the_number(
    zoe, django_assert_max_num_queries
):
    for country in ("ML", "SN", "AM", "MA", "TN", "LB"):
        zoe.post(page(query=f"pays={country}"), {"rhythm": "chaque-jour"})
    zoe.get(MINE)

    with django_assert_max_num_queries(6):
        zoe.get(MINE)


def test_alerts_follow_their_person_to_a_new_address(clock):
    subscribe(clock)
    subscribe(clock, email="neuve@essai.example")
    subscribe(clock, page("offres/", ""), email="neuve@essai.example")

    subscribing.move(old=ZOE.upper(), new="Neuve@essai.example")

    (subscriber,) = Subscriber.objects.all()
    assert subscriber.email == "neuve@essai.example"
    assert subscriber.searches.count() == 2


def test_an_address_that_confirmed_nothing_gets_nothing_but_one_mail(clock):
    ask(clock)
    assert next_round(clock) == 0
    assert len(sent_to(ZOE)) == 1
    assert not digests_to()


def test_the_staff_see_addresses_only_with_the_right_to(clock, client):
    subscribe(clock)
    helper = UserFactory(is_staff=True)
    helper.user_permissions.add(Permission.objects.get(codename="view_savedsearch"))
    client.force_login(helper)
    url = reverse("admin:members_savedsearch_changelist")

    hidden = client.get(url).text
    helper.user_permissions.add(Permission.objects.get(codename="view_subscriber"))
    shown = client.get(url).text

    assert "Annuaire des acteurs" in hidden
    assert ZOE not in hidden
    assert ZOE in shown
