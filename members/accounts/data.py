"""What the site keeps of a person: given to them, and forgotten when they ask.

What a person did for a structure stays with the structure, without their name: the
proposals that the staff decided, the confirmations of records.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.db import models, transaction
from django.utils import timezone

from directory.models import Structure, Trace
from members.alerts import subscribing
from members.mails import emails
from members.models import (
    FreshnessRequest,
    Invitation,
    Mail,
    Proposal,
    Report,
    SavedSearch,
    State,
    Subscriber,
    ToldRow,
    User,
)

#: An account that nobody opens is closed after so long, announced a month before.
UNUSED = datetime.timedelta(days=3 * 365)
NOTICE = datetime.timedelta(days=30)


class StaffAccount(Exception):
    """The account is of the staff: what it did is in the history of the records."""


def everything(user: User) -> dict[str, Any]:
    """All that is kept of a person, as JSON can write it; French names, ISO dates."""
    return {
        "compte": {
            "adresse": user.email,
            "nom": user.name,
            "inscrit_le": user.joined_at,
            "derniere_connexion": user.last_login,
        },
        "structures": _rows(
            user.memberships.all(),
            structure="structure__name",
            role="role",
            depuis="created_at",
        ),
        "demandes_d_acces": _rows(
            user.access_requests.all(),
            structure="structure__name",
            motif="reason",
            etat="state",
            le="created_at",
        ),
        "invitations_recues": _rows(
            Invitation.objects.filter(email__iexact=user.email),
            structure="structure__name",
            role="role",
            le="sent_at",
        ),
        "invitations_envoyees": _rows(
            user.invitations.all(),
            adresse="email",
            structure="structure__name",
            role="role",
            le="sent_at",
        ),
        "propositions": _rows(
            Proposal.objects.filter(author=user),
            fiche="label",
            structure="structure_name",
            etat="state",
            valeurs="values",
            motif="reason",
            le="saved_at",
        ),
        "erreurs_signalees": _rows(
            Report.objects.filter(email__iexact=user.email),
            message="text",
            le="sent_at",
        ),
        "fiches_verifiees": _rows(
            Structure.objects.filter(verified_by=user), nom="name", le="verified_at"
        ),
        "demandes_de_verification": _rows(
            FreshnessRequest.objects.filter(to__iexact=user.email),
            structure="structure__name",
            le="asked_at",
            reponse="answer",
        ),
        "modifications": [*_changes(user)],
        "courriels": _rows(
            Mail.objects.filter(to__iexact=user.email),
            objet="subject",
            texte="text",
            le="created_at",
        ),
        "alertes": _rows(
            SavedSearch.objects.of(user),
            liste="listing",
            filtres="query",
            rythme="rhythm",
            demandee_le="asked_at",
            confirmee_le="confirmed_at",
        ),
        "fiches_annoncees": _rows(
            ToldRow.objects.filter(subscriber__email=user.email.lower()),
            liste="listing",
            fiche="row",
            le="told_at",
        ),
        "sessions": _rows(
            UserSession.objects.filter(user=user),
            adresse_ip="ip",
            navigateur="user_agent",
            vue_le="last_seen_at",
        ),
        "seconds_facteurs": _rows(
            Authenticator.objects.filter(user=user), sorte="type", depuis="created_at"
        ),
    }


def _rows(queryset: Any, **columns: str) -> list[dict[str, Any]]:
    """The columns of the rows, under French names."""
    found = queryset.order_by("pk").values_list(*columns.values())
    return [dict(zip(columns, row, strict=True)) for row in found]


def _changes(user: User) -> Iterator[dict[str, Any]]:
    """The records that the person changed, and when."""
    kinds = {model._meta.db_table: model for model in apps.get_models()}
    for table, key, at in Trace.objects.written_by(user).rows_and_dates():
        name = kinds[table]._meta.verbose_name if table in kinds else table
        yield {"fiche": f"{name} n° {key}", "le": at}


@transaction.atomic
def delete(*, user: User) -> None:
    """Forget a person. A structure that loses its last owner is told to the staff.

    Raises:
        StaffAccount: for an account of the staff, which a colleague closes instead.

    """
    user = User.objects.select_for_update().get(pk=user.pk)
    if user.is_staff:
        raise StaffAccount
    Proposal.objects.filter(author=user, state__in=UNDECIDED).delete()
    Invitation.objects.filter(email__iexact=user.email).delete()
    Mail.objects.filter(to__iexact=user.email).delete()
    told = models.Q(subject__startswith=user.email) | models.Q(
        subject__startswith=str(user)
    )
    Mail.objects.filter(told, kind="demande-recue").delete()
    FreshnessRequest.objects.filter(to__iexact=user.email).update(to="")
    Report.objects.filter(email__iexact=user.email).forget_senders()
    if subscriber := Subscriber.objects.with_address(user.email).first():
        subscribing.end_all(subscriber=subscriber)
    user.delete()


#: What is nobody's once its author is gone: nothing of it was ever public.
UNDECIDED = (State.DRAFT, State.WITHDRAWN, State.RETURNED, State.OVERTAKEN)


def forget_unused() -> int:
    """Close the accounts that nobody opened for three years; give how many.

    Each is announced a month before, to its address.
    """
    now = timezone.now()
    closed = 0
    for user in User.objects.unused_since(now - UNUSED + NOTICE):
        key = f"unused:{user.pk}:{user.seen_at:%Y-%m-%d}"
        told = Mail.objects.filter(key=key).first()
        if told is None:
            emails.send(
                "compte-inutilise",
                to=user.email,
                key=key,
                context={
                    "day": timezone.localdate(now + NOTICE),
                    "email": user.email,
                    "path": "/connexion/",
                },
            )
        elif told.created_at <= now - NOTICE and user.seen_at <= now - UNUSED:
            delete(user=user)
            closed += 1
    return closed
