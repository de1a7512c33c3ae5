"""What becomes of proposals: each transition, each one that is refused."""

import ast
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.admin.models import LogEntry

from directory.models import Contact, Structure
from members import applying, moderation, refusals, sent_files
from members.models import Proposal, ReviewPolicy, State
from members.outcomes import RETURNED, Decision
from news.models import Article
from tests.factories import ContactFactory, ProjectFactory, StructureFactory
from tests.members import proposing
from tests.members.proposing import begin, decide, draft, png, submitted


def now(row):
    return type(row)._default_manager.get(pk=row.pk)


def test_a_draft_keeps_what_was_typed_even_when_it_is_wrong(member, owned_structure):
    proposal = draft(member, owned_structure, founded_in="vers 1990", siren="12")

    kept = Proposal.objects.get(pk=proposal.pk)
    assert kept.state == State.DRAFT
    assert kept.values["founded_in"] == ["vers 1990"]
    assert kept.values["siren"] == ["12"]
    assert now(owned_structure).founded_in is None


def test_what_is_wrong_is_not_sent_and_stays_a_draft(member, owned_structure):
    proposal = draft(member, owned_structure, siren="12")

    with pytest.raises(applying.Refused) as refused:
        moderation.submit(proposal=proposal, author=member)

    assert "siren" in refused.value.form.errors
    assert now(proposal).state == State.DRAFT


def test_nothing_is_sent_when_nothing_changed(member, owned_structure):
    proposal = draft(member, owned_structure, name=f" {owned_structure.name} ")

    with pytest.raises(refusals.NothingChanged):
        moderation.submit(proposal=proposal, author=member)


def test_the_page_changes_on_acceptance_only(member, staff, owned_structure):
    proposal = submitted(
        member, owned_structure, name="Un autre nom", countries=["150", "152"]
    )
    assert now(owned_structure).name == "La structure tenue"

    decide(proposal, staff)

    changed = now(owned_structure)
    assert changed.name == "Un autre nom"
    assert {str(c.pk) for c in changed.countries.all()} == {"150", "152"}
    assert now(proposal).state == State.ACCEPTED
    assert now(proposal).moderator == staff


def test_what_was_not_touched_never_undoes_what_staff_wrote(
    member, staff, owned_structure
):
    page = begin(member, owned_structure)
    Structure.objects.filter(pk=owned_structure.pk).update(city="Arles")
    proposal = draft(member, owned_structure, page=page, name="Un autre nom")

    moderation.submit(proposal=proposal, author=member)
    decide(proposal, staff)

    assert now(owned_structure).city == "Arles"
    assert now(owned_structure).name == "Un autre nom"


def test_some_fields_are_accepted_amended_or_returned(member, staff, owned_structure):
    proposal = submitted(
        member,
        owned_structure,
        name="Nom proposé",
        city="Arles",
        phone="04 11 11 11 11",
    )

    decide(proposal, staff, name="Nom retouché", phone=...)

    changed = now(owned_structure)
    assert (changed.name, changed.city, changed.phone) == ("Nom retouché", "Arles", "")
    told = now(proposal)
    assert told.state == State.PARTLY
    assert told.decisions["phone"] == {"outcome": "renvoyee", "reason": "À revoir"}
    assert told.decisions["name"]["value"] == ["Nom retouché"]


def test_a_returned_proposal_is_corrected_and_goes_again(
    member, staff, owned_structure
):
    proposal = submitted(member, owned_structure, name="Nom", phone="04 11 11 11 11")
    decide(proposal, staff, phone=...)

    again = moderation.resume(proposal=proposal, author=member)

    assert again.state == State.DRAFT
    assert again.values["phone"] == ["04 11 11 11 11"]
    again.values["phone"] = ["04 22 22 22 22"]
    again.save()
    moderation.submit(proposal=again, author=member)
    decide(again, staff)
    assert now(owned_structure).phone == "04 22 22 22 22"
    assert now(again).state == State.ACCEPTED
    assert now(again).past[0]["decisions"]["phone"]["reason"] == "À revoir"


def test_what_was_amended_is_not_proposed_again(member, staff, owned_structure):
    proposal = submitted(member, owned_structure, name="Nom", phone="04 11 11 11 11")
    decide(proposal, staff, name="Nom retouché", phone=...)

    again = moderation.resume(proposal=proposal, author=member)

    assert again.values["name"] == ["Nom retouché"]
    moderation.submit(proposal=again, author=member)
    assert set(decide(again, staff).decisions) == {"phone"}
    assert now(owned_structure).name == "Nom retouché"


