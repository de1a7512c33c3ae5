import factory
from factory.django import DjangoModelFactory

from directory.models import Country
from members.models import DismissedDrift, Membership, User
from tests.factories.directory import StructureFactory


class UserFactory(DjangoModelFactory):
    """A person with an account and no right."""

    class Meta:
        model = User

    class Params:
        staff = factory.Trait(is_staff=True, is_superuser=True)

    email = factory.Sequence(lambda n: f"personne{n}@essai.example")
    name = factory.Sequence(lambda n: f"Personne {n}")


class MembershipFactory(DjangoModelFactory):
    """A person who edits the records of a structure."""

    class Meta:
        model = Membership

    class Params:
        owner = factory.Trait(role=Membership.Role.OWNER)

    user = factory.SubFactory(UserFactory)
    structure = factory.SubFactory(StructureFactory)


class DismissedDriftFactory(DjangoModelFactory):
    """A country, Mali unless told otherwise, that a structure need not name."""

    class Meta:
        model = DismissedDrift

    structure = factory.SubFactory(StructureFactory)
    country = factory.LazyFunction(lambda: Country.objects.get(code="ML"))
    dismissed_by = factory.SubFactory(UserFactory)
