"""The demonstration: what its visitors find in it."""

import datetime
from urllib.parse import urlsplit

from directory.models import (
    Contact,
    Network,
    Participation,
    Project,
    ProjectImage,
    Publication,
    Structure,
)
from directory.subject_pages.reach import reasons
from members.models import User
from news.models import (
    Article,
    Call,
    CallState,
    Event,
    EventParticipation,
    EventState,
    Offer,
    OfferState,
)
from territoires.demo import files, grants
from tests.demo.loading import invented, labels, said

AIX = "Ville d’Aix-en-Provence"


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
