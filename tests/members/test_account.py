"""A person’s own account: name, address, sessions."""

import datetime

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.utils import timezone

from members.models import Mail, User
from tests.factories import SavedSearchFactory, UserFactory
from tests.members.mailbox import code_sent_to, sent_to, wrong
from tests.pages import Page

ACCOUNT = "/mon-espace/compte/"
ADDRESS = "/mon-espace/compte/adresse/"
CODES = "/mon-espace/compte/adresse/codes/"
SESSIONS = "/mon-espace/compte/sessions/"
NEW = "nouvelle@essai.example"


def signed_in(user, **headers):
    client = Client(headers=headers)
    client.post("/connexion/", {"email": user.email})
    client.post("/connexion/code/", {"code": code_sent_to(user.email)})
    Mail.objects.all().delete()
    mail.outbox.clear()
    return client


@pytest.fixture
def here(owner):
    """The owner’s browser, just signed in."""
    return signed_in(owner)


# The name


def test_a_person_changes_their_name(here, owner):
    here.post(ACCOUNT, {"name": "Zoé Renommée", "is_staff": "on"})

    owner.refresh_from_db()
    assert owner.name == "Zoé Renommée"
    assert not owner.is_staff
    assert "Votre nom est enregistré" in Page(here.get(ACCOUNT)).text


# The address


def ask(client, new=NEW):
    return client.post(ADDRESS, {"email": new})


def give(client, **codes):
    return client.post(CODES, codes, follow=True)


def test_the_codes_of_both_addresses_change_it(here, owner):
    former = owner.email
    ask(here)
    old_code, new_code = code_sent_to(former), code_sent_to(NEW)

    page = Page(here.get(CODES)).text
    give(here, old_code=old_code, new_code=new_code)

    owner.refresh_from_db()
    assert f"Code envoyé à {former}" in page
    assert f"Code envoyé à {NEW}" in page
    assert owner.email == NEW
    assert list(EmailAddress.objects.values_list("email", flat=True)) == [NEW]
    signed_in(owner)


def test_alerts_follow_to_the_new_address(here, owner):
    search = SavedSearchFactory(subscriber__email=owner.email)
    ask(here)
    former, new = code_sent_to(owner.email), code_sent_to(NEW)

    give(here, old_code=former, new_code=new)

    search.subscriber.refresh_from_db()
    assert search.subscriber.email == NEW


@pytest.mark.parametrize("missing", ["old_code", "new_code"])
def test_one_code_is_not_enough(here, owner, missing):
    ask(here)
    codes = {"old_code": code_sent_to(owner.email), "new_code": code_sent_to(NEW)}

    response = give(here, **{**codes, missing: wrong(codes[missing])})

    assert User.objects.get(pk=owner.pk).email == owner.email
    assert response.text.count('aria-invalid="true"') == 1
    assert f'value="{wrong(codes[missing])}"' in response.text


def test_codes_tried_six_times_change_nothing(here, owner):
    ask(here)
    codes = {"old_code": code_sent_to(owner.email), "new_code": code_sent_to(NEW)}

    for _ in range(5):
        give(here, old_code="0", new_code="0")
    sixth = give(here, **codes)

    assert "Trop d’essais" in Page(sixth).text
    assert User.objects.get(pk=owner.pk).email == owner.email
    assert here.get(CODES)["Location"] == ADDRESS


def test_codes_expire(here, owner):
    ask(here)
    codes = {"old_code": code_sent_to(owner.email), "new_code": code_sent_to(NEW)}

    with time_machine.travel(timezone.now() + datetime.timedelta(minutes=11)):
        give(here, **codes)

    assert User.objects.get(pk=owner.pk).email == owner.email


