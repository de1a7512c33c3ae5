"""The page of a project: all that is public of it, and nothing else."""

import datetime
from decimal import Decimal

import pytest

from directory.models import (
    Country,
    Funder,
    Participation,
    Project,
    ProjectImage,
    Publication,
)
from tests.factories import (
    ArticleFactory,
    LocalityFactory,
    ParticipationFactory,
    ProjectFactory,
    StructureFactory,
)
from tests.pages import Page

URL = "/projets/un-puits/"


@pytest.fixture
def project(db):
    """A published project with nothing but its title."""
    return ProjectFactory(published=True, title="Un puits")


def update(project, **values):
    Project.objects.filter(pk=project.pk).update(**values)


# It shows


def test_it_shows_what_is_public(client, db):
    project = ProjectFactory(
        published=True,
        title="Un puits",
        summary="Un puits pour deux écoles.",
        description="Premier paragraphe.\n\nSecond paragraphe.",
        kind=Project.Kind.WATER,
        status=Project.Status.RUNNING,
        beneficiaries="élèves de deux écoles",
        beneficiary_count=1250,
        links=["https://www.youtube.com/watch?v=1"],
        countries=["ML"],
        sectors=["eau-assainissement"],
        goals=[6],
        verified_at=datetime.datetime(2025, 3, 12, 9, tzinfo=datetime.UTC),
    )
    LocalityFactory(
        project=project, name="Mopti", country=Country.objects.get(code="ML")
    )

    page = Page(client.get(URL))

    for words in (
        "Un puits pour deux écoles.",
        "Premier paragraphe. Second paragraphe.",
        "Nature Eau 1 %",
        "État En cours",
        "Bénéficiaires 1 250 élèves de deux écoles",
        "Liens YouTube",
        "Mopti (Mali)",
        "ODD 6 Eau propre et assainissement",
        "Vérifié le 12 mars 2025",
    ):
        assert words in page.text
    assert page.href("Mali") == "/projets/?pays=ML"
    assert page.href("Eau 1 %") == "/projets/?nature=eau-1-pour-cent"
    assert page.links["YouTube"]["rel"] == "nofollow noopener"


def test_organisations_are_shown_with_their_roles(client, project):
    ParticipationFactory(
        project=project,
        structure=StructureFactory(published=True, name="Les Amis du fleuve"),
        role=Participation.Role.LEAD,
    )
    ParticipationFactory(project=project, named=True, role="partenaire-local")
    funder = Funder.objects.first()
    ParticipationFactory(
        project=project, structure=None, funder=funder, role="financeur"
    )

    page = Page(client.get(URL))

    assert "Porteur Les Amis du fleuve" in page.text
    assert page.href("Les Amis du fleuve") == "/annuaire/les-amis-du-fleuve/"
    assert "Partenaire local Une organisation d’ailleurs" in page.text
    assert f"Financeur {funder.label}" in page.text


def test_the_lead_comes_first_and_is_named_in_the_head(client, project):
    ParticipationFactory(project=project, named=True, role="financeur", position=0)
    ParticipationFactory(project=project, named=True, name="Une amie", position=1)
    lead = StructureFactory(published=True, member=True, name="Les Amis du fleuve")
    ParticipationFactory(project=project, structure=lead, role="porteur", position=2)

    page = Page(client.get(URL))

    assert "Porté par Les Amis du fleuve" in page.text
    assert (
        "Porteur Les Amis du fleuve ADHÉRENT Partenaire Une amie"
        " Financeur Une organisation d’ailleurs"
    ) in page.text


def test_pictures_have_their_alternative_and_credit(client, project):
    ProjectImage.objects.create(
        project=project,
        image="projets/puits.jpg",
        alternative="Un puits neuf",
        credit="Les Amis",
    )

    page = Page(client.get(URL))

    assert page.pictures[0]["alt"] == "Un puits neuf"
    assert page.pictures[0]["src"] == "/media/projets/puits.jpg"
    assert "Crédit : Les Amis" in page.text


@pytest.mark.parametrize(
    ("budget", "currency", "words"),
    [
        ("15000", "EUR", "15 000 €"),
        ("1234567.50", "EUR", "1 234 567,50 €"),
        ("10000000", "XOF", "10 000 000 XOF"),
        ("0", "EUR", "0 €"),
    ],
)
def test_a_public_budget_is_written_as_in_french(
    client, project, budget, currency, words
):
    update(project, budget=Decimal(budget), currency=currency, budget_is_public=True)

    assert f"Budget {words}" in Page(client.get(URL)).text


