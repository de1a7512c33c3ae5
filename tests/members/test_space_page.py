"""« Mon espace »: the person's structures, and what waits for them."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from members import needs
from tests.factories import (
    AccessRequestFactory,
    ArticleFactory,
    CallFactory,
    InvitationFactory,
    MailFactory,
    MembershipFactory,
    StructureFactory,
    UserFactory,
)
from tests.pages import Page

URL = "/mon-espace/"
MAILS = "/mon-espace/courriels-de-demo/"


def text(client):
    return Page(client.get(URL)).text


def test_a_visitor_is_led_to_sign_in_and_back(client, db):
    assert client.get(URL).url == f"/connexion/?next={URL}"


def test_every_page_leads_a_person_to_their_space(client, member_client):
    assert f'href="{URL}"' in member_client.get("/annuaire/").text
    assert f'href="{URL}"' not in client.get("/annuaire/").text


def test_a_person_sees_their_structures_with_role_and_state(member_client, member):
    MembershipFactory(user=member, structure__name="En préparation", owner=True)

    said = text(member_client)

    assert "La structure tenue" in said
    assert "Fiche publiée" in said
    assert "En préparation" in said
    assert "Brouillon" in said
    assert "Propriétaire" in said
    assert "Éditeur" in said


def test_a_person_sees_nothing_of_others(member_client):
    other = MembershipFactory(structure__published=True, structure__name="Autre fiche")
    InvitationFactory(structure__name="Invitation d’autrui")
    AccessRequestFactory(user=other.user, structure__name="Demande d’autrui")

    said = text(member_client)

    assert "Autre fiche" not in said
    assert "autrui" not in said


def test_a_merged_structure_is_not_shown(member_client, owned_structure):
    owned_structure.merged_into = StructureFactory(published=True)
    owned_structure.save()

    assert "La structure tenue" not in text(member_client)


def test_a_person_without_structure_is_told_how_to_begin(client, db):
    client.force_login(UserFactory())

    assert "choisissez « C’est ma structure »" in text(client)


def test_what_the_page_lacks_is_asked_with_what_it_brings(member_client):
    said = text(member_client)

    assert "Ajoutez un logo : on vous reconnaît au premier regard." in said
    assert "Nommez vos pays d’intervention" in said


@pytest.mark.parametrize("need", needs.NEEDS, ids=lambda need: need.field)
def test_what_is_there_is_not_asked(need, db):
    whole = StructureFactory(
        type_code="commune",
        description="Une présentation.",
        email="bonjour@essai.example",
        website="https://essai.example",
        logo="logos/essai.png",
        logo_alt="Un logo",
        latitude=43,
        longitude=5,
        point_source="saisie",
        countries=["ML"],
        sectors=["sante"],
        goals=[6],
    )

    assert not need.is_missing(whole)
    assert need.is_missing(StructureFactory())


@pytest.mark.parametrize(("days", "asked"), [(None, True), (366, True), (300, False)])
def test_a_page_that_nobody_confirmed_for_a_year_is_to_be_read_again(
    days, asked, member_client, owned_structure
):
    if days:
        ago = datetime.timedelta(days=days)
        owned_structure.verified_at = timezone.now() - ago
        owned_structure.save()

    assert ("relisez-la" in text(member_client)) == asked


def test_the_calls_that_fit_are_shown_with_the_structure(client, db):
    city = StructureFactory(published=True, type_code="commune")
    client.force_login(MembershipFactory(structure=city).user)
    CallFactory(published=True, title="Pour les villes", eligible_types=["commune"])
    CallFactory(published=True, title="Pour les autres", eligible_types=["hopital"])

    said = text(client)

    assert "Pour les villes" in said
    assert "Pour les autres" not in said


def test_what_publications_say_of_a_structure_is_suggested(
    member_client, owned_structure
):
    ArticleFactory(published=True, structures=[owned_structure], countries=["AM"])

    said = text(member_client)

    assert "Ajouter « Arménie » ?" in said


def test_three_suggestions_are_shown_and_the_others_are_counted(
    member_client, owned_structure
):
    facts = {"countries": ["AM", "ML", "SN", "TG", "MA"]}
    ArticleFactory(published=True, structures=[owned_structure], **facts)

    said = text(member_client)

    assert said.count("Ajouter « ") == 3
    assert "2 autres suggestions sur la fiche" in said


def test_a_person_sees_their_requests_and_the_answers(client, db):
    person = UserFactory()
    client.force_login(person)
    AccessRequestFactory(user=person, structure__name="Demandée")
    AccessRequestFactory(user=person, refused=True, answer="Pas cette fois.")

    said = text(client)

    assert "Demandée" in said
    assert "En attente" in said
    assert "Pas cette fois." in said


def test_the_page_costs_the_same_whatever_it_shows(member_client, member):
    def fill():
        MembershipFactory(
            user=member, structure__published=True, structure__countries=["ML"]
        )
        InvitationFactory(email=member.email)
        AccessRequestFactory(user=member)
        CallFactory(published=True, countries=["ML"])

    def cost():
        with CaptureQueriesContext(connection) as queries:
            member_client.get(URL)
        return len(queries)

    fill()
    cost()
    few = cost()
    for _ in range(5):
        fill()
    cost()  # what was kept of the network is read again

    assert cost() == few


# The mails of the demonstration


def test_the_mails_of_the_demonstration_are_read_by_all(client, db):
    MailFactory(
        to="membre@demo.example",
        text="Votre lien\u00a0: http://127.0.0.1:8000/mon-espace/\n<script>",
    )

    response = client.get(MAILS)

    assert "membre@demo.example" in response.text
    assert 'href="http://127.0.0.1:8000/mon-espace/"' in response.text
    assert "&lt;script&gt;" in response.text


def test_the_mails_of_others_are_not_shown(client, db):
    MailFactory(to="zoe@essai.example", subject="Privé")
    MailFactory(to="zoe@pasdemo.example", subject="Privé aussi")

    assert "Privé" not in client.get(MAILS).text


def test_outside_the_demonstration_there_is_no_such_page(staff_client, settings):
    settings.DEMO = False
    MailFactory(to="membre@demo.example")

    assert staff_client.get(MAILS).status_code == 404