def test_an_address_that_has_an_account_shows_on_no_page(here, owner):
    UserFactory(email=NEW)
    free = Page(ask_and_follow(here, "libre@essai.example")).text
    taken = Page(ask_and_follow(here, NEW)).text

    response = give(here, old_code=code_sent_to(owner.email), new_code="")

    assert free.replace("libre@essai.example", NEW) == taken
    assert "Un compte existe déjà à cette adresse" in sent_to(NEW)[0].body
    assert response.status_code == 200
    assert User.objects.get(pk=owner.pk).email == owner.email


def ask_and_follow(client, new):
    return client.post(ADDRESS, {"email": new}, follow=True)


def test_an_address_taken_meanwhile_stays_whose_it_is(here, owner):
    ask(here)
    codes = {"old_code": code_sent_to(owner.email), "new_code": code_sent_to(NEW)}
    UserFactory(email=NEW.upper())

    response = give(here, **codes)

    assert "Un compte vient d’être ouvert à cette adresse" in Page(response).text
    assert User.objects.get(pk=owner.pk).email == owner.email


def test_the_codes_of_one_session_open_nothing_in_another(here, owner):
    ask(here)
    codes = {"old_code": code_sent_to(owner.email), "new_code": code_sent_to(NEW)}
    other = signed_in(owner)

    assert other.post(CODES, codes)["Location"] == ADDRESS


def test_too_many_changes_are_refused_on_a_page(here):
    answers = [ask(here, f"a{n}@essai.example").status_code for n in range(6)]

    assert answers == [302] * 5 + [429]


# What allauth knows of addresses follows the login


def known(user):
    found = EmailAddress.objects.filter(user=user)
    return list(found.values_list("email", "verified", "primary"))


def test_the_address_that_allauth_knows_is_the_login_however_it_is_written(db):
    user = User.objects.create_user("Zoe@essai.example")
    made = known(user)
    User.objects.filter(pk=user.pk).update(email="max@essai.example")
    updated = known(user)
    user.email = "Eva@essai.example"
    user.save()

    assert made == [("zoe@essai.example", True, True)]
    assert updated == [("max@essai.example", True, True)]
    assert known(user) == [("eva@essai.example", True, True)]
    user.delete()
    assert not EmailAddress.objects.exists()


def test_the_former_address_opens_nothing(client, owner):
    former = owner.email
    User.objects.filter(pk=owner.pk).update(email=NEW)

    client.post("/connexion/", {"email": former})

    assert "n’a pas de compte" in sent_to(former)[0].body


# Sessions


FIREFOX = "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0"


def test_sessions_are_listed_with_their_device(here, owner):
    signed_in(owner, user_agent=FIREFOX)

    page = Page(here.get(SESSIONS)).text

    assert "Firefox sur Windows" in page
    assert "Cette session" in page


def test_a_session_is_closed_from_another(here, owner):
    other = signed_in(owner, user_agent=FIREFOX)
    (row,) = owner.usersession_set.exclude(user_agent="")

    here.post(f"{SESSIONS}{row.pk}/fermer/")

    assert other.get(ACCOUNT).status_code == 302
    assert here.get(ACCOUNT).status_code == 200


def test_all_the_others_are_closed_at_once(here, owner):
    others = [signed_in(owner) for _ in range(2)]

    here.post(SESSIONS)

    assert [other.get(ACCOUNT).status_code for other in others] == [302, 302]
    assert here.get(ACCOUNT).status_code == 200


def test_closing_this_session_signs_out(here, owner):
    row = owner.usersession_set.get()

    response = here.post(f"{SESSIONS}{row.pk}/fermer/")

    assert response["Location"] == "/"
    assert here.get(ACCOUNT).status_code == 302


def test_nobody_closes_the_sessions_of_somebody_else(here, member):
    signed_in(member)
    row = member.usersession_set.get()

    assert here.post(f"{SESSIONS}{row.pk}/fermer/").status_code == 404
    assert here.get(f"{SESSIONS}{row.pk}/fermer/").status_code == 405
    assert member.usersession_set.exists()
