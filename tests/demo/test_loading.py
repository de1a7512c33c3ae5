"""The demonstration: who signs in, what a second run does, what each row gives."""

import re

import pytest
from django.apps import apps
from django.core.management import CommandError

from directory.models import (
    Contact,
    Locality,
    Network,
    Participation,
    Project,
    ProjectImage,
    Publication,
    Structure,
)
from members.models import (
    AccessRequest,
    Invitation,
    Membership,
    Proposal,
    Report,
    SavedSearch,
    User,
)
from news import standard_pages
from news.models import (
    Article,
    Call,
    Event,
    EventParticipation,
    Offer,
    Page,
)
from territoires.demo import accounts, grants
from tests.demo.loading import load

MODELS = [
    model
    for label in ("directory", "news", "members", "taggit")
    for model in apps.get_app_config(label).get_models(include_auto_created=True)
]


def everything():
    return {
        model._meta.label: list(model._base_manager.order_by("pk").values())
        for model in MODELS
    }


# Accounts


@pytest.mark.parametrize("account", accounts.ACCOUNTS, ids=lambda a: a.email)
def test_an_account_that_is_printed_opens_with_a_click(client, first_run, account):
    printed, _media = first_run
    line = next(line for line in printed.splitlines() if account.email in line)
    email, *_purpose = line.split()

    page = client.get("/connexion/").text
    client.post("/connexion/demonstration/", {"email": email})

    assert f'value="{email}"' in page
    assert account.name in client.get("/mon-espace/compte/").text


def test_accounts_may_do_what_is_printed():
    staff, owner, editor = (
        User.objects.get(email=account.email) for account in accounts.ACCOUNTS
    )
    owned, edited = owner.memberships.get(), editor.memberships.get()

    assert staff.is_staff
    assert not staff.memberships.exists()
    assert not owner.is_staff
    assert owned.role == Membership.Role.OWNER
    assert edited.role == Membership.Role.EDITOR
    assert owned.structure != edited.structure
    assert owned.structure.is_published
    assert edited.structure.is_published


def test_accounts_that_anybody_opens_never_reach_production(settings):
    settings.DEMO = False
    User.objects.filter(email=accounts.STAFF.email).delete()

    with pytest.raises(CommandError, match="DEMO=1"):
        load()
    assert not User.objects.filter(email=accounts.STAFF.email).exists()


def test_something_waits_for_each_person():
    member = User.objects.get(email=accounts.EDITOR.email)

    assert Invitation.objects.sent_to(member)
    assert AccessRequest.objects.to_show(member)
    assert SavedSearch.objects.of(member).on().count() == 2
    assert AccessRequest.objects.filter(state="en-attente").exists()
    assert Report.objects.open().exists()
    assert set(Proposal.objects.values_list("state", flat=True)) >= {
        "soumise",
        "renvoyee",
    }


# A second run


def test_a_second_run_changes_nothing(tmp_path):
    before = everything()

    load()

    assert everything() == before
    assert list(tmp_path.rglob("*.webp")) == []


def test_edits_survive_a_second_run(aix):
    aix.name, aix.slug = "Aix, ville ouverte", "aix"
    aix.save()
    aix.countries.clear()
    aix.contacts.all().delete()
    Network.objects.update(name="Un autre réseau", phones=[])
    Article.objects.update(title="Retitré")
    Project.objects.update(title="Rebaptisé")
    User.objects.get(email=accounts.OWNER.email).memberships.all().delete()
    before = everything()

    load()

    assert everything() == before


def test_an_article_is_known_by_its_source_or_its_title_too():
    sourced = Article.objects.exclude(source_url="").first()
    Article.objects.filter(pk=sourced.pk).update(slug="autre", title="Retitré")
    invented = Article.objects.filter(source_url="").first()
    Article.objects.filter(pk=invented.pk).update(slug="autre-adresse")
    count = Article.objects.count()

    load()

    assert Article.objects.count() == count


def test_what_was_deleted_comes_back(aix):
    Participation.objects.filter(structure=aix).delete()
    aix.delete()

    load()

    again = Structure.objects.get(slug="ville-daix-en-provence")
    assert again.countries.count() == 11


# The rows, and their pages


@pytest.mark.parametrize(
    "model",
    [
        *(Structure, Contact, Project, Participation, Locality, ProjectImage),
        *(Article, Call, Event, EventParticipation, Offer),
    ],
)
def test_every_row_is_one_that_the_admin_accepts(model):
    """Constraints aside: PostgreSQL has held those already."""
    rows = model.objects.all()
    if hasattr(model, "source"):
        rows = rows.exclude(source=grants.SOURCE)
    elif model in (Participation, Locality):
        rows = rows.exclude(project__source=grants.SOURCE)

    for row in rows:
        row.full_clean(validate_unique=False, validate_constraints=False)


@pytest.mark.parametrize(
    ("model", "least"),
    [
        (Structure, 21),
        (Project, 21),
        (Article, 21),
        (Call, 9),
        (Event, 8),
        (Offer, 4),
    ],
)
def test_every_published_page_opens(client, model, least):
    rows = model.objects.published().order_by("pk")
    if model in (Structure, Project):
        granted = list(rows.from_source(grants.SOURCE)[:10])
        rows = [*rows.exclude(source=grants.SOURCE), *granted]

    answers = {
        row.get_absolute_url(): client.get(row.get_absolute_url()).status_code
        for row in rows
    }

    assert len(answers) >= least
    assert {url: code for url, code in answers.items() if code != 200} == {}


# The pages of the network


def test_the_standard_pages_are_published_in_words_of_their_own(client):
    for slug, title, *_ in standard_pages.PAGES:
        response = client.get(f"/{slug}/")

        assert response.status_code == 200
        assert title in response.text
        assert "compléter" not in response.text


def test_the_network_says_how_to_join_it(client):
    assert 'id="titre-comment-rejoindre-le-reseau"' in client.get("/le-reseau/").text


def test_links_of_the_pages_to_the_site_lead_somewhere(client):
    bodies = "".join(Page.objects.published().values_list("body", flat=True))
    inside = set(re.findall(r'href="(/[^"]*)"', bodies))

    assert inside
    assert {client.get(address).status_code for address in inside} == {200}


def test_a_page_that_people_edit_or_withdraw_stays_theirs():
    Page.objects.filter(slug="le-reseau").update(body="<p>Nous.</p>")
    Page.objects.filter(slug="mentions-legales").update(publication=Publication.DRAFT)

    load()

    assert Page.objects.get(slug="le-reseau").body == "<p>Nous.</p>"
    assert not Page.objects.get(slug="mentions-legales").is_published
