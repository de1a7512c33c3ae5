"""What every publication is made of: words, a picture, a date, its subjects."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any, Self

from django.db import models
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from taggit.models import Tag

from directory.models import (
    Country,
    Goal,
    Project,
    Publication,
    Sector,
    Structure,
)
from directory.models.cards import labels_of
from directory.models.fields import (
    BLANK,
    WebAddressField,
    is_web_address,
    not_blank,
    plausible,
    searchable,
)
from directory.models.images import PictureField
from directory.models.links import linked
from directory.models.published import Publishable, PublishableQuerySet
from directory.search.narrowing import narrow
from news.models.tags import TagsField
from news.rich_text import RichTextField, WordsOf, as_text


class PostQuerySet(PublishableQuerySet):
    """Every question asked of the publications of one kind."""

    def published(self) -> Self:
        """Keep what the public may see: published, and not before its time."""
        return self.filter(
            publication=Publication.PUBLISHED, published_at__lte=timezone.now()
        )

    def publish(self) -> int:
        """Show the rows to everyone: on their date, or now if they have none."""
        now = timezone.now()
        return self.update(
            publication=Publication.PUBLISHED,
            published_at=Coalesce("published_at", now),
            updated_at=now,
        )

    def visible_to(self, user: Any) -> Self:
        """Keep what this person may see: drafts too, for the staff who edit them."""
        may_read = f"news.view_{self.model._meta.model_name}"
        return self if user.has_perm(may_read) else self.published()

    def about_structure(self, structure: Structure) -> Self:
        """Keep the rows linked to the structure."""
        return self.filter(linked(self.model, "structures", [structure]))

    def about_project(self, project: Project) -> Self:
        """Keep the rows linked to the project."""
        return self.filter(linked(self.model, "projects", [project]))

    def about_countries(self, countries: Iterable[Country]) -> Self:
        """Keep the rows that speak of one of these countries."""
        return self.filter(linked(self.model, "countries", countries))

    def in_sectors(self, sectors: Iterable[Sector]) -> Self:
        """Keep the rows that speak of one of these sectors."""
        return self.filter(linked(self.model, "sectors", sectors))

    def with_goals(self, goals: Iterable[Goal]) -> Self:
        """Keep the rows that speak of one of these goals."""
        return self.filter(linked(self.model, "goals", goals))

    def tagged(self, tags: Iterable[Tag]) -> Self:
        """Keep the rows with one of these tags, each once."""
        found = self.model._default_manager.filter(tags__in=list(tags))
        return self.filter(pk__in=found.values("pk"))

    def search(self, text: str) -> Self:
        """Keep the rows that the text finds, among those with a public page."""
        return narrow(self, text)

    def for_cards(self) -> Self:
        """Load all that a card shows, in a number of queries that is fixed."""
        countries: Any = self.model._meta.get_field("countries")
        rows = countries.related_query_name()
        return self.annotate(country_names=labels_of(Country, rows))

    def for_page(self) -> Self:
        """Load all that a page shows: of the register, what is published."""
        return self.prefetch_related(
            "countries",
            "sectors",
            "goals",
            "tags",
            models.Prefetch(
                "structures", Structure.objects.published().for_cards().by_name()
            ),
            models.Prefetch(
                "projects", Project.objects.published().for_cards().recent_first()
            ),
        )

    def latest_first(self) -> Self:
        """Sort by date of publication, the newest first."""
        return self.order_by("-published_at", "pk")


class Post(Publishable):
    """Something that the network publishes, linked to what it speaks of."""

    title = models.CharField(_("titre"), max_length=250)
    search_key = searchable("title", "summary", WordsOf("body"))
    slug = models.SlugField(
        _("adresse de la page"),
        max_length=100,
        unique=True,
        help_text=_("La fin de l’adresse, faite d’après le titre."),
    )
    summary = models.CharField(
        _("chapeau"), max_length=400, blank=True, help_text=_("Une phrase ou deux.")
    )
    body = RichTextField(
        _("texte"),
        blank=True,
        help_text=_("Un titre ouvre chaque partie\u00a0; la page a déjà le sien."),
    )
    image = PictureField(_("image"), upload_to="actualites", blank=True)
    image_alt = models.CharField(
        _("texte de remplacement de l’image"),
        max_length=200,
        blank=True,
        help_text=_("Ce que montre l’image, pour qui ne la voit pas."),
    )
    image_credit = models.CharField(_("crédit de l’image"), max_length=150, blank=True)
    publication = models.CharField(
        _("publication"),
        max_length=10,
        choices=Publication,
        default=Publication.DRAFT,
    )
    published_at = models.DateTimeField(
        _("publié le"),
        null=True,
        blank=True,
        help_text=_("Une date à venir\u00a0: la page paraîtra ce jour-là."),
    )
    source_url = WebAddressField(
        _("page d’origine"),
        blank=True,
        help_text=_("L’adresse du texte, s’il a d’abord paru ailleurs."),
    )
    structures = models.ManyToManyField(
        Structure, verbose_name=_("structures"), blank=True, related_name="%(class)ss"
    )
    projects = models.ManyToManyField(
        Project, verbose_name=_("projets"), blank=True, related_name="%(class)ss"
    )
    countries = models.ManyToManyField(
        Country, verbose_name=_("pays"), blank=True, related_name="%(class)ss"
    )
    sectors = models.ManyToManyField(
        Sector,
        verbose_name=_("secteurs d’intervention"),
        blank=True,
        related_name="%(class)ss",
    )
    goals = models.ManyToManyField(
        Goal,
        verbose_name=_("objectifs de développement durable"),
        blank=True,
        related_name="%(class)ss",
    )
    created_at = models.DateTimeField(_("créé le"), auto_now_add=True)
    updated_at = models.DateTimeField(_("modifié le"), auto_now=True)

    tags = TagsField()

    class Meta:
        abstract = True
        indexes = [
            models.Index(
                models.F("published_at").desc(), "id", name="%(class)s_latest_first"
            )
        ]
        constraints = [
            not_blank("%(class)s_has_a_title", "title"),
            models.CheckConstraint(
                name="%(class)s_published_has_a_date",
                condition=~models.Q(publication="publie")
                | models.Q(published_at__isnull=False),
                violation_error_code="published_at",
                violation_error_message=_("Ce qui est publié a une date."),
            ),
            plausible("%(class)s_is_published_in_our_time", "published_at"),
            models.CheckConstraint(
                name="%(class)s_image_has_an_alternative",
                condition=models.Q(image="") | ~models.Q(image_alt__regex=BLANK),
                violation_error_code="image_alt",
                violation_error_message=_("Décrivez l’image pour qui ne la voit pas."),
            ),
            is_web_address("%(class)s_source_is_web_address", "source_url"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def text(self) -> str:
        """The words of the body, without its markup."""
        return as_text(self.body)

    @property
    def abstract(self) -> str:
        """What it says in a few words, or all of them."""
        return self.summary or self.text

    @property
    def appeared_at(self) -> datetime.datetime:
        """Since when the public reads it, once it is published."""
        return self.published_at or self.created_at

    @property
    def changed_at(self) -> datetime.datetime:
        """When what the public reads last changed."""
        return max(self.updated_at, self.appeared_at)

    @property
    def is_published(self) -> bool:
        """Whether the public may see the page: published, and not before its time."""
        return (
            self.publication == Publication.PUBLISHED
            and self.published_at is not None
            and self.published_at <= timezone.now()
        )

    @property
    def hidden_because(self) -> str:
        """Why the public does not see the page: also before its time."""
        if self.publication != Publication.PUBLISHED or self.is_published:
            return super().hidden_because
        moment: datetime.datetime = timezone.localtime(self.published_at)
        day = date_format(moment, "j F Y à G\\hi")
        sentence = gettext("Paraîtra le %(day)s\u00a0: visible de l’équipe seule.")
        return sentence % {"day": day}

    def clean(self) -> None:
        """Date what is published without a date: now."""
        if self.publication == Publication.PUBLISHED and self.published_at is None:
            self.published_at = timezone.now()
