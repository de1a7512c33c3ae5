"""What the site keeps of a person: given when asked, forgotten when asked."""

import datetime
import json

import pytest
import time_machine
from django.utils import timezone

from members.accounts import data
from members.models import (
    FreshnessRequest,
    Mail,
    Membership,
    Ownerless,
    Proposal,
    Subscriber,
    User,
)
from tests.factories import (
    AccessRequestFactory,
    FreshnessRequestFactory,
    InvitationFactory,
    MailFactory,
    ReportFactory,
    SavedSearchFactory,
    UserFactory,
)
from tests.members.proposing import decide, draft, submitted
from tests.members.test_account import signed_in
from tests.pages import Page

DATA, DELETE = "/mon-espace/compte/donnees/", "/mon-espace/compte/supprimer/"
DAY = datetime.timedelta(days=1)


@pytest.fixture
def here(owner):
    """The owner’s browser, just signed in."""
    return signed_in(owner)


def test_a_person_takes_everything_away(here, owner, owned_structure):
    submitted(owner, owned_structure, city="Nice")
    AccessRequestFactory(user=owner, reason="Parce que")
    InvitationFactory(email=owner.email.upper())
    ReportFactory(email=owner.email, text="Un numéro faux")
    MailFactory(to=owner.email, subject="Un courriel")
    SavedSearchFactory(query="pays=ML", subscriber__email=owner.email)

    response = here.get(DATA)

    told = json.loads(response.content)
    assert response["Content-Disposition"] == 'attachment; filename="mes-donnees.json"'
    assert told["compte"]["adresse"] == owner.email
    assert told["structures"][0]["structure"] == owned_structure.name
    assert told["propositions"][0]["valeurs"]["city"] == ["Nice"]
    assert told["demandes_d_acces"][0]["motif"] == "Parce que"
    assert len(told["invitations_recues"]) == len(told["sessions"]) == 1
    assert told["erreurs_signalees"][0]["message"] == "Un numéro faux"
    assert told["alertes"][0]["filtres"] == "pays=ML"
    assert "Un courriel" in {row["objet"] for row in told["courriels"]}


def test_nothing_of_anybody_else_is_in_it(here, member, owned_structure):
    submitted(member, owned_structure, city="Vence")
    MailFactory(to=member.email, subject="Pas le vôtre")

    text = here.get(DATA).text

    assert member.email not in text
    assert "Vence" not in text
    assert "Pas le vôtre" not in text


def test_every_table_that_leads_to_a_person_is_told_or_explained():
    """A table that a later version adds must be told, or named here."""
    told = {
        *("memberships", "access_requests", "usersession", "authenticator"),
        *("invitations", "proposals"),
    }
    explained = {
        "emailaddress",  # the address itself
        "logentry",  # the history of records, kept by those of the staff alone
        "groups",
        "user_permissions",
        *("decided_proposals", "decided_access_requests"),  # of the staff alone
    }
    found = {
        relation.name
        for relation in User._meta.get_fields()
        if relation.auto_created or relation.many_to_many
        if not relation.name.startswith("verified_")
    }

    assert found - told - explained == {"id"}


def test_deleting_says_first_what_goes_and_who_is_left_alone(here, owned_structure):
    page = Page(here.get(DELETE))

    assert "sans retour possible" in page.text
    assert owned_structure.name in page.text


def test_a_person_is_forgotten(here, owner, member, owned_structure):
    draft(owner, owned_structure, "contact", last_name="Brouillon")
    MailFactory(to=owner.email)
    MailFactory(kind="demande-recue", subject=f"{owner} demande à tenir la fiche")
    FreshnessRequestFactory(to=owner.email)
    InvitationFactory(email=owner.email)
    SavedSearchFactory(subscriber__email=owner.email)

    page = Page(here.post(DELETE, follow=True))

    assert "Votre compte est supprimé." in page.text
    assert not User.objects.filter(email=owner.email).exists()
    assert not Mail.objects.exists()
    assert not FreshnessRequest.objects.filter(to=owner.email).exists()
    assert not Proposal.objects.exists()
    assert not Subscriber.objects.exists()
    assert here.get("/mon-espace/").status_code == 302
    assert list(Membership.objects.values_list("user", flat=True)) == [member.pk]
    assert Ownerless.objects.get().structure == owned_structure


def test_what_was_accepted_stays_without_the_name(here, owner, staff, owned_structure):
    proposal = submitted(owner, owned_structure, city="Nice")
    decide(proposal, staff)

    here.post(DELETE)

    proposal.refresh_from_db()
    owned_structure.refresh_from_db()
    assert proposal.author is None
    assert owned_structure.city == "Nice"


def test_an_account_of_the_staff_is_closed_by_a_colleague(staff, staff_client):
    assert staff_client.get(DELETE).status_code == 404
    assert staff_client.post(DELETE).status_code == 404
    with pytest.raises(data.StaffAccount):
        data.delete(user=staff)


def test_an_unused_account_is_warned_then_closed(db):
    with time_machine.travel("2026-11-02 04:11Z", tick=False) as clock:
        user = UserFactory(last_login=timezone.now())
        used = UserFactory(last_login=timezone.now())
        clock.shift(1_060 * DAY)
        first = data.forget_unused()
        clock.shift(5 * DAY)
        data.forget_unused()
        warned = Mail.objects.filter(to=user.email).count()
        used.last_login = timezone.now()
        used.save()
        clock.shift(31 * DAY)
        closed = data.forget_unused()

    assert (first, warned, closed) == (0, 1, 1)
    assert list(User.objects.all()) == [used]


def test_accounts_of_the_staff_and_new_ones_are_left_alone(staff, db):
    with time_machine.travel("2036-11-02 04:11Z", tick=False):
        UserFactory(email="neuve@essai.example")
        User.objects.update(joined_at=timezone.now())
        User.objects.filter(pk=staff.pk).update(last_login=timezone.now() - 4_000 * DAY)
        data.forget_unused()

    assert not Mail.objects.exists()
