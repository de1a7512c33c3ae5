"""What members propose: new rows, removals, what became of it, files that wait."""

import re

import pytest
from django.urls import reverse

from members import moderation
from members.models import Proposal, State
from tests.factories import (
    ContactFactory,
    ProjectFactory,
    UserFactory,
)
from tests.members import proposing
from tests.members.proposing import decide, draft, png, submitted, values
from tests.pages import Page

QUIET = {"HTTP_ACCEPT": "application/json"}


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


def test_a_proposal_is_below_its_structure_in_the_space(member_client, member):
    structure = member.memberships.get().structure
    proposal = submitted(member, structure, name="Nom proposé")

    links = Page(member_client.get(proposal.get_absolute_url())).links

    space = reverse("members:structure-space", args=[structure.slug])
    assert links["Mon espace"]["href"] == reverse("members:space")
    assert links[structure.name]["href"] == space


def test_the_staff_are_led_to_no_space_that_is_not_theirs(staff_client, member):
    structure = member.memberships.get().structure
    proposal = submitted(member, structure, name="Nom proposé")

    links = Page(staff_client.get(proposal.get_absolute_url())).links

    assert structure.name not in links
