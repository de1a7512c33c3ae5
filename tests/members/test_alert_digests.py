"""What alerts tell: each row once, in one mail a day, whatever happens."""

import datetime

import pytest
import time_machine
from django.conf import settings
from django.test import Client

from directory.models import Country, Structure
from members.alerts import digests, subscribing
from members.models import Mail, SavedSearch, Subscriber
from tests.factories import (
    ArticleFactory,
    CallFactory,
    MailFactory,
    ProjectFactory,
    StructureFactory,
    UserFactory,
)
from tests.members.following import (
    NOW,
    ZOE,
    digests_to,
    next_round,
    page,
    subscribe,
)
from tests.members.mailbox import sent_to

EVERY_CALL = page("appels-a-projets/", "")


@pytest.fixture
def clock(db):
    with time_machine.travel(NOW, tick=False) as moved:
        yield moved


def texts(address=ZOE):
    return [letter.body for letter in digests_to(address)]


# What is new


def test_what_appears_is_told_once_with_its_link(clock):
    StructureFactory(published=True, countries=["ML"], name="Ancienne")
    subscribe(clock)
    StructureFactory(published=True, countries=["ML"], name="Nouvelle", slug="neuve")
    StructureFactory(published=True, countries=["SN"], name="Ailleurs")

    mails = [next_round(clock, days) for days in (1, 1)]

    (text,) = texts()
    assert mails == [1, 0]
    assert "Mali – Annuaire des acteurs" in text
    assert "Nouvelle" in text
    assert "/annuaire/neuve/" in text
    assert "Ancienne" not in text
    assert "Ailleurs" not in text


def test_nothing_new_sends_nothing(clock):
    subscribe(clock)

    assert next_round(clock) == 0
    assert not digests_to()


def test_a_row_that_enters_the_search_by_an_edit_is_new(clock):
    late = StructureFactory(published=True, name="Tardive")
    subscribe(clock)

    late.countries.add(Country.objects.get(code="ML"))

    assert next_round(clock) == 1
    assert "Tardive" in texts()[0]


def test_what_is_dated_in_the_past_is_new_when_it_appears(clock):
    subscribe(clock, page("actualites/", ""))
    ArticleFactory(
        published=True, title="Vieille date", published_at="2024-01-01T08:00Z"
    )

    assert next_round(clock) == 1
    assert "Vieille date" in texts()[0]


def test_what_is_announced_is_told_when_its_day_comes(clock):
    subscribe(clock, page("actualites/", ""))
    ArticleFactory(
        published=True,
        title="Pour demain",
        published_at=NOW + datetime.timedelta(days=1, hours=6),
    )

    assert [next_round(clock), next_round(clock)] == [0, 1]


def test_a_call_is_told_to_who_follows_the_open_ones_when_it_opens(clock):
    subscribe(clock, page("appels-a-projets/", "etat=ouvert"))
    CallFactory(
        published=True,
        title="Bientôt",
        opens_at=NOW + datetime.timedelta(days=2, hours=-1),
        closes_at=NOW + datetime.timedelta(days=60),
    )

    assert [next_round(clock), next_round(clock)] == [0, 1]


def test_what_was_archived_and_comes_back_is_not_told_again(clock):
    subscribe(clock)
    found = StructureFactory(published=True, countries=["ML"])
    row = Structure.objects.filter(pk=found.pk)
    first = next_round(clock)

    row.archive()
    away = next_round(clock)
    row.publish()

    assert (first, away, next_round(clock)) == (1, 0, 0)


def test_what_is_unpublished_meanwhile_is_in_no_mail(clock):
    subscribe(clock)
    gone = StructureFactory(published=True, countries=["ML"], name="Retirée")
    StructureFactory(published=True, countries=["ML"], name="Restée")
    Structure.objects.filter(pk=gone.pk).archive()

    next_round(clock)

    assert "Restée" in texts()[0]
    assert "Retirée" not in texts()[0]


