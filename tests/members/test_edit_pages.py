"""The pages where members edit: nothing typed is lost, and nothing else changes."""

import datetime
import json

import pytest
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from directory.models import Contact, Structure
from members.models import Membership, Proposal, State
from tests.conftest import signed_in
from tests.factories import (
    ContactFactory,
    LocalityFactory,
    MembershipFactory,
    ReviewPolicyFactory,
    StructureFactory,
    UserFactory,
)
from tests.members import proposing
from tests.members.door import sign_in
from tests.members.proposing import draft, png, values

QUIET = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture
def url(owned_structure):
    return reverse("members:edit", args=[owned_structure.slug])


def test_the_page_shows_the_record_in_parts(member_client, url, owned_structure):
    response = member_client.get(url)

    titles = [section.title for section in response.context["page"].sections]
    assert titles == ["Identité", "Coordonnées", "Intervention", "Présentation"]
    assert owned_structure.name in response.text


def test_a_draft_is_kept_and_found_again(member_client, url, owned_structure):
    sent = {**values(member_client.get(url)), "founded_in": "vers 1990"}

    response = member_client.post(url, sent, follow=True)

    assert "Brouillon enregistré" in response.text
    assert "vers 1990" in response.text
    assert "vers 1990" in member_client.get(url, follow=True).text
    assert Structure.objects.get().founded_in is None


def test_what_is_sent_waits_for_the_staff(member_client, url):
    sent = {**values(member_client.get(url)), "name": "Un autre nom", "_submit": ""}

    response = member_client.post(url, sent, follow=True)

    assert "Proposition envoyée" in response.text
    assert Proposal.objects.get().state == State.SUBMITTED
    assert Structure.objects.get().name == "La structure tenue"


def test_what_is_wrong_is_said_on_the_field_and_kept(member_client, url):
    sent = {**values(member_client.get(url)), "siren": "12", "_submit": ""}

    response = member_client.post(url, sent)

    assert "siren" in response.context["form"].errors
    assert Proposal.objects.get().values["siren"] == ["12"]
    assert Proposal.objects.get().state == State.DRAFT


def test_a_heavy_logo_is_refused_alone(member_client, url):
    heavy = SimpleUploadedFile("grand.png", b"\x89PNG" + b"0" * 20 * 1024 * 1024)
    sent = {**values(member_client.get(url)), "name": "Nom gardé", "logo": heavy}

    response = member_client.post(url, sent)

    assert "5 Mo au plus" in str(response.context["form"].errors["logo"])
    assert Proposal.objects.get().values["name"] == ["Nom gardé"]
    assert "Nom gardé" in response.text


def test_a_file_that_was_kept_stays_when_something_else_is_wrong(member_client, url):
    page = {**values(member_client.get(url)), "logo": png(), "siren": "12"}

    response = member_client.post(url, {**page, "_submit": ""})

    assert "logo.png" in response.text
    again = {**values(response), "siren": "", "logo_alt": "Bleu", "_submit": ""}
    address = response.context["address"]
    member_client.post(address, again)
    proposal = Proposal.objects.get()
    assert proposal.state == State.SUBMITTED
    assert proposal.files.count() == 1


def test_a_draft_is_saved_as_one_types(member_client, url):
    page = values(member_client.get(url))

    first = member_client.post(url, {**page, "name": "Un"}, **QUIET).json()
    page["_version"] = first["version"]
    second = member_client.post(url, {**page, "name": "Deux"}, **QUIET).json()

    assert second["version"] == first["version"] + 1
    assert Proposal.objects.get().values["name"] == ["Deux"]
    assert "Brouillon enregistré à" in second["message"]


def test_another_page_is_never_overwritten_in_silence(member_client, url):
    one, other = (values(member_client.get(url)) for _ in range(2))
    member_client.post(url, {**one, "name": "Un"}, **QUIET)

    quiet = member_client.post(url, {**other, "name": "Deux"}, **QUIET)
    loud = member_client.post(url, {**other, "name": "Deux"})

    assert quiet.status_code == loud.status_code == 409
    assert "autre page" in json.loads(quiet.text)["message"]
    assert 'value="Deux"' in loud.text
    assert Proposal.objects.get().values["name"] == ["Un"]
    member_client.post(loud.context["address"], {**values(loud), "name": "Deux"})
    assert Proposal.objects.get().values["name"] == ["Deux"]


