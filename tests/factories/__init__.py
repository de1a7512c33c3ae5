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
from tests.factories.members import (
    AccessRequestFactory,
    DismissedDriftFactory,
    InvitationFactory,
    MailFactory,
    MembershipFactory,
    UserFactory,
)
from tests.factories.news import (
    ArticleFactory,
    CallDocumentFactory,
    CallFactory,
    EventDocumentFactory,
    EventFactory,
    EventParticipationFactory,
    OfferFactory,
    PageFactory,
    TagAliasFactory,
)
from tests.factories.proposals import (
    ProposalFactory,
    ProposalFileFactory,
    ReviewPolicyFactory,
)
from tests.factories.vocabularies import (
    CountryFactory,
    FunderFactory,
    SectorFactory,
    StructureTypeFactory,
)

__all__ = [
    "AccessRequestFactory",
    "ArticleFactory",
    "CallDocumentFactory",
    "CallFactory",
    "ContactFactory",
    "CountryFactory",
    "DismissedDriftFactory",
    "EventDocumentFactory",
    "EventFactory",
    "EventParticipationFactory",
    "FunderFactory",
    "InvitationFactory",
    "LocalityFactory",
    "MailFactory",
    "MembershipFactory",
    "NetworkFactory",
    "NetworkPartnerFactory",
    "OfferFactory",
    "OfficeFactory",
    "PageFactory",
    "ParticipationFactory",
    "ProjectFactory",
    "ProjectImageFactory",
    "ProposalFactory",
    "ProposalFileFactory",
    "ReviewPolicyFactory",
    "SectorFactory",
    "StructureFactory",
    "StructureTypeFactory",
    "TagAliasFactory",
    "UserFactory",
]