def test_words_find_what_the_page_finds_misspelled_or_not(clock):
    StructureFactory(published=True, name="Éducation pour tous")
    subscribe(clock, page(query="q=educaton"))
    StructureFactory(published=True, name="Éducation solidaire")

    next_round(clock)

    assert "Éducation solidaire" in texts()[0]
    assert "pour tous" not in texts()[0]


# One mail, each row once


def test_all_the_alerts_of_a_person_are_in_one_mail_each_row_once(clock):
    subscribe(clock)
    subscribe(clock, page(query="secteur=sante"))
    subscribe(clock, EVERY_CALL)
    StructureFactory(published=True, countries=["ML"], sectors=["sante"], name="Double")
    CallFactory(published=True, title="Un appel")

    assert next_round(clock) == 1

    (text,) = texts()
    assert text.count("Double") == 1
    assert "Un appel" in text


def test_a_row_told_by_an_alert_is_not_told_by_another_later(clock):
    subscribe(clock)
    subscribe(clock, page(query="pays=SN"))
    found = StructureFactory(published=True, countries=["ML"])
    first = next_round(clock)

    found.countries.add(Country.objects.get(code="SN"))

    assert (first, next_round(clock)) == (1, 0)


def test_rows_of_two_listings_that_share_a_key_are_two(clock):
    subscribe(clock, page(query=""))
    subscribe(clock, page("projets/", ""))
    StructureFactory(pk=77_001, published=True, name="Acteur")
    ProjectFactory(pk=77_001, published=True, title="Projet", lead=None)

    next_round(clock)

    assert "Acteur" in texts()[0]
    assert "Projet" in texts()[0]


def test_too_many_are_counted_with_the_way_to_them(clock):
    subscribe(clock)
    for n in range(digests.MOST_ROWS + 12):
        StructureFactory(published=True, countries=["ML"], name=f"Numéro {n:02}")

    next_round(clock)

    (text,) = texts()
    assert text.count("Numéro") == digests.MOST_ROWS
    assert "et 12 autres" in text
    assert "/annuaire/?pays=ML" in text
    assert next_round(clock) == 0


def test_nobody_else_is_told(clock):
    subscribe(clock)
    subscribe(clock, page(query="pays=SN"), email="ali@essai.example")
    StructureFactory(published=True, countries=["ML"])

    next_round(clock)

    assert len(texts()) == 1
    assert not texts("ali@essai.example")


def test_a_closed_account_is_told_nothing(clock):
    subscribe(clock)
    UserFactory(email="ZOE@essai.example", is_active=False)
    StructureFactory(published=True, countries=["ML"])

    assert next_round(clock) == 0


def test_a_paused_alert_says_nothing_of_what_appeared_meanwhile(clock):
    subscribe(clock)
    search = SavedSearch.objects.get()
    subscribing.pause(search=search)
    StructureFactory(published=True, countries=["ML"])
    paused = next_round(clock)

    subscribing.resume(search=search)

    assert (paused, next_round(clock)) == (0, 0)


# When


def test_a_weekly_alert_is_told_on_monday(clock):
    subscribe(clock, rhythm="chaque-semaine")
    StructureFactory(published=True, countries=["ML"])

    assert [next_round(clock) for _day in range(7)] == [0, 0, 0, 0, 1, 0, 0]


def test_a_monday_without_a_worker_is_made_up_for(clock):
    subscribe(clock, rhythm="chaque-semaine")
    StructureFactory(published=True, countries=["ML"])

    assert next_round(clock, days=6) == 1


@pytest.mark.parametrize(
    "night",
    ["2026-10-25", "2027-03-28", "2026-12-31"],
    ids=["winter", "summer", "year"],
)
def test_the_day_is_that_of_paris_whatever_its_length(night, db):
    """A minute before midnight in Paris is yet the same day; a minute after is not."""
    day = datetime.date.fromisoformat(night)
    midnight = datetime.datetime.combine(day, datetime.time(23, 59))
    hours = 2 if night == "2027-03-28" else 1
    late = midnight.replace(tzinfo=datetime.UTC) - datetime.timedelta(hours=hours)
    with time_machine.travel(late - datetime.timedelta(hours=20), tick=False) as clock:
        subscribe(clock)
        StructureFactory(published=True, countries=["ML"])
        clock.move_to(late)
        before = digests.tell_all()
        clock.shift(120)

        assert (before, digests.tell_all(), digests.tell_all()) == (0, 1, 0)


