"""Places of the world and of France, from their official lists."""

from __future__ import annotations

import datetime
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from directory.models.fields import Fold, position_is_complete, searchable
from directory.models.terms import Term, TermQuerySet, said_once


class WorldRegion(models.Model):
    """A region of the world of the United Nations geoscheme (M49)."""

    code = models.CharField(_("code M49"), max_length=3, primary_key=True)
    label = models.CharField(_("nom"), max_length=100)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("région englobante"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
    )

    class Meta:
        verbose_name = _("région du monde")
        verbose_name_plural = _("régions du monde")
        ordering = ["label"]
        constraints = [
            models.CheckConstraint(
                name="world_region_code_has_three_digits",
                condition=models.Q(code__regex=r"^\d{3}$"),
                violation_error_code="code",
                violation_error_message=_("Un code M49 a trois chiffres."),
            ),
        ]

    def __str__(self) -> str:
        return self.label


class CountryQuerySet(TermQuerySet):
    """Every question asked of the countries table."""

    def ldc_on(self, day: datetime.date) -> CountryQuerySet:
        """Keep the least developed countries of that day: see `Country.is_ldc_on`."""
        stays = models.Q(ldc_until__isnull=True) | models.Q(ldc_until__gt=day)
        return self.filter(stays, is_ldc=True)


