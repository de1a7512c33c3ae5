"""One factory per model; situations are traits."""

from tests.factories.directory import (
    ContactFactory,
    LocalityFactory,
    NetworkFactory,
    NetworkPartnerFactory,
    OfficeFactory,
    ParticipationFactory,
    ProjectFactory,
    ProjectImageFactory,
    StructureFactory,
)
from tests.factories.members import MembershipFactory, UserFactory
from tests.factories.news import ArticleFactory, PageFactory
from tests.factories.vocabularies import (
    CountryFactory,
    FunderFactory,
    SectorFactory,
    StructureTypeFactory,
)

__all__ = [
    "ArticleFactory",
    "ContactFactory",
    "CountryFactory",
    "FunderFactory",
    "LocalityFactory",
    "MembershipFactory",
    "NetworkFactory",
    "NetworkPartnerFactory",
    "OfficeFactory",
    "PageFactory",
    "ParticipationFactory",
    "ProjectFactory",
    "ProjectImageFactory",
    "SectorFactory",
    "StructureFactory",
    "StructureTypeFactory",
    "UserFactory",
]
