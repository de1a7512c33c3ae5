"""The lists of countries that others keep, to which calls for projects refer."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from directory.models import Country, DacList


class CountryGroup(models.TextChoices):
    """A list of countries that others keep, to which a call refers."""

    LDC = "pma", _("Pays moins avancés (PMA)")
    DAC = "liste-cad", _("Pays de la liste du CAD de l’OCDE")


def countries_of(group: CountryGroup, day: datetime.date) -> models.QuerySet[Country]:
    """Give the countries known to be of the group that day.

    The list of the DAC holds every least developed country, by its own rule.
    """
    poorest = Country.objects.ldc_on(day)
    if group == CountryGroup.LDC:
        return poorest
    listed = DacList.objects.on(day).values("countries")
    return poorest | Country.objects.filter(pk__in=listed)


def doubtful_of(group: CountryGroup, day: datetime.date) -> models.QuerySet[Country]:
    """Give the countries that may be of the group that day: nothing tells."""
    if group == CountryGroup.LDC:
        return Country.objects.none()
    lists = DacList.objects.on(day)
    rest = Country.objects.exclude(pk__in=countries_of(group, day).values("pk"))
    to_check = models.Q(pk__in=lists.values("unsettled"))
    return rest.filter(to_check | ~models.Exists(lists))


@dataclass(frozen=True)
class Members:
    """The primary keys of the countries of a group, one day."""

    known: frozenset[int]
    doubtful: frozenset[int]


def members_on(day: datetime.date) -> Mapping[str, Members]:
    """Read the countries of each group, that day."""
    return {
        group.value: Members(
            *(
                frozenset(found(group, day).order_by().values_list("pk", flat=True))
                for found in (countries_of, doubtful_of)
            )
        )
        for group in CountryGroup
    }
