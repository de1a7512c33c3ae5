"""The sheet of a country: who acts there, and who to call."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from directory.models import Country
from directory.subject_pages import country_sheet
from tests.factories import (
    ArticleFactory,
    ContactFactory,
    LocalityFactory,
    NetworkFactory,
    ProjectFactory,
    StructureFactory,
)
from tests.pages import Page

URL = "/pays/mali/fiche/"


def names(response):
    return [row.name for row in response.context["actors"]]


@pytest.fixture
def network(db):
    return NetworkFactory()


def test_it_says_how_to_reach_each_actor_and_the_network(client, network):
    StructureFactory(
        published=True,
        name="Les Amis",
        countries=["ML"],
        email="bonjour@amis.example",
        phone="04 42 00 00 00",
        website="https://www.amis.example/accueil",
    )

    page = Page(client.get(URL))

    assert page.href("Les Amis") == "/annuaire/les-amis/"
    assert page.href("04 42 00 00 00") == "tel:0442000000"
    assert page.href("bonjour@amis.example") == "mailto:bonjour@amis.example"
    assert "amis.example" in page.links
    assert page.href("04 91 00 00 00") == "tel:0491000000"
    assert "Réseau d’essai · 04 91 00 00 00 · contact@reseau.example" in page.text


def test_it_is_dated(client, network, time_machine):
    noon = datetime.datetime(2026, 6, 1, 10, 5, tzinfo=datetime.UTC)
    time_machine.move_to(noon, tick=False)

    assert "État de l’annuaire le 1er juin 2026 à 12 h 05" in Page(client.get(URL)).text


def test_a_person_is_named_only_while_the_consent_runs(client, network):
    named = StructureFactory(published=True, countries=["ML"])
    ContactFactory(structure=named, consenting=True, last_name="Visible")
    silent = StructureFactory(published=True, countries=["ML"])
    ContactFactory(structure=silent, last_name="Caché", role="Trésorière")
    over = StructureFactory(published=True, countries=["ML"])
    ContactFactory(
        structure=over,
        last_name="Périmé",
        role="Présidente",
        consent_given_on=datetime.date(2020, 1, 1),
        consent_expires_on=datetime.date(2021, 1, 1),
    )

    page = Page(client.get(URL))

    assert "Mme Zélie Visible (Chargée de mission)" in page.text
    assert "Trésorière" in page.text
    assert "Présidente" in page.text
    for hidden in ("Caché", "Périmé", "@prive.example", "04 00 00 00 00"):
        assert hidden not in page.text


def test_other_contacts_than_the_representative_are_not_there(client, network):
    structure = StructureFactory(published=True, countries=["ML"])
    ContactFactory(structure=structure, consenting=True, is_representative=False)

    assert "Zélie" not in Page(client.get(URL)).text


def test_members_come_first_then_those_who_can_be_called(client, network):
    reached = StructureFactory(published=True, name="Reliée", email="a@b.example")
    ProjectFactory(published=True, lead=reached, countries=["ML"])
    StructureFactory(published=True, name="Muette", countries=["ML"])
    StructureFactory(published=True, name="Joignable", phone="1", countries=["ML"])
    StructureFactory(published=True, name="Membre", member=True, countries=["ML"])

    assert names(client.get(URL)) == ["Membre", "Joignable", "Reliée", "Muette"]


def test_it_has_the_projects_of_which_people_are_there(client, network):
    lead = StructureFactory(published=True, name="Porteuse")
    project = ProjectFactory(
        published=True, title="Un puits", status="en-cours", lead=lead, countries=["ML"]
    )
    LocalityFactory(project=project, name="Gao")
    LocalityFactory(project=project, name="Aix", country=Country.objects.get(code="FR"))
    ProjectFactory(published=True, title="Fini", status="termine", countries=["ML"])

    page = Page(client.get(URL))

    assert "Un puits En cours Porteuse Gao" in page.text
    assert "Fini" not in page.text
    assert "Aix" not in page.text
    assert "Un autre projet, terminé ou non, n’est pas sur cette fiche" in page.text
    assert page.href("http://testserver/projets/?pays=ML") == "/projets/?pays=ML"


def crowd(count):
    for n in range(count):
        actor = StructureFactory(
            published=True, name=f"Acteur {n:03}", phone="1", countries=["ML"]
        )
        ProjectFactory(
            published=True,
            status="en-cours" if n % 2 else "en-preparation",
            lead=actor,
            countries=["ML"],
        )


def test_everybody_is_there_the_first_ones_in_full(client, network):
    crowd(60)
    StructureFactory(
        published=True, name="Absente", countries=["ML"], city="Digne", phone=""
    )

    response = client.get(URL)
    page = Page(response)

    assert len(response.context["actors"]) == 20
    assert "61 acteurs" in page.text
    assert "Et 41 autres, par ordre alphabétique Absente Digne Acteur 020 " in page.text
    for n in range(60):
        assert page.href(f"Acteur {n:03}")
    assert "ne sont pas sur cette fiche" not in page.text.split("Projets en cours")[0]


def test_the_others_are_called_by_what_is_public(client, network):
    crowd(20)
    facts = {"published": True, "countries": ["ML"]}
    StructureFactory(name="Zoé", phone="04 42 11 11 11", **facts)
    StructureFactory(name="Zut", phone="", email="zut@zut.example", **facts)
    StructureFactory(
        name="Zélie", phone="04 42 22 22 22", contact_hidden_at=timezone.now(), **facts
    )

    page = Page(client.get(URL))

    assert page.href("04 42 11 11 11") == "tel:0442111111"
    assert page.href("zut@zut.example") == "mailto:zut@zut.example"
    assert page.href("Zélie")
    assert "04 42 22 22 22" not in page.text


def test_what_is_cut_is_counted_with_its_address(client, network, monkeypatch):
    monkeypatch.setattr(country_sheet, "NAMED", 30)
    crowd(60)

    response = client.get(URL)
    page = Page(response)

    assert len(response.context["projects"]) == 12
    assert "60 acteurs" in page.text
    assert "30 autres acteurs ne sont pas sur cette fiche" in page.text
    assert page.href("http://testserver/pays/mali/") == "/pays/mali/"
    assert "48 autres projets" in page.text


def test_what_is_not_published_is_not_there(client, network):
    StructureFactory(name="Secrète", countries=["ML"])
    ProjectFactory(title="Secret", status="en-cours", countries=["ML"])

    assert "Secr" not in Page(client.get(URL)).text


def test_nobody_has_its_own_sentence(client, network):
    page = Page(client.get("/pays/andorre/fiche/"))

    assert "Aucun acteur ni aucun projet en Andorre" in page.text
    assert page.href("Tous les pays où quelqu’un agit") == "/pays/"


def test_it_costs_the_same_whatever_the_rows(client, network):
    def fill(count):
        for _n in range(count):
            actor = StructureFactory(published=True, countries=["ML"])
            ContactFactory(structure=actor)
            project = ProjectFactory(
                published=True, status="en-cours", lead=actor, countries=["ML"]
            )
            LocalityFactory(project=project)
            ArticleFactory(published=True, structures=[actor.slug], countries=["ML"])

    def cost():
        with CaptureQueriesContext(connection) as queries:
            client.get(URL)
        return len(queries)

    fill(1)
    few = cost()
    fill(15)

    assert cost() <= few