class Country(Term):
    """A country or territory: ISO 3166-1, plus Kosovo (XK)."""

    class Preposition(models.TextChoices):
        """The word that goes before the name: « au Mali », « en Arménie »."""

        AU = "au", "au"
        EN = "en", "en"
        AUX = "aux", "aux"
        A = "à", "à"
        A_LA = "à la", "à la"

    code = models.CharField(_("code ISO"), max_length=2, unique=True)
    alpha3 = models.CharField(_("code ISO à trois lettres"), max_length=3, unique=True)
    slug = models.SlugField(
        _("adresse de la page"),
        max_length=100,
        unique=True,
        help_text=_(
            "La fin de l’adresse\u00a0: /pays/cote-d-ivoire/. Ne la changez pas."
        ),
    )
    preposition = models.CharField(
        _("préposition"),
        max_length=4,
        choices=Preposition,
        help_text=_(
            "Le mot qui précède le nom\u00a0: «\u00a0au Mali\u00a0»,"
            " «\u00a0en Arménie\u00a0»."
        ),
    )
    world_region = models.ForeignKey(
        WorldRegion,
        verbose_name=_("région du monde"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="countries",
        help_text=_("La plus petite région M49 des Nations unies qui le contient."),
    )
    is_ldc = models.BooleanField(
        _("inscrit sur la liste des PMA"),
        default=False,
        help_text=_("Pays moins avancés, liste des Nations unies."),
    )
    ldc_until = models.DateField(
        _("sortie de la liste des PMA le"),
        null=True,
        blank=True,
        help_text=_("Date décidée par l’Assemblée générale, si elle est connue."),
    )

    objects: ClassVar = CountryQuerySet.as_manager()

    class Meta(Term.Meta):
        verbose_name = _("pays")
        verbose_name_plural = _("pays")
        ordering = ["label_key"]
        constraints = [
            said_once("country"),
            models.CheckConstraint(
                name="country_code_has_two_capitals",
                condition=models.Q(code__regex="^[A-Z]{2}$"),
                violation_error_code="code",
                violation_error_message=_("Un code ISO a deux lettres capitales."),
            ),
            models.CheckConstraint(
                name="country_alpha3_has_three_capitals",
                condition=models.Q(alpha3__regex="^[A-Z]{3}$"),
                violation_error_code="alpha3",
                violation_error_message=_("Ce code ISO a trois lettres capitales."),
            ),
            models.CheckConstraint(
                name="country_leaves_a_list_it_is_on",
                condition=models.Q(ldc_until__isnull=True) | models.Q(is_ldc=True),
                violation_error_code="ldc_until",
                violation_error_message=_(
                    "Seul un pays inscrit sur la liste des PMA peut en sortir."
                ),
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("directory:country", args=[self.slug])

    @property
    def where(self) -> str:
        """The name after its preposition: « au Mali », « en Arménie »."""
        return f"{self.preposition}\u00a0{self.label}"

    def is_ldc_on(self, day: datetime.date) -> bool:
        """Whether the country is a least developed country that day."""
        return self.is_ldc and (self.ldc_until is None or day < self.ldc_until)


class Region(models.Model):
    """A région of France (INSEE code)."""

    code = models.CharField(_("code INSEE"), max_length=3, primary_key=True)
    label = models.CharField(_("nom"), max_length=100, unique=True)

    class Meta:
        verbose_name = _("région")
        verbose_name_plural = _("régions")
        ordering = ["label"]

    def __str__(self) -> str:
        return self.label


class DepartmentQuerySet(models.QuerySet):
    """Every question asked of the départements table."""

    def of_the_network(self) -> DepartmentQuerySet:
        """Keep those of the network's regions."""
        return self.filter(region__networks__isnull=False).distinct()


class Department(models.Model):
    """A département or overseas territory of France (INSEE code)."""

    code = models.CharField(_("code"), max_length=3, primary_key=True)
    label = models.CharField(_("nom"), max_length=100, unique=True)
    region = models.ForeignKey(
        Region,
        verbose_name=_("région"),
        on_delete=models.PROTECT,
        related_name="departments",
    )

    objects = DepartmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("département")
        verbose_name_plural = _("départements")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                name="department_code_is_insee",
                condition=models.Q(code__regex=r"^(\d{2}|2[AB]|9[78]\d)$"),
                violation_error_code="code",
                violation_error_message=_("Un code de département\u00a0: 13, 2A, 974…"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label} ({self.code})"


class Epci(models.Model):
    """A grouping of communes with its own taxation (SIREN)."""

    siren = models.CharField(_("SIREN"), max_length=9, primary_key=True)
    label = models.CharField(_("nom"), max_length=150)

    class Meta:
        verbose_name = _("EPCI")
        verbose_name_plural = _("EPCI")
        ordering = ["label"]
        constraints = [
            models.CheckConstraint(
                name="epci_siren_has_nine_digits",
                condition=models.Q(siren__regex=r"^\d{9}$"),
                violation_error_code="siren",
                violation_error_message=_("Un SIREN a neuf chiffres."),
            ),
        ]

    def __str__(self) -> str:
        return self.label


class Commune(models.Model):
    """A commune of the network's region, with a point to place it on a map."""

    code = models.CharField(_("code INSEE"), max_length=5, primary_key=True)
    label = models.CharField(_("nom"), max_length=100)
    label_key = models.GeneratedField(
        expression=Fold("label"),
        output_field=models.TextField(),
        db_persist=True,
        verbose_name=_("clé de tri"),
    )
    synonyms = ArrayField(
        models.CharField(max_length=100),
        verbose_name=_("autres noms"),
        default=list,
        blank=True,
        help_text=_("Communes déléguées et anciens noms, un par ligne."),
    )
    search_key = searchable("label", arrays=("synonyms",))
    postcodes = ArrayField(
        models.CharField(max_length=5), verbose_name=_("codes postaux"), default=list
    )
    department = models.ForeignKey(
        Department,
        verbose_name=_("département"),
        on_delete=models.PROTECT,
        related_name="communes",
    )
    epci = models.ForeignKey(
        Epci,
        verbose_name=_("EPCI"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="communes",
    )
    latitude = models.FloatField(_("latitude"))
    longitude = models.FloatField(_("longitude"))

    class Meta:
        verbose_name = _("commune")
        verbose_name_plural = _("communes")
        ordering = ["label_key", "code"]
        indexes = [models.Index("label_key", name="commune_label_key")]
        constraints = [
            models.CheckConstraint(
                name="commune_code_is_insee",
                condition=models.Q(code__regex=r"^\d[0-9AB]\d{3}$"),
                violation_error_code="code",
                violation_error_message=_("Un code INSEE de commune : 13001, 2A004…"),
            ),
            position_is_complete("commune_position_is_complete"),
        ]

    def __str__(self) -> str:
        return f"{self.label} ({self.department_id})"
