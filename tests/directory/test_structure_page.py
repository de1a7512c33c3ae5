"""The page of a structure: all that is public of it, and nothing else."""

import datetime

import pytest
from django.utils import timezone

from directory.models import (
    Commune,
    Department,
    Participation,
    Publication,
    Structure,
)
from tests.factories import (
    ArticleFactory,
    ParticipationFactory,
    ProjectFactory,
    StructureFactory,
)
from tests.pages import Page

URL = "/annuaire/les-amis-du-fleuve/"


@pytest.fixture
def structure(db):
    """A published structure with nothing but its name."""
    return StructureFactory(published=True, name="Les Amis du fleuve")


def full_structure():
    aix = Commune.objects.get(label="Aix-en-Provence")
    return StructureFactory(
        published=True,
        member=True,
        name="Les Amis du fleuve",
        acronym="ADF",
        type_code="comite-de-jumelage",
        address="12, rue des Essais",
        postcode="13100",
        commune=aix,
        department=aix.department,
        website="https://www.fleuve.example/accueil",
        email="bonjour@fleuve.example",
        phone="04 42 00 00 00",
        social_links=["https://fr.facebook.com/fleuve", "https://blog.example/x"],
        description="Premier paragraphe.\n\nSecond paragraphe.",
        founded_in=1995,
        siren="732829320",
        rna="W131000123",
        logo="logos/fleuve.png",
        logo_alt="Un fleuve",
        countries=["ML", "SN"],
        sectors=["sante"],
        goals=[6],
        verified_at=datetime.datetime(2025, 3, 12, 9, tzinfo=datetime.UTC),
    )


# It shows


@pytest.mark.parametrize(
    "words",
    [
        "Les Amis du fleuve (ADF)",
        "ADHÉRENT",
        "Type de structure Association",
        "12, rue des Essais, 13100 Aix-en-Provence",
        "Site Web fleuve.example",
        "Appeler le 04 42 00 00 00 Écrire à bonjour@fleuve.example",
        "Facebook blog.example",
        "Pays d’intervention Mali Sénégal",
        "Secteur(s) d’intervention Santé",
        "ODD 6 Eau propre et assainissement",
        "Présentation Premier paragraphe. Second paragraphe.",
        "Année de création 1995",
        "SIREN 732829320",
        "RNA W131000123",
        "Vérifié le 12 mars 2025",
    ],
)
def test_it_shows_what_is_public(client, db, words):
    full_structure()

    assert words in Page(client.get(URL)).text


def test_how_to_reach_it_comes_once_and_before_what_it_does(client, db):
    full_structure()

    page = Page(client.get(URL))

    assert page.href("Appeler le 04 42 00 00 00") == "tel:0442000000"
    address = "mailto:bonjour@fleuve.example"
    assert page.href("Écrire à bonjour@fleuve.example") == address
    assert page.text.count("04 42 00 00 00") == 1
    assert page.text.index("Écrire à") < page.text.index("Présentation")


def test_what_silence_hides_leads_nowhere(client, db):
    full_structure()
    Structure.objects.update(contact_hidden_at=timezone.now())

    text = Page(client.get(URL)).main

    assert "Coordonnées masquées" in text
    for words in ("Appeler", "Écrire", "04 42", "bonjour@"):
        assert words not in text


def test_the_logo_has_its_alternative(client, db):
    full_structure()

    logos = Page(client.get(URL)).pictures

    assert logos[0]["src"] == "/media/logos/fleuve.png"
    assert logos[0]["alt"] == "Un fleuve"


@pytest.mark.parametrize(
    ("words", "address"),
    [
        ("Mali", "/annuaire/?pays=ML"),
        ("Santé", "/annuaire/?secteur=sante"),
        ("Association", "/annuaire/?type=association"),
        ("Comité de jumelage", "/annuaire/?type=comite-de-jumelage"),
        ("ODD 6 Eau propre et assainissement", "/annuaire/?odd=6"),
    ],
)
def test_values_lead_to_the_annuaire(client, db, words, address):
    full_structure()

    assert Page(client.get(URL)).href(words) == address


def test_the_site_is_linked_without_a_gift_to_spammers(client, db):
    full_structure()

    page = Page(client.get(URL))

    for words in ("fleuve.example", "Facebook"):
        assert page.links[words]["rel"] == "nofollow noopener"


