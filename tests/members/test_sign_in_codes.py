"""The code of a sign-in: what it tells, how it wears out, how many are sent."""

import datetime

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import timezone

from members.models import Mail
from territoires import settings as real
from tests.factories import UserFactory
from tests.members.door import CODE, REFUSAL, UNKNOWN, URL, arrival, ask, give, is_open
from tests.members.mailbox import code_sent_to, sent_to, wrong
from tests.pages import Page

# Who has no account learns nothing


def test_an_unknown_address_gets_the_same_page_and_a_mail_that_says_so(client, owner):
    stranger = Client()
    known, unknown = ask(client, owner.email), ask(stranger, UNKNOWN)
    pages = [c.get(CODE).text for c in (client, stranger)]

    assert known.status_code == unknown.status_code == 302
    assert known["Location"] == unknown["Location"]
    assert same(pages[0]).replace(owner.email, UNKNOWN) == same(pages[1])
    (letter,) = sent_to(UNKNOWN)
    assert "n’a pas de compte" in letter.body
    assert "/inscription/" in letter.body


def same(page):
    """A page without the token of its form."""
    head, _, rest = page.partition('name="csrfmiddlewaretoken" value="')
    return head + rest[64:]


def test_a_wrong_code_is_refused_in_the_same_words_without_an_account(client, owner):
    stranger = Client()
    ask(client, owner.email)
    ask(stranger, UNKNOWN)

    known = give(client, wrong(code_sent_to(owner.email)))
    unknown = give(stranger, "123456")

    for response in (known, unknown):
        assert response.status_code == 200
        assert REFUSAL in Page(response).text
        assert "<title>Erreur – Votre code" in response.text
        assert 'aria-invalid="true"' in response.text
    assert not is_open(client)


def test_a_closed_account_gets_what_an_unknown_address_gets(client, db):
    user = UserFactory(is_active=False)

    ask(client, user.email)

    assert "n’a pas de compte" in sent_to(user.email)[0].body


@pytest.mark.parametrize("letter", ["\u212a", "\u017f", "\u0131"])
def test_letters_that_look_alike_get_no_code(client, db, letter):
    plain = {"\u212a": "k", "\u017f": "s", "\u0131": "i"}[letter]
    UserFactory(email=f"{plain}ki@essai.example")

    response = ask(client, f"{letter}ki@essai.example")

    assert response.status_code == 200
    assert not Mail.objects.exists()


def test_accounts_of_the_demonstration_are_unknown_elsewhere(client, db, settings):
    settings.DEMO = False
    user = UserFactory(email="quelqu-un@demo.example")

    ask(client, user.email)

    assert "n’a pas de compte" in sent_to(user.email)[0].body
    assert "démonstration" not in Page(client.get(URL)).text
    answer = client.post("/connexion/demonstration/", {"email": user.email})
    assert answer.status_code == 404


# A code wears out


def test_a_code_tried_six_times_opens_nothing_even_right(client, owner):
    ask(client, owner.email)
    code = code_sent_to(owner.email)

    tries = [give(client, wrong(code)) for _ in range(5)]
    sixth = give(client, code)

    assert [arrival(response) for response in tries] == [None] * 4 + [URL]
    assert "Trop d’essais" in Page(tries[-1]).text
    assert arrival(sixth) == URL
    assert not is_open(client)


def test_tries_in_many_windows_at_once_count_together(client, owner):
    ask(client, owner.email)
    code, start = code_sent_to(owner.email), client.session["account_login"]
    for _ in range(5):
        client.post(CODE, {"code": wrong(code)})
        # What a request that began before the others still holds.
        session = client.session
        session["account_login"] = start
        session.save()

    response = give(client, code)

    assert "Trop d’essais" in Page(response).text
    assert not is_open(client)


def test_a_code_expires_after_ten_minutes(client, owner):
    ask(client, owner.email)

    with time_machine.travel(timezone.now() + datetime.timedelta(minutes=11)):
        response = give(client, code_sent_to(owner.email))

    assert arrival(response) == URL
    assert not is_open(client)


def test_a_code_serves_once_and_in_its_own_browser(client, owner):
    ask(client, owner.email)
    code = code_sent_to(owner.email)
    other = Client()

    elsewhere = give(other, code)
    give(client, code)
    client.post("/deconnexion/")
    again = give(client, code)

    assert [arrival(elsewhere), arrival(again)] == [URL, URL]
    assert not is_open(other)
    assert not is_open(client)


def test_a_new_code_replaces_the_former_one(client, owner):
    ask(client, owner.email)
    former = code_sent_to(owner.email)
    ask(client, owner.email)

    refused = give(client, former)
    give(client, code_sent_to(owner.email))

    assert REFUSAL in Page(refused).text or former == code_sent_to(owner.email)
    assert is_open(client)


# Limits


@pytest.mark.parametrize("address", ["proprietaire@essai.example", UNKNOWN])
def test_too_many_codes_for_an_address_are_refused_on_a_page(client, owner, address):
    answers = [ask(Client(), address) for _ in range(6)]

    assert [answer.status_code for answer in answers] == [302] * 5 + [429]
    assert "Trop de demandes" in Page(answers[-1]).text
    assert len(sent_to(address)) == 5


def test_too_many_codes_from_one_place_are_refused(client, db):
    answers = [ask(Client(), f"a{n}@essai.example").status_code for n in range(21)]

    assert answers == [302] * 20 + [429]
    elsewhere = Client(REMOTE_ADDR="192.0.2.1")
    assert ask(elsewhere, "b@essai.example").status_code == 302


def test_limits_count_in_the_database_for_all_processes(settings, db):
    settings.CACHES = real.CACHES

    cache.set("essai", [1, 2])

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM territoires_cache")
        assert cursor.fetchone() == (1,)
    assert cache.get("essai") == [1, 2]
