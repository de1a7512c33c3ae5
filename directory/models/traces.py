"""What each write left in the history: kept by triggers, read by `retelling` alone."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Max
from django.utils.translation import gettext_lazy as _


class TraceQuerySet(models.QuerySet):
    """Every question asked of the history."""

    def of(self, row: models.Model) -> TraceQuerySet:
        """Keep what happened to the row, and to all that belongs to it."""
        return self.filter(subject=row._meta.db_table, subject_key=row.pk)

    def written_by(self, user: Any) -> TraceQuerySet:
        """Keep what the person wrote, or proposed and had accepted."""
        wrote = models.Q(why__user=user.pk) | models.Q(why__author=user.pk)
        return self.filter(wrote)

    def rows_and_dates(self) -> TraceQuerySet:
        """The table and the key of each record, and when it was written; in order."""
        told: Any = self.values_list("subject", "subject_key", "at")
        return told.distinct().order_by("at", "subject", "subject_key")  # type: ignore[no-any-return]

    def by_reason(self) -> TraceQuerySet:
        """Gather what was written at once for one reason, the latest first."""
        once = self.order_by().values("transaction", "at", "why")
        gathered: Any = once.annotate(last=Max("pk")).order_by("-last")
        return gathered  # type: ignore[no-any-return]


class Trace(models.Model):
    """What one statement changed in one row: columns before, columns after."""

    class Operation(models.TextChoices):
        """What was done to the row."""

        INSERT = "I", _("ajout")
        UPDATE = "U", _("modification")
        DELETE = "D", _("suppression")

    at = models.DateTimeField(_("date"))
    transaction = models.BigIntegerField(_("transaction"))
    source = models.CharField(_("table"), max_length=63)
    operation = models.CharField(_("opération"), max_length=1, choices=Operation)
    key = models.BigIntegerField(_("clé de la ligne"))
    subject = models.CharField(_("table de la fiche"), max_length=63)
    subject_key = models.BigIntegerField(_("clé de la fiche"))
    before = models.JSONField(_("avant"), default=dict)
    after = models.JSONField(_("après"), default=dict)
    why = models.JSONField(
        _("pourquoi"), default=dict, help_text=_("Qui, et pour quelle raison.")
    )

    objects = TraceQuerySet.as_manager()

    class Meta:
        verbose_name = _("trace")
        verbose_name_plural = _("traces")
        indexes = [
            models.Index("subject", "subject_key", "id", name="trace_of_a_row"),
            models.Index(
                "key",
                condition=models.Q(source="directory_contact"),
                name="trace_of_a_contact",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_operation_display()} {self.source} {self.key}"
