"""Who takes part in a project, where it happens, and what it looks like."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from directory.models.fields import BLANK, not_blank, position_is_complete
from directory.models.geography import Country
from directory.models.images import PictureField
from directory.models.organisations import OfAnOrganisation
from directory.models.projects import Project
from directory.models.structures import Structure
from directory.models.vocabularies import Funder


class ParticipationQuerySet(models.QuerySet):
    """Every question asked of the participations table."""

    def of_published_structures(self) -> ParticipationQuerySet:
        """Keep those of the structures that the public may see."""
        return self.filter(structure__in=Structure.objects.published())

    def leading(self) -> ParticipationQuerySet:
        """Keep the published structures that lead a project: one at most for each."""
        return self.of_published_structures().filter(role="porteur")

    def named(self) -> ParticipationQuerySet:
        """Add `public_name`: the name of who takes part, empty when it is hidden."""
        is_hidden = models.Q(structure__isnull=False) & ~models.Q(
            structure__in=Structure.objects.published()
        )
        return self.annotate(
            public_name=models.Case(
                models.When(is_hidden, then=models.Value("")),
                default=Coalesce("structure__name", "funder__label", "name"),
            )
        )


class Participation(OfAnOrganisation):
    """The part of one organisation in a project.

    The organisation is a structure of the register, a known funder, or a plain name:
    exactly one of the three.
    """

    class Role(models.TextChoices):
        """What the organisation does in the project."""

        LEAD = "porteur", _("Porteur")
        PARTNER = "partenaire", _("Partenaire")
        LOCAL_PARTNER = "partenaire-local", _("Partenaire local")
        FUNDER = "financeur", _("Financeur")

    project = models.ForeignKey(
        Project,
        verbose_name=_("projet"),
        on_delete=models.CASCADE,
        related_name="participations",
    )
    role = models.CharField(_("rôle"), max_length=20, choices=Role)
    structure = models.ForeignKey(
        Structure,
        verbose_name=_("structure de l’annuaire"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="participations",
    )
    funder = models.ForeignKey(
        Funder,
        verbose_name=_("financeur connu"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="participations",
    )
    name = models.CharField(
        _("ou nom seul"),
        max_length=200,
        blank=True,
        help_text=_("Pour une organisation qui n’est pas dans l’annuaire."),
    )
    amount = models.DecimalField(
        _("montant apporté"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    objects = ParticipationQuerySet.as_manager()

    class Meta:
        verbose_name = _("participation")
        verbose_name_plural = _("participations")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="participation_is_of_one_organisation",
                condition=models.Q(
                    structure__isnull=False, funder__isnull=True, name=""
                )
                | models.Q(structure__isnull=True, funder__isnull=False, name="")
                | (
                    models.Q(structure__isnull=True, funder__isnull=True)
                    & ~models.Q(name__regex=BLANK)
                ),
                violation_error_code="structure",
                violation_error_message=_(
                    "Choisissez une structure, ou un financeur, ou écrivez un"
                    " nom\u00a0: un seul des trois."
                ),
            ),
            models.CheckConstraint(
                name="participation_of_a_funder_is_funding",
                condition=models.Q(funder__isnull=True) | models.Q(role="financeur"),
                violation_error_code="role",
                violation_error_message=_(
                    "Un financeur a le rôle «\u00a0Financeur\u00a0»."
                ),
            ),
            models.CheckConstraint(
                name="participation_amount_is_not_negative",
                condition=models.Q(amount__isnull=True) | models.Q(amount__gte=0),
                violation_error_code="amount",
                violation_error_message=_("Le montant ne peut pas être négatif."),
            ),
            models.UniqueConstraint(
                fields=["project"],
                condition=models.Q(role="porteur"),
                name="participation_has_one_lead",
                violation_error_code="role",
                violation_error_message=_("Le projet a déjà un porteur."),
            ),
            models.UniqueConstraint(
                fields=["project", "structure", "role"],
                condition=models.Q(structure__isnull=False),
                name="participation_is_said_once",
                violation_error_code="structure",
                violation_error_message=_("Cette structure a déjà ce rôle ici."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} ({self.get_role_display()})"

    @property
    def organisation(self) -> str:
        """The name of who takes part."""
        return str(self.structure or self.funder or self.name)

    @property
    def is_lead(self) -> bool:
        """Whether this organisation leads the project."""
        return self.role == self.Role.LEAD

    @property
    def rank(self) -> int:
        """Where the role comes on a page: leads, partners, then who pays."""
        return self.Role.values.index(self.role)


class LocalityQuerySet(models.QuerySet):
    """Every question asked of the localities table."""

    def published(self) -> LocalityQuerySet:
        """Keep the places of the projects that the public may see."""
        return self.filter(project__in=Project.objects.published())

    def with_projects(self) -> LocalityQuerySet:
        """Load the project of each."""
        return self.select_related("project")


class Locality(models.Model):
    """A place where a project happens: a town, a district, a river."""

    project = models.ForeignKey(
        Project,
        verbose_name=_("projet"),
        on_delete=models.CASCADE,
        related_name="localities",
    )
    name = models.CharField(_("nom"), max_length=150)
    country = models.ForeignKey(
        Country,
        verbose_name=_("pays"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="localities",
    )
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)

    objects = LocalityQuerySet.as_manager()

    class Meta:
        verbose_name = _("localité")
        verbose_name_plural = _("localités")
        ordering = ["name", "pk"]
        constraints = [
            not_blank("locality_has_a_name", "name"),
            models.UniqueConstraint(
                fields=["project", "name", "country"],
                nulls_distinct=False,
                name="locality_is_said_once",
                violation_error_code="name",
                violation_error_message=_("Cette localité est déjà indiquée."),
            ),
            position_is_complete("locality_position_is_complete"),
        ]

    def __str__(self) -> str:
        return self.name


class ProjectImage(models.Model):
    """A picture of a project."""

    project = models.ForeignKey(
        Project,
        verbose_name=_("projet"),
        on_delete=models.CASCADE,
        related_name="images",
    )
    image = PictureField(_("image"), upload_to="projets")
    alternative = models.CharField(
        _("texte de remplacement"),
        max_length=200,
        help_text=_("Ce que montre l’image, pour qui ne la voit pas."),
    )
    credit = models.CharField(_("crédit"), max_length=150, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("image d’un projet")
        verbose_name_plural = _("images d’un projet")
        ordering = ["position", "pk"]
        constraints = [not_blank("project_image_has_an_alternative", "alternative")]

    def __str__(self) -> str:
        return self.alternative
