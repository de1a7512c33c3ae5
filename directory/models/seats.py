"""Where an organisation is: its address, and its point on a map."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from directory.models.fields import position_is_complete
from directory.models.geography import Commune, Department, Region


class Seated(models.Model):
    """A row with an address, in the region (a commune) or elsewhere (a city)."""

    class PointSource(models.TextChoices):
        """How the point on the map was obtained, the most exact first."""

        MANUAL = "saisie", _("Placé à la main")
        ADDRESS = "adresse", _("D’après l’adresse")
        COMMUNE = "commune", _("Centre de la commune")

    address = models.CharField(_("adresse"), max_length=250, blank=True)
    postcode = models.CharField(_("code postal"), max_length=10, blank=True)
    commune = models.ForeignKey(
        Commune,
        verbose_name=_("commune"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="%(class)ss",
        help_text=_(
            "Pour les structures de la région\u00a0; ailleurs, remplissez la ville."
        ),
    )
    city = models.CharField(
        _("ville"),
        max_length=100,
        blank=True,
        help_text=_(
            "Telle qu’elle s’écrit dans l’adresse"
            " («\u00a0Aix-en-Provence Cedex 1\u00a0»)."
        ),
    )
    department = models.ForeignKey(
        Department,
        verbose_name=_("département"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="%(class)ss",
        help_text=_("Celui de la commune, s’il reste vide."),
    )
    is_abroad = models.BooleanField(
        _("à l’étranger"),
        default=False,
        help_text=_("La structure n’a pas son siège en France."),
    )
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    point_source = models.CharField(
        _("origine du point"), max_length=10, choices=PointSource, blank=True
    )

    class Meta:
        abstract = True

    @property
    def place(self) -> str:
        """Where it is, in a few words: « Aix-en-Provence (13) », or nothing."""
        town = self.commune.label if self.commune else self.city
        if town and self.department_id:
            return f"{town} ({self.department_id})"
        return town

    @property
    def postal_address(self) -> str:
        """The whole address on one line."""
        town = self.city or (self.commune.label if self.commune else "")
        last = f"{self.postcode} {town}".strip()
        return ", ".join(part for part in (self.address, last) if part)

    def clean(self) -> None:
        """Complete what the commune tells, and refuse what contradicts it.

        Raises:
            ValidationError: on `department`, when the commune is in another one.

        """
        self.locate()
        if self.commune and self.commune.department_id != self.department_id:
            message = _("%(commune)s n’est pas dans ce département.")
            raise ValidationError(
                {
                    "department": ValidationError(
                        message, code="elsewhere", params={"commune": self.commune}
                    )
                }
            )

    def locate(self) -> None:
        """Take département and point from the commune, if nothing better is known."""
        if self.commune is None:
            return
        if self.department_id is None:
            self.department_id = self.commune.department_id
        if self.latitude is None or self.point_source == self.PointSource.COMMUNE:
            self.latitude = self.commune.latitude
            self.longitude = self.commune.longitude
            self.point_source = self.PointSource.COMMUNE


def seat(prefix: str) -> list[models.BaseConstraint]:
    """Give the constraints of a `Seated` table: a point is whole, and has an origin."""
    return [
        position_is_complete(f"{prefix}_position_is_complete"),
        models.CheckConstraint(
            name=f"{prefix}_point_has_an_origin",
            condition=models.Q(latitude__isnull=True, point_source="")
            | (models.Q(latitude__isnull=False) & ~models.Q(point_source="")),
            violation_error_code="point_source",
            violation_error_message=_("Dites d’où vient le point, s’il y en a un."),
        ),
        models.CheckConstraint(
            name=f"{prefix}_abroad_is_in_no_department",
            condition=models.Q(is_abroad=False)
            | models.Q(department__isnull=True, commune__isnull=True),
            violation_error_code="is_abroad",
            violation_error_message=_(
                "Un siège à l’étranger n’est dans aucun département français."
            ),
        ),
    ]


def elsewhere() -> models.Q:
    """The condition of the seats that are out of the network's regions.

    Abroad included; without regions, only those.
    """
    ours = Region.objects.filter(networks__isnull=False)
    away = models.Q(department__isnull=False) & ~models.Q(department__region__in=ours)
    return models.Q(is_abroad=True) | away & models.Q(models.Exists(ours))
