"""What was asked of structures about their records, and what they answered."""

from __future__ import annotations

import datetime

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.models import Structure

#: How long a link of a mail can be answered.
VALID = datetime.timedelta(days=365)


class FreshnessRequestQuerySet(models.QuerySet["FreshnessRequest"]):
    """Every question asked of the requests."""

    def open(self) -> FreshnessRequestQuerySet:
        """Keep those that can still be answered."""
        return self.filter(answered_at=None, asked_at__gt=timezone.now() - VALID)

    def answer(self, how: str) -> int:
        """Note the answer of all of them; give their number."""
        return self.update(answered_at=timezone.now(), answer=how)


class FreshnessRequest(models.Model):
    """A link sent to a mailbox, by which a structure's record can be confirmed."""

    class Step(models.TextChoices):
        """What the mail says, in the order in which silence brings it."""

        ASKED = "demande", _("Demande annuelle")
        REMINDED = "rappel", _("Rappel")
        REMINDED_AGAIN = "second-rappel", _("Second rappel")
        WARNED_OF_HIDING = "avant-masquage", _("Annonce du masquage des coordonnées")
        HIDDEN = "masquage", _("Coordonnées masquées")
        WARNED_OF_SLEEP = "avant-veille", _("Annonce de la mise en veille")
        ASLEEP = "veille", _("Mise en veille")

    class Answer(models.TextChoices):
        """What came back."""

        UNCHANGED = "rien-na-change", _("Rien n’a changé")
        CHANGES = "a-corriger", _("À corriger")

    structure = models.ForeignKey(
        Structure,
        verbose_name=_("structure"),
        on_delete=models.CASCADE,
        related_name="freshness_requests",
    )
    step = models.CharField(_("étape"), max_length=20, choices=Step)
    to = models.EmailField(_("destinataire"))
    asked_at = models.DateTimeField(_("demandé le"), default=timezone.now)
    answered_at = models.DateTimeField(_("répondu le"), null=True, blank=True)
    answer = models.CharField(_("réponse"), max_length=20, choices=Answer, blank=True)

    objects = FreshnessRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("demande de vérification")
        verbose_name_plural = _("demandes de vérification")
        indexes = [
            models.Index(
                fields=["structure", "asked_at"], name="freshness_of_structure"
            ),
            models.Index(fields=["to", "asked_at"], name="freshness_of_mailbox"),
        ]
        constraints = [
            models.CheckConstraint(
                name="freshness_answer_has_a_date",
                condition=models.Q(answered_at=None, answer="")
                | (models.Q(answered_at__isnull=False) & ~models.Q(answer="")),
                violation_error_message=_("Une réponse va avec sa date."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.structure} – {self.get_step_display()}"

    @property
    def expires_at(self) -> datetime.datetime:
        """Until when the link can be answered."""
        return self.asked_at + VALID
