"""What waits in the demonstration: an invitation, a request, an error, alerts."""

from __future__ import annotations

from django.http import QueryDict

from directory.keeping import versions
from directory.models import Structure
from members import reports
from members.alerts import followed, subscribing
from members.models import (
    AccessRequest,
    Invitation,
    Membership,
    Report,
    SavedSearch,
    User,
)
from members.teams import access_requests, invitations
from territoires.demo.accounts import EDITOR, OWNER
from territoires.demo.files import Loaded

ASKED_FOR = "Fédération des ateliers du fleuve"
WRONG = "Université des Deux-Rivages"
#: The listings that the member follows: path, filters, how often.
FOLLOWED = (
    ("appels-a-projets/", "secteur=eau-assainissement", SavedSearch.Rhythm.WEEKLY),
    ("annuaire/", "pays=ML", SavedSearch.Rhythm.DAILY),
)


def load(structures: Loaded[Structure]) -> int:
    """Create what misses; give how many."""
    member = User.objects.get(email=EDITOR.email)
    owner = User.objects.get(email=OWNER.email)
    return sum(
        (
            _invite(structures.by_name[OWNER.structure], member, owner),
            _ask(structures.by_name[ASKED_FOR], member),
            _report(structures.by_name[WRONG]),
            _follow(member),
        )
    )


def _invite(structure: Structure, person: User, by: User) -> int:
    """The owner offers the member a place in the other team."""
    if Invitation.objects.filter(structure=structure, email=person.email).exists():
        return 0
    invitations.invite(
        structure=structure, email=person.email, role=Membership.Role.EDITOR, by=by
    )
    return 1


def _ask(structure: Structure, person: User) -> int:
    """The member says « C’est ma structure »."""
    if AccessRequest.objects.filter(structure=structure, user=person).exists():
        return 0
    reason = (
        "Je coordonne les ateliers depuis 2022, et je suis aussi salarié des Semeurs."
    )
    access_requests.ask(user=person, structure=structure, reason=reason)
    return 1


def _report(structure: Structure) -> int:
    """A visitor tells of an error."""
    if Report.objects.filter(structure=structure).exists():
        return 0
    text = "Le service des relations internationales a changé de numéro à la rentrée."
    reports.send(record=structure, about=Report.About.CONTACT, text=text)
    return 1


def _follow(person: User) -> int:
    """The member follows two listings."""
    if SavedSearch.objects.of(person).exists():
        return 0
    for path, query, rhythm in FOLLOWED:
        search = followed.at(path, QueryDict(query), versions.current())
        subscribing.follow(user=person, followed=search, rhythm=rhythm)
    return len(FOLLOWED)
