"""The list of the OECD's Development Assistance Committee (CAD): whom aid may reach."""

from __future__ import annotations

import datetime
from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import (
    DateRangeField,
    RangeBoundary,
    RangeOperators,
)
from django.db import models
from django.db.models.functions import Greatest, Least
from django.utils.translation import gettext_lazy as _

from directory.models.fields import (
    WebAddressField,
    in_order,
    is_web_address,
    plausible_day,
)
from directory.models.geography import Country

#: Where the OECD publishes the list.
SOURCE = (
    "https://www.oecd.org/fr/topics/sub-issues/oda-eligibility-and-conditions/"
    "dac-list-of-oda-recipients.html"
)


def days_of(one: str, other: str) -> models.Func:
    """Give the days between two columns, both included, whichever comes first."""
    return models.Func(
        Least(one, other),
        Greatest(one, other),
        RangeBoundary(inclusive_lower=True, inclusive_upper=True),
        function="DATERANGE",
        output_field=DateRangeField(),
    )


class DacListQuerySet(models.QuerySet):
    """Every question asked of the lists of the DAC."""

    def on(self, day: datetime.date) -> DacListQuerySet:
        """Keep the list that holds that day: one, or none where it is not known."""
        return self.filter(begins_on__lte=day, ends_on__gte=day)


class DacList(models.Model):
    """The countries that may receive official aid, as the DAC listed them for a time.

    The DAC revises the list every three years, and between two revisions when a
    country leaves it: each state of the list is a row. Outside of these days nothing
    is known of it.
    """

    begins_on = models.DateField(_("vaut à partir du"), unique=True)
    ends_on = models.DateField(
        _("vaut jusqu’au"),
        help_text=_(
            "Le dernier jour. Au-delà, les pays sont «\u00a0à vérifier\u00a0»."
        ),
    )
    countries = models.ManyToManyField(
        Country, verbose_name=_("pays de la liste"), related_name="dac_lists"
    )
    unsettled = models.ManyToManyField(
        Country,
        verbose_name=_("pays à vérifier"),
        blank=True,
        related_name="dac_lists_to_check",
        help_text=_("Ceux dont on ne sait pas s’ils sont sur la liste."),
    )
    source = WebAddressField(
        _("source"),
        default=SOURCE,
        help_text=_("La page de l’OCDE d’où vient la liste."),
    )

    objects: ClassVar = DacListQuerySet.as_manager()

    class Meta:
        verbose_name = _("liste du CAD")
        verbose_name_plural = _("listes du CAD")
        constraints = [
            in_order(
                "dac_list_ends_after_it_begins",
                "begins_on",
                "ends_on",
                _("La liste finit avant de commencer\u00a0: corrigez l’une des dates."),
            ),
            plausible_day("dac_list_begins_in_our_time", "begins_on"),
            plausible_day("dac_list_ends_in_our_time", "ends_on"),
            ExclusionConstraint(
                name="dac_lists_do_not_overlap",
                expressions=[
                    (days_of("begins_on", "ends_on"), RangeOperators.OVERLAPS)
                ],
                violation_error_message=_(
                    "Une autre liste vaut déjà pour une partie de ces jours."
                ),
            ),
            is_web_address("dac_list_source_is_web_address", "source"),
        ]

    def __str__(self) -> str:
        return f"{self.begins_on:%d/%m/%Y} – {self.ends_on:%d/%m/%Y}"
