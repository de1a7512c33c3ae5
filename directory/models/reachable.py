"""How the public reaches an organisation, as long as the organisation says so."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from directory.models.fields import WebAddressField, validate_phone


class Reachable(models.Model):
    """A row with contact details, hidden when nobody has confirmed them for long."""

    website = WebAddressField(_("site Web"), blank=True)
    email = models.EmailField(
        _("adresse électronique publique"),
        blank=True,
        help_text=_("Une adresse de la structure, pas celle d’une personne."),
    )
    phone = models.CharField(
        _("téléphone public"),
        max_length=30,
        blank=True,
        validators=[validate_phone],
    )
    social_links = ArrayField(
        WebAddressField(),
        verbose_name=_("réseaux sociaux"),
        default=list,
        blank=True,
        help_text=_("Une adresse web par ligne."),
    )
    contact_hidden_at = models.DateTimeField(
        _("coordonnées masquées le"),
        null=True,
        blank=True,
        help_text=_(
            "Personne n’a confirmé la fiche depuis longtemps\u00a0: son adresse"
            " électronique et son téléphone ne sont plus publics."
        ),
    )
    asleep_since = models.DateTimeField(
        _("en veille faute de réponse depuis le"),
        null=True,
        blank=True,
        help_text=_("Une confirmation de la fiche la rend active."),
    )

    class Meta:
        abstract = True

    @property
    def public_email(self) -> str:
        """The mailbox that the public may write to, or nothing."""
        return "" if self.contact_hidden_at else self.email

    @property
    def public_phone(self) -> str:
        """The number that the public may call, or nothing."""
        return "" if self.contact_hidden_at else self.phone


def told_again() -> dict[str, None]:
    """What a confirmation of the row puts back."""
    return {"contact_hidden_at": None, "asleep_since": None}
