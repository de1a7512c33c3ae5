"""The pages that the staff write: the network, legal notice, personal data."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import Resolver404, resolve, reverse
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from directory.models import Publication
from directory.models.fields import not_blank
from directory.models.published import Publishable, PublishableQuerySet
from news.rich_text import RichTextField, as_text

#: First parts of addresses that are promised to pages to come, or to files.
PROMISED = frozenset(
    {
        "agenda",
        "api",
        "appels-a-projets",
        "barometre",
        "carte",
        "donnees-ouvertes",
        "healthz",
        "media",
        "mon-espace",
        "mots-cles",
        "odd",
        "offres",
        "panorama",
        "pays",
        "readyz",
        "recherche",
        "secteurs",
        "static",
        "styleguide",
    }
)
#: Length of the description that search engines show.
DESCRIPTION = 155


def validate_free_address(slug: str) -> None:
    """Refuse the address of another page of the site, or of one to come."""
    try:
        name = resolve(f"/{slug}/").view_name
    except Resolver404:
        name = ""
    if name != "news:page" or slug in PROMISED:
        raise ValidationError(
            _("L’adresse /%(slug)s/ est prise par une autre partie du site."),
            code="reserved",
            params={"slug": slug},
        )


class PageQuerySet(PublishableQuerySet):
    """Every question asked of the pages table."""

    def published(self) -> PageQuerySet:
        """Keep what the public may see."""
        return self.filter(publication=Publication.PUBLISHED)

    def visible_to(self, user: Any) -> PageQuerySet:
        """Keep what this person may see: drafts too, for the staff who edit them."""
        return self if user.has_perm("news.view_page") else self.published()

    def in_order(self) -> PageQuerySet:
        """Sort as the foot of each page lists them."""
        return self.order_by("position", "title", "pk")


class Page(Publishable):
    """A page of its own, at the root of the site."""

    class Group(models.TextChoices):
        """Where the foot of each page puts the link."""

        NETWORK = "reseau", _("Le réseau")
        LEGAL = "mentions", _("Mentions et données")

    title = models.CharField(_("titre"), max_length=120)
    slug = models.SlugField(
        _("adresse de la page"),
        max_length=80,
        unique=True,
        validators=[validate_free_address],
        help_text=_("La fin de l’adresse\u00a0: /le-reseau/."),
    )
    body = RichTextField(
        _("texte"),
        help_text=_("Un titre ouvre chaque partie\u00a0; la page a déjà le sien."),
    )
    group = models.CharField(
        _("rubrique"),
        max_length=20,
        choices=Group,
        default=Group.NETWORK,
        help_text=_("Où se trouve le lien, au pied de chaque page."),
    )
    position = models.PositiveSmallIntegerField(
        _("position"), default=0, help_text=_("Le plus petit nombre vient d’abord.")
    )
    publication = models.CharField(
        _("publication"),
        max_length=10,
        choices=Publication,
        default=Publication.DRAFT,
        help_text=_("Une page n’est en ligne, et liée, qu’une fois publiée."),
    )
    created_at = models.DateTimeField(_("créée le"), auto_now_add=True)
    updated_at = models.DateTimeField(_("modifiée le"), auto_now=True)

    objects = PageQuerySet.as_manager()

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")
        constraints = [
            not_blank("page_has_a_title", "title"),
            not_blank("page_says_something", "body"),
            models.CheckConstraint(
                name="page_address_is_of_one_part",
                condition=models.Q(slug__regex=r"^[a-z0-9]+(-[a-z0-9]+)*$"),
                violation_error_message=_(
                    "Une adresse s’écrit en minuscules sans accent, chiffres et tirets."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("news:page", args=[self.slug])

    @property
    def is_published(self) -> bool:
        """Whether the public may see the page."""
        return self.publication == Publication.PUBLISHED

    @property
    def description(self) -> str:
        """The first words, for search engines."""
        return Truncator(as_text(self.body)).chars(DESCRIPTION)
