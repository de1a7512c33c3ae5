"""Every page of the admin opens, in French, for the staff alone, at a fixed cost."""

import re

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from taggit.models import Tag

from directory.models import (
    Contact,
    CrsCode,
    Goal,
    Locality,
    Network,
    NetworkPartner,
    Office,
    Participation,
    Project,
    ProjectImage,
    Structure,
    Target,
    WorldRegion,
)
from members.models import (
    AccessRequest,
    DismissedDrift,
    FreshnessRequest,
    Invitation,
    Mail,
    Membership,
    Ownerless,
    Proposal,
    ProposalFile,
    Report,
    ReviewPolicy,
    SavedSearch,
    Subscriber,
    ToldRow,
    User,
)
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
from tests.admin_forms import address
from tests.factories import (
    AccessRequestFactory,
    ArticleFactory,
    CallDocumentFactory,
    CallFactory,
    ContactFactory,
    DismissedDriftFactory,
    EventDocumentFactory,
    EventParticipationFactory,
    FreshnessRequestFactory,
    FunderFactory,
    InvitationFactory,
    LocalityFactory,
    MailFactory,
    MembershipFactory,
    NetworkFactory,
    NetworkPartnerFactory,
    OfferFactory,
    OfficeFactory,
    PageFactory,
    ParticipationFactory,
    ProjectFactory,
    ProjectImageFactory,
    ProposalFactory,
    ProposalFileFactory,
    ReportFactory,
    ReviewPolicyFactory,
    SavedSearchFactory,
    StructureFactory,
    SubscriberFactory,
    TagAliasFactory,
    ToldRowFactory,
    UserFactory,
)

ENGLISH = re.compile(
    r"\b(Name|Label|Title|Created|Updated|Users?|Delete|Save|Countr|Sectors?|Goals?"
    r"|Email|Password|Website|Verified|Key|Is|Parent|Uses|Place|Lead|Member|of|the)\b"
)
MODELS = sorted(admin.site._registry, key=lambda model: model._meta.label)
#: Queries of the longest list; the session and the user take two.
BUDGET = 12


def rich_structure(n=0):
    return StructureFactory(
        published=n % 2 == 0,
        member=n % 3 == 0,
        type_code=["commune", "association-locale", "osim"][n % 3],
        commune_id=["13001", "06088", "83137"][n % 3],
        department_id=["13", "06", "83"][n % 3],
        countries=["ML", "AM"],
        sectors=["education"],
        goals=[4, 6],
        source="essai" if n % 2 else "",
        external_key=f"cle-{n}" if n % 2 else "",
    )


def rich_project(n=0):
    project = ProjectFactory(
        published=n % 2 == 0, countries=["ML"], lead=StructureFactory()
    )
    ParticipationFactory(project=project, structure=None, name="Un village")
    return project


def funded(n=0):
    return ParticipationFactory(
        structure=None, funder=FunderFactory(), role=Participation.Role.FUNDER
    )


def ownerless():
    membership = MembershipFactory(owner=True)
    membership.delete()
    return membership.structure.ownerless


