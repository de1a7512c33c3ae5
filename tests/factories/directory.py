import datetime

import factory
from django.utils.text import slugify
from factory.django import DjangoModelFactory

from directory.models import (
    Contact,
    Locality,
    Network,
    NetworkPartner,
    Office,
    Participation,
    Project,
    ProjectImage,
    Publication,
    Structure,
    StructureType,
)
from tests.factories.links import linked


class StructureFactory(DjangoModelFactory):
    """A draft association, with nothing but its name."""

    class Meta:
        model = Structure
        skip_postgeneration_save = True

    class Params:
        published = factory.Trait(publication=Publication.PUBLISHED)
        member = factory.Trait(member_from=datetime.date(2020, 1, 1))
        former_member = factory.Trait(
            member_from=datetime.date(2015, 1, 1),
            member_until=datetime.date(2019, 12, 31),
        )
        type_code = None

    name = factory.Sequence(lambda n: f"Association d’essai {n}")
    slug = factory.LazyAttribute(lambda o: slugify(o.name)[:80])
    type = factory.LazyAttribute(
        lambda o: StructureType.objects.get(code=o.type_code) if o.type_code else None
    )
    countries = linked("countries", "code")
    sectors = linked("sectors", "code")
    goals = linked("goals", "number")


class ContactFactory(DjangoModelFactory):
    """The representative of a structure, without consent to be named."""

    class Meta:
        model = Contact

    class Params:
        consenting = factory.Trait(
            consent_given_on=datetime.date(2020, 1, 1),
            consent_expires_on=datetime.date(2099, 12, 31),
        )

    structure = factory.SubFactory(StructureFactory)
    honorific = "Mme"
    first_name = "Zélie"
    last_name = factory.Sequence(lambda n: f"Inventée{n}")
    role = "Chargée de mission"
    email = factory.Sequence(lambda n: f"contact{n}@prive.example")
    phone = "04 00 00 00 00"
    is_representative = True


class ProjectFactory(DjangoModelFactory):
    """A draft project, without lead."""

    class Meta:
        model = Project
        skip_postgeneration_save = True

    class Params:
        published = factory.Trait(publication=Publication.PUBLISHED)

    title = factory.Sequence(lambda n: f"Projet d’essai {n}")
    slug = factory.LazyAttribute(lambda o: slugify(o.title)[:80])
    countries = linked("countries", "code")
    sectors = linked("sectors", "code")
    goals = linked("goals", "number")

    @factory.post_generation
    def lead(self, create, extracted, **kwargs):
        """`ProjectFactory(lead=structure)`."""
        if create and extracted:
            ParticipationFactory(
                project=self, structure=extracted, role=Participation.Role.LEAD
            )


class ParticipationFactory(DjangoModelFactory):
    """A structure that is a partner in a project."""

    class Meta:
        model = Participation

    class Params:
        named = factory.Trait(structure=None, name="Une organisation d’ailleurs")

    project = factory.SubFactory(ProjectFactory)
    structure = factory.SubFactory(StructureFactory)
    role = Participation.Role.PARTNER


class LocalityFactory(DjangoModelFactory):
    """A place of a project, without a point."""

    class Meta:
        model = Locality

    project = factory.SubFactory(ProjectFactory)
    name = factory.Sequence(lambda n: f"Village {n}")


class ProjectImageFactory(DjangoModelFactory):
    """A picture of a project: a small square."""

    class Meta:
        model = ProjectImage

    project = factory.SubFactory(ProjectFactory)
    image = factory.django.ImageField(width=8, height=8)
    alternative = "Un carré bleu"


class NetworkFactory(DjangoModelFactory):
    """The network, with its region: Provence-Alpes-Côte d’Azur."""

    class Meta:
        model = Network
        django_get_or_create = ["id"]
        skip_postgeneration_save = True

    id = Network.ONLY_KEY
    name = "Réseau d’essai"
    baseline = "Le réseau qui sert aux essais"
    email = "contact@reseau.example"
    phones = ["04 91 00 00 00"]
    territory = "en Provence-Alpes-Côte d’Azur"
    regions = linked("regions", "code")


class OfficeFactory(DjangoModelFactory):
    """An office of the network."""

    class Meta:
        model = Office

    network = factory.SubFactory(NetworkFactory)
    address = "1, rue des Essais"
    postcode = "13001"
    city = "Marseille"


class NetworkPartnerFactory(DjangoModelFactory):
    """A partner of the network."""

    class Meta:
        model = NetworkPartner

    network = factory.SubFactory(NetworkFactory)
    name = factory.Sequence(lambda n: f"Partenaire {n}")
