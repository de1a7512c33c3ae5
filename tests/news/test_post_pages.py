"""The pages of calls, events and offers: their dates in words, and their links."""

import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse

from directory.models import Publication
from news.templatetags.deadlines import amounts, beginning, when
from tests.factories import (
    ArticleFactory,
    CallDocumentFactory,
    CallFactory,
    EventDocumentFactory,
    EventFactory,
    EventParticipationFactory,
    OfferFactory,
    ProjectFactory,
    StructureFactory,
)
from tests.pages import Page

PARIS = ZoneInfo("Europe/Paris")
EVERY = [CallFactory, EventFactory, OfferFactory]


def at(year, month, day, hour=0, minute=0):
    """A moment by the clock of Paris."""
    return datetime.datetime(year, month, day, hour, minute, tzinfo=PARIS)


def seen(client, row):
    return Page(client.get(row.get_absolute_url()))


# They show


@pytest.mark.parametrize(
    ("make", "rubric"),
    [
        (ArticleFactory, "Actualités"),
        (CallFactory, "Appels à projets"),
        (EventFactory, "Agenda"),
        (OfferFactory, "Offres"),
    ],
)
def test_a_page_leads_to_the_four_listings_and_tells_its_own(client, db, make, rubric):
    page = seen(client, make(published=True))

    labels = ("Actualités", "Appels à projets", "Agenda", "Offres")
    marked = {label for label in labels if page.current.get(label) == "true"}
    assert [page.href(label) for label in labels] == [
        *("/actualites/", "/appels-a-projets/", "/agenda/", "/offres/")
    ]
    # The menu of the site is marked too: all of it is news.
    assert rubric in marked <= {rubric, "Actualités"}


@time_machine.travel(at(2026, 6, 10, 12), tick=False)
def test_a_call_tells_who_funds_what_for_whom_until_when(client, db):
    call = CallFactory(
        published=True,
        title="Eau pour tous",
        opens_at=at(2026, 3, 1),
        closes_at=at(2026, 6, 12, 17),
        funders=["forim"],
        grant_floor=3000,
        grant_ceiling=20000,
        share_ceiling="33.50",
        budget_ceiling=120000,
        eligible_types=["association"],
        country_groups=["pma"],
        countries=["ML"],
        excluded_countries=["TG"],
        sectors=["sante"],
        goals=[6],
        themes=["eau-et-assainissement"],
        apply_url="https://demarches.example/eau",
        tags=["Puits"],
    )
    CallDocumentFactory(call=call, title="Règlement", url="https://x.example/r.pdf")

    page = seen(client, call)

    for words in (
        "Clôture dans 2 jours Jusqu’au 12 juin 2026 à 17 h Appel à projets",
        "Ouverture 1er mars 2026",
        "Clôture (heure de Paris) 12 juin 2026 à 17 h",
        "Financeurs FORIM",
        "Aide de 3 000 € à 20 000 €",
        "Part du budget 33,5 % au plus",
        "Budget du projet 120 000 € au plus",
        "Pour qui Association",
        "Groupes de pays éligibles Pays moins avancés (PMA)",
        "Pays exclus Togo",
        "Thèmes Eau et assainissement",
        "Règlement x.example",
    ):
        assert words in page.text
    assert page.href("Déposer un dossier") == "https://demarches.example/eau"
    listing = "/appels-a-projets/"
    assert page.href("Mali") == f"{listing}?pays=ML"
    assert page.href("Santé") == f"{listing}?secteur=sante"
    assert page.href("ODD 6 Eau propre et assainissement") == f"{listing}?odd=6"
    assert page.href("Règlement") == "https://x.example/r.pdf"
    assert page.href("Puits") == "/mots-cles/puits/"


def test_nobody_is_led_to_apply_too_early_or_too_late(client, db):
    call = CallFactory(
        published=True,
        opens_at=at(2026, 6, 1),
        closes_at=at(2026, 6, 12, 17),
        apply_url="https://demarches.example/",
    )
    offers = {}

    for now in (at(2026, 5, 31), at(2026, 6, 12, 16, 59), at(2026, 6, 12, 17)):
        with time_machine.travel(now, tick=False):
            page = seen(client, call)
            offers[now] = "Déposer un dossier" in page.links

    assert list(offers.values()) == [False, True, False]
    assert "Clôturé" in page.text


