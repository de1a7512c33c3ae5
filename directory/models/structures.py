"""Structures, the actors of the directory, and the people who speak for them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.models.cards import goal_tiles, labels_of
from directory.models.fields import (
    BLANK,
    RNA_PATTERN,
    SIREN_PATTERN,
    Fold,
    are_web_addresses,
    in_order,
    is_web_address,
    not_blank,
    searchable,
    validate_rna,
    validate_siren,
)
from directory.models.geography import Country
from directory.models.images import PictureField
from directory.models.links import linked
from directory.models.membership import membership_runs
from directory.models.names import WithAcronym, listed, slug_is_free, suggested
from directory.models.published import (
    Publication,
    Sourced,
    provenance,
)
from directory.models.reachable import Reachable, told_again
from directory.models.seats import Seated, elsewhere, seat
from directory.models.vocabularies import Goal, Sector, StructureType
from directory.models.whereabouts import PlacedQuerySet
from directory.search.narrowing import narrow

EARLIEST_YEAR, LATEST_YEAR = 1000, 2100
LISTED = ("type", "department", "is_abroad", "member_from", "member_until")
PUBLIC = models.Q(publication=Publication.PUBLISHED, merged_into__isnull=True)


class StructureQuerySet(PlacedQuerySet):
    """Every question asked of the structures table."""

    def published(self) -> StructureQuerySet:
        """Keep what the public may see."""
        return self.filter(PUBLIC)

    def visible_to(self, user: Any) -> StructureQuerySet:
        """Keep what this person may see: drafts too, for the staff who edit them."""
        if user.has_perm("directory.view_structure"):
            return self.filter(merged_into__isnull=True)
        return self.published()

    def members(self, *, on: datetime.date | None = None) -> StructureQuerySet:
        """Keep the members of the network, today or on another day."""
        return self.filter(membership_runs(on or timezone.localdate()))

    def non_members(self, *, on: datetime.date | None = None) -> StructureQuerySet:
        """Keep the others: never, no longer or not yet members that day."""
        return self.exclude(membership_runs(on or timezone.localdate()))

    def of_types(self, types: Iterable[StructureType]) -> StructureQuerySet:
        """Keep the structures of one of these types or of their children."""
        types = list(types)
        return self.filter(models.Q(type__in=types) | models.Q(type__parent__in=types))

    def in_departments(
        self,
        codes: Iterable[str],
        *,
        or_elsewhere: bool = False,
        or_unknown: bool = False,
    ) -> StructureQuerySet:
        """Keep those seated in one of these départements.

        Or out of the network's regions, abroad included; or nobody knows where. Without
        regions only those abroad are elsewhere.
        """
        found = models.Q(department__in=list(codes))
        if or_elsewhere:
            found |= elsewhere()
        if or_unknown:
            found |= models.Q(department__isnull=True, is_abroad=False)
        return self.filter(found)

    def active_in(self, countries: Iterable[Country]) -> StructureQuerySet:
        """Keep the structures that act in one of these countries."""
        return self.filter(linked(Structure, "countries", countries))

    def in_sectors(self, sectors: Iterable[Sector]) -> StructureQuerySet:
        """Keep the structures that work in one of these sectors."""
        return self.filter(linked(Structure, "sectors", sectors))

    def with_goals(self, goals: Iterable[Goal]) -> StructureQuerySet:
        """Keep the structures that serve one of these goals."""
        return self.filter(linked(Structure, "goals", goals))

    def search(self, text: str) -> StructureQuerySet:
        """Keep the structures that the text finds, among those with a public page."""
        return narrow(self, text)

    def for_cards(self) -> StructureQuerySet:
        """Load all that a result card shows, in a number of queries that is fixed."""
        return self.select_related("type", "commune").annotate(
            country_names=labels_of(Country, "structures"),
            sector_names=labels_of(Sector, "structures"),
            goal_tiles=goal_tiles("structures"),
        )

    def for_page(self) -> StructureQuerySet:
        """Load all that a structure's page shows of the structure itself."""
        return self.select_related("type", "commune").prefetch_related(
            "countries", "sectors", "goals"
        )

    def mark_verified(self, *, by: Any) -> int:
        """Write that this person has just confirmed the rows: they are public again."""
        slept = models.Q(asleep_since__isnull=False, life=Structure.Life.DORMANT)
        self.filter(slept).update(life=Structure.Life.ACTIVE)
        self.update(**told_again())
        return super().mark_verified(by=by)

    def by_name(self) -> StructureQuerySet:
        """Sort as French readers expect: « Écoles » under E."""
        return self.order_by("name_key", "name", "pk")

    def recently_verified(self) -> StructureQuerySet:
        """Sort the last confirmed first, then by name."""
        return self.order_by(
            models.F("verified_at").desc(nulls_last=True), "name_key", "pk"
        )


