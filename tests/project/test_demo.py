"""The demonstration: what a visitor of `make demo` finds, and that it stays theirs."""

import datetime
import io
import re
from urllib.parse import urlsplit

import pytest
import time_machine
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import override_settings

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
from directory.reach import reasons
from members.models import Membership, User
from news import standard_pages
from news.models import (
    Article,
    Call,
    CallState,
    Event,
    EventParticipation,
    EventState,
    Offer,
    OfferState,
    Page,
)
from territoires.demo import accounts, files, grants

AIX = "Ville d’Aix-en-Provence"
MODELS = [
    model
    for label in ("directory", "news", "members", "taggit")
    for model in apps.get_app_config(label).get_models(include_auto_created=True)
]


def load():
    out = io.StringIO()
    call_command("load_demo", stdout=out)
    return out.getvalue()


@pytest.fixture(scope="module")
def first_run(django_db_setup, django_db_blocker, tmp_path_factory):
    """The demonstration, loaded once for the module: what the command printed."""
    media = tmp_path_factory.mktemp("media")
    hashers = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    with django_db_blocker.unblock(), transaction.atomic():
        with override_settings(MEDIA_ROOT=media, PASSWORD_HASHERS=hashers):
            printed = load()
        yield printed, media
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _demo(first_run, db):
    """Every test starts from the first run, and is undone; consents run that day."""
    with time_machine.travel(datetime.datetime(2026, 12, 1, tzinfo=datetime.UTC)):
        yield


@pytest.fixture
def aix():
    return Structure.objects.get(slug="ville-daix-en-provence")


def everything():
    return {
        model._meta.label: list(model._base_manager.order_by("pk").values())
        for model in MODELS
    }


def invented(model):
    return model.objects.from_source(files.INVENTED)


def labels(manager):
    return [term.label for term in manager.all()]


def said(rows, name):
    return set(rows.values_list(name, flat=True))


# The network


def test_the_network_has_every_practical_fact_of_its_page():
    network = Network.objects.current()

    assert network.name == "Territoires Solidaires"
    assert network.territory == "en Provence-Alpes-Côte d’Azur"
    assert [region.code for region in network.regions.all()] == ["93"]
    assert network.phones == ["07 66 40 94 47", "07 87 25 77 98"]
    assert network.email == "contact@territoires-solidaires.fr"
    assert [str(office) for office in network.offices.all()] == [
        "52, rue Saint-Ferréol (2e étage) – 13001 Marseille"
    ]
    assert [partner.name for partner in network.partners.all()] == [
        "Ministère de l’Europe et des Affaires étrangères",
        "Agence française de développement",
        "Région Sud – Provence-Alpes-Côte d’Azur",
        "Agence de l’eau Rhône Méditerranée Corse",
        "Préfet de la région Provence-Alpes-Côte d’Azur",
        "Région académique Provence-Alpes-Côte d’Azur",
        "FONJEP",
        "Ville de Marseille",
        "Agence des micro-projets",
        "CFSI",
    ]


# Aix-en-Provence


def test_aix_has_every_fact_of_its_card(aix):
    representative = aix.contacts.get(is_representative=True)

    assert aix.name == AIX
    assert aix.is_member
    assert aix.is_published
    assert aix.postal_address == "Hôtel de Ville, 13616 Aix-en-Provence Cedex 1"
    assert aix.place == "Aix-en-Provence (13)"
    assert aix.website == "https://www.aixenprovence.fr"
    assert aix.type.label == "Collectivité territoriale"
    assert representative.role == "Chargé de mission Coopération internationale"
    assert representative.public_label != representative.role, "named: it consents"
    assert "soixante ans" in aix.description
    assert "quinze villes" in aix.description
    assert "quatre continents" in aix.description


def test_aix_has_the_eleven_countries_of_its_card_and_not_armenia(aix):
    assert labels(aix.countries) == [
        "Espagne", "États-Unis", "Hongrie", "Israël", "Japon", "Liban", "Mali",
        "Maroc", "Portugal", "Royaume-Uni", "Tunisie",
    ]  # fmt: skip


def test_aix_has_the_eight_sectors_of_its_card(aix):
    assert labels(aix.sectors) == [
        "Appui - Conseil - Formation", "Croissance économique - Emploi", "Culture",
        "Éducation", "Éducation à la citoyenneté mondiale",
        "Enseignement - Formation", "Gouvernance", "Sport",
    ]  # fmt: skip


