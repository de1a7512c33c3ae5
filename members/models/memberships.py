"""Which person answers for which structure."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from directory.models import Structure


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
