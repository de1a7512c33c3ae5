"""Every address of the site × every kind of person."""

import pytest
from django.urls import URLPattern, get_resolver, resolve, reverse

from tests.factories import (
    ArticleFactory,
    CallFactory,
    EventFactory,
    OfferFactory,
    PageFactory,
    ProjectFactory,
    StructureFactory,
    UserFactory,
)

#: name of the address -> (arguments, what a visitor, a member, an owner, staff get)
PUBLIC = (200, 200, 200, 200)
HIDDEN = (404, 404, 404, 404)
POSTED = (405, 405, 405, 405)
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
    "members:login": ([], (200, 302, 302, 302)),
    "members:after-login": ([], (302, 302, 302, 302)),
    "members:logout": ([], POSTED),
    "members:drift": (["visible"], POSTED),
    "members:space": ([], (302, 200, 200, 200)),
    "members:demo-mails": ([], PUBLIC),
    "members:accept-invitation": ([], POSTED),
    "members:invitation": (["lien-abime"], HIDDEN),
    "members:ask-access": (["visible"], (302, 200, 200, 200)),
    "members:team": (["la-structure-tenue"], (302, 200, 200, 404)),
    "members:team-role": (["la-structure-tenue"], POSTED),
    "members:team-remove": (["la-structure-tenue"], POSTED),
    "members:team-hand-over": (["la-structure-tenue"], POSTED),
    "members:team-renew-invitation": (["la-structure-tenue"], POSTED),
    "members:team-cancel-invitation": (["la-structure-tenue"], POSTED),
    "members:freshness": (["no-such-link"], HIDDEN),
    "members:report-structure": (["visible"], PUBLIC),
    "members:report-project": (["visible"], PUBLIC),
    "styleguide": ([], (404, 404, 404, 200)),
    "media": (["nothing-there.png"], HIDDEN),
}
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
def clients(client, member_client, owner_client, staff_client):
    return (client, member_client, owner_client, staff_client)


@pytest.fixture
def visible(db):
    StructureFactory(published=True, slug="visible")
    ProjectFactory(published=True, slug="visible")
    for make in (ArticleFactory, CallFactory, EventFactory, OfferFactory):
        make(published=True, slug="visible", tags=["Visible"])
    PageFactory(published=True, slug="visible")


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

    assert resolve(reverse(name, args=arguments)).view_name == name


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_each_person_gets_what_the_matrix_says(name, clients, visible):
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

    assert got == (404, 404, 404, 200)


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


@pytest.mark.parametrize(
    "name", sorted(set(EXPECTED) - {"members:login", "members:logout", "media"})
)
def test_a_visitor_gets_no_cookie(name, client, visible):
    client.get(reverse(name, args=EXPECTED[name][0]))

    assert not client.cookies