def test_aix_has_its_mission_in_armenia_with_its_eleven_tags(aix):
    article = aix.articles.get(
        slug="la-ville-daix-en-provence-en-mission-en-armenie-avec-le-pnud"
    )

    assert (
        article.title == "La Ville d’Aix-en-Provence en mission en Arménie avec le PNUD"
    )
    assert article.kind == Article.Kind.MEMBER
    assert article.published_at.date() == datetime.date(2025, 3, 10)
    assert sorted(article.tags.names()) == sorted([
        "CoopérationDécentralisée", "AICT", "Coopdec", "Diplomatielocale", "UNDP",
        "PNUD", "MEAE", "DCTCIV", "Arménie", "Solidarité", "Réfugiés",
    ])  # fmt: skip
    assert labels(article.countries) == ["Arménie"]
    assert article.projects.get().countries.get().code == "AM"
    for fact in ("3 au 7 février 2025", "PNUD", "Haut-Karabagh", "Lyon", "Clamart",
                 "Calvados", "Roissy Pays de France", "Masis"):  # fmt: skip
        assert fact in article.text


def test_aix_is_on_the_page_of_armenia_by_its_project_and_its_articles(client, aix):
    work = client.get("/pays/armenie/").context["work"]

    (found,) = [row for row in work.reached if row == aix]
    assert aix not in work.actors
    assert {reason.words for reason in reasons(found)} == {
        "Par le projet",
        "Cité dans l’article",
    }


def test_aix_has_its_conference_in_goris(aix):
    article = aix.articles.published().latest_first().first()

    assert article.published_at.date() == datetime.date(2025, 6, 16)
    assert "5e Assises" in article.title
    assert "Goris (2-3 juin 2025)" in article.title
    assert labels(article.countries) == ["Arménie"]


# What public pages of the networks state


def test_the_facts_of_the_networks_are_all_there():
    others = ["", files.INVENTED, grants.SOURCE]
    structures = Structure.objects.exclude(source__in=others)
    sourced = [model.objects.exclude(source_url="") for model in (Article, Call, Event)]

    assert structures.filter(type__code="reseau").count() == 8
    assert structures.exclude(type__code="reseau").count() == 16
    assert Project.objects.exclude(source__in=others).count() == 8
    assert [rows.count() for rows in sourced] == [9, 11, 4]
    drafts = [rows.filter(publication=Publication.DRAFT) for rows in sourced]
    assert [rows.count() for rows in drafts] == [0, 6, 0]


def test_labels_of_the_sources_are_read_as_people_write_them():
    migrations = Structure.objects.get(name="Migrations & Développement")
    college = Project.objects.get(title="Collège Gouély Saty à Zèlè")
    maio = Project.objects.get(title__startswith="LIMPAR")

    assert "Agriculture - Alimentation" in labels(migrations.sectors)
    assert migrations.commune.label == "Marseille"
    assert college.date_precision == Project.Precision.MONTH
    assert college.planned_end_on == datetime.date(2025, 9, 30)
    assert (
        college.participations.get(role="financeur").funder.code == "region-occitanie"
    )
    assert college.links[0].startswith("https://oc-cooperation.org/actualite-adherent/")
    assert {p.structure_id is None for p in maio.participations.all()} == {True, False}


def test_a_real_call_has_every_fact_of_its_page():
    call = Call.objects.get(slug="appel-a-projet-praosim")

    assert call.opens_at == datetime.datetime(2024, 2, 29, 23, tzinfo=datetime.UTC)
    assert call.closes_at == datetime.datetime(2024, 5, 15, 21, 59, tzinfo=datetime.UTC)
    assert labels(call.funders) == ["FORIM"]
    assert (call.grant_ceiling, call.share_ceiling) == (15000, 70)
    assert call.budget_ceiling == 120000
    assert call.country_groups == ["liste-cad"]
    assert labels(call.excluded_countries) == ["Mali"]
    assert [kind.code for kind in call.eligible_types.all()] == ["osim"]
    assert call.sectors.count() == 7
    assert call.state_label == "Clôturé"
    for fact in ("15 mai 2024", "FORIM", "15\u00a0000\u00a0€", "70\u00a0%", "Mali"):
        assert fact in call.text


def test_a_real_event_has_every_fact_of_its_page():
    tour = Event.objects.get(slug="tournee-departementale-gers")
    goris = Event.objects.get(slug__startswith="5e-assises")

    assert tour.starts_at == datetime.datetime(2023, 9, 26, 12, 30, tzinfo=datetime.UTC)
    assert tour.ends_at == datetime.datetime(2023, 9, 26, 18, tzinfo=datetime.UTC)
    assert [part.organisation for part in tour.public_participations] == [
        "Ville d’Auch",
        "Grand Auch Cœur de Gascogne",
    ]
    assert (goris.is_all_day, goris.place) == (True, "Goris, Arménie")
    assert list(Event.objects.about_structure(Structure.objects.get(name=AIX)))


