"""Which person answers for which structure."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.postgres.functions import TransactionNow
from django.db import models
from django.utils.translation import gettext_lazy as _

from directory.models import Structure
from directory.models.structures import StructureQuerySet


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Every question asked of the memberships."""

    def owners(self) -> MembershipQuerySet:
        """Keep the owners."""
        return self.filter(role=Membership.Role.OWNER)

    def alone(self, user: Any) -> StructureQuerySet:
        """The structures of which the person is the only owner."""
        others = (
            self.owners().filter(structure=models.OuterRef("pk")).exclude(user=user)
        )
        return owned_by(user).filter(~models.Exists(others)).by_name()

    def for_team(self) -> MembershipQuerySet:
        """Load the people, the owners first, then in the order they came."""
        owners_last = models.Case(
            models.When(role=Membership.Role.OWNER, then=0), default=1
        )
        rows = self.select_related("user")
        return rows.order_by(owners_last, "created_at", "pk")


class Membership(models.Model):
    """A person's hold on a structure's records: a « référent »."""

    class Role(models.TextChoices):
        """What the person may do."""

        OWNER = "proprietaire", _("Propriétaire")
        EDITOR = "editeur", _("Éditeur")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("compte"),
        on_delete=models.CASCADE,
        related_name="memberships",
    )
    structure = models.ForeignKey(
        Structure,
        verbose_name=_("structure"),
        on_delete=models.CASCADE,
        related_name="memberships",
    )
    role = models.CharField(_("rôle"), max_length=20, choices=Role, default=Role.EDITOR)
    created_at = models.DateTimeField(_("créé le"), auto_now_add=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("référent")
        verbose_name_plural = _("référents")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "structure"],
                name="membership_is_said_once",
                violation_error_code="structure",
                violation_error_message=_("Cette personne est déjà référente."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.structure}"

    @property
    def is_owner(self) -> bool:
        """Whether the person may manage the others."""
        return self.role == self.Role.OWNER


def held_by(user: Any) -> StructureQuerySet:
    """The structures that the person edits or owns; a merged one is nobody's."""
    if not user.is_authenticated:
        return Structure.objects.none()
    return Structure.objects.filter(memberships__user=user, merged_into=None)


def owned_by(user: Any) -> StructureQuerySet:
    """The structures whose team the person manages."""
    if not user.is_authenticated:
        return Structure.objects.none()
    owned = Membership.objects.owners().filter(user=user)
    return Structure.objects.filter(pk__in=owned.values("structure"), merged_into=None)


class OwnerlessQuerySet(models.QuerySet["Ownerless"]):
    """Every question asked of what lost its last owner."""

    def of_this_transaction(self) -> OwnerlessQuerySet:
        """Keep what the current transaction left without an owner."""
        return self.filter(lost_at=TransactionNow())


class Ownerless(models.Model):
    """A structure whose last owner is gone, for the staff to find another.

    A trigger of the memberships writes and takes away these rows: whatever removes an
    owner, the deletion of an account included, leaves its note.
    """

    structure = models.OneToOneField(
        Structure,
        verbose_name=_("structure"),
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="ownerless",
    )
    lost_at = models.DateTimeField(_("sans propriétaire depuis le"))

    objects = OwnerlessQuerySet.as_manager()

    class Meta:
        verbose_name = _("structure sans propriétaire")
        verbose_name_plural = _("structures sans propriétaire")

    def __str__(self) -> str:
        return str(self.structure)
