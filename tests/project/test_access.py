"""Every address of the site × every kind of person."""

import uuid

import pytest
from django.contrib import admin
from django.urls import NoReverseMatch, URLPattern, get_resolver, resolve, reverse

from tests.factories import (
    ArticleFactory,
    CallFactory,
    ContactFactory,
    EventFactory,
    OfferFactory,
    PageFactory,
    ProjectFactory,
    ProposalFactory,
    ProposalFileFactory,
    StructureFactory,
    UserFactory,
)

#: name of the address -> (arguments, what a visitor, a member, an owner, staff, staff
#: without a second factor get)
PUBLIC = (200,) * 5
HIDDEN = (404,) * 5
POSTED = (405,) * 5
#: Pages of one's own account: a visitor signs in first.
OWN = (302, 200, 200, 200, 200)
#: Those that ask again who one is, unless it was just proved.
PROVED = (302, 302, 302, 200, 302)
#: What belongs to the structure of the member and of the owner.
ITS_OWN = (302, 200, 200, 404, 404)
HELD, A_KEY = "la-structure-tenue", 987_654
SENT, WRITTEN, A_FILE = (uuid.UUID(int=n) for n in (1, 2, 3))
EXPECTED = {
    "home": ([], PUBLIC),
    "directory:structures": ([], PUBLIC),
    "directory:structures-atom": ([], PUBLIC),
    "directory:structures-rss": ([], PUBLIC),
    "directory:suggestions": ([], PUBLIC),
    "directory:structure": (["visible"], PUBLIC),
    "directory:projects": ([], PUBLIC),
    "directory:projects-atom": ([], PUBLIC),
    "directory:projects-rss": ([], PUBLIC),
    "directory:map": ([], PUBLIC),
    "directory:map-points": ([], PUBLIC),
    "directory:project-map": ([], PUBLIC),
    "directory:project-map-points": ([], PUBLIC),
    "directory:project": (["visible"], PUBLIC),
    "directory:matrix": ([], PUBLIC),
    "directory:matrix-csv": ([], PUBLIC),
    "directory:countries": ([], PUBLIC),
    "directory:country": (["mali"], PUBLIC),
    "directory:country-sheet": (["mali"], PUBLIC),
    "directory:sectors": ([], PUBLIC),
    "directory:sector": (["education"], PUBLIC),
    "directory:goals": ([], PUBLIC),
    "directory:goal": ([6], PUBLIC),
    "news:articles": ([], PUBLIC),
    "news:calls-atom": ([], PUBLIC),
    "news:calls-rss": ([], PUBLIC),
    "news:calls-calendar": ([], PUBLIC),
    "news:events-atom": ([], PUBLIC),
    "news:events-rss": ([], PUBLIC),
    "news:events-calendar": ([], PUBLIC),
    "news:offers-atom": ([], PUBLIC),
    "news:offers-rss": ([], PUBLIC),
    "news:articles-atom": ([], PUBLIC),
    "news:articles-rss": ([], PUBLIC),
    "news:article": (["visible"], PUBLIC),
    "news:calls": ([], PUBLIC),
    "news:events": ([], PUBLIC),
    "news:offers": ([], PUBLIC),
    "news:call": (["visible"], PUBLIC),
    "news:event": (["visible"], PUBLIC),
    "news:event-calendar": (["visible"], PUBLIC),
    "news:offer": (["visible"], PUBLIC),
    "news:tag": (["visible"], PUBLIC),
    "news:country-feed": (["mali"], PUBLIC),
    "news:page": (["visible"], PUBLIC),
    "search": ([], PUBLIC),
    "robots": ([], PUBLIC),
    "sitemap-index": ([], PUBLIC),
    "sitemap-section": (["annuaire"], PUBLIC),
    "site-map": ([], PUBLIC),
    "accessibility": ([], PUBLIC),
    "members:login": ([], (200, 302, 302, 302, 302)),
    "members:after-login": ([], (302,) * 5),
    "members:logout": ([], POSTED),
    "members:demonstration": ([], POSTED),
    "members:account": ([], OWN),
    "members:account-data": ([], PROVED),
    "members:account-delete": ([], (302, 302, 302, 404, 302)),
    "members:address": ([], PROVED),
    "members:address-codes": ([], (302,) * 5),
    "members:end-session": ([1], (302, 405, 405, 405, 405)),
    "account_login": ([], (200, 302, 302, 302, 302)),
    "account_signup": ([], (200, 302, 302, 302, 302)),
    "account_confirm_login_code": ([], (302,) * 5),
    "account_request_reauthentication_code": ([], OWN),
    "account_confirm_reauthentication_code": ([], (302,) * 5),
    "mfa_authenticate": ([], (302,) * 5),
    "mfa_login_webauthn": ([], (302,) * 5),
    "mfa_index": ([], OWN),
    "mfa_activate_totp": ([], PROVED),
    "mfa_deactivate_totp": ([], (302, 404, 404, 404, 404)),
    "mfa_list_webauthn": ([], OWN),
    "mfa_add_webauthn": ([], PROVED),
    "mfa_edit_webauthn": ([1], (302, 302, 302, 404, 302)),
    "mfa_remove_webauthn": ([1], (302, 302, 302, 404, 302)),
    "mfa_view_recovery_codes": ([], (302, 404, 404, 404, 404)),
    "mfa_generate_recovery_codes": ([], PROVED),
    "mfa_reauthenticate": ([], (302,) * 5),
    "mfa_reauthenticate_webauthn": ([], (302,) * 5),
    "usersessions_list": ([], OWN),
    "members:drift": (["visible"], POSTED),
    "styleguide": ([], (404, 404, 404, 200, 302)),
    "members:space": ([], OWN),
    "members:demo-mails": ([], PUBLIC),
    "members:accept-invitation": ([], POSTED),
    "members:invitation": (["lien-abime"], HIDDEN),
    "members:ask-access": (["visible"], OWN),
    "members:team": (["la-structure-tenue"], (302, 200, 200, 404, 404)),
    "members:team-role": (["la-structure-tenue"], POSTED),
    "members:team-remove": (["la-structure-tenue"], POSTED),
    "members:team-hand-over": (["la-structure-tenue"], POSTED),
    "members:team-renew-invitation": (["la-structure-tenue"], POSTED),
    "members:team-cancel-invitation": (["la-structure-tenue"], POSTED),
    "members:structure-space": ([HELD], ITS_OWN),
    "members:edit": ([HELD], ITS_OWN),
    "members:edit-rows": ([HELD, "contact"], ITS_OWN),
    "members:edit-new": ([HELD, "contact"], ITS_OWN),
    "members:edit-row": ([HELD, "contact", A_KEY], ITS_OWN),
    "members:edit-remove": ([HELD, "contact", A_KEY], POSTED),
    "members:proposal": ([SENT], (302, 200, 200, 200, 404)),
    "members:proposal-edit": ([WRITTEN], (302, 200, 404, 404, 404)),
    "members:proposal-withdraw": ([SENT], POSTED),
    "members:proposal-resume": ([SENT], POSTED),
    "members:proposal-file": ([SENT, A_FILE], (302, 200, 200, 200, 404)),
    "members:alerts": ([], OWN),
    "members:alert-change": ([], POSTED),
    "members:follow": (["annuaire/"], PUBLIC),
    "members:alert-confirm": (["no-such-link"], HIDDEN),
    "members:alerts-end": (["no-such-link"], HIDDEN),
    "members:consent": (["no-such-link"], HIDDEN),
    "members:consent-end": (["no-such-link"], HIDDEN),
    "members:confirm": ([HELD], POSTED),
    "members:freshness": (["no-such-link"], HIDDEN),
    "members:report-structure": (["visible"], PUBLIC),
    "members:report-project": (["visible"], PUBLIC),
    "media": (["nothing-there.png"], HIDDEN),
}
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
def clients(client, member_client, owner_client, staff_client, single_factor_client):
    return (client, member_client, owner_client, staff_client, single_factor_client)


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


