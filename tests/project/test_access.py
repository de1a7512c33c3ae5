"""Every address of the site × every kind of person."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, get_resolver, resolve, reverse

from tests import sessions
from tests.conftest import signed_in
from tests.factories import (
    ArticleFactory,
    CallFactory,
    ContactFactory,
    EventFactory,
    MembershipFactory,
    OfferFactory,
    PageFactory,
    ProjectFactory,
    ProposalFactory,
    ProposalFileFactory,
    StructureFactory,
    UserFactory,
)
from tests.project.matrix import (
    A_FILE,
    A_KEY,
    EXPECTED,
    HIDDEN,
    ON_POST,
    POSTED,
    ROLES,
    SENT,
    WRITTEN,
)

#: Names that allauth has for addresses of ours.
ALIASES = {"account_login": "members:login"}
#: What allauth could do, and the site does not.
NOT_ROUTED = [
    "account_logout",
    "account_email",
    "account_inactive",
    "account_email_verification_sent",
    "account_change_password",
    "account_set_password",
    "account_reset_password",
    "account_reauthenticate",
    "account_request_login_code",
    "account_signup_by_passkey",
    "mfa_signup_webauthn",
    "mfa_download_recovery_codes",
    "mfa_trust",
    "admin:password_change",
    "admin:auth_user_password_change",
]
#: Forms, which need a cookie to know that they are ours.
FORMS = {"members:login", "account_login", "account_signup"}
#: Pages that the staff look at before they are published.
UNPUBLISHED = [
    "directory:structure",
    "directory:project",
    "news:article",
    "news:call",
    "news:event",
    "news:offer",
    "news:page",
]


@pytest.fixture
def clients(client, member, owner):
    """A browser for each of the roles, in their order."""
    helper = UserFactory(is_staff=True)
    helper.user_permissions.set(Permission.objects.all())
    by_code = Client()
    sessions.open_plainly(by_code, helper)
    neighbour = MembershipFactory(owner=True).user
    newcomer, superuser = UserFactory(), UserFactory(staff=True)
    asking = map(signed_in, (newcomer, neighbour, member, owner, helper))
    return (client, *asking, by_code, signed_in(superuser))


@pytest.fixture
def visible(db):
    StructureFactory(published=True, slug="visible")
    ProjectFactory(published=True, slug="visible")
    for make in (ArticleFactory, CallFactory, EventFactory, OfferFactory):
        make(published=True, slug="visible", tags=["Visible"])
    PageFactory(published=True, slug="visible")


@pytest.fixture
def proposed(member, owned_structure):
    """What a member sent, and what the same member is writing."""
    ContactFactory(pk=A_KEY, structure=owned_structure)
    sent = ProposalFactory(pk=SENT, structure=owned_structure)
    ProposalFileFactory(pk=A_FILE, proposal=sent)
    ProposalFactory(
        pk=WRITTEN,
        editable="contact",
        kind="ajout",
        target_id=None,
        state="brouillon",
        structure=owned_structure,
        author=member,
    )


def names(patterns=None, prefix=""):
    """The names of every address outside the admin."""
    for entry in patterns or get_resolver().url_patterns:
        if isinstance(entry, URLPattern):
            yield f"{prefix}{entry.name}"
        elif entry.namespace != "admin":
            inner = f"{prefix}{entry.namespace}:" if entry.namespace else prefix
            yield from names(entry.url_patterns, inner)


def test_every_address_is_in_the_matrix():
    assert set(names()) == set(EXPECTED)


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_no_address_hides_another(name):
    arguments, _ = EXPECTED[name]

    found = resolve(reverse(name, args=arguments)).view_name
    assert found == ALIASES.get(name, name)


@pytest.mark.parametrize("name", NOT_ROUTED)
def test_what_is_not_used_is_not_there(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_each_person_gets_what_the_matrix_says(name, clients, visible, proposed):
    arguments, expected = EXPECTED[name]

    got = tuple(c.get(reverse(name, args=arguments)).status_code for c in clients)

    assert got == expected


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_each_person_may_post_what_the_matrix_says(name, clients, visible, proposed):
    arguments, _ = EXPECTED[name]

    got = tuple(c.post(reverse(name, args=arguments)).status_code for c in clients)

    assert got == ON_POST.get(name, POSTED)


@pytest.mark.parametrize("name", UNPUBLISHED)
def test_drafts_are_seen_by_the_staff_alone(name, clients):
    StructureFactory(slug="brouillon")
    ProjectFactory(slug="brouillon")
    for make in (ArticleFactory, CallFactory, EventFactory, OfferFactory):
        make(slug="brouillon")
    PageFactory(slug="brouillon")

    got = tuple(c.get(reverse(name, args=["brouillon"])).status_code for c in clients)

    assert got == (404, 404, 404, 404, 404, 200, 404, 200)


def test_a_merged_structure_is_seen_by_nobody(clients):
    StructureFactory(slug="fusionnee", published=True, merged_into=StructureFactory())

    address = reverse("directory:structure", args=["fusionnee"])

    assert tuple(c.get(address).status_code for c in clients) == HIDDEN


def test_staff_without_the_right_to_read_see_no_draft(client, db):
    StructureFactory(slug="brouillon")
    client.force_login(UserFactory(is_staff=True))

    address = reverse("directory:structure", args=["brouillon"])

    assert client.get(address).status_code == 404


@pytest.mark.parametrize("who", ROLES[:5])
def test_only_the_staff_opens_the_admin(who, clients):
    client = dict(zip(ROLES, clients, strict=True))[who]

    for path in ("admin:index", "admin:directory_contact_changelist"):
        response = client.get(reverse(path))
        assert response.status_code == 302
        assert "/admin/login/" in response["Location"]


def test_the_staff_opens_the_admin(staff_client):
    assert staff_client.get(reverse("admin:index")).status_code == 200


@pytest.mark.parametrize("model", sorted(admin.site._registry, key=str), ids=str)
def test_the_staff_opens_nothing_there_without_a_second_factor(
    model, single_factor_client
):
    name = f"{model._meta.app_label}_{model._meta.model_name}"

    for end in ("changelist", "add", "autocomplete"):
        path = "admin:autocomplete" if end == "autocomplete" else f"admin:{name}_{end}"
        response = single_factor_client.get(reverse(path))
        assert response.status_code == 302
        assert "/admin/login/" in response["Location"]


@pytest.mark.parametrize(
    "name", sorted(set(EXPECTED) - FORMS - {"members:logout", "media"})
)
def test_a_visitor_gets_no_cookie(name, client, visible):
    client.get(reverse(name, args=EXPECTED[name][0]))

    assert not client.cookies
