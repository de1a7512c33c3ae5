"""What becomes of proposals: each transition, each one that is refused."""

import ast
from pathlib import Path

import pytest
from django.conf import settings

from directory.models import Structure
from members import moderation
from members.models import Proposal, State
from members.proposals import applying, refusals, sent_files
from members.proposals.outcomes import RETURNED, Decision
from tests.members import proposing
from tests.members.proposing import begin, decide, draft, now, png, submitted


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