MAKERS = {
    Structure: rich_structure,
    Contact: lambda _: ContactFactory(),
    Project: rich_project,
    Participation: lambda n: funded() if n % 2 else ParticipationFactory(),
    Locality: lambda _: LocalityFactory(country_id=1),
    ProjectImage: lambda _: ProjectImageFactory(),
    Network: lambda _: NetworkFactory(regions=["93"]),
    Office: lambda _: OfficeFactory(),
    NetworkPartner: lambda _: NetworkPartnerFactory(),
    Article: lambda n: ArticleFactory(published=n % 2 == 0, tags=["eau", f"mot{n}"]),
    Call: lambda n: CallFactory(
        published=n % 2 == 0, funders=["forim"], closes_at="2026-06-01T15:00Z"
    ),
    CallDocument: lambda _: CallDocumentFactory(),
    Event: lambda n: EventParticipationFactory(event__published=n % 2 == 0).event,
    EventDocument: lambda _: EventDocumentFactory(),
    EventParticipation: lambda _: EventParticipationFactory(),
    Offer: lambda n: OfferFactory(published=n % 2 == 0),
    Page: lambda _: PageFactory(),
    User: lambda _: MembershipFactory().user,
    Membership: lambda _: MembershipFactory(),
    DismissedDrift: lambda _: DismissedDriftFactory(),
    Proposal: lambda _: ProposalFactory(),
    ProposalFile: lambda _: ProposalFileFactory(),
    ReviewPolicy: lambda _: ReviewPolicyFactory(),
    Tag: lambda n: ArticleFactory(tags=[f"mot{n}"]).tags.get(),
    TagAlias: lambda _: TagAliasFactory(),
    Mail: lambda _: MailFactory(),
    Invitation: lambda _: InvitationFactory(),
    AccessRequest: lambda _: AccessRequestFactory(),
    Ownerless: lambda _: ownerless(),
    FreshnessRequest: lambda _: FreshnessRequestFactory(),
    Report: lambda _: ReportFactory(),
    SavedSearch: lambda _: SavedSearchFactory(query="pays=ML"),
    Subscriber: lambda _: SubscriberFactory(),
    ToldRow: lambda _: ToldRowFactory(),
    Group: lambda n: Group.objects.create(name=f"Groupe {n}"),
}
#: The network is one row; the reference data is there from the start.
GROWING = [model for model in MAKERS if model is not Network]
#: Lists that others keep, and rows that only what people do on other pages makes.
OFFICIAL = {Goal, Target, CrsCode, WorldRegion}
MADE_BY_VERBS = {
    *(AccessRequest, DismissedDrift, Invitation, Mail, Ownerless),
    *(FreshnessRequest, Proposal, ProposalFile, Report),
    *(SavedSearch, Subscriber, ToldRow),
}
#: What the history of each record tells, on the page of that record.
TOLD_WITH_RECORDS = {"directory.Trace"}
by_model = pytest.mark.parametrize("model", MODELS, ids=lambda m: m._meta.label)


def told(page):
    """What the labels, headings and legends of a page say."""
    parts = re.findall(r"(?s)<(label|th|h1|h2|legend)\b[^>]*>(.*?)</\1>", page)
    return " ".join(re.sub(r"<[^>]+>", " ", part) for _, part in parts)


def a_row(model):
    make = MAKERS.get(model)
    return make(0) if make else model._default_manager.first()


def test_each_model_of_the_project_has_its_page():
    ours = {
        model._meta.label
        for app in ("directory", "news", "members")
        for model in apps.get_app_config(app).get_models()
    }

    assert ours - TOLD_WITH_RECORDS <= {model._meta.label for model in MODELS}


@by_model
def test_each_list_opens_and_searches_within_its_budget(model, staff_client):
    a_row(model)

    for query in ({}, {"q": "écol"}, {"q": "l’eau 100% _"}, {"o": "-1"}):
        with CaptureQueriesContext(connection) as queries:
            response = staff_client.get(
                address(model, "changelist"), query, follow=True
            )

        assert response.status_code == 200
        assert len(queries) <= BUDGET * (1 + len(response.redirect_chain))


@pytest.mark.parametrize("model", GROWING, ids=lambda m: m._meta.label)
def test_a_list_costs_the_same_whatever_its_length(model, staff_client):
    for n in range(6):
        MAKERS[model](n)
    url = address(model, "changelist")
    staff_client.get(url)  # content types enter their cache
    with CaptureQueriesContext(connection) as few:
        staff_client.get(url)
    for n in range(6, 42):
        MAKERS[model](n)
    staff_client.get("/admin/")  # what was kept of the network is read again

    with CaptureQueriesContext(connection) as many:
        response = staff_client.get(url)

    assert response.context["cl"].result_count >= 42
    assert len(many) == len(few)


