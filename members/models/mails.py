"""The mails of the site: rows first, so that none is lost and none is sent twice."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from members.models.users import DEMO_DOMAIN


class MailQuerySet(models.QuerySet["Mail"]):
    """Every question asked of the mails."""

    def waiting(self) -> MailQuerySet:
        """Keep those that are still to be sent."""
        return self.filter(sent_at=None, refused_at=None)

    def sent(self) -> MailQuerySet:
        """Keep those that a mail server took."""
        return self.exclude(sent_at=None)

    def refused(self) -> MailQuerySet:
        """Keep those that no mail server will take."""
        return self.exclude(refused_at=None)

    def of_demonstration(self) -> MailQuerySet:
        """Keep those of the demonstration's addresses; none elsewhere."""
        if not settings.DEMO:
            return self.none()
        return self.filter(to__iendswith=f"@{DEMO_DOMAIN}")

    def to_empty(self, *, before: datetime.datetime) -> MailQuerySet:
        """Keep those settled before then whose body is still there."""
        settled = models.Q(sent_at__lt=before) | models.Q(refused_at__lt=before)
        return self.filter(settled).exclude(text="", html="", unsubscribe_url="")

    def empty(self) -> int:
        """Forget what they said; who was written to, of what and when is kept."""
        return self.update(text="", html="", unsubscribe_url="")


class Mail(models.Model):
    """A message to one person, written with the decision that it tells of."""

    kind = models.CharField(_("sorte"), max_length=50)
    to = models.EmailField(_("destinataire"))
    subject = models.CharField(_("objet"), max_length=300)
    text = models.TextField(_("texte"), blank=True)
    html = models.TextField(_("texte mis en forme"), blank=True)
    unsubscribe_url = models.URLField(
        _("lien de désabonnement"),
        max_length=300,
        blank=True,
        help_text=_(
            "Ce qu’ouvre le bouton «\u00a0Se désabonner\u00a0» des messageries."
        ),
    )
    key = models.CharField(
        _("clé"),
        max_length=150,
        blank=True,
        help_text=_("Un seul courriel porte cette clé."),
    )
    created_at = models.DateTimeField(_("écrit le"), default=timezone.now)
    sent_at = models.DateTimeField(_("parti le"), null=True, blank=True)
    refused_at = models.DateTimeField(_("refusé le"), null=True, blank=True)
    tries = models.PositiveSmallIntegerField(_("essais"), default=0)
    error = models.TextField(_("dernière erreur"), blank=True)

    objects = MailQuerySet.as_manager()

    class Meta:
        verbose_name = _("courriel")
        verbose_name_plural = _("courriels")
        indexes = [
            models.Index(
                fields=["created_at"],
                name="mail_waiting",
                condition=models.Q(sent_at=None, refused_at=None),
            ),
            models.Index(fields=["-created_at", "id"], name="mail_by_date"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["key"],
                name="mail_key_is_used_once",
                condition=~models.Q(key=""),
                violation_error_code="key",
                violation_error_message=_("Ce courriel est déjà écrit."),
            ),
            models.CheckConstraint(
                name="mail_is_sent_or_refused",
                condition=models.Q(sent_at=None) | models.Q(refused_at=None),
                violation_error_message=_("Parti ou refusé, pas les deux."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} ({self.to})"

    @property
    def state(self) -> str:
        """What became of it, in words."""
        if self.sent_at:
            when = timezone.localtime(self.sent_at)
            return gettext("Parti le %s") % date_format(when, "d/m/Y H:i")
        if self.refused_at:
            return gettext("Refusé")
        if self.tries:
            return gettext("En attente d’un nouvel essai")
        return gettext("En attente")

    @property
    def is_settled(self) -> bool:
        """Whether nothing more will be tried."""
        return bool(self.sent_at or self.refused_at)

    @property
    def is_emptied(self) -> bool:
        """Whether what it said was forgotten."""
        return not (self.text or self.html)

    def forget_what_it_said(self) -> None:
        """Empty it, without saving: as `MailQuerySet.empty`."""
        self.text = self.html = self.unsubscribe_url = ""

    @property
    def message_id(self) -> str:
        """What tells mailboxes that two copies are one message: it never changes."""
        written = int(self.created_at.timestamp() * 1_000_000)
        return f"<{written}.{self.pk}@{settings.SITE_DOMAIN}>"
