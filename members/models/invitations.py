"""Invitations to answer for a structure: a link in a mail, good once."""

from __future__ import annotations

import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.models import Structure
from members.models.memberships import Membership

LIFETIME = datetime.timedelta(days=14)


def two_weeks_from_now() -> datetime.datetime:
    """When an invitation sent now ends."""
    return timezone.now() + LIFETIME


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Every question asked of the invitations."""

    def pending(self) -> InvitationQuerySet:
        """Keep those neither accepted nor cancelled; an expired one may be renewed."""
        return self.filter(accepted_at=None, cancelled_at=None)

    def sent_to(self, user: Any) -> InvitationQuerySet:
        """Keep those that a person may accept today."""
        mine = self.pending().filter(email__iexact=user.email)
        return mine.filter(
            expires_at__gt=timezone.now(), structure__merged_into=None
        ).select_related("structure", "invited_by")


class Invitation(models.Model):
    """An offer, to an address, of a role in a structure."""

    structure = models.ForeignKey(
        Structure,
        verbose_name=_("structure"),
        on_delete=models.CASCADE,
        related_name="invitations",
    )
    email = models.EmailField(_("adresse électronique"))
    role = models.CharField(
        _("rôle"),
        max_length=20,
        choices=Membership.Role,
        default=Membership.Role.EDITOR,
    )
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("invité par"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="invitations",
    )
    token_hash = models.CharField(
        _("empreinte du lien"), max_length=64, unique=True, editable=False
    )
    sent_at = models.DateTimeField(_("envoyée le"), default=timezone.now)
    expires_at = models.DateTimeField(_("expire le"), default=two_weeks_from_now)
    accepted_at = models.DateTimeField(_("acceptée le"), null=True, blank=True)
    cancelled_at = models.DateTimeField(_("annulée le"), null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                "structure",
                name="invitation_is_pending_once",
                condition=models.Q(accepted_at=None, cancelled_at=None),
                violation_error_code="email",
                violation_error_message=_("Cette adresse est déjà invitée."),
            ),
            models.CheckConstraint(
                name="invitation_ends_once",
                condition=models.Q(accepted_at=None) | models.Q(cancelled_at=None),
                violation_error_message=_("Acceptée ou annulée, pas les deux."),
            ),
            models.CheckConstraint(
                name="invitation_email_is_plain_before_the_at",
                condition=models.Q(email__regex="^[!-~]+@"),
                violation_error_code="email",
                violation_error_message=_("Avant l’arobase, ni accent ni espace."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email} – {self.structure}"

    @property
    def is_expired(self) -> bool:
        """Whether it waited for too long."""
        return self.expires_at <= timezone.now()

    @property
    def is_pending(self) -> bool:
        """Whether nobody accepted nor cancelled it."""
        return self.accepted_at is None and self.cancelled_at is None

    def is_for(self, user: Any) -> bool:
        """Whether it was sent to this person's address."""
        return bool(user.email.lower() == self.email.lower())
