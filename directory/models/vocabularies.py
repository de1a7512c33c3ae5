"""The closed lists that describe structures, projects and publications."""

from __future__ import annotations

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from directory.models.fields import WebAddressField, is_web_address
from directory.models.terms import Term, TermQuerySet, said_once

#: Each type of the first level, then those that it contains.
BY_LEVEL = (
    Coalesce("parent__position", "position"),
    Coalesce("parent__label_key", "label_key"),
    models.F("parent").asc(nulls_first=True),
    "position",
    "label_key",
)


class StructureTypeQuerySet(TermQuerySet):
    """Every question asked of the types of structure."""

    def by_level(self) -> StructureTypeQuerySet:
        """Sort as a tree, in two levels."""
        return self.order_by(*BY_LEVEL)


class StructureType(Term):
    """A kind of structure, in two levels: Association, then Comité de jumelage."""

    code = models.SlugField(
        _("code"),
        unique=True,
        help_text=_("Visible dans les adresses\u00a0: ne le changez pas."),
    )
    parent = models.ForeignKey(
        "self",
        verbose_name=_("type englobant"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        limit_choices_to={"parent__isnull": True},
    )

    objects: ClassVar = StructureTypeQuerySet.as_manager()

    class Meta(Term.Meta):
        verbose_name = _("type de structure")
        verbose_name_plural = _("types de structure")
        constraints = [
            said_once("structure_type"),
            models.CheckConstraint(
                name="structure_type_is_not_its_own_parent",
                condition=models.Q(parent__isnull=True)
                | ~models.Q(parent=models.F("pk")),
                violation_error_code="parent",
                violation_error_message=_("Un type ne peut pas se contenir lui-même."),
            ),
        ]

    def clean(self) -> None:
        """Keep the tree two levels deep.

        Raises:
            ValidationError: on `parent`, when a third level would appear.

        """
        if self.parent is None:
            return
        if self.parent.parent_id is not None:
            message = _("Choisissez un type de premier niveau.")
            raise ValidationError({"parent": message})
        if self.pk and self.children.exists():
            message = _(
                "Ce type en contient d’autres\u00a0: il reste au premier niveau."
            )
            raise ValidationError({"parent": message})


class Goal(models.Model):
    """One of the seventeen Sustainable Development Goals (ODD)."""

    number = models.PositiveSmallIntegerField(_("numéro"), primary_key=True)
    label = models.CharField(_("titre court"), max_length=100, unique=True)
    title = models.CharField(_("intitulé"), max_length=300)
    color = models.CharField(_("couleur"), max_length=7)
    text_color = models.CharField(
        _("couleur du texte"),
        max_length=7,
        help_text=_(
            "Blanc ou noir\u00a0: celui qui contraste le plus avec la couleur."
        ),
    )

    class Meta:
        verbose_name = _("objectif de développement durable")
        verbose_name_plural = _("objectifs de développement durable")
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(
                name="goal_is_one_of_seventeen",
                condition=models.Q(number__range=(1, 17)),
                violation_error_message=_("Les ODD vont de 1 à 17."),
            ),
            models.CheckConstraint(
                name="goal_colors_are_hexadecimal",
                condition=models.Q(
                    color__regex="^#[0-9A-Fa-f]{6}$",
                    text_color__regex="^#[0-9A-Fa-f]{6}$",
                ),
                violation_error_code="color",
                violation_error_message=_("Une couleur s’écrit #RRVVBB."),
            ),
        ]

    def __str__(self) -> str:
        return f"ODD {self.number} – {self.label}"

    def get_absolute_url(self) -> str:
        return reverse("directory:goal", args=[self.number])


class Target(models.Model):
    """One of the 169 targets of the goals (A/RES/70/1 and 71/313)."""

    code = models.CharField(_("code"), max_length=5, primary_key=True)
    goal = models.ForeignKey(
        Goal, verbose_name=_("ODD"), on_delete=models.PROTECT, related_name="targets"
    )
    text = models.TextField(_("texte"))
    position = models.PositiveSmallIntegerField(_("position"), unique=True)

    class Meta:
        verbose_name = _("cible d’un ODD")
        verbose_name_plural = _("cibles des ODD")
        ordering = ["position"]
        constraints = [
            models.CheckConstraint(
                name="target_code_has_goal_and_rank",
                condition=models.Q(code__regex=r"^\d{1,2}\.(\d{1,2}|[a-d])$"),
                violation_error_code="code",
                violation_error_message=_("Une cible s’écrit 6.1 ou 6.a."),
            ),
        ]

    def __str__(self) -> str:
        return self.code


class CrsCode(models.Model):
    """A purpose code of the OECD Creditor Reporting System, used by aid data."""

    code = models.CharField(_("code"), max_length=5, primary_key=True)
    label = models.CharField(_("libellé"), max_length=200)
    category_code = models.CharField(_("code de la catégorie"), max_length=3)
    category_label = models.CharField(_("catégorie"), max_length=200)

    class Meta:
        verbose_name = _("code sectoriel du SNPC (OCDE)")
        verbose_name_plural = _("codes sectoriels du SNPC (OCDE)")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                name="crs_code_has_five_digits",
                condition=models.Q(code__regex=r"^\d{5}$"),
                violation_error_code="code",
                violation_error_message=_("Un code SNPC a cinq chiffres."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} – {self.label}"


class Sector(Term):
    """A field of action: Éducation, Santé, Eau – Assainissement."""

    code = models.SlugField(
        _("code"),
        unique=True,
        help_text=_("Visible dans les adresses\u00a0: ne le changez pas."),
    )
    is_provisional = models.BooleanField(
        _("provisoire"),
        default=False,
        help_text=_("Libellé proposé, que le réseau n’a pas encore confirmé."),
    )
    crs_main = models.ForeignKey(
        CrsCode,
        verbose_name=_("code SNPC principal"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="main_sectors",
    )
    crs_codes = models.ManyToManyField(
        CrsCode, verbose_name=_("autres codes SNPC"), blank=True, related_name="sectors"
    )
    main_goal = models.ForeignKey(
        Goal,
        verbose_name=_("ODD principal"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="main_sectors",
    )
    goals = models.ManyToManyField(
        Goal, verbose_name=_("autres ODD"), blank=True, related_name="sectors"
    )
    targets = models.ManyToManyField(
        Target, verbose_name=_("cibles"), blank=True, related_name="sectors"
    )

    class Meta(Term.Meta):
        verbose_name = _("secteur d’intervention")
        verbose_name_plural = _("secteurs d’intervention")
        constraints = [said_once("sector")]

    def get_absolute_url(self) -> str:
        return reverse("directory:sector", args=[self.code])


class Theme(Term):
    """A subject of calls for projects and events."""

    code = models.SlugField(
        _("code"),
        unique=True,
        help_text=_("Visible dans les adresses\u00a0: ne le changez pas."),
    )

    class Meta(Term.Meta):
        verbose_name = _("thème")
        verbose_name_plural = _("thèmes")
        constraints = [said_once("theme")]


class Funder(Term):
    """An institution that funds projects or publishes calls."""

    code = models.SlugField(
        _("code"),
        unique=True,
        help_text=_("Visible dans les adresses\u00a0: ne le changez pas."),
    )
    website = WebAddressField(_("site Web"), blank=True)

    class Meta(Term.Meta):
        verbose_name = _("financeur")
        verbose_name_plural = _("financeurs")
        constraints = [
            said_once("funder"),
            is_web_address("funder_website_is_web_address"),
        ]
