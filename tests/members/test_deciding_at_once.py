"""Two people of the staff decide at the same moment: one wins, the other is told."""

import threading

import pytest
from django.db import connection

from directory.models import Structure
from members import moderation
from members.models import Proposal, State
from members.proposals import refusals
from members.proposals.outcomes import Decision
from tests.factories import MembershipFactory, StructureFactory, UserFactory
from tests.members.proposing import submitted


@pytest.fixture
def proposal(committed):
    structure = StructureFactory(published=True, name="Avant")
    member = MembershipFactory(structure=structure).user
    return submitted(member, structure, name="Après", city="Arles")


def race(proposal, verbs):
    """Run each verb in a connection of its own, at once; give what each said."""
    barrier, said = threading.Barrier(len(verbs)), [None] * len(verbs)

    def run(index, verb):
        try:
            mine = Proposal.objects.get(pk=proposal.pk)
            barrier.wait(timeout=10)
            verb(mine)
            said[index] = "done"
        except refusals.Impossible as error:
            said[index] = str(error)
        finally:
            connection.close()

    threads = [
        threading.Thread(target=run, args=(index, verb))
        for index, verb in enumerate(verbs)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    return said


def test_one_wins_and_the_other_is_told_by_whom(proposal):
    people = [UserFactory(staff=True, name=name) for name in ("Ada", "Bé")]

    def accept(by):
        def verb(mine):
            moderation.decide(
                proposal=mine,
                by=by,
                version=mine.version,
                decisions={n: Decision("acceptee") for n in ("name", "city")},
            )

        return verb

    said = race(proposal, [accept(one) for one in people])

    assert sorted(word == "done" for word in said) == [False, True]
    winner = people[said.index("done")]
    (told,) = [word for word in said if word != "done"]
    assert told == f"Déjà décidée par {winner}\u00a0: rien n’a été enregistré."
    decided = Proposal.objects.get(pk=proposal.pk)
    assert (decided.state, decided.moderator) == (State.ACCEPTED, winner)
    assert Structure.objects.get(pk=decided.target_id).name == "Après"


def test_a_decision_and_a_withdrawal_do_not_both_happen(proposal):
    staff = UserFactory(staff=True)

    def accept(mine):
        moderation.decide(
            proposal=mine,
            by=staff,
            version=mine.version,
            decisions={n: Decision("acceptee") for n in ("name", "city")},
        )

    def withdraw(mine):
        moderation.withdraw(proposal=mine, author=mine.author)

    said = race(proposal, [accept, withdraw])

    assert sorted(word == "done" for word in said) == [False, True]
    decided = Proposal.objects.get(pk=proposal.pk)
    name = Structure.objects.get(pk=decided.target_id).name
    assert (decided.state, name) in [
        (State.ACCEPTED, "Après"),
        (State.WITHDRAWN, "Avant"),
    ]