@by_model
def test_each_page_of_one_row_opens(model, staff_client):
    row = a_row(model)

    response = staff_client.get(address(model, "change", row.pk))

    site_admin = admin.site._registry[model]
    may_change = site_admin.has_change_permission(response.wsgi_request)
    assert response.status_code == 200
    assert ("Enregistrer" in response.text) == may_change
    assert may_change or model in MADE_BY_VERBS


@by_model
def test_each_page_that_adds_opens(model, staff_client):
    response = staff_client.get(address(model, "add"))

    site_admin = admin.site._registry[model]
    may_add = site_admin.has_add_permission(response.wsgi_request)
    assert response.status_code == (200 if may_add else 403)
    assert may_add or model in {*MADE_BY_VERBS, *OFFICIAL}


@by_model
def test_each_column_and_each_label_is_in_french(model, staff_client):
    row = a_row(model)

    pages = [
        staff_client.get(address(model, "changelist"), follow=True).text,
        staff_client.get(address(model, "change", row.pk)).text,
    ]

    assert [ENGLISH.findall(told(page)) for page in pages] == [[], []]


@by_model
def test_strangers_are_sent_to_sign_in_and_read_nothing(model, client, member_client):
    row = a_row(model)
    pages = [address(model, "changelist"), address(model, "change", row.pk)]

    responses = [who.get(page) for who in (client, member_client) for page in pages]

    for response in responses:
        assert response.status_code == 302
        assert response.url.startswith("/admin/login/")
        assert response.content == b""


def test_autocompletes_are_for_the_staff_alone(client, member_client):
    StructureFactory(name="La structure secrète")
    query = {
        "app_label": "directory",
        "model_name": "contact",
        "field_name": "structure",
        "term": "",
    }

    responses = [
        who.get(reverse("admin:autocomplete"), query) for who in (client, member_client)
    ]

    assert [response.status_code for response in responses] == [302, 302]
    assert "secrète" not in "".join(response.text for response in responses)


def test_the_home_of_the_admin_is_french_and_hides_rows_of_other_pages(staff_client):
    text = staff_client.get(reverse("admin:index")).text

    for heading in (
        "Territoires solidaires",
        "Structures",
        "Projets",
        "Actualités",
        "Comptes",
        "Référents",
        "Secteurs d’intervention",
    ):
        assert heading in text
    assert address(Office, "changelist") not in text
    assert address(Locality, "changelist") not in text


@pytest.mark.parametrize("action", ["change", "changelist", "add"])
def test_an_account_without_rights_cannot_open_the_goals(action, client, db):
    client.force_login(UserFactory(is_staff=True))
    args = [Goal.objects.first().pk] if action == "change" else []

    response = client.get(address(Goal, action, *args))

    assert response.status_code == 403


def test_the_menu_begins_with_what_is_worked_on_every_day(staff_client):
    menu = staff_client.get(reverse("admin:index")).context["app_list"]

    names = {str(g["name"]): [m["object_name"] for m in g["models"]] for g in menu}

    assert list(names) == [
        "À valider",
        "Annuaire",
        "Publications",
        "Comptes",
        "Listes de référence",
    ]
    assert names["Annuaire"] == [
        *("Structure", "Project", "Contact"),
        *("Report", "DismissedDrift", "FreshnessRequest", "Network"),
    ]
    assert {"Country", "Sector", "Commune"} <= set(names["Listes de référence"])


def test_the_menu_forgets_no_model(staff_client):
    menu = staff_client.get(reverse("admin:index")).context["app_list"]

    shown = [model["model"] for group in menu for model in group["models"]]

    assert len(shown) == len(set(shown))
    assert {model for model in MODELS if not model._meta.auto_created} >= set(shown)
    assert {Structure, Article, User, Tag, Group} <= set(shown)