@time_machine.travel(at(2026, 6, 1), tick=False)
def test_an_event_tells_when_where_and_who_invites(client, db):
    structure = StructureFactory(published=True, member=True, name="Les Amis")
    event = EventFactory(
        published=True,
        starts_at=at(2026, 6, 12, 18),
        ends_at=at(2026, 6, 12, 20, 30),
        programme="<h2>Soirée</h2><p>18 h : accueil</p>",
        body="<h2>Soirée</h2><p>Venez.</p>",
        place="La Panacée",
        address="14, rue de l’École",
        commune_id="13055",
        online_url="https://visio.example/salle",
        registration_url="https://inscription.example/",
        themes=["ecsi"],
    )
    EventParticipationFactory(event=event, structure=structure)
    EventParticipationFactory(event=event, named=True, role="partenaire")
    EventDocumentFactory(event=event, title="Plan")

    response = client.get(event.get_absolute_url())
    page = Page(response)

    for words in (
        "À venir 12 juin 2026, de 18 h à 20 h 30",
        "Lieu La Panacée",
        "Adresse 14, rue de l’École",
        "Commune Marseille (13)",
        "Organisateur Les Amis ADHÉRENT",
        "Partenaire Une organisation d’ailleurs",
        "Thèmes Éducation à la citoyenneté mondiale",
    ):
        assert words in page.text
    assert page.href("Les Amis") == structure.get_absolute_url()
    assert page.href("S’inscrire") == "https://inscription.example/"
    assert page.href("visio.example") == "https://visio.example/salle"
    assert 'id="titre-soiree"' in response.text
    assert 'id="programme-soiree"' in response.text


@pytest.mark.parametrize(
    ("now", "changes", "label"),
    [
        (at(2026, 6, 13), {}, "Passé"),
        (at(2026, 6, 1), {"is_cancelled": True}, "Annulé"),
    ],
)
def test_nobody_is_invited_to_what_is_over_or_cancelled(
    now, changes, label, client, db
):
    event = EventFactory(
        published=True,
        starts_at=at(2026, 6, 12, 18),
        online_url="https://visio.example/salle",
        registration_url="https://inscription.example/",
        **changes,
    )

    with time_machine.travel(now, tick=False):
        page = seen(client, event)

    assert label in page.text
    assert "S’inscrire" not in page.links
    assert "visio.example" not in page.text


@time_machine.travel(at(2026, 6, 1), tick=False)
def test_an_offer_tells_what_where_and_until_when(client, db):
    structure = StructureFactory(published=True, name="Les Amis")
    offer = OfferFactory(
        published=True,
        kind="service-civique",
        structure=structure,
        place="Au local",
        commune_id="13055",
        closes_on=datetime.date(2026, 6, 1),
        apply_url="https://offres.example/",
    )

    page = seen(client, offer)

    for words in (
        "Ouverte Jusqu’au 1er juin 2026 Service civique",
        "Lieu Au local",
        "Commune Marseille (13)",
        "Date limite (comprise) 1er juin 2026",
    ):
        assert words in page.text
    assert page.href("Les Amis") == structure.get_absolute_url()
    assert page.href("Répondre à l’offre") == "https://offres.example/"


@pytest.mark.parametrize("make", EVERY)
def test_linked_structures_and_projects_are_shown(make, client, db):
    structure = StructureFactory(published=True, name="Les Amis")
    project = ProjectFactory(published=True, title="Un puits")
    row = make(published=True, structures=[structure], projects=[project])

    page = seen(client, row)

    assert page.href("Les Amis") == structure.get_absolute_url()
    assert page.href("Un puits") == "/projets/un-puits/"


# They hide


@pytest.mark.parametrize("make", EVERY)
@pytest.mark.parametrize(
    "state",
    [
        {"publication": Publication.DRAFT},
        {"publication": Publication.ARCHIVED},
        {"published_at": datetime.datetime(2099, 1, 1, tzinfo=datetime.UTC)},
    ],
)
def test_what_is_not_published_is_not_found(make, state, client, db):
    row = make(published=True)
    type(row).objects.filter(pk=row.pk).update(**state)

    assert client.get(row.get_absolute_url()).status_code == 404


def test_a_hidden_structure_is_named_nowhere(client, db):
    secret = StructureFactory(name="Structure secrète")
    event = EventFactory(published=True, structures=[secret])
    EventParticipationFactory(event=event, structure=secret)
    offer = OfferFactory(published=True, structure=secret)
    call = CallFactory(published=True, structures=[secret])

    texts = [client.get(row.get_absolute_url()).text for row in (event, offer, call)]

    assert not any("secrète" in text for text in texts)
    assert "Qui invite" not in texts[0]


