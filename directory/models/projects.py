"""Projects abroad or about the world, who takes part in them, and where."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from directory.models.cards import goal_tiles, labels_of
from directory.models.fields import (
    Fold,
    WebAddressField,
    are_web_addresses,
    in_order,
    not_blank,
    searchable,
)
from directory.models.geography import Country
from directory.models.links import linked
from directory.models.panorama import PanoramaQuerySet
from directory.models.published import Publication, Sourced, provenance
from directory.models.vocabularies import Goal, Sector
from directory.search.narrowing import narrow

if TYPE_CHECKING:
    from directory.models.participations import Participation
    from directory.models.structures import Structure


class ProjectQuerySet(PanoramaQuerySet):
    """Every question asked of the projects table."""

    def published(self) -> ProjectQuerySet:
        """Keep what the public may see."""
        return self.filter(publication=Publication.PUBLISHED)

    def visible_to(self, user: Any) -> ProjectQuerySet:
        """Keep what this person may see: drafts too, for the staff who edit them."""
        return self if user.has_perm("directory.view_project") else self.published()

    def taking_place_in(self, countries: Iterable[Country]) -> ProjectQuerySet:
        """Keep the projects of one of these countries."""
        return self.filter(linked(Project, "countries", countries))

    def in_sectors(self, sectors: Iterable[Sector]) -> ProjectQuerySet:
        """Keep the projects of one of these sectors."""
        return self.filter(linked(Project, "sectors", sectors))

    def with_goals(self, goals: Iterable[Goal]) -> ProjectQuerySet:
        """Keep the projects that serve one of these goals."""
        return self.filter(linked(Project, "goals", goals))

    def of_kinds(self, kinds: Iterable[str]) -> ProjectQuerySet:
        """Keep the projects of one of these kinds."""
        return self.filter(kind__in=list(kinds))

    def in_statuses(self, statuses: Iterable[str]) -> ProjectQuerySet:
        """Keep the projects that are in one of these states."""
        return self.filter(status__in=list(statuses))

    def with_public_budgets(
        self, bands: Iterable[tuple[int, int | None]]
    ) -> ProjectQuerySet:
        """Keep those whose budget, public and in euros, is in one of these bands.

        A band runs from its first bound to its second one, excluded; None: no end.
        """
        found = models.Q(pk__in=[])
        for bound, end in bands:
            band = models.Q(budget__gte=bound)
            found |= band if end is None else band & models.Q(budget__lt=end)
        return self.filter(found, budget_is_public=True, currency="EUR")

    def involving(self, structure: Structure) -> ProjectQuerySet:
        """Keep the projects in which the structure takes part."""
        return self.filter(linked(Project, "structures", [structure]))

    def search(self, text: str) -> ProjectQuerySet:
        """Keep the projects that the text finds, among those with a public page."""
        return narrow(self, text)

    def for_cards(self) -> ProjectQuerySet:
        """Load all that a result card shows, in a number of queries that is fixed."""
        parts: Any = self.model._meta.get_field("participations").related_model
        leads = parts.objects.filter(project=models.OuterRef("pk"), role="porteur")
        places: Any = self.model._meta.get_field("localities").related_model
        return self.annotate(
            country_names=labels_of(Country, "projects"),
            locality_names=labels_of(places, "project", "name"),
            goal_tiles=goal_tiles("projects"),
            lead_name=models.Subquery(leads.named().values("public_name")[:1]),
        )

    def with_parts(self) -> ProjectQuerySet:
        """Load who takes part, for the roles of one structure."""
        return self.prefetch_related("participations")

    def for_page(self) -> ProjectQuerySet:
        """Load all that a project's page shows besides its news."""
        return self.prefetch_related(
            "countries",
            "sectors",
            "goals",
            "participations__structure",
            "participations__funder",
            "localities__country",
            "images",
        )

    def by_title(self) -> ProjectQuerySet:
        """Sort as French readers expect: « Écoles » under E."""
        return self.order_by("title_key", "title", "pk")

    def recent_first(self) -> ProjectQuerySet:
        """Sort the last begun first; those without a date come last."""
        return self.order_by(
            Coalesce("actual_start_on", "planned_start_on").desc(nulls_last=True),
            "title_key",
            "pk",
        )


