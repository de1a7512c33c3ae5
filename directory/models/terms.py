"""What the terms of every closed vocabulary have in common."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from directory.models.fields import Fold, searchable


class TermQuerySet(models.QuerySet):
    """Every question asked of a vocabulary."""

    def active(self) -> TermQuerySet:
        """Keep the terms that may still be chosen."""
        return self.filter(is_active=True)


class Term(models.Model):
    """A word of a closed list, which the staff may reword, reorder or retire."""

    label = models.CharField(_("libellé"), max_length=100)
    label_key = models.GeneratedField(
        expression=Fold("label"),
        output_field=models.TextField(),
        db_persist=True,
        verbose_name=_("clé de tri"),
    )
    synonyms = ArrayField(
        models.CharField(max_length=100),
        verbose_name=_("synonymes"),
        default=list,
        blank=True,
        help_text=_(
            "Autres façons de le dire, une par ligne\u00a0: la recherche et les imports"
            " les reconnaissent, sans tenir compte des accents ni des majuscules."
        ),
    )
    search_key = searchable("label", arrays=("synonyms",))
    position = models.PositiveSmallIntegerField(
        _("position"), default=0, help_text=_("Les plus petites valeurs d’abord.")
    )
    is_active = models.BooleanField(
        _("proposé"),
        default=True,
        help_text=_(
            "Décochez pour ne plus le proposer\u00a0; les fiches qui l’ont le gardent."
        ),
    )

    objects = TermQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["position", "label_key"]

    def __str__(self) -> str:
        return self.label


def said_once(prefix: str) -> models.UniqueConstraint:
    """Give the constraint that no two terms read alike, accents and case aside."""
    return models.UniqueConstraint(
        Fold("label"),
        name=f"{prefix}_label_is_said_once",
        violation_error_code="label",
        violation_error_message=_(
            "Ce libellé existe déjà, aux accents et aux majuscules près."
        ),
    )