def test_a_text_typed_in_a_page_whose_proposal_is_sent_is_shown_again(
    member_client, url
):
    one, other = (values(member_client.get(url)) for _ in range(2))
    member_client.post(url, {**one, "name": "Un", "_submit": ""})

    response = member_client.post(url, {**other, "name": "Deux"})

    assert response.status_code == 409
    assert 'value="Deux"' in response.text


def test_who_loses_a_file_in_a_conflict_is_told(member_client, url):
    one, other = (values(member_client.get(url)) for _ in range(2))
    member_client.post(url, {**one, "name": "Un"})

    response = member_client.post(url, {**other, "name": "Deux", "logo": png()})

    assert "Choisissez de nouveau le fichier" in response.text


def test_a_session_that_ends_while_typing_loses_nothing(client, member, url):
    client.force_login(member)
    page = values(client.get(url))
    client.logout()

    away = client.post(url, {**page, "name": "Tapé avant la fin"})
    assert away.status_code == 302
    assert "/connexion/" in away.url
    client.force_login(member)
    back = client.get(url)

    assert 'value="Tapé avant la fin"' in back.text
    assert "Votre session avait pris fin" in back.text
    client.post(back.context["address"], values(back))
    assert Proposal.objects.get().values["name"] == ["Tapé avant la fin"]


def test_what_was_typed_is_not_shown_to_another_person(client, member, owner, url):
    client.force_login(member)
    page = values(client.get(url))
    client.logout()
    client.post(url, {**page, "name": "Tapé avant la fin"})

    client.force_login(owner)

    assert "Tapé avant la fin" not in client.get(url, follow=True).text


def test_strangers_leave_nothing_in_the_sessions(client, url):
    for start in ("", "faux", "a:b:c"):
        client.post(url, {"_start": start, "name": "x" * 1000})

    assert not Session.objects.exists()


def test_what_is_too_long_to_be_kept_is_said_before_one_signs_in(
    member_client, client, url
):
    page = values(member_client.get(url))

    away = client.post(url, {**page, "description": "x" * 100_000}, follow=True)

    assert away.resolver_match.view_name == "members:login"
    assert "trop long pour être gardé ici" in away.text
    assert "page précédente" in away.text
    assert "kept_forms" not in client.session


def test_a_page_that_is_not_of_the_site_is_said_not_to_be_kept(client, url):
    away = client.post(url, {"_start": "faux", "name": "Tapé"}, follow=True)

    assert "n’a pas pu être gardé ici" in away.text
    assert "page précédente" in away.text
    assert not Session.objects.exists()


def test_what_is_kept_is_not_said_to_be_lost(member_client, client, url):
    page = values(member_client.get(url))

    away = client.post(url, {**page, "name": "Tapé"}, follow=True)

    assert "gardé ici" not in away.text


def test_one_place_leaves_so_many_forms_and_no_more(member_client, client, url):
    page = {**values(member_client.get(url)), "name": "Tapé avant la fin"}
    Session.objects.all().delete()

    answers = {Client().post(url, page).status_code for _ in range(31)}

    assert answers == {302, 429}
    assert Session.objects.count() == 30
    elsewhere = client.post(url, page, REMOTE_ADDR="192.0.2.7")
    assert elsewhere.status_code == 302


def test_a_form_that_waits_is_gone_after_an_hour(member_client, client, url):
    page = values(member_client.get(url))
    client.post(url, {**page, "name": "Tapé avant la fin"})

    (waiting,) = Session.objects.exclude(pk=member_client.session.session_key)

    assert waiting.expire_date < timezone.now() + datetime.timedelta(hours=1, seconds=1)


def test_the_session_that_is_opened_then_has_its_usual_life(client, member, url):
    client.force_login(member)
    page = values(client.get(url))
    client.logout()
    client.post(url, {**page, "name": "Tapé avant la fin"})

    sign_in(client, member)

    assert client.session.get_expiry_age() > datetime.timedelta(days=1).total_seconds()
    assert 'value="Tapé avant la fin"' in client.get(url).text


def test_a_record_deleted_meanwhile_keeps_the_text(member_client, url, owned_structure):
    page = values(member_client.get(url))
    owned_structure.delete()

    response = member_client.post(url, {**page, "name": "Tapé trop tard"}, follow=True)

    assert "Votre texte est gardé ici" in response.text
    assert "Tapé" in response.text
    assert Proposal.objects.get().state == State.OVERTAKEN