class Project(Sourced):
    """An action of international cooperation or solidarity."""

    class Kind(models.TextChoices):
        """The form of cooperation."""

        TWINNING = "jumelage", _("Jumelage")
        DECENTRALISED = "cooperation-decentralisee", _("Coopération décentralisée")
        MICROPROJECT = "microprojet", _("Microprojet")
        EDUCATION = "ecsi", _("Éducation à la citoyenneté mondiale (ECSI)")
        WORKCAMP = "chantier-de-jeunes", _("Chantier de jeunes")
        VOLUNTEERING = "volontariat", _("Volontariat")
        WATER = "eau-1-pour-cent", _("Eau 1\u00a0%")
        EMERGENCY = "urgence", _("Aide d’urgence")
        CULTURE = "echange-culturel", _("Échange culturel ou linguistique")
        OTHER = "autre", _("Autre")

    class Status(models.TextChoices):
        """How far the project is."""

        IDEA = "idee", _("Idée, cherche partenaires")
        PREPARATION = "en-preparation", _("En préparation")
        RUNNING = "en-cours", _("En cours")
        DONE = "termine", _("Terminé")
        SUSPENDED = "suspendu", _("Suspendu")
        CANCELLED = "annule", _("Annulé")

    class Precision(models.TextChoices):
        """How much of the dates is known."""

        DAY = "jour", _("Jour")
        MONTH = "mois", _("Mois")
        YEAR = "annee", _("Année")

    title = models.CharField(_("titre"), max_length=250)
    title_key = models.GeneratedField(
        expression=Fold("title"),
        output_field=models.TextField(),
        db_persist=True,
        verbose_name=_("clé de tri"),
    )
    search_key = searchable("title", "summary", "description")
    slug = models.SlugField(
        _("adresse de la page"),
        max_length=80,
        unique=True,
        help_text=_("La fin de l’adresse\u00a0: /projets/titre-du-projet/."),
    )
    summary = models.CharField(
        _("résumé"), max_length=300, blank=True, help_text=_("Une phrase ou deux.")
    )
    description = models.TextField(
        _("description"),
        blank=True,
        help_text=_("Texte simple\u00a0; une ligne vide sépare les paragraphes."),
    )
    kind = models.CharField(_("nature"), max_length=30, choices=Kind, blank=True)
    status = models.CharField(_("état"), max_length=20, choices=Status, blank=True)
    planned_start_on = models.DateField(_("début prévu"), null=True, blank=True)
    planned_end_on = models.DateField(_("fin prévue"), null=True, blank=True)
    actual_start_on = models.DateField(_("début réel"), null=True, blank=True)
    actual_end_on = models.DateField(_("fin réelle"), null=True, blank=True)
    date_precision = models.CharField(
        _("précision des dates"),
        max_length=10,
        choices=Precision,
        default=Precision.DAY,
        help_text=_(
            "«\u00a0Année\u00a0»\u00a0: seule l’année est affichée,"
            " quel que soit le jour saisi."
        ),
    )
    beneficiaries = models.CharField(
        _("bénéficiaires"),
        max_length=200,
        blank=True,
        help_text=_("Qui\u00a0: «\u00a0élèves et enseignants de quatre écoles\u00a0»."),
    )
    beneficiary_count = models.PositiveIntegerField(
        _("nombre de bénéficiaires"), null=True, blank=True
    )
    budget = models.DecimalField(
        _("budget total"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    currency = models.CharField(
        _("monnaie"),
        max_length=3,
        default="EUR",
        help_text=_("Code ISO 4217, pour le budget et les montants."),
    )
    budget_is_public = models.BooleanField(
        _("montants publics"),
        default=False,
        help_text=_("Décoché\u00a0: ni le budget ni les montants ne sont montrés."),
    )
    links = ArrayField(
        WebAddressField(),
        verbose_name=_("liens"),
        default=list,
        blank=True,
        help_text=_("Une adresse web par ligne."),
    )

    countries = models.ManyToManyField(
        Country, verbose_name=_("pays"), blank=True, related_name="projects"
    )
    sectors = models.ManyToManyField(
        Sector,
        verbose_name=_("secteurs d’intervention"),
        blank=True,
        related_name="projects",
    )
    goals = models.ManyToManyField(
        Goal,
        verbose_name=_("objectifs de développement durable"),
        blank=True,
        related_name="projects",
    )
    structures = models.ManyToManyField(
        "directory.Structure",
        through="directory.Participation",
        verbose_name=_("structures"),
        related_name="projects",
    )
    publication = models.CharField(
        _("publication"),
        max_length=10,
        choices=Publication,
        default=Publication.DRAFT,
    )

    objects = ProjectQuerySet.as_manager()

    class Meta:
        verbose_name = _("projet")
        verbose_name_plural = _("projets")
        indexes = [models.Index("title_key", "title", "id", name="project_by_title")]
        constraints = [
            *provenance("project"),
            not_blank("project_has_a_title", "title"),
            are_web_addresses("project_links_are_addresses", "links"),
            in_order(
                "project_plan_is_in_order",
                "planned_start_on",
                "planned_end_on",
                _(
                    "La fin prévue précède le début prévu\u00a0:"
                    " corrigez l’une des deux."
                ),
            ),
            in_order(
                "project_dates_are_in_order",
                "actual_start_on",
                "actual_end_on",
                _(
                    "La fin réelle précède le début réel\u00a0:"
                    " corrigez l’une des deux."
                ),
            ),
            models.CheckConstraint(
                name="project_budget_is_not_negative",
                condition=models.Q(budget__isnull=True) | models.Q(budget__gte=0),
                violation_error_code="budget",
                violation_error_message=_("Le budget ne peut pas être négatif."),
            ),
            models.CheckConstraint(
                name="project_currency_is_iso",
                condition=models.Q(currency__regex="^[A-Z]{3}$"),
                violation_error_code="currency",
                violation_error_message=_(
                    "Une monnaie a trois lettres\u00a0: EUR, XOF…"
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("directory:project", args=[self.slug])

    @property
    def is_published(self) -> bool:
        """Whether the public may see the page."""
        return self.publication == Publication.PUBLISHED

    @property
    def starts_on(self) -> datetime.date | None:
        """When it began or should begin."""
        return self.actual_start_on or self.planned_start_on

    @property
    def ends_on(self) -> datetime.date | None:
        """When it ended or should end."""
        return self.actual_end_on or self.planned_end_on

    @property
    def public_budget(self) -> Decimal | None:
        """The budget, when everyone may see it; None otherwise."""
        return self.budget if self.budget_is_public else None

    @property
    def lead(self) -> Participation | None:
        """Who leads it. No query once `participations` are prefetched."""
        for participation in self.participations.all():
            if participation.is_lead:
                return participation
        return None

    @property
    def public_lead(self) -> Participation | None:
        """Who leads it, when the public may know; prefetch `participations`."""
        lead = self.lead
        return lead if lead is not None and lead.is_public else None

    @property
    def public_participations(self) -> list[Participation]:
        """Who takes part, as far as the public may know, the lead first.

        Prefetch `participations`.
        """
        parts = [part for part in self.participations.all() if part.is_public]
        return sorted(parts, key=lambda part: part.rank)