class Structure(WithAcronym, Seated, Reachable, Sourced):
    """An organisation of the region that works in international solidarity."""

    class Life(models.TextChoices):
        """Whether the structure still acts."""

        ACTIVE = "active", _("Active")
        DORMANT = "en-veille", _("En veille")
        DISSOLVED = "dissoute", _("Dissoute")

    name = models.CharField(_("nom"), max_length=200)
    name_key = models.GeneratedField(
        expression=Fold("name"),
        output_field=models.TextField(),
        db_persist=True,
        verbose_name=_("clé de tri"),
    )
    acronym = models.CharField(_("sigle"), max_length=30, blank=True)
    other_names = ArrayField(
        models.CharField(max_length=200),
        verbose_name=_("autres noms"),
        default=list,
        blank=True,
        help_text=_("Anciens noms et variantes, un par ligne."),
    )
    names_key = searchable("name", "acronym", arrays=("other_names",))
    search_key = searchable(
        "name",
        "acronym",
        "city",
        "postcode",
        "siren",
        "rna",
        "email",
        "description",
        arrays=("other_names",),
    )
    slug = models.SlugField(
        _("adresse de la page"),
        max_length=80,
        unique=True,
        help_text=_("La fin de l’adresse\u00a0: /annuaire/nom-de-la-structure/."),
    )
    type = models.ForeignKey(
        StructureType,
        verbose_name=_("type de structure"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="structures",
    )
    member_from = models.DateField(
        _("adhérent depuis le"),
        null=True,
        blank=True,
        help_text=_("Vide\u00a0: la structure n’a jamais adhéré."),
    )
    member_until = models.DateField(
        _("adhérent jusqu’au"),
        null=True,
        blank=True,
        help_text=_("Dernier jour de l’adhésion\u00a0; vide tant qu’elle court."),
    )
    life = models.CharField(
        _("activité"), max_length=20, choices=Life, default=Life.ACTIVE
    )
    founded_in = models.PositiveSmallIntegerField(
        _("année de création"),
        null=True,
        blank=True,
        validators=[
            MinValueValidator(EARLIEST_YEAR, _("Année à quatre chiffres attendue.")),
            MaxValueValidator(LATEST_YEAR, _("Année à quatre chiffres attendue.")),
        ],
    )
    siren = models.CharField(
        _("SIREN"),
        max_length=9,
        blank=True,
        validators=[validate_siren],
        help_text=_("Neuf chiffres, sans espace."),
    )
    rna = models.CharField(
        _("RNA"),
        max_length=10,
        blank=True,
        validators=[validate_rna],
        help_text=_("Numéro d’association\u00a0: W suivi de neuf caractères."),
    )
    description = models.TextField(
        _("présentation"),
        blank=True,
        help_text=_("Texte simple\u00a0; une ligne vide sépare les paragraphes."),
    )
    logo = PictureField(_("logo"), upload_to="logos", blank=True)
    logo_alt = models.CharField(
        _("texte de remplacement du logo"),
        max_length=200,
        blank=True,
        help_text=_("Ce que dit le logo, pour qui ne le voit pas."),
    )

    countries = models.ManyToManyField(
        Country,
        verbose_name=_("pays d’intervention"),
        blank=True,
        related_name="structures",
    )
    sectors = models.ManyToManyField(
        Sector,
        verbose_name=_("secteurs d’intervention"),
        blank=True,
        related_name="structures",
    )
    goals = models.ManyToManyField(
        Goal,
        verbose_name=_("objectifs de développement durable"),
        blank=True,
        related_name="structures",
    )

    publication = models.CharField(
        _("publication"),
        max_length=10,
        choices=Publication,
        default=Publication.DRAFT,
    )
    merged_into = models.ForeignKey(
        "self",
        verbose_name=_("fusionnée dans"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="merged_structures",
        help_text=_("La fiche qui la remplace\u00a0: celle-ci n’est plus visible."),
    )

    objects = StructureQuerySet.as_manager()

    class Meta:
        verbose_name = _("structure")
        verbose_name_plural = _("structures")
        indexes = [
            models.Index("name_key", "name", "id", name="structure_by_name"),
            *suggested("structure", PUBLIC),
            listed("structure", PUBLIC, *LISTED),
        ]
        constraints = [
            *provenance("structure"),
            *seat("structure"),
            slug_is_free("structure"),
            not_blank("structure_has_a_name", "name"),
            is_web_address("structure_website_is_web_address"),
            are_web_addresses("structure_social_links_are_addresses", "social_links"),
            in_order(
                "structure_membership_is_in_order",
                "member_from",
                "member_until",
                _(
                    "La fin de l’adhésion précède son début\u00a0:"
                    " corrigez l’une des deux."
                ),
            ),
            models.CheckConstraint(
                name="structure_membership_has_a_start",
                condition=models.Q(member_until__isnull=True)
                | models.Q(member_from__isnull=False),
                violation_error_code="member_from",
                violation_error_message=_("Indiquez aussi le début de l’adhésion."),
            ),
            models.CheckConstraint(
                name="structure_siren_has_nine_digits",
                condition=models.Q(siren="") | models.Q(siren__regex=SIREN_PATTERN),
                violation_error_code="siren",
                violation_error_message=_("Un SIREN a neuf chiffres."),
            ),
            models.CheckConstraint(
                name="structure_rna_is_well_formed",
                condition=models.Q(rna="") | models.Q(rna__regex=RNA_PATTERN),
                violation_error_code="rna",
                violation_error_message=_("Un RNA s’écrit W suivi de neuf caractères."),
            ),
            models.CheckConstraint(
                name="structure_founded_in_a_plausible_year",
                condition=models.Q(founded_in__isnull=True)
                | models.Q(founded_in__range=(EARLIEST_YEAR, LATEST_YEAR)),
                violation_error_code="founded_in",
                violation_error_message=_("Année à quatre chiffres attendue."),
            ),
            models.CheckConstraint(
                name="structure_logo_has_an_alternative",
                condition=models.Q(logo="") | ~models.Q(logo_alt__regex=BLANK),
                violation_error_code="logo_alt",
                violation_error_message=_("Décrivez le logo pour qui ne le voit pas."),
            ),
            models.CheckConstraint(
                name="structure_is_not_merged_into_itself",
                condition=models.Q(merged_into__isnull=True)
                | ~models.Q(merged_into=models.F("pk")),
                violation_error_code="merged_into",
                violation_error_message=_("Une fiche ne fusionne pas avec elle-même."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("directory:structure", args=[self.slug])

    def clean(self) -> None:
        """Refuse a merge that would hide both records.

        Raises:
            ValidationError: on `merged_into`, when one of the two is merged already.

        """
        super().clean()
        if self.merged_into is None:
            return
        if self.merged_into.merged_into_id is not None:
            message = _(
                "Cette fiche est elle-même fusionnée\u00a0: choisissez l’autre."
            )
            raise ValidationError({"merged_into": message})
        if self.pk and self.merged_structures.exists():
            message = _(
                "D’autres fiches sont fusionnées dans celle-ci\u00a0: elle reste."
            )
            raise ValidationError({"merged_into": message})

    def mark_verified(self, *, by: Any) -> None:
        """Note that this person has just confirmed the row: it is public again."""
        super().mark_verified(by=by)
        if self.asleep_since and self.life == self.Life.DORMANT:
            self.life = self.Life.ACTIVE
        for name, value in told_again().items():
            setattr(self, name, value)

    @property
    def is_published(self) -> bool:
        """Whether the public may see the page."""
        return self.publication == Publication.PUBLISHED and self.merged_into_id is None

    @property
    def is_member(self) -> bool:
        """Whether the structure is a member of the network today."""
        today = timezone.localdate()
        return (
            self.member_from is not None
            and self.member_from <= today
            and (self.member_until is None or today <= self.member_until)
        )
