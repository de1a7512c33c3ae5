"""What visitors say is wrong in a record."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.models import Project, Structure
from directory.models.fields import not_blank


class ReportQuerySet(models.QuerySet["Report"]):
    """Every question asked of the reports."""

    def open(self) -> ReportQuerySet:
        """Keep those that the staff have not answered."""
        return self.filter(outcome=Report.Outcome.OPEN)

    def sent_by(self, sender: str, *, within: datetime.timedelta) -> ReportQuerySet:
        """Keep those that one sender has sent lately."""
        return self.filter(sender=sender, sent_at__gt=timezone.now() - within)

    def settle(self, outcome: str, *, by: models.Model) -> int:
        """Note what the staff made of the open ones; give their number."""
        now = timezone.now()
        return self.open().update(outcome=outcome, settled_by=by, settled_at=now)

    def to_forget(self, *, before: datetime.datetime) -> ReportQuerySet:
        """Keep the settled ones that still say who sent them."""
        return self.filter(settled_at__lt=before).exclude(email="", sender="")

    def forget_senders(self) -> int:
        """Forget who sent them; give their number."""
        return self.update(email="", sender="")


class Report(models.Model):
    """An error in a public record, as somebody saw it."""

    class Outcome(models.TextChoices):
        """What became of it."""

        OPEN = "a-traiter", _("À traiter")
        DONE = "corrige", _("Corrigé")
        REFUSED = "sans-suite", _("Sans suite")

    class About(models.TextChoices):
        """What part of the record is wrong."""

        CONTACT = "coordonnees", _("Adresse, téléphone ou site")
        PEOPLE = "personnes", _("Une personne nommée")
        ACTION = "action", _("Pays, secteurs ou ODD")
        TEXT = "texte", _("La présentation")
        GONE = "fermee", _("La structure ou le projet n’existe plus")
        TWICE = "doublon", _("Cette fiche en double une autre")
        OTHER = "autre", _("Autre chose")

    structure = models.ForeignKey(
        Structure,
        verbose_name=_("structure"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="reports",
    )
    project = models.ForeignKey(
        Project,
        verbose_name=_("projet"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="reports",
    )
    about = models.CharField(_("ce qui est faux"), max_length=20, choices=About)
    text = models.TextField(_("message"), max_length=2_000)
    email = models.EmailField(
        _("adresse électronique"),
        blank=True,
        help_text=_("Pour vous répondre, si vous le souhaitez. Jamais publiée."),
    )
    is_own = models.BooleanField(
        _("vient de la structure"),
        default=False,
        help_text=_("Envoyé par le lien de vérification de la fiche."),
    )
    #: Tells one sender from another for a day, and no more.
    sender = models.CharField(max_length=64, blank=True, editable=False)
    sent_at = models.DateTimeField(_("envoyé le"), default=timezone.now)
    outcome = models.CharField(
        _("suite"), max_length=20, choices=Outcome, default=Outcome.OPEN
    )
    settled_at = models.DateTimeField(_("traité le"), null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("traité par"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("erreur signalée")
        verbose_name_plural = _("erreurs signalées")
        indexes = [models.Index(fields=["sender", "sent_at"], name="report_of_sender")]
        constraints = [
            not_blank("report_says_something", "text"),
            models.CheckConstraint(
                name="report_is_about_one_record",
                condition=models.Q(structure__isnull=False, project=None)
                | models.Q(structure=None, project__isnull=False),
                violation_error_message=_("Un signalement porte sur une seule fiche."),
            ),
            models.CheckConstraint(
                name="report_is_settled_at_a_date",
                condition=models.Q(outcome="a-traiter", settled_at=None)
                | (~models.Q(outcome="a-traiter") & models.Q(settled_at__isnull=False)),
                violation_error_message=_("Une suite va avec sa date."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.record} – {self.get_about_display()}"

    @property
    def record(self) -> Structure | Project | None:
        """The structure or the project."""
        return self.structure or self.project
