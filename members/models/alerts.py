"""The searches that people follow by mail, and what they were told."""

from __future__ import annotations

import datetime
import uuid
from typing import Any

from django.db import models
from django.db.models.functions import Lower
from django.db.models.lookups import Exact
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from pyroaring import BitMap

from members.models.users import User


class SubscriberQuerySet(models.QuerySet["Subscriber"]):
    """Every question asked of those who follow searches."""

    def with_address(self, address: str) -> SubscriberQuerySet:
        """Keep the one of an address, whatever its case: at most one."""
        return self.filter(email=address.lower())

    def due(self, today: datetime.date) -> SubscriberQuerySet:
        """Keep those to whom a search may have something to tell that day."""
        due = SavedSearch.objects.due(today).filter(subscriber=models.OuterRef("pk"))
        closed = User.objects.filter(is_active=False).annotate(address=Lower("email"))
        return self.filter(
            models.Exists(due),
            ~models.Exists(closed.filter(address=models.OuterRef("email"))),
        )


class Subscriber(models.Model):
    """An address that follows searches, with or without an account.

    Its searches are those of the account of the same address, by that alone. The key is
    drawn by lot: links of mails name it, and tell nothing.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(_("adresse électronique"), unique=True)
    since = models.DateTimeField(_("depuis le"), default=timezone.now)

    objects = SubscriberQuerySet.as_manager()

    class Meta:
        verbose_name = _("abonné aux alertes")
        verbose_name_plural = _("abonnés aux alertes")
        constraints = [
            models.CheckConstraint(
                name="subscriber_email_is_lower_case",
                condition=Exact(models.F("email"), Lower("email")),
                violation_error_message=_("L’adresse s’écrit en minuscules."),
            )
        ]

    def __str__(self) -> str:
        """Without the address, which journals would keep."""
        return f"{self._meta.verbose_name} {str(self.pk)[:8]}"


class SavedSearchQuerySet(models.QuerySet["SavedSearch"]):
    """Every question asked of the searches that people follow."""

    def of(self, user: Any) -> SavedSearchQuerySet:
        """Keep those of the address of an account."""
        return self.filter(subscriber__email=user.email.lower())

    def on(self) -> SavedSearchQuerySet:
        """Keep those that were confirmed and are not paused."""
        return self.filter(paused_at=None).exclude(confirmed_at=None)

    def pending(self) -> SavedSearchQuerySet:
        """Keep those that nobody has confirmed."""
        return self.filter(confirmed_at=None)

    def due(self, today: datetime.date) -> SavedSearchQuerySet:
        """Keep those to be looked at that day; a day that was missed is made up for."""
        monday = today - datetime.timedelta(days=today.weekday())
        daily = models.Q(rhythm=SavedSearch.Rhythm.DAILY, looked_on__lt=today)
        weekly = models.Q(rhythm=SavedSearch.Rhythm.WEEKLY, looked_on__lt=monday)
        return self.on().filter(daily | weekly)

    def unanswered(self, since: datetime.datetime) -> SavedSearchQuerySet:
        """Keep those that were asked before and nobody has confirmed, again or not."""
        again = models.Q(asked_at__gt=models.F("confirmed_at"))
        return self.filter(again | models.Q(confirmed_at=None), asked_at__lt=since)


class SavedSearch(models.Model):
    """A search in a listing, whose new results are told by mail: « alerte »."""

    class Rhythm(models.TextChoices):
        """How often one is told, at most."""

        DAILY = "chaque-jour", _("Chaque jour")
        WEEKLY = "chaque-semaine", _("Chaque semaine, le lundi")

    subscriber = models.ForeignKey(
        Subscriber,
        verbose_name=_("abonné"),
        on_delete=models.CASCADE,
        related_name="searches",
    )
    listing = models.CharField(
        _("liste"), max_length=100, help_text=_("Le nom de la page suivie.")
    )
    query = models.CharField(_("filtres"), max_length=2_000, blank=True)
    rhythm = models.CharField(
        _("rythme"), max_length=20, choices=Rhythm, default=Rhythm.WEEKLY
    )
    asked_at = models.DateTimeField(_("demandée le"), default=timezone.now)
    confirmed_at = models.DateTimeField(_("confirmée le"), null=True, blank=True)
    paused_at = models.DateTimeField(_("en pause depuis le"), null=True, blank=True)
    looked_on = models.DateField(_("regardée le"), null=True, blank=True)
    #: The rows that it has found since it began, told or not: a packed bitmap of keys.
    seen = models.BinaryField(default=bytes, blank=True)
    #: The filters that it asks for in vain, as the last mail told them.
    told_lost = models.TextField(default="", blank=True, editable=False)

    objects = SavedSearchQuerySet.as_manager()

    class Meta:
        verbose_name = _("alerte")
        verbose_name_plural = _("alertes")
        constraints = [
            models.UniqueConstraint(
                fields=["subscriber", "listing", "query"],
                name="search_is_followed_once",
                violation_error_message=_("Cette alerte existe déjà."),
            ),
            models.CheckConstraint(
                name="search_that_is_followed_has_a_beginning",
                condition=models.Q(confirmed_at=None)
                | models.Q(looked_on__isnull=False),
                violation_error_message=_("Une alerte confirmée a été regardée."),
            ),
            models.CheckConstraint(
                name="search_is_confirmed_before_it_is_paused",
                condition=models.Q(paused_at=None)
                | models.Q(confirmed_at__isnull=False),
                violation_error_message=_("Une alerte se confirme avant sa pause."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.listing} {self.query}".strip()

    @property
    def is_pending(self) -> bool:
        """Whether nobody has confirmed it."""
        return self.confirmed_at is None

    @property
    def is_asked_again(self) -> bool:
        """Whether it is on, and waits to be confirmed once more."""
        return self.confirmed_at is not None and self.asked_at > self.confirmed_at

    @property
    def seen_rows(self) -> BitMap:
        """The keys of the rows that it has found."""
        return BitMap.deserialize(bytes(self.seen)) if self.seen else BitMap()

    def look(self, rows: BitMap, *, on: datetime.date) -> None:
        """Note, without saving, what it finds that day besides what it had found."""
        found = self.seen_rows | rows
        found.run_optimize()
        self.seen, self.looked_on = found.serialize(), on


class ToldRow(models.Model):
    """A row that a person was told of: never again, whichever of their searches."""

    subscriber = models.ForeignKey(
        Subscriber, on_delete=models.CASCADE, related_name="told"
    )
    listing = models.CharField(max_length=100)
    row = models.BigIntegerField()
    told_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("fiche annoncée")
        verbose_name_plural = _("fiches annoncées")
        constraints = [
            models.UniqueConstraint(
                fields=["subscriber", "listing", "row"],
                name="row_is_told_once",
                violation_error_message=_("Cette personne le sait déjà."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.listing} {self.row}"
