"""Events: when, where, who invites."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from directory.models import Structure, Theme
from directory.models.fields import (
    WebAddressField,
    in_order,
    is_web_address,
    plausible,
)
from directory.models.links import linked
from news.models import agenda, moments
from news.models.agenda import EventTime
from news.models.organisations import Named
from news.models.places import Placed
from news.models.posts import Post
from news.models.states import StatefulQuerySet, meeting
from news.rich_text import RichTextField


class EventState(models.TextChoices):
    """Where an event is in its life: computed from its dates, never stored."""

    UPCOMING = "a-venir", _("À venir")
    RUNNING = "en-cours", _("En cours")
    PAST = "passe", _("Passé")
    CANCELLED = "annule", _("Annulé")


def _begun() -> models.Q:
    """The condition of what has begun, cancelled or not."""
    return models.Q(is_all_day=True, starts_at__lt=moments.days_ahead(1)) | models.Q(
        is_all_day=False, starts_at__lte=timezone.now()
    )


def _over() -> models.Q:
    """The condition of what is over, cancelled or not."""
    midnight = moments.days_ahead(0)
    timed = models.Q(is_all_day=False, ends_at__lte=timezone.now())
    whole_days = models.Q(is_all_day=True, ends_at__lt=midnight)
    endless = models.Q(ends_at__isnull=True, starts_at__lt=midnight)
    return timed | whole_days | endless


class EventQuerySet(StatefulQuerySet):
    """Every question asked of the events table."""

    date = "starts_at"

    def conditions(self) -> Mapping[str, models.Q]:
        """Give the condition of each state, now: the twin of `Event.state`."""
        begun, over, held = _begun(), _over(), models.Q(is_cancelled=False)
        return {
            EventState.UPCOMING: held & ~begun,
            EventState.RUNNING: held & begun & ~over,
            EventState.PAST: held & over,
            EventState.CANCELLED: models.Q(is_cancelled=True),
        }

    def times(self) -> Mapping[str, models.Q]:
        """Give the condition of each period, now; cancelled events are in them too."""
        today = moments.today()
        return {
            EventTime.TO_COME: ~_over(),
            EventTime.THIS_WEEK: agenda.this_week(),
            EventTime.THIS_MONTH: agenda.month(today),
            EventTime.NEXT_MONTH: agenda.month(agenda.next_month(today)),
            EventTime.PAST: _over(),
        }

    def behind(self) -> models.Q:
        """Give the condition of what it is too late to attend."""
        return _over()

    def at_times(self, times: Iterable[str]) -> EventQuerySet:
        """Keep the events of one of these periods."""
        return self.filter(meeting(self.times(), times))

    def in_formats(self, formats: Iterable[str]) -> EventQuerySet:
        """Keep the events that one may attend in one of these ways."""
        return self.filter(meeting(agenda.formats(), formats))

    def during(self, first: datetime.date, last: datetime.date) -> EventQuerySet:
        """Keep the events held on one of the days from the first to the last."""
        return self.filter(agenda.during(first, last))

    def upcoming(self) -> EventQuerySet:
        """Keep the events that will be held, and have not begun."""
        return self.in_states([EventState.UPCOMING])

    def running(self) -> EventQuerySet:
        """Keep the events that are being held."""
        return self.in_states([EventState.RUNNING])

    def past(self) -> EventQuerySet:
        """Keep the events that were held."""
        return self.in_states([EventState.PAST])

    def cancelled(self) -> EventQuerySet:
        """Keep the events that are cancelled, whatever their date."""
        return self.in_states([EventState.CANCELLED])

    def over(self) -> EventQuerySet:
        """Keep the events whose time has passed, the cancelled ones too."""
        return self.filter(_over())

    def not_over(self) -> EventQuerySet:
        """Keep the events whose time has not passed, the cancelled ones too."""
        return self.exclude(_over())

    def about_structure(self, structure: Structure) -> EventQuerySet:
        """Keep the events linked to the structure, or that it takes part in."""
        parts = EventParticipation.objects.filter(structure=structure)
        is_linked = linked(self.model, "structures", [structure])
        return self.filter(is_linked | models.Q(pk__in=parts.values("event")))

    def on_themes(self, themes: Iterable[Theme]) -> EventQuerySet:
        """Keep the events on one of these themes."""
        return self.filter(linked(self.model, "themes", themes))

    def for_cards(self) -> EventQuerySet:
        """Load all that a card shows."""
        return super().for_cards().select_related("commune")

    def for_page(self) -> EventQuerySet:
        """Load all that an event's page shows."""
        return (
            super()
            .for_page()
            .select_related("commune")
            .prefetch_related("themes", "participations__structure", "documents")
        )

    def for_calendars(self) -> EventQuerySet:
        """Load all that a calendar says of an event."""
        return self.select_related("commune")

    def soonest_first(self) -> EventQuerySet:
        """Sort by the moment when they begin, the first one first."""
        return self.order_by("starts_at", "pk")


