"""Everything of the demonstration, in one transaction."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction

from directory.history.traces import because
from directory.imports.reports import counted
from territoires.demo import (
    accounts,
    freshness,
    grants,
    network,
    pages,
    posts,
    projects,
    proposals,
    structures,
    waiting,
)
from territoires.demo.vocabularies import Vocabularies


@because("commande", command="load_demo")
@transaction.atomic
def load(say: Callable[[str], object]) -> None:
    """Create what the demonstration misses, and say each step.

    What is there stays as it is: people edit a demonstration.
    """
    say("Réseau\u00a0: " + ("décrit" if network.load() else "déjà décrit"))
    vocabularies = Vocabularies()
    staff = accounts.load_staff()
    actors = structures.load(vocabularies, staff)
    say(_added("Structures", actors.added))
    actions = projects.load(vocabularies, staff, actors)
    say(_added("Projets", actions.added))
    for label, number in posts.Loader(vocabularies, actors, actions).load():
        say(_added(label, number))
    say(_added("Pages", pages.load()))
    for sentence in vocabularies.unmatched:
        say(f"  À compléter à la main – {sentence}")
    say(grants.load())
    accounts.load_members(actors)
    say(_added("Propositions", proposals.load(actors, staff)))
    say(_added("Demandes de vérification", freshness.load(actors)))
    say(_added("Invitation, demande, erreur et alertes", waiting.load(actors)))


def _added(label: str, number: int) -> str:
    return f"{label}\u00a0: {counted(number, 'ajout')}"
