"""« C’est ma structure »: people who ask to answer for one, for the staff to decide."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from directory.models import Structure
from directory.models.fields import BLANK, not_blank


class AccessRequestQuerySet(models.QuerySet["AccessRequest"]):
    """Every question asked of the requests."""

    def pending(self) -> AccessRequestQuerySet:
        """Keep those that nobody has decided."""
        return self.filter(state=AccessRequest.State.PENDING)

    def to_show(self, user: Any) -> AccessRequestQuerySet:
        """A person's own, less those accepted, which their structures tell."""
        rows = self.filter(user=user).exclude(state=AccessRequest.State.ACCEPTED)
        return rows.select_related("structure").order_by("-created_at", "pk")


class AccessRequest(models.Model):
    """A person's wish to answer for a structure, and what became of it."""

    class State(models.TextChoices):
        """Where it is."""

        PENDING = "en-attente", _("En attente")
        ACCEPTED = "acceptee", _("Acceptée")
        REFUSED = "refusee", _("Refusée")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("compte"),
        on_delete=models.CASCADE,
        related_name="access_requests",
    )
    structure = models.ForeignKey(
        Structure,
        verbose_name=_("structure"),
        on_delete=models.CASCADE,
        related_name="access_requests",
    )
    reason = models.TextField(_("raison"), max_length=2000)
    state = models.CharField(
        _("état"), max_length=20, choices=State, default=State.PENDING
    )
    answer = models.TextField(_("réponse"), max_length=2000, blank=True)
    created_at = models.DateTimeField(_("demandé le"), db_default=Now())
    decided_at = models.DateTimeField(_("décidé le"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("décidé par"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="decided_access_requests",
    )

    objects = AccessRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("demande d’accès")
        verbose_name_plural = _("demandes d’accès")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "structure"],
                name="access_request_is_pending_once",
                condition=models.Q(state="en-attente"),
                violation_error_message=_("Votre demande est déjà enregistrée."),
            ),
            models.CheckConstraint(
                name="access_request_is_decided_at_a_date",
                condition=models.Q(state="en-attente", decided_at=None)
                | (~models.Q(state="en-attente") & ~models.Q(decided_at=None)),
                violation_error_message=_("Une décision va avec sa date."),
            ),
            models.CheckConstraint(
                name="access_request_is_refused_with_a_reason",
                condition=~models.Q(state="refusee") | ~models.Q(answer__regex=BLANK),
                violation_error_code="answer",
                violation_error_message=_("Dites pourquoi la demande est refusée."),
            ),
            not_blank("access_request_has_a_reason", "reason"),
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.structure}"

    @property
    def is_pending(self) -> bool:
        """Whether nobody has decided."""
        return self.state == self.State.PENDING
