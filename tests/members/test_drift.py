"""What publications and projects say of a structure, and its profile does not."""

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from directory.models import Participation, Structure
from members import drift
from members.models import DismissedDrift, Proposal
from news.models import EventParticipation
from tests.factories import (
    ArticleFactory,
    CallFactory,
    EventFactory,
    MembershipFactory,
    ParticipationFactory,
    ProjectFactory,
    StructureFactory,
    UserFactory,
)
from tests.members.proposing import decide, draft
from tests.pages import Page

QUEUE = reverse("admin:members_drift_queue")


@pytest.fixture
def town(db):
    return StructureFactory(
        published=True, name="Ville d’essai", slug="ville", countries=["ML"]
    )


def keys(structure):
    return [
        found.key for found in drift.drifts(Structure.objects.filter(pk=structure.pk))
    ]


def answer(client, structure, key, button="ajouter", **more):
    address = reverse("members:drift", args=[structure.slug])
    return client.post(address, {"suggestion": key, button: "", **more}, follow=True)


def article(**fields):
    return ArticleFactory(published=True, **fields)


def test_an_article_that_names_a_country_suggests_it_with_the_article(town):
    told = article(structures=["ville"], countries=["AM", "ML"])

    (found,) = drift.drifts(Structure.objects.filter(pk=town.pk))

    assert (found.structure, found.key, found.evidence) == (town, "pays:AM", (told,))


def test_sectors_and_goals_are_suggested_too(town):
    article(structures=["ville"], sectors=["education"], goals=[4])

    assert sorted(keys(town)) == ["odd:4", "secteur:education"]


def test_events_and_projects_speak_as_well(town):
    event = EventFactory(published=True, countries=["TG"])
    EventParticipation.objects.create(event=event, structure=town, role="organisateur")
    project = ProjectFactory(published=True, countries=["SN"])
    ParticipationFactory(
        project=project, structure=town, role=Participation.Role.PARTNER
    )

    assert sorted(keys(town)) == ["pays:SN", "pays:TG"]


@pytest.mark.parametrize(
    "role", [Participation.Role.FUNDER, Participation.Role.LOCAL_PARTNER]
)
def test_who_pays_or_lives_there_does_not_work_there(role, town):
    project = ProjectFactory(published=True, countries=["SN"])
    ParticipationFactory(project=project, structure=town, role=role)

    assert keys(town) == []


def test_what_the_public_may_not_see_suggests_nothing(town):
    ArticleFactory(structures=["ville"], countries=["AM"])
    CallFactory(published=True, structures=["ville"], countries=["AM"])
    draft = ProjectFactory(countries=["SN"])
    ParticipationFactory(project=draft, structure=town, role=Participation.Role.LEAD)

    assert keys(town) == []


def test_what_is_told_most_comes_first(town):
    article(structures=["ville"], countries=["AM", "LB"])
    article(structures=["ville"], countries=["LB"])

    assert keys(town) == ["pays:LB", "pays:AM"]


def test_one_row_that_leads_to_a_structure_twice_is_one_evidence(town):
    event = EventFactory(published=True, countries=["TG"], structures=["ville"])
    EventParticipation.objects.create(event=event, structure=town, role="organisateur")

    (found,) = drift.drifts(Structure.objects.filter(pk=town.pk))

    assert found.evidence == (event,)


def test_accepting_adds_it_and_the_history_says_why(town):
    article(structures=["ville"], countries=["AM"], title="Mission en Arménie")
    staff = UserFactory(staff=True)

    drift.accept(structure=town, key="pays:AM", by=staff)

    assert {country.code for country in town.countries.all()} == {"AM", "ML"}
    assert keys(town) == []
    entry = LogEntry.objects.get()
    assert entry.user == staff
    assert "Arménie" in entry.change_message
    assert "Mission en Arménie" in entry.change_message


def test_what_was_dismissed_is_not_suggested_again_until_it_is_taken_off(town):
    article(structures=["ville"], countries=["AM"])

    drift.dismiss(structure=town, key="pays:AM", by=UserFactory())
    article(structures=["ville"], countries=["AM"])
    after = keys(town)
    DismissedDrift.objects.all().delete()

    assert after == []
    assert keys(town) == ["pays:AM"]
    assert {country.code for country in town.countries.all()} == {"ML"}


