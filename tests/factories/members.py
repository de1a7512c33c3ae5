import datetime

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from directory.models import Country
from members.models import (
    AccessRequest,
    DismissedDrift,
    FreshnessRequest,
    Invitation,
    Mail,
    Membership,
    Report,
    SavedSearch,
    Subscriber,
    ToldRow,
    User,
)
from tests.factories.directory import StructureFactory

DAY = datetime.timedelta(days=1)


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


class MailFactory(DjangoModelFactory):
    """A mail that waits for the worker."""

    class Meta:
        model = Mail

    class Params:
        sent = factory.Trait(sent_at=factory.LazyFunction(timezone.now), tries=1)
        refused = factory.Trait(
            refused_at=factory.LazyFunction(timezone.now), tries=1, error="550 inconnu"
        )

    kind = "essai"
    to = factory.Sequence(lambda n: f"destinataire{n}@essai.example")
    subject = factory.Sequence(lambda n: f"Objet {n}")
    text = "Texte."
    html = "<p>Texte.</p>"


class InvitationFactory(DjangoModelFactory):
    """An invitation that waits; its link is not known, as once the mail has left."""

    class Meta:
        model = Invitation

    structure = factory.SubFactory(StructureFactory, published=True)
    email = factory.Sequence(lambda n: f"invite{n}@essai.example")
    invited_by = factory.SubFactory(UserFactory)
    token_hash = factory.Sequence(lambda n: f"{n:064}")


class AccessRequestFactory(DjangoModelFactory):
    """A request that nobody has decided."""

    class Meta:
        model = AccessRequest

    class Params:
        refused = factory.Trait(
            state=AccessRequest.State.REFUSED,
            answer="Pas cette fois.",
            decided_at=factory.LazyFunction(timezone.now),
        )

    user = factory.SubFactory(UserFactory)
    structure = factory.SubFactory(StructureFactory, published=True)
    reason = "J’y suis trésorière."


class FreshnessRequestFactory(DjangoModelFactory):
    """A question asked of a structure just now."""

    class Meta:
        model = FreshnessRequest

    structure = factory.SubFactory(StructureFactory, published=True)
    step = FreshnessRequest.Step.ASKED
    to = factory.Sequence(lambda n: f"bureau{n}@essai.example")


class ReportFactory(DjangoModelFactory):
    """An error that a visitor saw in a structure."""

    class Meta:
        model = Report

    structure = factory.SubFactory(StructureFactory, published=True)
    about = Report.About.CONTACT
    text = "Le téléphone a changé."


class SubscriberFactory(DjangoModelFactory):
    """An address that follows searches."""

    class Meta:
        model = Subscriber

    email = factory.Sequence(lambda n: f"abonne{n}@essai.example")


class SavedSearchFactory(DjangoModelFactory):
    """An alert that nobody has confirmed; `on` since yesterday, told each day."""

    class Meta:
        model = SavedSearch

    class Params:
        on = factory.Trait(
            confirmed_at=factory.LazyFunction(lambda: timezone.now() - DAY),
            looked_on=factory.LazyFunction(lambda: timezone.localdate() - DAY),
        )

    subscriber = factory.SubFactory(SubscriberFactory)
    listing = "directory:structures"
    rhythm = SavedSearch.Rhythm.DAILY


class ToldRowFactory(DjangoModelFactory):
    """A row that a person was told of."""

    class Meta:
        model = ToldRow

    subscriber = factory.SubFactory(SubscriberFactory)
    listing = "directory:structures"
    row = factory.Sequence(lambda n: n + 1)