def test_many_projects_are_a_few_cards_then_lines(client, structure):
    titles = [f"Projet numéro {n:02}" for n in range(31)]
    for n, title in enumerate(titles):
        ParticipationFactory(
            project=ProjectFactory(
                published=True,
                title=title,
                actual_start_on=datetime.date(2025 - n // 12, 12 - n % 12, 1),
            ),
            structure=structure,
        )

    response = client.get(URL)

    page, html = Page(response), response.content.decode()
    assert [title for title in titles if title in page.links] == titles
    assert html.count('<article class="card"') == 6
    assert "Les 25 autres projets" in page.text
    assert page.text.index(titles[6]) < page.text.index(titles[30])
    assert "Projet numéro 06 Partenaire · 1er juin 2025" in page.text


def test_eight_projects_are_all_cards(client, structure):
    for _n in range(8):
        ParticipationFactory(
            project=ProjectFactory(published=True), structure=structure
        )

    html = client.get(URL).content.decode()

    assert html.count('<article class="card"') == 8
    assert "autres projets" not in html


def test_published_projects_are_shown_with_the_role(client, structure):
    project = ProjectFactory(published=True, title="Un puits", lead=structure)
    ParticipationFactory(
        project=project, structure=structure, role=Participation.Role.FUNDER
    )

    page = Page(client.get(URL))

    assert page.text.count("Un puits") == 1
    assert "Porteur, Financeur Un puits" in page.text
    assert page.href("Un puits") == "/projets/un-puits/"


def test_published_news_is_shown(client, structure):
    ArticleFactory(published=True, title="Le puits coule", structures=[structure])

    page = Page(client.get(URL))

    assert page.href("Le puits coule") == "/actualites/le-puits-coule/"


def test_a_record_never_verified_says_so(client, structure):
    assert "Jamais vérifié" in Page(client.get(URL)).text


def test_a_dormant_structure_says_so(client, structure):
    structure.life = structure.Life.DORMANT
    structure.save()

    assert "En veille" in Page(client.get(URL)).text


def test_a_record_with_nothing_but_a_name_says_so(client, structure):
    sentence = "Cette fiche ne dit pas encore ce que fait la structure."
    assert sentence in Page(client.get(URL)).text

    structure.description = "Des puits et des écoles."
    structure.save()

    assert sentence not in Page(client.get(URL)).text


# It hides


def test_empty_fields_are_left_out(client, structure):
    text = Page(client.get(URL)).main

    for label in (
        "Présentation",
        "Type de structure",
        "Représentant",
        "Adresse",
        "Site Web",
        "Appeler",
        "Écrire",
        "Pays d’intervention",
        "Secteur(s)",
        "Objectifs de développement durable",
        "Projets",
        "SIREN",
        "RNA",
        "Année de création",
        "None",
    ):
        assert label not in text


@pytest.mark.parametrize(
    "state",
    [
        {"publication": Publication.DRAFT},
        {"publication": Publication.ARCHIVED},
        {"merged": True},
    ],
)
def test_what_is_not_published_is_not_found(client, structure, state):
    if state.pop("merged", False):
        state = {"merged_into": StructureFactory(published=True)}
    type(structure).objects.filter(pk=structure.pk).update(**state)

    response = client.get(URL)

    assert response.status_code == 404
    assert "Les Amis du fleuve" not in response.content.decode()


def test_the_badge_is_for_the_members_of_today(client, structure):
    structure.member_from = datetime.date(2015, 1, 1)
    structure.member_until = datetime.date(2019, 12, 31)
    structure.save()

    assert "ADHÉRENT" not in Page(client.get(URL)).text


def test_drafts_that_speak_of_it_are_left_out(client, structure):
    ProjectFactory(title="Projet secret", lead=structure)
    ArticleFactory(title="Nouvelle secrète", structures=[structure])
    ArticleFactory(
        title="Nouvelle de demain",
        published=True,
        published_at=datetime.datetime(2099, 1, 1, tzinfo=datetime.UTC),
        structures=[structure],
    )

    html = client.get(URL).content.decode()

    for title in ("Projet secret", "Nouvelle secrète", "Nouvelle de demain"):
        assert title not in html


def test_what_was_written_is_escaped(client, structure):
    structure.description = "<script>alert(1)</script>"
    structure.name = "</title><b>gras</b>"
    structure.save()

    html = client.get(URL).content.decode()

    assert "<script>alert" not in html
    assert "<b>gras" not in html


# Who may not


def test_the_staff_is_led_to_the_admin(staff_client, structure):
    page = Page(staff_client.get(URL))

    assert page.href("Modifier dans l’administration") == (
        f"/admin/directory/structure/{structure.pk}/change/"
    )


@pytest.mark.parametrize("who", ["client", "member_client", "owner_client"])
def test_nobody_else_is_led_to_the_admin(request, structure, who):
    page = Page(request.getfixturevalue(who).get(URL))

    assert "Modifier dans l’administration" not in page.links


def test_staff_without_the_right_is_not_led_to_the_admin(structure, staff, client):
    type(staff).objects.filter(pk=staff.pk).update(is_superuser=False)
    client.force_login(staff)

    assert "Modifier dans l’administration" not in Page(client.get(URL)).links


# Bad input, cost


@pytest.mark.parametrize("slug", ["inconnue", "0", "a" * 300])
def test_an_unknown_address_is_not_found_in_french(client, db, slug):
    response = client.get(f"/annuaire/{slug}/")

    assert response.status_code == 404
    assert "Page introuvable" in Page(response).text


def test_the_query_string_is_ignored(client, structure):
    assert client.get(f"{URL}?pays=%00&page=x").status_code == 200


def test_the_cost_does_not_grow_with_what_is_linked(
    client, structure, django_assert_max_num_queries
):
    def link(n):
        for _ in range(n):
            partner = StructureFactory(published=True)
            project = ProjectFactory(published=True, lead=structure, countries=["ML"])
            ParticipationFactory(project=project, structure=partner)
            ArticleFactory(published=True, structures=[structure], countries=["ML"])

    link(1)
    with django_assert_max_num_queries(30) as few:
        client.get(URL)
    link(9)
    with django_assert_max_num_queries(30) as many:
        client.get(URL)

    assert len(many) == len(few)


def test_a_structure_out_of_the_region_has_its_city(client, db):
    StructureFactory(
        published=True,
        name="Les Amis du fleuve",
        city="Lyon",
        department=Department.objects.get(code="69"),
    )

    assert "Lyon (69)" in Page(client.get(URL)).text
