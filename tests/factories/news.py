import datetime

import factory
from django.utils.text import slugify
from factory.django import DjangoModelFactory

from directory.models import Publication
from news.models import Article, Page
from tests.factories.links import linked


class ArticleFactory(DjangoModelFactory):
    """A draft article."""

    class Meta:
        model = Article
        skip_postgeneration_save = True

    class Params:
        published = factory.Trait(
            publication=Publication.PUBLISHED,
            published_at=datetime.datetime(2025, 3, 10, 9, 0, tzinfo=datetime.UTC),
        )

    title = factory.Sequence(lambda n: f"Nouvelle d’essai {n}")
    slug = factory.LazyAttribute(lambda o: slugify(o.title)[:100])
    body = "<p>Un paragraphe.</p><p>Un autre.</p>"
    countries = linked("countries", "code")
    sectors = linked("sectors", "code")
    goals = linked("goals", "number")
    structures = linked("structures", "slug")
    projects = linked("projects", "slug")

    @factory.post_generation
    def tags(self, create, extracted, **kwargs):
        """`ArticleFactory(tags=["PNUD"])`."""
        if create and extracted:
            self.tags.set(extracted)


class PageFactory(DjangoModelFactory):
    """A draft page."""

    class Meta:
        model = Page

    class Params:
        published = factory.Trait(publication=Publication.PUBLISHED)

    title = factory.Sequence(lambda n: f"Page d’essai {n}")
    slug = factory.LazyAttribute(lambda o: slugify(o.title)[:80])
    body = "<h2>Une partie</h2><p>Un paragraphe.</p>"
