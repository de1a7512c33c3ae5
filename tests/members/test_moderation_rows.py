"""What proposals do to rows: made, removed, merged, deleted meanwhile."""

from django.contrib.admin.models import LogEntry

from directory.models import Contact, Structure
from members import moderation
from members.models import Proposal, State
from news.models import Article
from tests.factories import ContactFactory, ProjectFactory, StructureFactory
from tests.members.proposing import begin, decide, draft, now, png, submitted


def test_a_new_row_is_made_on_acceptance(member, staff, owned_structure):
    proposal = submitted(
        member, owned_structure, "actualite", title="Le puits coule", body="<p>Oui</p>"
    )
    assert not Article.objects.exists()

    decide(proposal, staff)

    article = Article.objects.published().get()
    assert (article.title, article.kind) == ("Le puits coule", "adherent")
    assert [*article.structures.all()] == [owned_structure]
    assert now(proposal).target == article


def test_a_row_to_come_is_called_by_what_is_typed(member, owned_structure):
    proposal = draft(member, owned_structure, "actualite", title="Le puits coule")

    assert str(proposal) == "Ajout – Le puits coule"
    assert str(draft(member, owned_structure, "offre")) == "Ajout – Offre"


def test_a_project_of_its_own_is_led_by_the_structure(member, staff, owned_structure):
    decide(submitted(member, owned_structure, "projet", title="Un puits"), staff)

    project = owned_structure.projects.published().get()
    assert project.lead.structure == owned_structure


def test_a_row_is_removed_on_acceptance(member, staff, owned_structure):
    contact = ContactFactory(structure=owned_structure)
    page = begin(member, owned_structure, "contact", contact)
    proposal = moderation.propose_removal(
        start=page.start, author=member, reason="Elle est partie"
    )
    assert Contact.objects.exists()

    decide(proposal, staff)

    assert not Contact.objects.exists()
    assert now(proposal).state == State.ACCEPTED
    assert LogEntry.objects.filter(action_flag=3, object_id=contact.pk).exists()


def test_history_names_who_proposed_and_who_accepted(member, staff, owned_structure):
    decide(submitted(member, owned_structure, name="Nom"), staff)

    entry = LogEntry.objects.get(object_id=str(owned_structure.pk))
    assert entry.user == staff
    assert str(member) in entry.change_message
    assert str(staff) in entry.change_message


def test_what_the_row_says_already_is_no_change(member, staff, owned_structure):
    proposal = submitted(member, owned_structure, name="Nom", city="Arles")
    Structure.objects.filter(pk=owned_structure.pk).update(name="Nom")

    decided = decide(proposal, staff)

    assert set(decided.decisions) == {"city"}


def test_an_accepted_picture_goes_through_the_field_of_the_row(
    member, staff, owned_structure
):
    proposal = submitted(
        member,
        owned_structure,
        files={"logo": png(size=(900, 300))},
        logo_alt="Un logo bleu",
    )
    kept = proposal.files.get().file
    assert "media" not in kept.path

    decide(proposal, staff)

    logo = now(owned_structure).logo
    assert logo.storage.exists(logo.name.replace(".png", ".640.webp"))
    assert not proposal.files.exists()


def test_a_proposal_follows_a_record_that_is_merged(member, staff, owned_structure):
    proposal = submitted(member, owned_structure, phone="04 11 11 11 11")
    survivor = StructureFactory(published=True, name="Celle qui reste")
    Structure.objects.filter(pk=owned_structure.pk).update(merged_into=survivor)

    decide(proposal, staff)

    assert now(survivor).phone == "04 11 11 11 11"
    assert now(owned_structure).phone == ""
    assert now(proposal).structure == survivor


def test_of_two_proposals_that_a_merge_makes_one_the_second_is_overtaken(
    member, owned_structure
):
    survivor = StructureFactory(published=True)
    first = submitted(member, survivor, phone="04 22 22 22 22")
    second = submitted(member, owned_structure, phone="04 11 11 11 11")
    Structure.objects.filter(pk=owned_structure.pk).update(merged_into=survivor)

    moderation.follow(proposal=second)

    assert now(first).state == State.SUBMITTED
    assert now(second).state == State.OVERTAKEN
    assert now(second).values["phone"] == ["04 11 11 11 11"]


def test_a_proposal_is_overtaken_when_its_row_is_gone(member, staff, owned_structure):
    contact = ContactFactory(structure=owned_structure)
    proposal = submitted(member, owned_structure, "contact", contact, role="Présidente")
    contact.delete()

    moderation.follow(proposal=proposal)

    assert now(proposal).state == State.OVERTAKEN
    assert now(proposal).values["role"] == ["Présidente"]


def test_a_proposal_outlives_its_structure(member, owned_structure):
    proposal = submitted(member, owned_structure, name="Nom")
    owned_structure.delete()

    moderation.follow(proposal=proposal)

    assert now(proposal).state == State.OVERTAKEN
    assert now(proposal).structure_name == "La structure tenue"
    assert Proposal.objects.visible_to(member).get() == proposal


def test_a_page_opened_before_a_deletion_keeps_its_text(member, owned_structure):
    page = begin(member, owned_structure)
    owned_structure.delete()

    proposal = draft(member, owned_structure, page=page, name="Nom tapé")

    assert proposal.state == State.OVERTAKEN
    assert proposal.values["name"] == ["Nom tapé"]


def test_two_proposals_for_one_row_are_rivals(member, owner, owned_structure):
    one = submitted(member, owned_structure, name="Un")
    other = submitted(owner, owned_structure, name="Deux")

    assert [*Proposal.objects.rivals_of(one)] == [other]


def test_a_participation_leads_to_a_project_that_the_structure_leads(
    member, staff, owned_structure
):
    project = ProjectFactory(published=True, lead=owned_structure)

    decide(
        submitted(
            member,
            owned_structure,
            "participation",
            project=str(project.pk),
            role="partenaire-local",
            name="Le village",
        ),
        staff,
    )

    assert project.participations.filter(name="Le village").exists()
