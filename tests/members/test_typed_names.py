"""A row typed by its name: refused when nothing has it, and never lost."""

import pytest
from django.urls import reverse

from directory.models import Participation, Structure
from members import moderation
from members.models import Proposal, State
from members.proposals.sent_files import Typed
from tests.factories import ParticipationFactory, ProjectFactory, StructureFactory
from tests.members import proposing
from tests.members.proposing import decide, submitted, values

COMMUNE_URL = reverse("directory:name-suggestions", args=["communes"])


@pytest.fixture
def url(owned_structure):
    return reverse("members:edit", args=[owned_structure.slug])


@pytest.fixture
def part(owned_structure):
    """The part of another structure in a project that `owned_structure` leads."""
    project = ProjectFactory(published=True)
    lead = Participation.Role.LEAD
    ParticipationFactory(project=project, structure=owned_structure, role=lead)
    partner = StructureFactory(published=True, name="Les Amis", slug="amis-1")
    return ParticipationFactory(project=project, structure=partner)


def change_partner(author, part, name):
    """The proposal that gives the part to the structure of this name, sent."""
    lead = part.project.participations.get(role=Participation.Role.LEAD)
    page = proposing.begin(author, lead.structure, "participation", part)
    values = {**page.start.base, "structure": [name]}
    kept = moderation.save_draft(
        start=page.start, author=author, version=page.version, typed=Typed(values, {})
    )
    return moderation.submit(proposal=kept, author=author)


def error(response, name):
    return " ".join(response.context["form"].errors.get(name, []))


def test_the_commune_is_a_text_field_that_suggests(member_client, url):
    page = member_client.get(url).text

    assert f'data-combobox="{COMMUNE_URL}"' in page
    assert 'type="text" name="commune"' in page


def test_an_unknown_commune_is_refused_with_near_names_and_kept(member_client, url):
    sent = {**values(member_client.get(url)), "commune": "Aix en Provance"}

    response = member_client.post(url, {**sent, "name": "Gardé", "_submit": ""})

    assert error(response, "commune").startswith(
        "«\u00a0Aix en Provance\u00a0» n’est pas dans la liste. Noms proches\u00a0: Aix"
    )
    assert 'value="Aix en Provance"' in response.text
    kept = Proposal.objects.get()
    assert kept.values["commune"] == ["Aix en Provance"]
    assert kept.values["name"] == ["Gardé"]
    assert kept.state == State.DRAFT


def test_a_postcode_is_never_read_as_the_code_of_another_commune(member_client, url):
    # 13100 is the postcode of Aix-en-Provence and the code of Saint-Rémy-de-Provence.
    sent = {**values(member_client.get(url)), "commune": "13100", "_submit": ""}

    response = member_client.post(url, sent)

    assert "Aix-en-Provence (13)" in error(response, "commune")
    assert 'value="13100"' in response.text
    assert Proposal.objects.get().values["commune"] == ["13100"]


def test_a_name_that_two_communes_bear_asks_which_one(member_client, url):
    sent = {**values(member_client.get(url)), "commune": "Aiglun", "_submit": ""}

    response = member_client.post(url, sent)

    assert "écrivez Aiglun (04), Aiglun (06)" in error(response, "commune")


def test_the_other_of_two_namesakes_can_be_chosen(member, staff, owned_structure, url):
    Structure.objects.filter(pk=owned_structure.pk).update(commune_id="04001")
    owned_structure.refresh_from_db()

    decide(submitted(member, owned_structure, commune="Aiglun (06)"), staff)

    assert proposing.now(owned_structure).commune_id == "06001"


def test_a_commune_that_is_left_alone_is_no_change(member, owned_structure):
    Structure.objects.filter(pk=owned_structure.pk).update(commune_id="04001")
    owned_structure.refresh_from_db()

    page = proposing.begin(member, owned_structure)

    assert page.start.base["commune"] == ["Aiglun (04)"]


def test_a_partner_keeps_its_name_though_another_bears_it(
    member, staff, owned_structure, part
):
    StructureFactory(published=True, name="Les Amis", slug="amis-2", city="Gap")

    sent = submitted(member, owned_structure, "participation", part, amount="500")
    decide(sent, staff)

    row = proposing.now(part)
    assert (row.structure.slug, row.amount) == ("amis-1", 500)


def test_a_partner_is_changed_for_its_namesake(member, staff, owned_structure, part):
    other = StructureFactory(published=True, name="Les Amis", slug="amis-2", city="Gap")

    sent = change_partner(member, part, "les amis (gap)")
    decide(sent, staff)

    assert proposing.now(part).structure == other


def test_a_structure_in_draft_is_neither_accepted_nor_named(
    member_client, owned_structure, part
):
    StructureFactory(name="Les Amis cachés")
    url = reverse(
        "members:edit-row", args=[owned_structure.slug, "participation", part.pk]
    )
    sent = {**values(member_client.get(url)), "structure": "Les Amis cach"}

    response = member_client.post(url, {**sent, "_submit": ""})

    assert "n’est pas dans la liste" in error(response, "structure")
    assert "cachés" not in response.text
    response = member_client.post(
        response.context["address"],
        {**values(response), "structure": "Les Amis cachés", "_submit": ""},
    )
    assert "n’est pas dans la liste" in error(response, "structure")
