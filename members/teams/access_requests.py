"""« C’est ma structure »: asking to answer for a structure, and deciding."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from directory.models import Network, Structure
from members.mails import emails
from members.models import AccessRequest, Membership, User

from . import memberships

#: The names, before the dot, of where anybody has an address: it shows nothing of an
#: organisation.
WEBMAIL = frozenset(
    [
        *("aliceadsl", "aol", "bbox", "cegetel", "club-internet", "dbmail", "free"),
        *("gmail", "gmx", "googlemail", "hotmail", "icloud", "laposte", "libertysurf"),
        *("live", "mac", "mail", "mailo", "me", "msn", "neuf", "noos", "numericable"),
        *("orange", "outlook", "pm", "proton", "protonmail", "sfr", "tuta", "tutanota"),
        *("voila", "wanadoo", "yahoo", "yandex", "ymail", "zoho"),
    ]
)


#: How many requests of a person may wait at once.
MOST_PENDING = 5


class AlreadyMember(Exception):
    """The person answers for the structure already."""


class AlreadyAsked(Exception):
    """A request of the person for the structure waits."""


class TooMany(Exception):
    """Too many requests of the person wait."""


class AlreadyDecided(Exception):
    """Somebody has just decided."""


@transaction.atomic
def ask(*, user: User, structure: Structure, reason: str) -> AccessRequest:
    """Ask the staff for a role in a structure, and tell the network.

    Raises:
        AlreadyMember: when the person answers for it already.
        AlreadyAsked: when a request waits.
        TooMany: when the person has too many that wait, whatever the structures.

    """
    Structure.objects.select_for_update(no_key=True).get(pk=structure.pk)
    if structure.memberships.filter(user=user).exists():
        raise AlreadyMember
    waiting = AccessRequest.objects.pending().filter(user=user)
    if waiting.filter(structure=structure).exists():
        raise AlreadyAsked
    if waiting.count() >= MOST_PENDING:
        raise TooMany
    request = AccessRequest.objects.create(
        user=user, structure=structure, reason=reason
    )
    network = Network.objects.current()
    if network and network.email:
        context = {
            "structure": structure,
            "person": str(user),
            "reason": reason,
            "path": reverse("admin:members_accessrequest_change", args=[request.pk]),
        }
        emails.send("demande-recue", to=network.email, context=context)
    return request


@transaction.atomic
def accept(*, request: AccessRequest, role: str, by: User) -> Membership:
    """Give the person a role in the structure, and tell them.

    Raises:
        AlreadyDecided: when somebody has decided meanwhile.

    """
    request = _pending(request)
    _decide(request, AccessRequest.State.ACCEPTED, by)
    membership = memberships.join(
        user=request.user, structure=request.structure, role=role
    )
    _tell("demande-acceptee", request, role=membership.get_role_display())
    return membership


@transaction.atomic
def refuse(*, request: AccessRequest, answer: str, by: User) -> None:
    """Refuse, and give the person the reason.

    Raises:
        AlreadyDecided: when somebody has decided meanwhile.
        ValueError: without a reason.

    """
    if not answer.strip():
        message = "A refusal has a reason."
        raise ValueError(message)
    request = _pending(request)
    request.answer = answer
    _decide(request, AccessRequest.State.REFUSED, by)
    _tell("demande-refusee", request, answer=answer)


def matching_domain(request: AccessRequest) -> str:
    """The domain that the person's address shares with the structure, or nothing.

    It is a hint, not a proof: public webmail never matches.
    """
    domain = _domain(request.user.email)
    structure = request.structure
    if not domain or domain.split(".")[0] in WEBMAIL:
        return ""
    site = (urlsplit(structure.website).hostname or "").lower()
    of_site = site == domain or site.endswith(f".{domain}")
    return domain if of_site or _domain(structure.email) == domain else ""


def _domain(email: str) -> str:
    return email.rpartition("@")[2].lower()


def _pending(request: AccessRequest) -> AccessRequest:
    """The request, locked, if nobody has decided."""
    rows = AccessRequest.objects.pending().select_for_update(of=("self",))
    found = rows.select_related("user", "structure").filter(pk=request.pk).first()
    if found is None:
        raise AlreadyDecided
    return found


def _decide(request: AccessRequest, state: str, by: User) -> None:
    request.state, request.decided_by = state, by
    request.decided_at = timezone.now()
    request.save()


def _tell(kind: str, request: AccessRequest, **context: str) -> None:
    context = {**context, "path": reverse("members:space")}
    whole = {"structure": request.structure, **context}
    emails.send(kind, to=request.user.email, context=whole)