def test_invented_publications_show_every_state():
    assert {call.state for call in Call.objects.all()} == set(CallState)
    assert {event.state for event in Event.objects.all()} == set(EventState) - {
        EventState.RUNNING
    }
    assert {offer.state for offer in Offer.objects.all()} == set(OfferState)
    assert {offer.kind for offer in Offer.objects.all()} == set(Offer.Kind)


def test_an_ambiguous_label_is_printed_for_the_staff(first_run):
    printed, _media = first_run

    assert "pays «\u00a0Congo\u00a0» ambigu" in printed


def test_the_grants_come_through_the_importer():
    projects = Project.objects.from_source(grants.SOURCE)

    assert projects.count() == 850
    assert projects.published().count() == 850
    assert projects.filter(
        participations__funder__code="reserve-parlementaire"
    ).exists()


# What is invented


def test_invented_addresses_lead_nowhere():
    addresses = said(invented(Structure), "website") | said(User.objects, "email")
    addresses |= said(Call.objects.filter(source_url=""), "apply_url")
    addresses |= said(Event.objects, "online_url") | said(Offer.objects, "apply_url")
    addresses |= said(Event.objects, "registration_url")
    addresses |= said(invented(Structure), "email") | said(Contact.objects, "email")

    places = {urlsplit(a).netloc or a for a in addresses}
    assert [place for place in places if place and not place.endswith(".example")] == []


def test_nothing_invented_is_said_of_a_real_organisation():
    participations = Participation.objects.filter(project__source=files.INVENTED)
    roles = EventParticipation.objects.filter(event__source_url="")

    assert said(participations, "funder") == {None}
    assert said(participations, "structure__source") <= {files.INVENTED, None}
    assert said(roles, "structure__source") <= {files.INVENTED, None}
    assert said(Offer.objects, "structure__source") <= {files.INVENTED, None}
    assert not Call.objects.filter(source_url="", funders__isnull=False).exists()
    for model in (Article, Call, Offer):
        posts = model.objects.filter(source_url="")
        linked = posts.filter(structures__isnull=False)
        assert said(linked, "structures__source") == {files.INVENTED}
    for model in (Article, Call):
        assert not model.objects.filter(source_url="", structures=None).exists()
    assert not Event.objects.filter(source_url="", participations=None).exists()
    assert not Event.objects.filter(source_url="", structures__isnull=False).exists()


def test_invented_structures_show_every_situation():
    structures = invented(Structure)
    day = datetime.datetime(2026, 11, 1, tzinfo=datetime.UTC)
    years = {
        date and min((day - date).days // 365, 2)
        for date in said(structures, "verified_at")
    }

    assert years == {0, 1, 2, None}
    assert said(structures, "life") == set(Structure.Life.values)
    assert said(structures, "publication") == set(Publication.values)
    assert {"04", "05", "06", "13", "83", "84"} < said(structures, "department")
    assert structures.filter(merged_into__isnull=False).count() == 1
    assert structures.filter(member_until__isnull=False).exists()
    named = {contact.public_label != contact.role for contact in Contact.objects.all()}
    assert named == {True, False}


def test_invented_projects_show_every_situation():
    projects = invented(Project)

    assert said(projects, "kind") == set(Project.Kind.values)
    assert said(projects, "status") == set(Project.Status.values)
    assert said(projects, "currency") == {"EUR", "XOF"}
    assert said(projects, "budget_is_public") == {True, False}


def test_pictures_have_an_alternative_and_a_file(first_run):
    _printed, media = first_run
    pictures = [
        *invented(Structure).exclude(logo="").values_list("logo", "logo_alt"),
        *Article.objects.exclude(image="").values_list("image", "image_alt"),
        *Call.objects.exclude(image="").values_list("image", "image_alt"),
        *Event.objects.exclude(image="").values_list("image", "image_alt"),
        *ProjectImage.objects.values_list("image", "alternative"),
    ]

    assert len(pictures) > 25
    assert all(alternative for _name, alternative in pictures)
    assert [name for name, _alt in pictures if not (media / name).is_file()] == []


# Accounts


@pytest.mark.parametrize("account", accounts.ACCOUNTS, ids=lambda a: a.email)
def test_an_account_signs_in_with_what_is_printed(client, first_run, account):
    printed, _media = first_run
    line = next(line for line in printed.splitlines() if account.email in line)
    email, password, *_purpose = line.split()

    assert client.login(username=email, password=password)


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


def test_accounts_of_known_password_never_reach_production(settings):
    settings.DEMO = False
    User.objects.filter(email=accounts.STAFF.email).delete()

    with pytest.raises(CommandError, match="DEMO=1"):
        load()
    assert not User.objects.filter(email=accounts.STAFF.email).exists()


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