def test_what_is_typed_again_in_an_accepted_field_is_not_lost(
    member, staff, owned_structure
):
    proposal = submitted(member, owned_structure, name="Nom", phone="04 11 11 11 11")
    decide(proposal, staff, phone=...)
    again = moderation.resume(proposal=proposal, author=member)
    again.values["name"] = ["Encore un nom"]
    again.save()
    moderation.withdraw(proposal=again, author=member)

    last = moderation.resume(proposal=again, author=member)

    assert last.values["name"] == ["Encore un nom"]
    assert last.values["phone"] == ["04 11 11 11 11"]


def test_returning_needs_a_reason(member, staff, owned_structure):
    proposal = submitted(member, owned_structure, name="Nom")

    with pytest.raises(refusals.Undecided):
        moderation.decide(
            proposal=proposal,
            by=staff,
            version=proposal.version,
            decisions={"name": Decision(RETURNED, reason="  ")},
        )


def test_each_field_needs_a_decision(member, staff, owned_structure):
    proposal = submitted(member, owned_structure, name="Nom", city="Arles")

    with pytest.raises(refusals.Undecided):
        moderation.decide(
            proposal=proposal,
            by=staff,
            version=proposal.version,
            decisions={"name": Decision("acceptee")},
        )


def test_staff_see_the_errors_of_what_they_amend_and_nothing_is_written(
    member, staff, owned_structure
):
    proposal = submitted(member, owned_structure, city="Arles", phone="04 11 11 11 11")

    with pytest.raises(applying.Refused) as refused:
        decide(proposal, staff, phone="pas un numéro")

    assert "phone" in refused.value.form.errors
    assert now(owned_structure).city == ""
    assert now(proposal).state == State.SUBMITTED


def test_its_author_takes_it_back(member, owned_structure):
    proposal = submitted(
        member, owned_structure, files={"logo": png()}, logo_alt="Un logo"
    )
    file = proposal.files.get().file.path

    moderation.withdraw(proposal=proposal, author=member)

    assert now(proposal).state == State.WITHDRAWN
    assert now(proposal).values["logo_alt"] == ["Un logo"]
    assert not proposal.files.exists()
    assert file


FINAL = {State.ACCEPTED, State.OVERTAKEN}
ALLOWED = {
    "save": {State.DRAFT},
    "submit": {State.DRAFT},
    "withdraw": {State.DRAFT, State.SUBMITTED, State.RETURNED},
    "resume": {State.SUBMITTED, State.PARTLY, State.RETURNED, State.WITHDRAWN},
    "decide": {State.SUBMITTED},
    "overtake": set(State) - {State.ACCEPTED, State.WITHDRAWN},
}


def in_state(state, member, staff, structure):
    page = begin(member, structure)
    proposal = draft(member, structure, page=page, name="Nom", city="Arles")
    if state == State.WITHDRAWN:
        moderation.withdraw(proposal=proposal, author=member)
    elif state == State.OVERTAKEN:
        moderation.overtake(proposal=proposal)
    elif state != State.DRAFT:
        moderation.submit(proposal=proposal, author=member)
        said = {
            State.ACCEPTED: {},
            State.PARTLY: {"name": ...},
            State.RETURNED: {"name": ..., "city": ...},
        }
        if state in said:
            decide(proposal, staff, **said[state])
    proposal = now(proposal)
    assert proposal.state == state
    return page, proposal


def attempt(verb, page, proposal, member, staff):
    if verb == "save":
        moderation.save_draft(
            start=page.start,
            author=member,
            version=proposal.version,
            typed=sent_files.Typed(proposing.without_files(page)),
        )
    elif verb == "decide":
        names = ("name", "city")
        moderation.decide(
            proposal=proposal,
            by=staff,
            version=proposal.version,
            decisions={name: Decision("acceptee") for name in names},
        )
    elif verb == "overtake":
        moderation.overtake(proposal=proposal)
    else:
        getattr(moderation, verb)(proposal=proposal, author=member)


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("verb", sorted(ALLOWED))
def test_a_verb_is_for_some_states_only(verb, state, member, staff, owned_structure):
    page, proposal = in_state(state, member, staff, owned_structure)

    if state in ALLOWED[verb]:
        attempt(verb, page, proposal, member, staff)
        return
    with pytest.raises(refusals.Impossible):
        attempt(verb, page, proposal, member, staff)
    assert now(proposal).state == state


def test_nobody_sends_or_takes_back_what_another_wrote(member, owner, owned_structure):
    proposal = draft(member, owned_structure, name="Nom")

    for verb in (moderation.submit, moderation.withdraw, moderation.resume):
        with pytest.raises(refusals.NotYours):
            verb(proposal=proposal, author=owner)


def test_two_pages_of_one_draft_do_not_overwrite_each_other(member, owned_structure):
    page = begin(member, owned_structure)
    draft(member, owned_structure, page=page, name="Premier")
    typed = sent_files.Typed({"name": ["Second"]})

    with pytest.raises(refusals.VersionConflict) as conflict:
        moderation.save_draft(start=page.start, author=member, version=0, typed=typed)

    assert conflict.value.proposal.values["name"] == ["Premier"]