@pytest.mark.parametrize("make", EVERY)
def test_what_was_not_said_is_left_out(make, client, db):
    row = make(
        published=True, body="", **({"named": True} if make is OfferFactory else {})
    )

    response = client.get(row.get_absolute_url())

    assert "None" not in response.text
    assert "Documents" not in response.text
    assert "Pays éligibles" not in response.text


# Who may not, and at what cost


@pytest.mark.parametrize("make", EVERY)
def test_the_staff_alone_is_led_to_the_admin(make, client, staff_client):
    row = make(published=True)
    words = "Modifier dans l’administration"
    name = f"admin:news_{row._meta.model_name}_change"

    assert seen(staff_client, row).href(words) == reverse(name, args=[row.pk])
    assert words not in seen(client, row).links


@pytest.mark.parametrize("make", EVERY)
def test_a_kept_page_follows_what_is_written(make, client, db):
    row = make(published=True)
    client.get(row.get_absolute_url())

    row.countries.add(1)
    type(row).objects.filter(pk=row.pk).update(title="Un autre titre")

    page = seen(client, row)
    assert "Un autre titre" in page.text
    assert str(row.countries.get()) in page.links


def test_a_kept_page_follows_its_documents_and_its_organisers(client, db):
    call, event = CallFactory(published=True), EventFactory(published=True)
    seen(client, call), seen(client, event)

    CallDocumentFactory(call=call, title="Annexe tardive")
    EventDocumentFactory(event=event, title="Plan tardif")
    EventParticipationFactory(event=event, named=True)

    assert "Annexe tardive" in seen(client, call).text
    assert "Plan tardif" in seen(client, event).text
    assert "Une organisation d’ailleurs" in seen(client, event).text


@pytest.mark.parametrize("make", EVERY)
def test_the_cost_does_not_grow_with_what_is_linked(
    make, client, db, django_assert_max_num_queries
):
    row = make(published=True)

    def link(n):
        for _ in range(n):
            structure = StructureFactory(published=True, countries=["ML"], goals=[6])
            row.structures.add(structure)
            row.projects.add(ProjectFactory(published=True, lead=structure))
            if make is EventFactory:
                EventParticipationFactory(event=row, structure=structure)
                EventDocumentFactory(event=row)
            if make is CallFactory:
                CallDocumentFactory(call=row)

    link(1)
    with django_assert_max_num_queries(30) as few:
        client.get(row.get_absolute_url())
    link(9)
    with django_assert_max_num_queries(30) as many:
        client.get(row.get_absolute_url())

    assert len(many) == len(few)


# Words


@pytest.mark.parametrize(
    ("starts", "ends", "is_all_day", "words"),
    [
        (
            at(2026, 6, 12, 18),
            at(2026, 6, 12, 20),
            False,
            "12 juin 2026, de 18 h à 20 h",
        ),
        (at(2026, 6, 12, 18), None, False, "12 juin 2026 à 18 h"),
        (at(2026, 6, 12, 18), at(2026, 6, 12, 18), False, "12 juin 2026 à 18 h"),
        (
            at(2026, 6, 12, 18),
            at(2026, 6, 13, 9, 30),
            False,
            "du 12 juin 2026 à 18 h au 13 juin 2026 à 9 h 30",
        ),
        (at(2025, 6, 2), at(2025, 6, 3), True, "du 2 au 3 juin 2025"),
        (at(2025, 6, 1), at(2025, 6, 1), True, "1er juin 2025"),
        (at(2025, 6, 1), None, True, "1er juin 2025"),
        (
            at(2026, 12, 31),
            at(2027, 1, 1),
            True,
            "du 31 décembre 2026 au 1er janvier 2027",
        ),
    ],
)
def test_when_is_told_as_people_say_it(starts, ends, is_all_day, words):
    event = EventFactory.build(starts_at=starts, ends_at=ends, is_all_day=is_all_day)

    assert when(event).replace("\u00a0", " ") == words


def test_an_opening_at_midnight_is_a_day():
    assert beginning(at(2026, 3, 1)) == "1er mars 2026"
    assert beginning(at(2026, 3, 1, 9)) == "1er mars 2026 à 9\u00a0h"


@pytest.mark.parametrize(
    ("floor", "ceiling", "words"),
    [
        (None, None, ""),
        (3000, None, "3 000 € au moins"),
        (None, 15000, "15 000 € au plus"),
        (0, 15000, "de 0 € à 15 000 €"),
        (5000, 5000, "5 000 €"),
    ],
)
def test_amounts_are_told_as_people_say_them(floor, ceiling, words):
    told = amounts(floor, ceiling)

    assert told.replace("\u00a0", " ").replace("\u202f", " ") == words