@pytest.mark.parametrize("key", ["pays:FR", "pays:", "", "truc:AM", "pays:AM\x00"])
@pytest.mark.parametrize("verb", [drift.accept, drift.dismiss])
def test_only_what_is_suggested_can_be_answered(verb, key, town):
    article(structures=["ville"], countries=["AM"])

    with pytest.raises(drift.NoSuchDrift):
        verb(structure=town, key=key, by=UserFactory())

    assert not DismissedDrift.objects.exists()


def test_many_structures_cost_no_more_queries(town):
    article(structures=["ville"], countries=["AM"])
    with CaptureQueriesContext(connection) as few:
        drift.drifts(Structure.objects.all())
    for n in range(5):
        StructureFactory(published=True, slug=f"autre-{n}")
        article(structures=[f"autre-{n}"], countries=["AM", "LB"])

    with CaptureQueriesContext(connection) as many:
        found = drift.drifts(Structure.objects.all())

    assert len(found) == 11
    assert len(many) == len(few)


# Its pages


def test_the_staff_adds_it_in_one_click_from_the_page(staff_client, town):
    article(structures=["ville"], countries=["AM"], title="Mission")
    page = Page(staff_client.get(town.get_absolute_url()))

    after = Page(answer(staff_client, town, "pays:AM"))

    assert "Ajouter « Arménie » ?" in page.text
    assert "Mission" in page.links
    assert "Ajouté à la fiche : Arménie." in after.text
    assert "Ajouter «" not in after.text


def test_a_member_proposes_it_in_one_click_and_the_staff_decide(
    client, staff_client, staff, town
):
    article(structures=["ville"], countries=["AM"])
    client.force_login(MembershipFactory(structure=town).user)

    page = Page(answer(client, town, "pays:AM"))
    proposal = Proposal.objects.get()
    before = {country.code for country in town.countries.all()}
    decide(proposal, staff)

    assert "Proposition envoyée" in page.text
    assert before == {"ML"}
    assert {country.code for country in town.countries.all()} == {"AM", "ML"}


def test_a_member_who_is_writing_something_else_is_told_and_loses_nothing(client, town):
    article(structures=["ville"], countries=["AM"])
    person = MembershipFactory(structure=town).user
    draft(person, town, city="Nice")
    client.force_login(person)

    page = Page(answer(client, town, "pays:AM"))

    assert "Envoyez ou retirez d’abord celle-ci" in page.text
    assert Proposal.objects.get().values["city"] == ["Nice"]


def test_the_list_shows_each_structure_once_the_most_told_first(staff_client, town):
    StructureFactory(published=True, slug="autre", name="Autre ville")
    article(structures=["ville", "autre"], countries=["AM"])
    article(structures=["autre"], countries=["AM", "LB"])

    page = Page(staff_client.get(QUEUE))

    assert "3 suggestions" in page.text
    assert page.text.index("Autre ville") < page.text.index("Ville d’essai")


def test_an_answer_from_the_list_comes_back_to_it(staff_client, town):
    article(structures=["ville"], countries=["AM"])

    response = answer(staff_client, town, "pays:AM", "ecarter", next=QUEUE)

    assert response.redirect_chain == [(QUEUE, 302)]
    assert "Aucune suggestion" in Page(response).text


def test_an_answer_never_leads_to_another_site(staff_client, town):
    article(structures=["ville"], countries=["AM"])

    response = answer(staff_client, town, "pays:AM", next="https://ailleurs.example/")

    assert response.redirect_chain == [(town.get_absolute_url(), 302)]


def test_two_answers_to_one_suggestion_the_second_is_told(staff_client, town):
    article(structures=["ville"], countries=["AM"])
    answer(staff_client, town, "pays:AM")

    assert "n’a plus lieu d’être" in Page(answer(staff_client, town, "pays:AM")).text


def test_visitors_and_strangers_see_and_answer_nothing(client, town):
    article(structures=["ville"], countries=["AM"])
    address = reverse("members:drift", args=["ville"])
    shown = client.get(town.get_absolute_url()).text
    visitor = client.post(address, {"suggestion": "pays:AM", "ecarter": ""})
    client.force_login(MembershipFactory(structure__published=True).user)

    stranger = client.post(address, {"suggestion": "pays:AM", "ecarter": ""})

    assert "Ajouter «" not in shown + client.get(town.get_absolute_url()).text
    assert visitor.status_code == 302
    assert stranger.status_code == 404
    assert keys(town) == ["pays:AM"]


def test_staff_without_the_right_to_edit_do_not_open_the_list(client, db):
    client.force_login(UserFactory(is_staff=True))

    assert client.get(QUEUE).status_code == 403