def test_a_record_merged_meanwhile_is_followed(member_client, url, owned_structure):
    page = values(member_client.get(url))
    survivor = StructureFactory(published=True)
    Structure.objects.filter(pk=owned_structure.pk).update(merged_into=survivor)

    member_client.post(url, {**page, "phone": "04 11 11 11 11", "_submit": ""})

    assert Proposal.objects.get().structure == survivor
    assert Proposal.objects.get().state == State.SUBMITTED


def test_who_answers_for_it_no_more_keeps_the_text_and_sends_nothing(
    member_client, member, url
):
    page = values(member_client.get(url))
    Membership.objects.filter(user=member).delete()

    response = member_client.post(
        url, {**page, "name": "Tapé", "_submit": ""}, follow=True
    )

    assert "ne vous est plus confiée" in response.text
    assert Proposal.objects.get().state == State.OVERTAKEN


def test_who_answers_for_it_no_more_reads_nothing_of_it(
    member_client, member, owned_structure
):
    contact = ContactFactory(structure=owned_structure, email="avant@essai.example")
    proposal = draft(member, owned_structure, "contact", contact, role="Trésorière")
    Membership.objects.filter(user=member).delete()
    Contact.objects.filter(pk=contact.pk).update(email="apres@essai.example")

    address = reverse("members:proposal-edit", args=[proposal.pk])
    response = member_client.get(address, follow=True)

    assert "apres@essai.example" not in response.text
    assert "Trésorière" in response.text


def test_a_row_that_went_elsewhere_is_not_written_from_an_old_page(
    member_client, owned_structure
):
    contact = ContactFactory(structure=owned_structure)
    url = reverse(
        "members:edit-row", args=[owned_structure.slug, "contact", contact.pk]
    )
    page = values(member_client.get(url))
    Contact.objects.filter(pk=contact.pk).update(structure=StructureFactory())

    member_client.post(url, {**page, "role": "Prise", "_submit": ""}, follow=True)

    assert Proposal.objects.get().state == State.OVERTAKEN


@pytest.mark.parametrize("token", ["", "faux", "a:b:c"])
def test_a_tampered_page_is_refused(member_client, url, token):
    page = {**values(member_client.get(url)), "_start": token}

    assert member_client.post(url, page).status_code == 400
    assert not Proposal.objects.exists()


def test_a_page_of_somebody_else_is_refused(member_client, owner_client, url):
    page = values(owner_client.get(url))

    assert member_client.post(url, page).status_code == 400


def test_strangers_find_nothing(url, owned_structure):
    stranger = signed_in(UserFactory())
    neighbour = signed_in(MembershipFactory(owner=True).user)

    for client in (stranger, neighbour):
        assert client.get(url).status_code == 404
        space = reverse("members:structure-space", args=[owned_structure.slug])
        assert client.get(space).status_code == 404


def test_a_structure_is_edited_at_one_address(member_client, owned_structure):
    slug = owned_structure.slug
    for url in (
        reverse("members:edit-new", args=[slug, "structure"]),
        reverse("members:edit-row", args=[slug, "structure", owned_structure.pk]),
        reverse("members:edit-rows", args=[slug, "rien"]),
    ):
        assert member_client.get(url).status_code == 404


def test_a_page_says_what_is_published_at_once(member_client, url):
    assert "Publié dès l’envoi" not in member_client.get(url).text
    ReviewPolicyFactory(group="structure.coordonnees")

    assert member_client.get(url).text.count("Publié dès l’envoi") == 1


def test_the_rows_of_others_are_not_found(member_client, owned_structure):
    theirs = ContactFactory()
    place = LocalityFactory()

    for key, row in (("contact", theirs), ("localite", place)):
        arguments = [owned_structure.slug, key, row.pk]
        edit = reverse("members:edit-row", args=arguments)
        remove = reverse("members:edit-remove", args=arguments)
        assert member_client.get(edit).status_code == 404
        assert member_client.post(remove).status_code == 404


def test_nul_is_dropped(member_client, url):
    page = {**values(member_client.get(url)), "name": "Un\x00 nom"}

    assert member_client.post(url, page).status_code == 302
    assert Proposal.objects.get().values["name"] == ["Un nom"]


def test_a_draft_saved_a_thousand_times_is_saved_again(
    member_client, member, owned_structure
):
    proposal = proposing.draft(member, owned_structure, name="Nom")
    Proposal.objects.filter(pk=proposal.pk).update(version=1234)
    url = reverse("members:proposal-edit", args=[proposal.pk])

    assert 'name="_version" value="1234"' in member_client.get(url).text
