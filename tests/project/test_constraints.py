"""What must never be false is refused by PostgreSQL itself, NULLs included."""

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.db.models import BaseConstraint

from directory.models import (
    Commune,
    Country,
    CrsCode,
    DacList,
    Department,
    Epci,
    Funder,
    Goal,
    Network,
    Sector,
    StructureType,
    Target,
    Theme,
    WorldRegion,
)
from tests.factories import (
    ArticleFactory,
    CallDocumentFactory,
    CallFactory,
    ContactFactory,
    EventDocumentFactory,
    EventFactory,
    EventParticipationFactory,
    FunderFactory,
    LocalityFactory,
    NetworkFactory,
    NetworkPartnerFactory,
    OfferFactory,
    PageFactory,
    ParticipationFactory,
    ProjectFactory,
    ProjectImageFactory,
    StructureFactory,
    StructureTypeFactory,
    TagAliasFactory,
)
from tests.project import violations_of_members
from tests.project.violations import (
    DAY,
    EARLIER,
    LONG_AGO,
    MINUTE,
    NOON,
    TOO_FAR,
    changed,
    documented,
    first,
    its_own,
    last,
    of_one_organisation,
    placed,
    published,
    said_like_another,
    sourced,
    twice,
)

VOCABULARIES = [
    ("country_label_is_said_once", said_like_another(Country)),
    ("sector_label_is_said_once", said_like_another(Sector)),
    ("structure_type_label_is_said_once", said_like_another(StructureType)),
    ("funder_label_is_said_once", said_like_another(Funder)),
    ("theme_label_is_said_once", said_like_another(Theme)),
    ("structure_type_is_not_its_own_parent", its_own(StructureTypeFactory, "parent")),
    ("goal_is_one_of_seventeen", changed(first(Goal), number=18)),
    ("goal_is_one_of_seventeen", changed(first(Goal), number=0)),
    ("goal_colors_are_hexadecimal", changed(first(Goal), color="bleu")),
    ("goal_colors_are_hexadecimal", changed(first(Goal), text_color="#FFF")),
    ("target_code_has_goal_and_rank", changed(first(Target), code="1-a")),
    ("crs_code_has_five_digits", changed(first(CrsCode), code="1234")),
    (
        "funder_website_is_web_address",
        changed(FunderFactory, website="javascript:alert(1)"),
    ),
    ("world_region_code_has_three_digits", changed(first(WorldRegion), code="1")),
    ("country_code_has_two_capitals", changed(first(Country), code="ml")),
    ("country_alpha3_has_three_capitals", changed(first(Country), alpha3="M1I")),
    (
        "country_leaves_a_list_it_is_on",
        changed(first(Country), is_ldc=False, ldc_until=DAY),
    ),
    (
        "dac_list_ends_after_it_begins",
        changed(first(DacList), begins_on="2019-02-01", ends_on="2019-01-01"),
    ),
    (
        "dac_list_begins_in_our_time",
        changed(first(DacList), begins_on="0024-01-01", ends_on="2019-01-01"),
    ),
    ("dac_list_ends_in_our_time", changed(last(DacList), ends_on="2100-01-01")),
    ("dac_lists_do_not_overlap", changed(first(DacList), ends_on="2026-01-01")),
    ("dac_list_source_is_web_address", changed(first(DacList), source="ici")),
    ("department_code_is_insee", changed(first(Department), code="1A")),
    ("epci_siren_has_nine_digits", changed(first(Epci), siren="12")),
    ("commune_code_is_insee", changed(first(Commune), code="A3001")),
    ("commune_position_is_complete", changed(first(Commune), latitude=91)),
    ("commune_position_is_complete", changed(first(Commune), longitude=181)),
]
NETWORK = [
    ("network_is_the_only_one", lambda: Network.objects.create(id=2, name="Autre")),
    ("network_has_a_name", changed(NetworkFactory, name=" \t")),
    (
        "network_social_links_are_addresses",
        changed(NetworkFactory, social_links=["https://a.example", "//b.example"]),
    ),
    (
        "network_partner_is_named_once",
        twice(NetworkPartnerFactory, network=NetworkFactory, name="La Région"),
    ),
    (
        "network_partner_website_is_web_address",
        changed(NetworkPartnerFactory, website="ftp://ailleurs.example"),
    ),
]
STRUCTURES = [
    (
        "structure_social_links_are_addresses",
        changed(StructureFactory, social_links=["javascript:alert(1)"]),
    ),
    (
        "structure_abroad_is_in_no_department",
        changed(StructureFactory, is_abroad=True, department_id="13"),
    ),
    *sourced(StructureFactory, "structure"),
    *placed(StructureFactory, "structure", point_source="saisie"),
    ("structure_has_a_name", changed(StructureFactory, name="\n ")),
    (
        "structure_point_has_an_origin",
        changed(StructureFactory, latitude=43, longitude=5, point_source=""),
    ),
    ("structure_point_has_an_origin", changed(StructureFactory, point_source="saisie")),
    (
        "structure_website_is_web_address",
        changed(StructureFactory, website="javascript:alert(1)"),
    ),
    (
        "structure_membership_is_in_order",
        changed(StructureFactory, member_from=DAY, member_until=EARLIER),
    ),
    (
        "structure_membership_has_a_start",
        changed(StructureFactory, member_from=None, member_until=DAY),
    ),
    ("structure_siren_has_nine_digits", changed(StructureFactory, siren="12345678")),
    ("structure_rna_is_well_formed", changed(StructureFactory, rna="131000123")),
    ("structure_founded_in_a_plausible_year", changed(StructureFactory, founded_in=20)),
    (
        "structure_logo_has_an_alternative",
        changed(StructureFactory, logo="logos/a.png", logo_alt=""),
    ),
    ("structure_slug_is_free", changed(StructureFactory, slug="suggestions")),
    (
        "structure_is_not_merged_into_itself",
        its_own(StructureFactory, "merged_into"),
    ),
    ("contact_has_a_name", changed(ContactFactory, last_name="")),
    ("contact_represents_alone", twice(ContactFactory, structure=StructureFactory)),
    (
        "contact_consent_has_both_dates",
        changed(ContactFactory, consent_given_on=DAY, consent_expires_on=None),
    ),
    (
        "contact_consent_has_both_dates",
        changed(ContactFactory, consent_given_on=None, consent_expires_on=DAY),
    ),
    (
        "contact_consent_is_in_order",
        changed(ContactFactory, consent_given_on=DAY, consent_expires_on=EARLIER),
    ),
]
PROJECTS = [
    *sourced(ProjectFactory, "project"),
    *placed(LocalityFactory, "locality"),
    ("project_links_are_addresses", changed(ProjectFactory, links=["ftp://x"])),
    ("project_has_a_title", changed(ProjectFactory, title="")),
    (
        "project_plan_is_in_order",
        changed(ProjectFactory, planned_start_on=DAY, planned_end_on=EARLIER),
    ),
    (
        "project_dates_are_in_order",
        changed(ProjectFactory, actual_start_on=DAY, actual_end_on=EARLIER),
    ),
    ("project_budget_is_not_negative", changed(ProjectFactory, budget=-1)),
    ("project_currency_is_iso", changed(ProjectFactory, currency="€")),
    ("project_currency_is_iso", changed(ProjectFactory, currency="")),
    (
        "participation_is_of_one_organisation",
        changed(ParticipationFactory, structure=None, funder=None, name=""),
    ),
    ("participation_is_of_one_organisation", changed(ParticipationFactory, name="x")),
    (
        "participation_is_of_one_organisation",
        lambda: ParticipationFactory(funder=FunderFactory(), role="financeur"),
    ),
    (
        "participation_is_of_one_organisation",
        lambda: ParticipationFactory(structure=None, name="  "),
    ),
    (
        "participation_of_a_funder_is_funding",
        lambda: ParticipationFactory(structure=None, funder=FunderFactory()),
    ),
    ("participation_amount_is_not_negative", changed(ParticipationFactory, amount=-1)),
    (
        "participation_has_one_lead",
        twice(ParticipationFactory, project=ProjectFactory, role="porteur"),
    ),
    (
        "participation_is_said_once",
        twice(ParticipationFactory, project=ProjectFactory, structure=StructureFactory),
    ),
    ("locality_has_a_name", changed(LocalityFactory, name=" ")),
    (
        "locality_is_said_once",
        twice(LocalityFactory, project=ProjectFactory, name="Gao", country=None),
    ),
    (
        "locality_is_said_once",
        twice(LocalityFactory, project=ProjectFactory, name="Gao", country_id=1),
    ),
    (
        "project_image_has_an_alternative",
        changed(ProjectImageFactory, alternative=" "),
    ),
]
CALLS = [
    *published(CallFactory, "call"),
    (
        "call_closes_after_it_opens",
        changed(CallFactory, opens_at=NOON, closes_at=NOON - MINUTE),
    ),
    ("call_opens_in_our_time", changed(CallFactory, opens_at=LONG_AGO)),
    ("call_closes_in_our_time", changed(CallFactory, closes_at=TOO_FAR)),
    ("call_grant_floor_is_not_negative", changed(CallFactory, grant_floor=-1)),
    ("call_grant_ceiling_is_not_negative", changed(CallFactory, grant_ceiling=-1)),
    ("call_budget_floor_is_not_negative", changed(CallFactory, budget_floor=-1)),
    ("call_budget_ceiling_is_not_negative", changed(CallFactory, budget_ceiling=-1)),
    ("call_share_ceiling_is_not_negative", changed(CallFactory, share_ceiling=-1)),
    (
        "call_permanent_never_closes",
        changed(CallFactory, is_permanent=True, closes_at=NOON),
    ),
    ("call_share_ceiling_is_a_part", changed(CallFactory, share_ceiling="100.01")),
    (
        "call_grants_are_in_order",
        changed(CallFactory, grant_floor=2, grant_ceiling=1),
    ),
    (
        "call_budgets_are_in_order",
        changed(CallFactory, budget_floor=2, budget_ceiling=1),
    ),
    (
        "call_country_groups_are_known",
        changed(CallFactory, country_groups=["pma", "zone-franc"]),
    ),
    (
        "call_apply_address_is_web_address",
        changed(CallFactory, apply_url="javascript:alert(1)"),
    ),
    *documented(CallDocumentFactory, "calldocument"),
]
EVENTS_AND_OFFERS = [
    *published(EventFactory, "event"),
    (
        "event_ends_after_it_starts",
        changed(EventFactory, starts_at=NOON, ends_at=NOON - MINUTE),
    ),
    (
        "event_starts_in_our_time",
        changed(EventFactory, starts_at=LONG_AGO, ends_at=None),
    ),
    ("event_ends_in_our_time", changed(EventFactory, ends_at=TOO_FAR)),
    (
        "event_online_address_is_web_address",
        changed(EventFactory, online_url="ftp://x.example"),
    ),
    (
        "event_registration_address_is_web_address",
        changed(EventFactory, registration_url="//x.example"),
    ),
    *of_one_organisation(EventParticipationFactory, "eventparticipation"),
    (
        "event_participation_is_said_once",
        twice(
            EventParticipationFactory, event=EventFactory, structure=StructureFactory
        ),
    ),
    *documented(EventDocumentFactory, "eventdocument"),
    *published(OfferFactory, "offer"),
    *of_one_organisation(OfferFactory, "offer"),
    ("offer_closes_in_our_time", changed(OfferFactory, closes_on=LONG_AGO.date())),
    (
        "offer_apply_address_is_web_address",
        changed(OfferFactory, apply_url="mailto:a@x.example"),
    ),
]
PUBLICATIONS = [
    *published(ArticleFactory, "article"),
    ("page_has_a_title", changed(PageFactory, title=" ")),
    ("page_says_something", changed(PageFactory, body="<p> </p>")),
    ("page_address_is_of_one_part", changed(PageFactory, slug="")),
    ("page_address_is_of_one_part", changed(PageFactory, slug="le/reseau")),
    ("page_address_is_of_one_part", changed(PageFactory, slug="Réseau")),
    ("tag_alias_has_a_name", changed(TagAliasFactory, name=" ")),
    (
        "tag_alias_is_of_one_tag",
        lambda: [TagAliasFactory(name=n, slug=n[:1]) for n in ("éau", "Eau")],
    ),
]
CASES = [
    *violations_of_members.PROPOSALS,
    *violations_of_members.PEOPLE,
    *VOCABULARIES,
    *NETWORK,
    *STRUCTURES,
    *PROJECTS,
    *CALLS,
    *EVENTS_AND_OFFERS,
    *PUBLICATIONS,
]


def constraints():
    return {
        constraint.name: constraint
        for app in ("directory", "news", "members")
        for model in apps.get_app_config(app).get_models()
        for constraint in model._meta.constraints
    }


@pytest.mark.parametrize(("name", "violate"), CASES, ids=[name for name, _ in CASES])
def test_the_database_refuses(name, violate, db):
    with pytest.raises(IntegrityError, match=f'"{name}"'), transaction.atomic():
        violate()


def test_each_constraint_is_violated_above():
    assert constraints().keys() == {name for name, _ in CASES}


def test_the_other_constraints_explain_themselves():
    default = str(BaseConstraint.default_violation_error_message)
    silent = {
        name
        for name, constraint in constraints().items()
        if str(constraint.violation_error_message) == default
    }

    assert silent == set()
