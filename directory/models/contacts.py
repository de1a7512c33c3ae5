"""The people who speak for a structure, and what they agreed to make public."""

from __future__ import annotations

import datetime

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.models.fields import in_order, not_blank, validate_phone
from directory.models.structures import Structure


class ContactQuerySet(models.QuerySet):
    """Every question asked of the contacts table."""

    def representatives(self) -> ContactQuerySet:
        """Keep the people who represent their structure."""
        return self.filter(is_representative=True)

    def consenting(self, *, on: datetime.date | None = None) -> ContactQuerySet:
        """Keep the people who agree to be named, today or on another day."""
        day = on or timezone.localdate()
        return self.filter(consent_given_on__lte=day, consent_expires_on__gte=day)

    def consent_ends_within(self, *, days: int) -> ContactQuerySet:
        """Keep the people whose consent runs today, and will not so many days later."""
        last = timezone.localdate() + datetime.timedelta(days=days)
        return self.consenting().filter(consent_expires_on__lt=last)

    def consent_ended(self) -> ContactQuerySet:
        """Keep the people who agreed once, and whose consent is over."""
        return self.filter(consent_expires_on__lt=timezone.localdate())


class Contact(models.Model):
    """A person of a structure. Named in public only while a dated consent runs."""

    structure = models.ForeignKey(
        Structure,
        verbose_name=_("structure"),
        on_delete=models.CASCADE,
        related_name="contacts",
    )
    honorific = models.CharField(
        _("civilité"), max_length=10, blank=True, help_text=_("M., Mme, ou rien.")
    )
    first_name = models.CharField(_("prénom"), max_length=100, blank=True)
    last_name = models.CharField(_("nom"), max_length=100)
    role = models.CharField(
        _("fonction"),
        max_length=150,
        blank=True,
        help_text=_("Seule la fonction est publique sans cet accord."),
    )
    email = models.EmailField(
        _("adresse électronique"), blank=True, help_text=_("Jamais publiée.")
    )
    phone = models.CharField(
        _("téléphone"),
        max_length=30,
        blank=True,
        validators=[validate_phone],
        help_text=_("Jamais publié."),
    )
    is_representative = models.BooleanField(_("représentant"), default=False)
    consent_given_on = models.DateField(
        _("accord pour être nommé, donné le"), null=True, blank=True
    )
    consent_expires_on = models.DateField(
        _("accord valable jusqu’au"), null=True, blank=True
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    objects = ContactQuerySet.as_manager()

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        ordering = ["position", "pk"]
        constraints = [
            not_blank("contact_has_a_name", "last_name"),
            models.UniqueConstraint(
                fields=["structure"],
                condition=models.Q(is_representative=True),
                name="contact_represents_alone",
                violation_error_code="is_representative",
                violation_error_message=_("La structure a déjà un représentant."),
            ),
            models.CheckConstraint(
                name="contact_consent_has_both_dates",
                condition=models.Q(
                    consent_given_on__isnull=True, consent_expires_on__isnull=True
                )
                | models.Q(
                    consent_given_on__isnull=False, consent_expires_on__isnull=False
                ),
                violation_error_code="consent_expires_on",
                violation_error_message=_(
                    "Un accord a une date et une fin\u00a0: il n’est jamais donné pour"
                    " toujours."
                ),
            ),
            in_order(
                "contact_consent_is_in_order",
                "consent_given_on",
                "consent_expires_on",
                _(
                    "La fin de l’accord précède son début\u00a0:"
                    " corrigez l’une des deux."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        """The person's name, whatever the consent: for the staff only."""
        parts = (self.honorific, self.first_name, self.last_name)
        return " ".join(part for part in parts if part)

    @property
    def public_label(self) -> str:
        """What the public reads: name and role, the role alone, or nothing."""
        if not self.is_named_on(timezone.localdate()):
            return self.role
        return f"{self.full_name} ({self.role})" if self.role else self.full_name

    def is_named_on(self, day: datetime.date) -> bool:
        """Whether the person's consent to be named runs that day."""
        if self.consent_given_on is None or self.consent_expires_on is None:
            return False
        return self.consent_given_on <= day <= self.consent_expires_on
