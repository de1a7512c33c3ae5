"""What a structure's profile does not say, and that somebody said it need not."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from directory.models import Country, Goal, Sector, Structure
from directory.models.structures import StructureQuerySet
from members.models.memberships import held_by


def deciding_on(user: Any) -> StructureQuerySet:
    """The structures of which the person may accept or dismiss what is suggested."""
    structures = Structure.objects.published()
    if user.has_perm("directory.change_structure"):
        return structures
    return held_by(user).published()


def _one_of(*names: str) -> models.Q:
    """Exactly one of the columns has a value."""
    found = models.Q()
    for name in names:
        found |= models.Q(**{f"{other}__isnull": other != name for other in names})
    return found


class DismissedDrift(models.Model):
    """A country, a sector or a goal not to be suggested to a structure again."""

    structure = models.ForeignKey(
        Structure,
        verbose_name=_("structure"),
        on_delete=models.CASCADE,
        related_name="dismissed_drifts",
    )
    country = models.ForeignKey(
        Country,
        verbose_name=_("pays"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
    )
    sector = models.ForeignKey(
        Sector,
        verbose_name=_("secteur"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
    )
    goal = models.ForeignKey(
        Goal,
        verbose_name=_("ODD"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
    )
    dismissed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("écartée par"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    dismissed_at = models.DateTimeField(_("écartée le"), auto_now_add=True)

    class Meta:
        verbose_name = _("suggestion écartée")
        verbose_name_plural = _("suggestions")
        constraints = [
            models.CheckConstraint(
                name="dismissed_drift_is_of_one_subject",
                condition=_one_of("country", "sector", "goal"),
                violation_error_message=_(
                    "Une suggestion porte sur un pays, un secteur ou un ODD : un seul."
                ),
            ),
            models.UniqueConstraint(
                fields=["structure", "country", "sector", "goal"],
                name="drift_is_dismissed_once",
                nulls_distinct=False,
                violation_error_message=_("Cette suggestion est déjà écartée."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.structure} – {self.subject}"

    @property
    def subject(self) -> Country | Sector | Goal | None:
        """The country, the sector or the goal."""
        return self.country or self.sector or self.goal
