"""Inviting a colleague: a signed link that only the mail holds, accepted by a POST."""

from __future__ import annotations

import datetime
import hashlib
import secrets

from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from directory.models import Structure
from members.mails import emails
from members.models import Invitation, Membership, User, owned_by
from members.models.invitations import LIFETIME

from . import memberships

SIGNER = Signer(sep=".", salt="members.invitation")
#: How many invitations of a structure may wait at once.
MOST_PENDING = 20
#: How long before the same address is written to again.
REST = datetime.timedelta(minutes=10)


class BadInvitation(Exception):
    """A link that gives nothing."""


class Tampered(BadInvitation):
    """It is not as it was sent."""


class Unknown(BadInvitation):
    """It was replaced by a later one, or what it was for is gone."""


class Expired(BadInvitation):
    """It waited for too long."""


class Cancelled(BadInvitation):
    """The one who sent it took it back."""


class Used(BadInvitation):
    """It was accepted already."""


class Foreign(BadInvitation):
    """It was sent to another person than the one signed in."""


class SignInFirst(BadInvitation):
    """The address has an account: its owner opens it first."""


class AlreadyMember(Exception):
    """The address is that of a person of the team."""


class AlreadyInvited(Exception):
    """An invitation to that address waits."""


class TooMany(Exception):
    """Too many invitations wait."""


class TooSoon(Exception):
    """The invitation has just been sent."""


def check_invitable(*, structure: Structure, email: str) -> None:
    """Refuse an address that it makes no sense to invite now.

    Raises:
        AlreadyMember: when the address is that of a person of the team.
        AlreadyInvited: when one waits already: `renew` sends it again.
        TooSoon: when one to that address has just left, even taken back since.
        TooMany: when the structure has too many that wait.

    """
    if structure.memberships.filter(user__email__iexact=email).exists():
        raise AlreadyMember
    sent = Invitation.objects.filter(structure=structure)
    waiting = sent.pending().filter(expires_at__gt=timezone.now())
    if waiting.filter(email__iexact=email).exists():
        raise AlreadyInvited
    recent = sent.filter(sent_at__gt=timezone.now() - REST)
    if recent.filter(email__iexact=email).exists():
        raise TooSoon
    if waiting.count() >= MOST_PENDING:
        raise TooMany


@transaction.atomic
def invite(
    *, structure: Structure, email: str, role: str, by: User, as_staff: bool = False
) -> Invitation:
    """Write to an address to offer a role; an invitation that expired gives way.

    `as_staff`: the administration, which has checked the right, invites for anybody.
    Raises as `check_invitable` does, and `memberships.NotOwner`.
    """
    _lock(structure.pk, by, as_staff=as_staff)
    check_invitable(structure=structure, email=email)
    expired = Invitation.objects.pending().filter(structure=structure)
    expired.filter(email__iexact=email).update(cancelled_at=timezone.now())
    invitation = Invitation(structure=structure, email=email, role=role, invited_by=by)
    _send(invitation)
    return invitation


@transaction.atomic
def renew(*, invitation: Invitation, by: User) -> None:
    """Send a new link, which makes the former one useless.

    Raises:
        memberships.NotOwner: when the person may not invite any more.
        Invitation.DoesNotExist: when it does not wait any more.
        TooSoon: when the address has just been written to.

    """
    memberships.lock_for(by, invitation.structure_id)
    waiting = Invitation.objects.pending().select_for_update(of=("self",))
    invitation = waiting.select_related("structure").get(pk=invitation.pk)
    if timezone.now() - invitation.sent_at < REST:
        raise TooSoon
    invitation.sent_at = timezone.now()
    invitation.expires_at = invitation.sent_at + LIFETIME
    _send(invitation)


@transaction.atomic
def cancel(*, invitation: Invitation, by: User, as_staff: bool = False) -> None:
    """Take an invitation back: its link gives nothing any more.

    `as_staff`: the administration, which has checked the right, takes back any.

    Raises:
        memberships.NotOwner: when the person may not invite any more.

    """
    _lock(invitation.structure_id, by, as_staff=as_staff)
    waiting = Invitation.objects.pending().filter(pk=invitation.pk)
    waiting.update(cancelled_at=timezone.now())


def found(token: str) -> Invitation:
    """The invitation of a link, in any state.

    Raises:
        Tampered: when the link was not made here, or was changed.
        Unknown: when it leads to nothing any more.

    """
    try:
        SIGNER.unsign(token)
    except BadSignature as error:
        raise Tampered from error
    rows = Invitation.objects.select_related("structure", "invited_by")
    invitation = rows.filter(token_hash=_hash(token)).first()
    if invitation is None or invitation.structure.merged_into_id is not None:
        raise Unknown
    return invitation


def check(invitation: Invitation, user: User | None) -> None:
    """Refuse an invitation that this person cannot accept now.

    Raises:
        BadInvitation: one of its kinds, which says why.

    """
    if invitation.accepted_at:
        raise Used
    if invitation.cancelled_at:
        raise Cancelled
    if invitation.is_expired:
        raise Expired
    if user is None:
        if User.objects.filter(email__iexact=invitation.email).exists():
            raise SignInFirst
    elif not invitation.is_for(user):
        raise Foreign


@transaction.atomic
def accept(*, token: str, user: User | None) -> Membership:
    """Join the team; without an account at that address, one is made.

    Who has the token has read the mail: the new account may be opened at once.

    Raises:
        BadInvitation: one of its kinds, which says why.

    """
    invitation = found(token)
    memberships.lock(invitation.structure_id)
    Invitation.objects.select_for_update().get(pk=invitation.pk)
    return _taken(found(token), user)


@transaction.atomic
def accept_from_space(*, invitation: Invitation, user: User) -> Membership:
    """Join the team, for the person signed in at the address that was written to.

    Raises:
        BadInvitation: one of its kinds, which says why.

    """
    memberships.lock(invitation.structure_id)
    rows = Invitation.objects.select_for_update(of=("self",))
    return _taken(rows.select_related("structure").get(pk=invitation.pk), user)


def _lock(structure: int, by: User, *, as_staff: bool) -> None:
    """Keep the team as it is until the end, for who may invite."""
    if as_staff:
        memberships.lock(structure)
    else:
        memberships.lock_for(by, structure)


def _taken(invitation: Invitation, user: User | None) -> Membership:
    check(invitation, user)
    _check_inviter(invitation)
    person = user or User.objects.create_user(invitation.email)
    invitation.accepted_at = timezone.now()
    invitation.save()
    return memberships.join(
        user=person, structure=invitation.structure, role=invitation.role
    )


def _check_inviter(invitation: Invitation) -> None:
    """Refuse what was offered by somebody who may offer nothing any more."""
    by = invitation.invited_by
    if by is None or not by.is_active:
        raise Cancelled
    teams = owned_by(by).filter(pk=invitation.structure_id)
    invites_for_all = by.is_staff and by.has_perm("members.add_invitation")
    if not invites_for_all and not teams.exists():
        raise Cancelled


def _send(invitation: Invitation) -> None:
    """Give the invitation a new link, and send it."""
    token = SIGNER.sign(secrets.token_urlsafe(24))
    invitation.token_hash = _hash(token)
    invitation.save()
    context = {
        "structure": invitation.structure,
        "inviter": str(invitation.invited_by or invitation.structure),
        "role": invitation.get_role_display(),
        "expires_on": timezone.localdate(invitation.expires_at),
        "path": reverse("members:invitation", args=[token]),
    }
    emails.send("invitation", to=invitation.email, context=context)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
