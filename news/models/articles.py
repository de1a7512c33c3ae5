"""Articles, linked to the structures, projects and subjects they speak of."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager
from taggit.models import Tag

from directory import search
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
    searchable,
)
from directory.models.images import PictureField
from directory.models.published import Publishable, PublishableQuerySet


class ArticleQuerySet(PublishableQuerySet):
    """Every question asked of the articles table."""

    def published(self) -> ArticleQuerySet:
        """Keep what the public may see: published, and not before its time."""
        return self.filter(
            publication=Publication.PUBLISHED, published_at__lte=timezone.now()
        )

    def publish(self) -> int:
        """Show the articles to everyone: on their date, or now if they have none."""
        now = timezone.now()
        return self.update(
            publication=Publication.PUBLISHED,
            published_at=Coalesce("published_at", now),
            updated_at=now,
        )

    def visible_to(self, user: Any) -> ArticleQuerySet:
        """Keep what this person may see: drafts too, for the staff who edit them."""
        return self if user.has_perm("news.view_article") else self.published()

    def about_structure(self, structure: Structure) -> ArticleQuerySet:
        """Keep the articles linked to the structure."""
        return self.filter(search.linked(Article, "structures", [structure]))

    def about_project(self, project: Project) -> ArticleQuerySet:
        """Keep the articles linked to the project."""
        return self.filter(search.linked(Article, "projects", [project]))

    def of_kinds(self, kinds: Iterable[str]) -> ArticleQuerySet:
        """Keep the articles of one of these kinds."""
        return self.filter(kind__in=list(kinds))

    def about_countries(self, countries: Iterable[Country]) -> ArticleQuerySet:
        """Keep the articles that speak of one of these countries."""
        return self.filter(search.linked(Article, "countries", countries))

    def in_sectors(self, sectors: Iterable[Sector]) -> ArticleQuerySet:
        """Keep the articles that speak of one of these sectors."""
        return self.filter(search.linked(Article, "sectors", sectors))

    def with_goals(self, goals: Iterable[Goal]) -> ArticleQuerySet:
        """Keep the articles that speak of one of these goals."""
        return self.filter(search.linked(Article, "goals", goals))

    def tagged(self, tags: Iterable[Tag]) -> ArticleQuerySet:
        """Keep the articles with one of these tags, each once."""
        found = Article.objects.filter(tags__in=list(tags))
        return self.filter(pk__in=found.values("pk"))

    def search(self, text: str) -> ArticleQuerySet:
        """Keep the articles that the text finds, among those with a public page."""
        return search.narrow(self, text)

    def for_cards(self) -> ArticleQuerySet:
        """Load all that a card shows, in a number of queries that is fixed."""
        return self.annotate(country_names=labels_of(Country, "articles"))

    def for_page(self) -> ArticleQuerySet:
        """Load all that an article's page shows: of the register, what is published."""
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

    def latest_first(self) -> ArticleQuerySet:
        """Sort by date of publication, the newest first."""
        return self.order_by("-published_at", "pk")


class Article(Publishable):
    """A piece of news of the network, or of one of its members."""

    class Kind(models.TextChoices):
        """Who speaks."""

        NETWORK = "reseau", _("Actualité du réseau")
        MEMBER = "adherent", _("Actualité d’un adhérent")

    title = models.CharField(_("titre"), max_length=250)
    search_key = searchable("title", "summary", "body")
    slug = models.SlugField(
        _("adresse de la page"),
        max_length=100,
        unique=True,
        help_text=_("La fin de l’adresse : /actualites/titre-de-l-article/."),
    )
    kind = models.CharField(
        _("nature"), max_length=20, choices=Kind, default=Kind.NETWORK
    )
    summary = models.CharField(
        _("chapeau"), max_length=400, blank=True, help_text=_("Une phrase ou deux.")
    )
    body = models.TextField(
        _("texte"),
        blank=True,
        help_text=_("Texte simple ; une ligne vide sépare les paragraphes."),
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
        help_text=_("Une date à venir : l’article paraîtra ce jour-là."),
    )
    source_url = WebAddressField(
        _("page d’origine"),
        blank=True,
        help_text=_("L’adresse de l’article, s’il a d’abord paru ailleurs."),
    )
    structures = models.ManyToManyField(
        Structure, verbose_name=_("structures"), blank=True, related_name="articles"
    )
    projects = models.ManyToManyField(
        Project, verbose_name=_("projets"), blank=True, related_name="articles"
    )
    countries = models.ManyToManyField(
        Country, verbose_name=_("pays"), blank=True, related_name="articles"
    )
    sectors = models.ManyToManyField(
        Sector,
        verbose_name=_("secteurs d’intervention"),
        blank=True,
        related_name="articles",
    )
    goals = models.ManyToManyField(
        Goal,
        verbose_name=_("objectifs de développement durable"),
        blank=True,
        related_name="articles",
    )
    created_at = models.DateTimeField(_("créé le"), auto_now_add=True)
    updated_at = models.DateTimeField(_("modifié le"), auto_now=True)

    objects = ArticleQuerySet.as_manager()
    tags = TaggableManager(
        verbose_name=_("mots-clés"),
        blank=True,
        help_text=_("Séparés par des virgules, sans dièse."),
    )

    class Meta:
        verbose_name = _("actualité")
        verbose_name_plural = _("actualités")
        indexes = [
            models.Index(
                models.F("published_at").desc(), "id", name="article_latest_first"
            )
        ]
        constraints = [
            not_blank("article_has_a_title", "title"),
            models.CheckConstraint(
                name="article_published_has_a_date",
                condition=~models.Q(publication="publie")
                | models.Q(published_at__isnull=False),
                violation_error_code="published_at",
                violation_error_message=_("Un article publié a une date."),
            ),
            models.CheckConstraint(
                name="article_image_has_an_alternative",
                condition=models.Q(image="") | ~models.Q(image_alt__regex=BLANK),
                violation_error_code="image_alt",
                violation_error_message=_("Décrivez l’image pour qui ne la voit pas."),
            ),
            is_web_address("article_source_is_web_address", "source_url"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("news:article", args=[self.slug])

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
        day = date_format(timezone.localtime(self.published_at), "j F Y à G\\hi")
        sentence = gettext("Paraîtra le %(day)s\u00a0: visible de l’équipe seule.")
        return sentence % {"day": day}

    def clean(self) -> None:
        """Date what is published without a date: now."""
        if self.publication == Publication.PUBLISHED and self.published_at is None:
            self.published_at = timezone.now()
