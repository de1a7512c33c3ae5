"""Who answers for a structure, and how that changes: the verbs of its owners.

Each locks the structure, so that two owners who leave at once do not both leave. What
the staff do in the admin, and what the deletion of an account does, is not refused: it
leaves a note (`Ownerless`).
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from directory.models import Structure
from members.mails import emails
from members.models import Invitation, Membership, User


class LastOwner(Exception):
    """The structure would have no owner left."""


class NotOwner(Exception):
    """Who asks owns the structure no more: somebody else changed it meanwhile."""


def lock_for(by: User, structure: Any) -> None:
    """Keep the team as it is until the end, for an owner of today.

    Raises:
        NotOwner: when the page that the person acts from told what they were.

    """
    lock(structure)
    owned = Membership.objects.owners().filter(structure=structure, user=by)
    if not owned.exists():
        raise NotOwner


def lock(structure: Any) -> None:
    """Keep the team of the structure as it is until the end of the transaction."""
    Structure.objects.select_for_update(no_key=True).get(pk=structure)


@transaction.atomic
def join(*, user: User, structure: Structure, role: str) -> Membership:
    """Give a person a role; one who has a higher role keeps it."""
    lock(structure.pk)
    membership, is_new = Membership.objects.get_or_create(
        user=user, structure=structure, defaults={"role": role}
    )
    if not is_new and role == Membership.Role.OWNER:
        membership.role = role
        membership.save()
    return membership


@transaction.atomic
def change_role(*, membership: Membership, role: str, by: User) -> None:
    """Give a person another role, and tell them.

    Raises:
        NotOwner: when the one who gives it may not, any more.
        LastOwner: when the structure would have no owner.
        Membership.DoesNotExist: when the person has left meanwhile.

    """
    lock_for(by, membership.structure_id)
    membership = _now(membership)
    if membership.role == role:
        return
    if role != Membership.Role.OWNER:
        _keep_an_owner(membership)
        _cancel_invitations(membership)
    membership.role = role
    membership.save()
    _tell("role", membership, by)


@transaction.atomic
def remove(*, membership: Membership, by: User) -> None:
    """Take a person out of the team, and tell them unless they leave by themselves.

    Raises:
        NotOwner: when the one who takes them out may not, any more.
        LastOwner: when the structure would have no owner.
        Membership.DoesNotExist: when the person has left meanwhile.

    """
    if by == membership.user:
        lock(membership.structure_id)
    else:
        lock_for(by, membership.structure_id)
    membership = _now(membership)
    _keep_an_owner(membership)
    _cancel_invitations(membership)
    _tell("acces-retire", membership, by)
    membership.delete()


@transaction.atomic
def hand_over(*, membership: Membership, to: Membership) -> None:
    """Make another person of the team owner in the place of this one, now editor.

    Raises:
        NotOwner: when the place is theirs to give no more.
        Membership.DoesNotExist: when one of the two has left meanwhile.

    """
    lock(membership.structure_id)
    membership, heir = _now(membership), _now(to)
    if not membership.is_owner:
        raise NotOwner
    heir.role = Membership.Role.OWNER
    heir.save()
    if heir != membership:
        membership.role = Membership.Role.EDITOR
        membership.save()
        _tell("role", heir, membership.user)


def _now(membership: Membership) -> Membership:
    """The membership as it is, once the team is locked."""
    return Membership.objects.select_related("user", "structure").get(pk=membership.pk)


def _keep_an_owner(membership: Membership) -> None:
    owners = Membership.objects.owners().filter(structure=membership.structure_id)
    if membership.is_owner and not owners.exclude(pk=membership.pk).exists():
        raise LastOwner


def _cancel_invitations(membership: Membership) -> None:
    """Take back the invitations of a person who may not invite any more."""
    sent = Invitation.objects.pending().filter(
        structure=membership.structure_id, invited_by=membership.user_id
    )
    sent.update(cancelled_at=timezone.now())


def _tell(kind: str, membership: Membership, by: User) -> None:
    if by == membership.user:
        return
    context = {
        "structure": membership.structure,
        "by": str(by),
        "role": membership.get_role_display(),
        "is_owner": membership.is_owner,
        "path": reverse("members:space"),
    }
    emails.send(kind, to=membership.user.email, context=context)
