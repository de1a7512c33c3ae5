"""The news of the network, and of its members."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from news.models.posts import Post, PostQuerySet


class ArticleQuerySet(PostQuerySet):
    """Every question asked of the articles table."""

    def of_kinds(self, kinds: Iterable[str]) -> ArticleQuerySet:
        """Keep the articles of one of these kinds."""
        return self.filter(kind__in=list(kinds))


class Article(Post):
    """A piece of news of the network, or of one of its members."""

    class Kind(models.TextChoices):
        """Who speaks."""

        NETWORK = "reseau", _("Actualité du réseau")
        MEMBER = "adherent", _("Actualité d’un adhérent")

    kind = models.CharField(
        _("nature"), max_length=20, choices=Kind, default=Kind.NETWORK
    )

    objects = ArticleQuerySet.as_manager()

    class Meta(Post.Meta):
        verbose_name = _("actualité")
        verbose_name_plural = _("actualités")

    def get_absolute_url(self) -> str:
        return reverse("news:article", args=[self.slug])