@pytest.mark.parametrize(
    ("start", "end", "precision", "words"),
    [
        ("2015-01-01", None, "annee", "Début (prévision) 2015"),
        ("2015-01-01", "2015-12-31", "annee", "Dates (prévision) 2015"),
        ("2024-09-01", None, "mois", "Début (prévision) septembre 2024"),
        ("2025-02-03", "2025-02-07", "jour", "du 3 au 7 février 2025"),
    ],
)
def test_dates_are_as_exact_as_they_are_known(
    client, project, start, end, precision, words
):
    update(
        project, planned_start_on=start, planned_end_on=end, date_precision=precision
    )

    assert words in Page(client.get(URL)).text


def test_its_news_is_shown(client, project):
    ArticleFactory(published=True, title="Le puits coule", projects=[project])

    page = Page(client.get(URL))

    assert page.href("Le puits coule") == "/actualites/le-puits-coule/"


# It hides


def test_empty_fields_are_left_out(client, project):
    text = Page(client.get(URL)).main

    for label in (
        "Description",
        "Qui y prend part",
        "Pays",
        "Localités",
        "Secteur",
        "Objectifs",
        "Nature",
        "État",
        "Budget",
        "Bénéficiaires",
        "Liens",
        "Dates",
        "Début",
        "None",
    ):
        assert label not in text


def test_a_lead_that_is_not_published_is_not_named(client, project):
    ParticipationFactory(
        project=project, structure=StructureFactory(name="Cachée"), role="porteur"
    )

    text = Page(client.get(URL)).text

    assert "Porté par" not in text
    assert "Cachée" not in text


@pytest.mark.parametrize("publication", [Publication.DRAFT, Publication.ARCHIVED])
def test_what_is_not_published_is_not_found(client, project, publication):
    update(project, publication=publication)

    assert client.get(URL).status_code == 404


def test_a_private_budget_hides_every_amount(client, project):
    update(project, budget=Decimal(15000), budget_is_public=False)
    ParticipationFactory(project=project, named=True, amount=Decimal(7000))

    text = Page(client.get(URL)).text

    for words in ("Budget", "15 000", "7 000", "€"):
        assert words not in text


def test_a_public_budget_shows_the_amounts(client, project):
    update(project, budget_is_public=True)
    ParticipationFactory(project=project, named=True, amount=Decimal(7000))

    assert "7 000 €" in Page(client.get(URL)).text


@pytest.mark.parametrize("role", Participation.Role.values)
def test_a_structure_that_is_not_published_is_left_out(client, project, role):
    secret = StructureFactory(name="Structure secrète")
    ParticipationFactory(project=project, structure=secret, role=role)

    assert "Structure secrète" not in client.get(URL).content.decode()


def test_a_structure_that_was_merged_is_left_out(client, project):
    merged = StructureFactory(
        published=True,
        name="Ancienne fiche",
        merged_into=StructureFactory(published=True),
    )
    ParticipationFactory(project=project, structure=merged)

    assert "Ancienne fiche" not in client.get(URL).content.decode()


def test_drafts_that_speak_of_it_are_left_out(client, project):
    ArticleFactory(title="Nouvelle secrète", projects=[project])

    assert "Nouvelle secrète" not in client.get(URL).content.decode()


def test_what_was_written_is_escaped(client, project):
    update(project, description="<script>alert(1)</script>", title="<b>gras</b>")

    html = client.get(URL).content.decode()

    assert "<script>alert" not in html
    assert "<b>gras" not in html


# Who may not, and at what cost


def test_the_staff_alone_is_led_to_the_admin(client, staff_client, project):
    words = "Modifier dans l’administration"

    assert Page(staff_client.get(URL)).href(words) == (
        f"/admin/directory/project/{project.pk}/change/"
    )
    assert words not in Page(client.get(URL)).links


def test_an_unknown_address_is_not_found(client, db):
    assert client.get("/projets/inconnu/").status_code == 404


def test_the_cost_does_not_grow_with_what_is_linked(
    client, project, django_assert_max_num_queries
):
    def link(n):
        for _ in range(n):
            ParticipationFactory(
                project=project, structure=StructureFactory(published=True)
            )
            ParticipationFactory(
                project=project,
                structure=None,
                funder=Funder.objects.first(),
                role="financeur",
            )
            LocalityFactory(project=project, country=Country.objects.first())
            ArticleFactory(published=True, projects=[project], countries=["ML"])

    link(1)
    with django_assert_max_num_queries(30) as few:
        client.get(URL)
    link(9)
    with django_assert_max_num_queries(30) as many:
        client.get(URL)

    assert len(many) == len(few)
