"""Where an event happens, or where the work of an offer is."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from directory.models import Commune


class Placed(models.Model):
    """A row that happens somewhere: a commune of the region, or words alone."""

    place = models.CharField(
        _("lieu"),
        max_length=200,
        blank=True,
        help_text=_("Une salle, un quartier, ou une ville d’ailleurs."),
    )
    commune = models.ForeignKey(
        Commune,
        verbose_name=_("commune de la région"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="%(class)ss",
    )

    class Meta:
        abstract = True

    @property
    def where(self) -> list[str]:
        """Where it is in words, the most exact first; select its `commune`."""
        words = [self.place, str(self.commune or "")]
        return [word for word in words if word]