def test_a_rhythm_changed_after_the_mail_of_the_day_waits_for_the_next(clock):
    subscribe(clock)
    subscribe(clock, page("offres/", ""), rhythm="chaque-semaine")
    subscribe(clock, EVERY_CALL, rhythm="chaque-semaine")
    StructureFactory(published=True, countries=["ML"])
    CallFactory(published=True, title="Un appel")
    first = next_round(clock)

    SavedSearch.objects.update(rhythm="chaque-jour", looked_on=NOW.date())

    assert (first, next_round(clock, days=0), next_round(clock)) == (1, 0, 1)
    assert "Un appel" in texts()[0]


def test_a_person_is_written_to_so_often_and_loses_nothing(clock):
    subscribe(clock)
    clock.shift(datetime.timedelta(days=1))
    for _ in range(digests.MOST_MAILS):
        MailFactory(kind="freshness", to="Zoe@essai.example")
    MailFactory(kind="freshness", to="ali@essai.example")
    StructureFactory(published=True, countries=["ML"], name="Attendue")

    capped = [next_round(clock, days=0), next_round(clock, days=6)]

    assert capped == [0, 0]
    assert next_round(clock) == 1
    assert "Attendue" in texts()[0]


def test_codes_that_a_person_asks_for_do_not_count(clock):
    subscribe(clock)
    for _ in range(digests.MOST_MAILS):
        MailFactory(kind="code", to=ZOE)
    StructureFactory(published=True, countries=["ML"])

    assert next_round(clock) == 1


# What is there no more


def test_a_value_that_is_gone_is_said_once_and_floods_nobody(clock):
    subscribe(clock)
    StructureFactory(published=True, countries=["SN"], name="Sénégalaise")
    SavedSearch.objects.update(query="pays=ZZ")

    mails = [next_round(clock), next_round(clock)]

    (text,) = texts()
    assert mails == [1, 0]
    assert "ZZ" in text
    assert "Sénégalaise" not in text


def test_the_values_that_are_left_are_still_followed(clock):
    subscribe(clock)
    StructureFactory(published=True, countries=["ML"], name="Malienne")
    SavedSearch.objects.update(query="pays=ML&pays=ZZ")

    next_round(clock)

    assert "Malienne" in texts()[0]
    assert "ZZ" in texts()[0]


def test_a_listing_that_is_no_more_is_said_once(clock):
    subscribe(clock)
    SavedSearch.objects.update(listing="directory:gone")

    assert [next_round(clock), next_round(clock)] == [1, 0]
    assert "n’existe plus" in texts()[0]


# The mail


def test_mailboxes_have_a_button_that_ends_all(clock):
    subscribe(clock)
    StructureFactory(published=True, countries=["ML"])
    next_round(clock)

    (letter,) = digests_to()
    url = letter.extra_headers["List-Unsubscribe"].strip("<>")
    posted = Client(enforce_csrf_checks=True).post(
        url.removeprefix(settings.SITE_URL), {"List-Unsubscribe": "One-Click"}
    )

    one_click = letter.extra_headers["List-Unsubscribe-Post"]
    assert one_click == "List-Unsubscribe=One-Click"
    assert posted.status_code == 200
    assert not Subscriber.objects.exists()


def test_the_link_that_ends_all_is_forgotten_with_what_the_mail_said(clock, settings):
    settings.DEMO = False
    subscribe(clock)
    StructureFactory(published=True, countries=["ML"])
    next_round(clock)
    digests_to()

    mail = Mail.objects.get(kind="alertes")
    assert (mail.text, mail.unsubscribe_url) == ("", "")


def test_other_mails_have_no_such_button(clock):
    subscribe(clock)

    assert "List-Unsubscribe" not in sent_to(ZOE)[0].extra_headers
