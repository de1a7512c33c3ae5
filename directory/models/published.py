"""What every row that the public may read has in common."""

from __future__ import annotations

import datetime
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

YEAR = datetime.timedelta(days=365)


class Publication(models.TextChoices):
    """Who may see a row: the staff (draft), everyone, or no one any more."""

    DRAFT = "brouillon", _("Brouillon")
    PUBLISHED = "publie", _("Publié")
    ARCHIVED = "archive", _("Archivé")


class Freshness(models.TextChoices):
    """How long ago a person confirmed a row."""

    FRESH = "moins-de-12-mois", _("Depuis moins de 12 mois")
    AGING = "12-a-24-mois", _("Depuis 12 à 24 mois")
    STALE = "plus-de-24-mois", _("Depuis plus de 24 mois")
    NEVER = "jamais", _("Jamais")


class Publishable(models.Model):
    """A row that says why the public does not see its page."""

    class Meta:
        abstract = True

    @property
    def hidden_because(self) -> str:
        """Why the page is the staff's alone; nothing once the public sees it."""
        row: Any = self
        if row.is_published:
            return ""
        if getattr(row, "merged_into_id", None) is not None:
            return gettext("Fusionnée\u00a0: une autre fiche la remplace.")
        if row.publication == Publication.ARCHIVED:
            return gettext("Archivé\u00a0: visible de l’équipe seule.")
        return gettext("Brouillon\u00a0: visible de l’équipe seule.")


class PublishableQuerySet(models.QuerySet):
    """What is done to rows that the public may read. Each verb gives their number."""

    def publish(self) -> int:
        """Show the rows to everyone."""
        return self.update(publication=Publication.PUBLISHED, updated_at=timezone.now())

    def archive(self) -> int:
        """Hide the rows from the public, and keep them."""
        return self.update(publication=Publication.ARCHIVED, updated_at=timezone.now())


class SourcedQuerySet(PublishableQuerySet):
    """Questions asked of every table that imports fill."""

    def from_source(self, source: str) -> Self:
        """Keep the rows that this source brought."""
        return self.filter(source=source)

    def recently_changed(self) -> Self:
        """Sort the last changed first."""
        return self.order_by("-updated_at", "pk")

    def of_freshness(self, freshness: str) -> Self:
        """Keep the rows last confirmed that long ago: a value of `Freshness`."""
        now = timezone.now()
        recent, old = now - YEAR, now - 2 * YEAR
        condition = {
            Freshness.FRESH: models.Q(verified_at__gte=recent),
            Freshness.AGING: models.Q(verified_at__gte=old, verified_at__lt=recent),
            Freshness.STALE: models.Q(verified_at__lt=old),
            Freshness.NEVER: models.Q(verified_at__isnull=True),
        }[Freshness(freshness)]
        return self.filter(condition)

    def mark_verified(self, *, by: Any) -> int:
        """Write that this person has just confirmed the rows, unchanged."""
        return self.update(verified_at=timezone.now(), verified_by=by)


class Sourced(Publishable):
    """A row that knows where it came from, and when a person last confirmed it."""

    verified_at = models.DateTimeField(
        _("vérifié le"),
        null=True,
        blank=True,
        help_text=_(
            "Quand une personne a confirmé la fiche\u00a0: une modification ou un"
            " import ne la vérifie pas."
        ),
    )
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("vérifié par"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="verified_%(class)ss",
    )
    source = models.CharField(
        _("source"),
        max_length=100,
        blank=True,
        help_text=_("Le fichier ou le site d’où vient la fiche."),
    )
    external_key = models.CharField(
        _("clé dans la source"),
        max_length=200,
        blank=True,
        help_text=_("Ce qui identifie la fiche dans sa source, pour la réimporter."),
    )
    imported = models.JSONField(
        _("valeurs importées"),
        default=dict,
        blank=True,
        editable=False,
        help_text=_(
            "Ce que le dernier import a écrit dans chaque champ\u00a0: une valeur"
            " changée depuis est une décision de l’équipe, qu’un import ne"
            " remplace pas."
        ),
    )
    created_at = models.DateTimeField(_("créé le"), auto_now_add=True)
    updated_at = models.DateTimeField(_("modifié le"), auto_now=True)

    class Meta:
        abstract = True

    @property
    def abstract(self) -> str:
        """What it says in a few words, or all of them."""
        row: Any = self
        return getattr(row, "summary", "") or row.description

    @property
    def appeared_at(self) -> datetime.datetime:
        """Since when the row is known, for those who follow what is new."""
        return self.created_at

    @property
    def changed_at(self) -> datetime.datetime:
        """When what the public reads last changed."""
        return self.updated_at

    @property
    def freshness(self) -> Freshness:
        """How long ago a person confirmed the row: what `of_freshness` asks."""
        if self.verified_at is None:
            return Freshness.NEVER
        age = timezone.now() - self.verified_at
        if age <= YEAR:
            return Freshness.FRESH
        return Freshness.AGING if age <= 2 * YEAR else Freshness.STALE

    def mark_verified(self, *, by: Any) -> None:
        """Note, without saving, that this person has just confirmed the row."""
        self.verified_at = timezone.now()
        self.verified_by = by


def provenance(prefix: str) -> list[models.BaseConstraint]:
    """The constraints of a `Sourced` table, so that imports are idempotent."""
    return [
        models.UniqueConstraint(
            fields=["source", "external_key"],
            condition=~models.Q(source=""),
            name=f"{prefix}_is_imported_once",
            violation_error_message=_("Cette source a déjà une fiche de même clé."),
        ),
        models.CheckConstraint(
            name=f"{prefix}_source_goes_with_key",
            condition=models.Q(source="", external_key="")
            | (~models.Q(source="") & ~models.Q(external_key="")),
            violation_error_message=_("Une source va avec une clé, et inversement."),
        ),
        models.CheckConstraint(
            name=f"{prefix}_verifier_goes_with_date",
            condition=models.Q(verified_by__isnull=True)
            | models.Q(verified_at__isnull=False),
            violation_error_message=_("Indiquez aussi la date de la vérification."),
        ),
    ]