def test_two_pages_opened_before_the_draft_meet_too(member, owned_structure):
    one, other = begin(member, owned_structure), begin(member, owned_structure)
    first = draft(member, owned_structure, page=one, name="Premier")

    with pytest.raises(refusals.VersionConflict) as conflict:
        draft(member, owned_structure, page=other, name="Second")

    assert conflict.value.proposal == first


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


def at_once(*groups):
    for group in groups:
        ReviewPolicy.objects.create(group=group, mode="apres")


def test_a_group_may_be_published_at_once(member, staff, owned_structure):
    at_once("structure.coordonnees")

    proposal = submitted(member, owned_structure, city="Arles")

    assert now(owned_structure).city == "Arles"
    assert proposal.state == State.ACCEPTED
    assert [*Proposal.objects.to_reread()] == [proposal]
    moderation.reread(proposal=proposal, by=staff)
    assert not Proposal.objects.to_reread().exists()


def test_what_its_author_may_no_longer_write_waits_for_the_staff(
    member, owned_structure
):
    at_once("structure.coordonnees")
    written = draft(member, owned_structure, city="Arles")
    survivor = StructureFactory(published=True, city="Nice")
    Structure.objects.filter(pk=owned_structure.pk).update(merged_into=survivor)

    sent = moderation.submit(proposal=written, author=member)

    survivor.refresh_from_db()
    assert survivor.city == "Nice"
    assert sent.state != State.ACCEPTED


def test_the_other_groups_still_wait(member, staff, owned_structure):
    at_once("structure.coordonnees")

    proposal = submitted(member, owned_structure, city="Arles", name="Nom")

    assert now(owned_structure).city == "Arles"
    assert now(owned_structure).name == "La structure tenue"
    assert proposal.state == State.SUBMITTED
    decide(proposal, staff)
    assert now(owned_structure).name == "Nom"
    assert now(proposal).state == State.ACCEPTED


def test_what_was_published_at_once_is_undone(member, staff, owned_structure):
    at_once("structure.coordonnees")
    proposal = submitted(member, owned_structure, city="Arles")

    moderation.undo(proposal=proposal, by=staff, reason="Ce n’est pas là")

    assert now(owned_structure).city == ""
    assert now(proposal).state == State.RETURNED
    again = moderation.resume(proposal=proposal, author=member)
    assert again.values["city"] == ["Arles"]


def test_it_is_not_undone_once_it_changed_since(member, staff, owned_structure):
    at_once("structure.coordonnees")
    proposal = submitted(member, owned_structure, city="Arles")
    Structure.objects.filter(pk=owned_structure.pk).update(city="Nice")

    with pytest.raises(applying.Refused):
        moderation.undo(proposal=proposal, by=staff, reason="Non")

    assert now(owned_structure).city == "Nice"


def test_a_picture_is_never_published_at_once(member, owned_structure):
    at_once("structure.presentation")

    proposal = submitted(
        member, owned_structure, files={"logo": png()}, logo_alt="Un logo"
    )

    assert "logo" not in proposal.at_once
    assert not now(owned_structure).logo


def test_a_new_row_published_at_once_is_taken_off(member, staff, owned_structure):
    at_once("contact.personne", "contact.prive")
    proposal = submitted(member, owned_structure, "contact", last_name="Inventée")
    assert owned_structure.contacts.count() == 1

    moderation.undo(proposal=proposal, by=staff, reason="Doublon")

    assert owned_structure.contacts.count() == 0
    assert now(proposal).state == State.RETURNED


def test_nobody_else_writes_a_state():
    """`state` is assigned, or given to a row of proposals, in `moderation` alone."""
    guilty = []
    for path in Path(settings.BASE_DIR, "members").rglob("*.py"):
        if path.name == "moderation.py" or "migrations" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign):
                targets = getattr(node, "targets", [getattr(node, "target", None)])
                guilty += [
                    (path.name, node.lineno)
                    for target in targets
                    if isinstance(target, ast.Attribute) and target.attr == "state"
                ]
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                writes = {"create", "update", "get_or_create", "update_or_create"}
                named = [k.arg for k in node.keywords]
                if node.func.attr in writes and "state" in named:
                    guilty.append((path.name, node.lineno))

    assert guilty == []


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


def test_nothing_is_undone_in_a_row_that_is_gone(member, staff, owned_structure):
    at_once("structure.coordonnees")
    proposal = submitted(member, owned_structure, city="Arles")
    owned_structure.delete()

    with pytest.raises(applying.Refused):
        moderation.undo(proposal=proposal, by=staff, reason="")

    moderation.reread(proposal=proposal, by=staff)
