"""The pages where members edit: nothing typed is lost, and nothing else changes."""

import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from directory.models import Contact, Structure
from members import moderation
from members.models import Membership, Proposal, State
from members.proposals import wire
from tests.conftest import signed_in
from tests.factories import (
    ContactFactory,
    LocalityFactory,
    MembershipFactory,
    ProjectFactory,
    ReviewPolicyFactory,
    StructureFactory,
    UserFactory,
)
from tests.members import proposing
from tests.members.proposing import decide, draft, png, submitted

QUIET = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture
def url(owned_structure):
    return reverse("members:edit", args=[owned_structure.slug])


def values(response):
    """What the form of a page would post as it is."""
    form = response.context["form"]
    if form.is_bound:
        wires = wire.typed(form, form.data, form.files)
    else:
        shown = wire.shown_by(form)
        wires = {n: v for n, v in shown.items() if not wire.is_file(form.fields[n])}
    page = response.context["page"]
    return {**wires, "_start": page.token, "_version": page.version}


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


@pytest.mark.parametrize(
    ("key", "typed"),
    [
        ("contact", {"last_name": "Inventée"}),
        ("projet", {"title": "Un puits"}),
        ("actualite", {"title": "Brève"}),
        ("evenement", {"title": "Rencontre", "starts_at": "2026-12-01T18:00"}),
        ("offre", {"title": "Stage", "kind": "stage"}),
        ("localite", {"name": "Gao"}),
        ("participation", {"role": "partenaire", "name": "Le village"}),
    ],
)
def test_a_new_row_is_proposed(key, typed, member_client, staff, owned_structure):
    project = ProjectFactory(published=True, lead=owned_structure)
    url = reverse("members:edit-new", args=[owned_structure.slug, key])
    page = {**values(member_client.get(url)), **typed, "_submit": ""}
    if "project" in page:
        page["project"] = project.pk

    response = member_client.post(url, page, follow=True)

    assert "Proposition envoyée" in response.text, response.context["form"].errors
    proposal = decide(Proposal.objects.get(), staff)
    assert proposal.state == State.ACCEPTED
    assert proposal.target is not None


def test_a_picture_of_the_gallery_is_proposed(member_client, staff, owned_structure):
    project = ProjectFactory(published=True, lead=owned_structure)
    url = reverse("members:edit-new", args=[owned_structure.slug, "image"])
    page = {**values(member_client.get(url)), "project": project.pk, "_submit": ""}

    member_client.post(url, {**page, "alternative": "Un puits", "image": png()})

    decide(Proposal.objects.get(), staff)
    assert project.images.get().alternative == "Un puits"


def test_a_row_is_listed_and_its_removal_asked(member_client, owned_structure):
    contact = ContactFactory(structure=owned_structure)
    rows = reverse("members:edit-rows", args=[owned_structure.slug, "contact"])
    assert contact.last_name in member_client.get(rows).text

    member_client.post(
        reverse(
            "members:edit-remove", args=[owned_structure.slug, "contact", contact.pk]
        ),
        {"reason": "Partie"},
    )

    assert Proposal.objects.get().kind == "retrait"
    assert "À valider" in member_client.get(rows).text


def test_the_proposal_says_what_became_of_it(
    member_client, member, staff, owned_structure
):
    proposal = submitted(member, owned_structure, name="Nom proposé", city="Arles")
    decide(proposal, staff, name=..., city="Nice")

    page = member_client.get(proposal.get_absolute_url())

    assert "Acceptée en partie" in page.text
    assert "À revoir" in page.text
    assert "Nice" in page.text
    again = member_client.post(
        reverse("members:proposal-resume", args=[proposal.pk]), follow=True
    )
    assert 'value="Nom proposé"' in again.text
    assert "À revoir" in again.text


def test_its_author_alone_takes_it_back(
    member_client, owner_client, member, owned_structure
):
    proposal = submitted(member, owned_structure, name="Nom")
    url = reverse("members:proposal-withdraw", args=[proposal.pk])

    assert owner_client.post(url).status_code == 404
    member_client.post(url)

    assert Proposal.objects.get().state == State.WITHDRAWN


HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(2)>"


def test_hostile_words_never_reach_a_page_raw(
    member_client, staff_client, member, owned_structure
):
    proposal = proposing.draft(
        member, owned_structure, name=HOSTILE, description=HOSTILE, logo_alt=HOSTILE
    )
    pages = [
        member_client.get(reverse("members:proposal-edit", args=[proposal.pk])),
        member_client.get(proposal.get_absolute_url()),
    ]
    moderation.submit(proposal=proposal, author=member)
    review = reverse("admin:members_proposal_change", args=[proposal.pk])
    pages += [staff_client.get(review), member_client.get(proposal.get_absolute_url())]

    for page in pages:
        assert page.status_code == 200
        assert "<script>alert" not in page.text
        assert "<img src=x" not in page.text
    assert "&lt;script&gt;" in pages[2].text


def test_a_draft_without_a_picture_ticks_no_box_of_files(
    member_client, member, owned_structure
):
    proposal = draft(member, owned_structure, "evenement", title="Rencontre")

    address = reverse("members:proposal-edit", args=[proposal.pk])
    (sent,) = re.findall(r'<input type="file"[^>]*>', member_client.get(address).text)

    assert "checked" not in sent


def test_nul_is_dropped(member_client, url):
    page = {**values(member_client.get(url)), "name": "Un\x00 nom"}

    assert member_client.post(url, page).status_code == 302
    assert Proposal.objects.get().values["name"] == ["Un nom"]


@pytest.fixture
def everyone(member, owner, staff):
    """Each person, by what they are to a proposal of the member."""
    stranger = UserFactory()
    return {
        "author": member,
        "colleague": owner,
        "staff": staff,
        "stranger": stranger,
        "visitor": None,
    }


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("author", 200),
        ("colleague", 200),
        ("staff", 200),
        ("stranger", 404),
        ("visitor", 302),
    ],
)
def test_a_file_that_waits_is_for_those_who_may(
    who, status, client, everyone, owned_structure
):
    proposal = submitted(
        everyone["author"], owned_structure, files={"logo": png()}, logo_alt="Bleu"
    )
    if everyone[who]:
        client.force_login(everyone[who])

    response = client.get(proposal.files.get().get_absolute_url())

    assert response.status_code == status
    if status == 200:
        assert response["Content-Type"] == "image/png"
        assert "no-store" in response["Cache-Control"]


def test_a_draft_saved_a_thousand_times_is_saved_again(
    member_client, member, owned_structure
):
    proposal = proposing.draft(member, owned_structure, name="Nom")
    Proposal.objects.filter(pk=proposal.pk).update(version=1234)
    url = reverse("members:proposal-edit", args=[proposal.pk])

    assert 'name="_version" value="1234"' in member_client.get(url).text
