import factory
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.utils import timezone
from factory.django import DjangoModelFactory

from directory.models import Structure
from members.models import Proposal, ProposalFile, ReviewPolicy, State
from tests.factories.directory import StructureFactory
from tests.factories.members import UserFactory


class ProposalFactory(DjangoModelFactory):
    """A change of name that waits for the staff."""

    class Meta:
        model = Proposal

    editable = "structure"
    kind = Proposal.Kind.CHANGE
    structure = factory.SubFactory(StructureFactory, published=True)
    structure_name = factory.LazyAttribute(
        lambda o: o.structure.name if o.structure else "Partie"
    )
    label = factory.SelfAttribute("structure_name")
    target_type = factory.LazyFunction(
        lambda: ContentType.objects.get_for_model(Structure)
    )
    target_id = factory.LazyAttribute(lambda o: o.structure.pk if o.structure else 1)
    author = factory.SubFactory(UserFactory)
    state = State.SUBMITTED
    base = factory.LazyAttribute(lambda o: {"name": [o.structure_name]})
    values = factory.LazyAttribute(lambda o: {"name": [f"{o.structure_name} bis"]})
    submitted_at = factory.LazyFunction(timezone.now)


class ProposalFileFactory(DjangoModelFactory):
    """A file that waits."""

    class Meta:
        model = ProposalFile

    proposal = factory.SubFactory(ProposalFactory)
    field = "logo"
    name = "logo.png"
    file = factory.LazyFunction(lambda: ContentFile(b"x", "logo.png"))


class ReviewPolicyFactory(DjangoModelFactory):
    """A group that is published at once."""

    class Meta:
        model = ReviewPolicy

    group = factory.Sequence(lambda n: f"groupe.{n}")
    mode = ReviewPolicy.Mode.AFTER
