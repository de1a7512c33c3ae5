import datetime

import factory
from django.utils.text import slugify
from factory.django import DjangoModelFactory

from directory.models import Publication
from news.models import (
    Article,
    Call,
    CallDocument,
    Event,
    EventDocument,
    EventParticipation,
    Offer,
    Page,
    TagAlias,
)
from news.models.tags import tag_named
from tests.factories.directory import StructureFactory
from tests.factories.links import linked


class PostFactory(DjangoModelFactory):
    """A draft publication."""

    class Meta:
        abstract = True
        skip_postgeneration_save = True

    class Params:
        published = factory.Trait(
            publication=Publication.PUBLISHED,
            published_at=datetime.datetime(2025, 3, 10, 9, 0, tzinfo=datetime.UTC),
        )

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


class ArticleFactory(PostFactory):
    """A draft article."""

    class Meta:
        model = Article

    title = factory.Sequence(lambda n: f"Nouvelle d’essai {n}")


class CallFactory(PostFactory):
    """A draft call, permanent unless it has a last day."""

    class Meta:
        model = Call

    title = factory.Sequence(lambda n: f"Appel d’essai {n}")
    closes_at = None
    is_permanent = factory.LazyAttribute(lambda o: o.closes_at is None)
    funders = linked("funders", "code")
    themes = linked("themes", "code")
    eligible_types = linked("eligible_types", "code")
    excluded_countries = linked("excluded_countries", "code")


class EventFactory(PostFactory):
    """A draft event, one evening of June 2026."""

    class Meta:
        model = Event

    title = factory.Sequence(lambda n: f"Rencontre d’essai {n}")
    starts_at = datetime.datetime(2026, 6, 12, 16, 0, tzinfo=datetime.UTC)
    ends_at = factory.LazyAttribute(
        lambda o: o.starts_at and o.starts_at + datetime.timedelta(hours=2)
    )
    themes = linked("themes", "code")


class EventParticipationFactory(DjangoModelFactory):
    """A structure that organises an event."""

    class Meta:
        model = EventParticipation

    class Params:
        named = factory.Trait(structure=None, name="Une organisation d’ailleurs")

    event = factory.SubFactory(EventFactory)
    structure = factory.SubFactory(StructureFactory)


class OfferFactory(PostFactory):
    """A draft offer of a job by a structure, without a closing date."""

    class Meta:
        model = Offer

    class Params:
        named = factory.Trait(structure=None, name="Une organisation d’ailleurs")

    title = factory.Sequence(lambda n: f"Offre d’essai {n}")
    kind = Offer.Kind.JOB
    structure = factory.SubFactory(StructureFactory)


class CallDocumentFactory(DjangoModelFactory):
    """A link to the rules of a call."""

    class Meta:
        model = CallDocument

    call = factory.SubFactory(CallFactory)
    title = "Règlement"
    url = "https://essai.example/reglement.pdf"


class EventDocumentFactory(DjangoModelFactory):
    """A link to the programme of an event."""

    class Meta:
        model = EventDocument

    event = factory.SubFactory(EventFactory)
    title = "Programme"
    url = "https://essai.example/programme.pdf"


class PageFactory(DjangoModelFactory):
    """A draft page."""

    class Meta:
        model = Page

    class Params:
        published = factory.Trait(publication=Publication.PUBLISHED)

    title = factory.Sequence(lambda n: f"Page d’essai {n}")
    slug = factory.LazyAttribute(lambda o: slugify(o.title)[:80])
    body = "<h2>Une partie</h2><p>Un paragraphe.</p>"


class TagAliasFactory(DjangoModelFactory):
    """What a keyword was called before it was merged."""

    class Meta:
        model = TagAlias

    name = factory.Sequence(lambda n: f"Ancien mot {n}")
    slug = factory.LazyAttribute(lambda o: slugify(o.name))
    tag = factory.LazyAttribute(lambda o: tag_named(f"Mot gardé pour {o.name}"))
