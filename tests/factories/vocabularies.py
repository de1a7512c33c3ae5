import factory
from django.utils.text import slugify
from factory.django import DjangoModelFactory

from directory.models import Country, Funder, Sector, StructureType


class TermFactory(DjangoModelFactory):
    """A term that no official list has."""

    class Meta:
        abstract = True

    label = factory.Sequence(lambda n: f"Terme d’essai {n}")
    code = factory.LazyAttribute(lambda o: slugify(o.label)[:50])
    position = 999


class StructureTypeFactory(TermFactory):
    """A type of structure of the first level."""

    class Meta:
        model = StructureType


class SectorFactory(TermFactory):
    """A sector."""

    class Meta:
        model = Sector


class FunderFactory(TermFactory):
    """A funder."""

    class Meta:
        model = Funder


class CountryFactory(TermFactory):
    """A country of nowhere: ISO 3166 leaves the codes XA to XZ to users (XK but)."""

    class Meta:
        model = Country

    code = "XA"
    alpha3 = "XAA"
    slug = factory.LazyAttribute(lambda o: slugify(o.label))
    preposition = Country.Preposition.EN