@pytest.mark.parametrize("name", UNPUBLISHED)
def test_drafts_are_seen_by_the_staff_alone(name, clients):
    StructureFactory(slug="brouillon")
    ProjectFactory(slug="brouillon")
    for make in (ArticleFactory, CallFactory, EventFactory, OfferFactory):
        make(slug="brouillon")
    PageFactory(slug="brouillon")

    got = tuple(c.get(reverse(name, args=["brouillon"])).status_code for c in clients)

    assert got == (404, 404, 404, 200, 404)


def test_a_merged_structure_is_seen_by_nobody(clients):
    StructureFactory(slug="fusionnee", published=True, merged_into=StructureFactory())

    address = reverse("directory:structure", args=["fusionnee"])

    assert tuple(c.get(address).status_code for c in clients) == HIDDEN


def test_staff_without_the_right_to_read_see_no_draft(client, db):
    StructureFactory(slug="brouillon")
    client.force_login(UserFactory(is_staff=True))

    address = reverse("directory:structure", args=["brouillon"])

    assert client.get(address).status_code == 404


@pytest.mark.parametrize("who", ["visitor", "member", "owner"])
def test_only_the_staff_opens_the_admin(who, clients):
    client = dict(zip(["visitor", "member", "owner"], clients, strict=False))[who]

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