class Event(Post, Placed):
    """Something that happens at a date, where people meet."""

    starts_at = models.DateTimeField(
        _("commence le"), help_text=_("À l’heure de Paris.")
    )
    ends_at = models.DateTimeField(
        _("finit le"),
        null=True,
        blank=True,
        help_text=_("Vide\u00a0: jusqu’à la fin de la journée."),
    )
    is_all_day = models.BooleanField(
        _("journée entière"),
        default=False,
        help_text=_("Les heures ne comptent pas\u00a0; le dernier jour est compris."),
    )
    is_cancelled = models.BooleanField(
        _("annulé"),
        default=False,
        help_text=_("L’événement reste en ligne, et dit qu’il n’aura pas lieu."),
    )
    address = models.CharField(
        _("adresse"),
        max_length=250,
        blank=True,
        help_text=_("Numéro et rue\u00a0; la ville, si elle est hors de la région."),
    )
    online_url = WebAddressField(_("adresse de la réunion en ligne"), blank=True)
    programme = RichTextField(_("programme"), blank=True)
    registration_url = WebAddressField(_("adresse pour s’inscrire"), blank=True)
    themes = models.ManyToManyField(
        Theme, verbose_name=_("thèmes"), blank=True, related_name="events"
    )

    objects = EventQuerySet.as_manager()

    class Meta(Post.Meta):
        verbose_name = _("événement")
        verbose_name_plural = _("événements")
        constraints = [
            *Post.Meta.constraints,
            in_order(
                "event_ends_after_it_starts",
                "starts_at",
                "ends_at",
                _("La fin précède le début\u00a0: corrigez l’une des deux."),
            ),
            plausible("event_starts_in_our_time", "starts_at"),
            plausible("event_ends_in_our_time", "ends_at"),
            is_web_address("event_online_address_is_web_address", "online_url"),
            is_web_address(
                "event_registration_address_is_web_address", "registration_url"
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("news:event", args=[self.slug])

    @property
    def state(self) -> EventState:
        """Where the event is in its life, now."""
        if self.is_cancelled:
            return EventState.CANCELLED
        if self.is_over:
            return EventState.PAST
        return EventState.RUNNING if self.has_begun else EventState.UPCOMING

    @property
    def state_label(self) -> str:
        """The state in words."""
        return str(self.state.label)

    @property
    def where(self) -> list[str]:
        """Where it happens in words, online too."""
        return [*super().where, *([gettext("En ligne")] if self.online_url else [])]

    @property
    def days(self) -> tuple[datetime.date, datetime.date]:
        """Its first day and its last one; what ends at midnight is not of the next."""
        first = moments.local(self.starts_at).date()
        end = self.ends_at or self.starts_at
        if self.is_all_day or end == self.starts_at:
            return first, moments.local(end).date()
        return first, moments.last_day(end)

    @property
    def has_begun(self) -> bool:
        """Whether its first moment has come; of whole days, its first day."""
        if self.is_all_day:
            return self.starts_at < moments.days_ahead(1)
        return self.starts_at <= timezone.now()

    @property
    def is_over(self) -> bool:
        """Whether its time has passed: the day, when nothing says at which hour."""
        if self.ends_at is not None and not self.is_all_day:
            return self.ends_at <= timezone.now()
        return (self.ends_at or self.starts_at) < moments.days_ahead(0)

    @property
    def is_to_come(self) -> bool:
        """Whether one may still go there: neither over nor cancelled."""
        return self.state in {EventState.UPCOMING, EventState.RUNNING}

    @property
    def location(self) -> str:
        """Where it is held, on one line; nothing if it is only online."""
        commune = self.commune.label if self.commune else ""
        return ", ".join(filter(None, [self.place, self.address, commune]))

    @property
    def public_participations(self) -> list[EventParticipation]:
        """Who takes part, as far as the public may know; prefetch `participations`."""
        return [part for part in self.participations.all() if part.is_public]


class EventParticipation(Named):
    """The part of one organisation in an event."""

    class Role(models.TextChoices):
        """What the organisation does there."""

        ORGANISER = "organisateur", _("Organisateur")
        PARTNER = "partenaire", _("Partenaire")

    event = models.ForeignKey(
        Event,
        verbose_name=_("événement"),
        on_delete=models.CASCADE,
        related_name="participations",
    )
    role = models.CharField(
        _("rôle"), max_length=20, choices=Role, default=Role.ORGANISER
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta(Named.Meta):
        verbose_name = _("organisateur ou partenaire")
        verbose_name_plural = _("organisateurs et partenaires")
        ordering = ["role", "position", "pk"]
        constraints = [
            *Named.Meta.constraints,
            models.UniqueConstraint(
                fields=["event", "structure"],
                condition=models.Q(structure__isnull=False),
                name="event_participation_is_said_once",
                violation_error_code="structure",
                violation_error_message=_("Cette structure est déjà citée ici."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} ({self.get_role_display()})"
