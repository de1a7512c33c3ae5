"""Organisations that a publication names: of the register, or by their name alone."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from directory.models import Structure
from directory.models.fields import BLANK
from directory.models.organisations import OfAnOrganisation

NAMED_ALONE = models.Q(structure__isnull=True) & ~models.Q(name__regex=BLANK)


class Named(OfAnOrganisation):
    """A row of one organisation: a structure of the register, or a plain name."""

    structure = models.ForeignKey(
        Structure,
        verbose_name=_("structure de l’annuaire"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="own_%(class)ss",
    )
    name = models.CharField(
        _("ou nom seul"),
        max_length=200,
        blank=True,
        help_text=_("Pour une organisation qui n’est pas dans l’annuaire."),
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_is_of_one_organisation",
                condition=models.Q(structure__isnull=False, name="") | NAMED_ALONE,
                violation_error_code="structure",
                violation_error_message=_(
                    "Choisissez une structure, ou écrivez un nom\u00a0: l’un des deux."
                ),
            )
        ]

    @property
    def organisation(self) -> str:
        """The name of the organisation."""
        return str(self.structure or self.name)
