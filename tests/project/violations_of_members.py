"""What would make the tables of the members say something false, by constraint."""

from django.utils import timezone

from directory.models import Goal
from tests.factories import (
    AccessRequestFactory,
    DismissedDriftFactory,
    FreshnessRequestFactory,
    InvitationFactory,
    MailFactory,
    MembershipFactory,
    ProposalFactory,
    ProposalFileFactory,
    ReportFactory,
    ReviewPolicyFactory,
    SavedSearchFactory,
    StructureFactory,
    SubscriberFactory,
    ToldRowFactory,
    UserFactory,
)
from tests.project.violations import NOON, changed, twice

PEOPLE = [
    (
        "user_email_is_unique_in_any_case",
        lambda: [UserFactory(email=f"{name}@essai.example") for name in ("zoe", "ZOE")],
    ),
    (
        "user_email_is_plain_before_the_at",
        lambda: UserFactory(email="equ\u0131pe@x.example"),
    ),
    (
        "freshness_answer_has_a_date",
        lambda: FreshnessRequestFactory(answer="rien-na-change"),
    ),
    ("report_says_something", lambda: ReportFactory(text=" ")),
    ("report_is_about_one_record", lambda: ReportFactory(structure=None)),
    ("report_is_settled_at_a_date", lambda: ReportFactory(outcome="corrige")),
    (
        "subscriber_email_is_lower_case",
        lambda: SubscriberFactory(email="Zoe@essai.example"),
    ),
    (
        "search_is_followed_once",
        twice(SavedSearchFactory, subscriber=SubscriberFactory),
    ),
    (
        "search_that_is_followed_has_a_beginning",
        lambda: SavedSearchFactory(on=True, looked_on=None),
    ),
    (
        "search_is_confirmed_before_it_is_paused",
        lambda: SavedSearchFactory(paused_at=timezone.now()),
    ),
    (
        "row_is_told_once",
        lambda: [
            ToldRowFactory(row=1, subscriber=s) for s in [SubscriberFactory()] * 2
        ],
    ),
    (
        "membership_is_said_once",
        twice(MembershipFactory, user=UserFactory, structure=StructureFactory),
    ),
    (
        "drift_is_dismissed_once",
        lambda: [DismissedDriftFactory(structure=s) for s in [StructureFactory()] * 2],
    ),
    (
        "dismissed_drift_is_of_one_subject",
        lambda: DismissedDriftFactory(goal=Goal.objects.get(number=1)),
    ),
    (
        "invitation_is_pending_once",
        lambda: InvitationFactory(
            email="ZOE@essai.example",
            structure=InvitationFactory(email="zoe@essai.example").structure,
        ),
    ),
    (
        "invitation_ends_once",
        changed(InvitationFactory, accepted_at=NOON, cancelled_at=NOON),
    ),
    (
        "invitation_email_is_plain_before_the_at",
        changed(InvitationFactory, email="equ\u0131pe@x.example"),
    ),
    (
        "access_request_is_pending_once",
        twice(AccessRequestFactory, user=UserFactory, structure=StructureFactory),
    ),
    (
        "access_request_is_decided_at_a_date",
        changed(AccessRequestFactory, state="acceptee"),
    ),
    (
        "access_request_is_decided_at_a_date",
        changed(AccessRequestFactory, decided_at=NOON),
    ),
    (
        "access_request_is_refused_with_a_reason",
        changed(AccessRequestFactory, state="refusee", decided_at=NOON, answer=" "),
    ),
    ("access_request_has_a_reason", changed(AccessRequestFactory, reason=" ")),
    ("mail_key_is_used_once", twice(MailFactory, key="une-fois")),
    ("mail_is_sent_or_refused", changed(MailFactory, sent_at=NOON, refused_at=NOON)),
]
PROPOSALS = [
    (
        "proposal_is_open_once",
        twice(ProposalFactory, author=UserFactory, structure=StructureFactory),
    ),
    ("proposal_state_is_known", changed(ProposalFactory, state="inconnu")),
    (
        "proposal_has_a_target_unless_it_adds",
        changed(ProposalFactory, target_id=None),
    ),
    ("proposal_waits_since_a_date", changed(ProposalFactory, submitted_at=None)),
    ("proposal_decided_has_a_date", changed(ProposalFactory, state="acceptee")),
    (
        "proposal_returned_says_why",
        changed(ProposalFactory, state="renvoyee", decided_at=NOON),
    ),
    ("proposal_version_begins_at_one", changed(ProposalFactory, version=0)),
    ("proposal_file_is_a_file", changed(ProposalFileFactory, file="")),
    ("review_policy_mode_is_known", changed(ReviewPolicyFactory, mode="jamais")),
]
