"""The front door, and what every page has around it."""

import pytest
from django.utils import timezone

from directory.models import Country, Department, Network
from tests.factories import (
    ArticleFactory,
    NetworkFactory,
    NetworkPartnerFactory,
    OfficeFactory,
    ProjectFactory,
    StructureFactory,
)
from tests.pages import Page

# It shows


def test_it_searches_the_whole_site(client, db):
    html = client.get("/").content.decode()

    assert 'action="/recherche/" method="get" role="search"' in html
    assert 'name="q"' in html


def test_the_figures_are_true(client, db):
    StructureFactory(published=True, member=True, countries=["ML", "SN"])
    StructureFactory(published=True, countries=["ML"])
    StructureFactory(published=True, former_member=True)
    StructureFactory(member=True, countries=["TG"])
    ProjectFactory(published=True, countries=["ML", "AM"])
    ProjectFactory(countries=["LB"])

    response = client.get("/")

    assert response.context["figures"] == {
        "structures": 3,
        "members": 1,
        "projects": 1,
        "countries": 3,
    }
    assert "3 acteurs 1 adhérent 1 projet 3 pays" in Page(response).text


def test_the_latest_news_is_shown(client, db):
    ArticleFactory.create_batch(4, published=True)
    ArticleFactory(title="Brouillon")

    response = client.get("/")

    assert len(response.context["articles"]) == 3
    assert "Brouillon" not in Page(response).text


def test_the_last_verified_structures_are_shown(client, db):
    StructureFactory(published=True, name="Jamais vérifiée")
    StructureFactory(published=True, name="Vérifiée", verified_at=timezone.now())
    StructureFactory(name="Brouillon", verified_at=timezone.now())

    page = Page(client.get("/"))

    assert "Dernières fiches vérifiées" in page.text
    assert "Vérifiée" in page.links
    assert "Jamais vérifiée" not in page.links
    assert "Brouillon" not in page.links


def test_sectors_and_goals_lead_to_filtered_listings(client, db):
    StructureFactory(published=True, sectors=["sante"], goals=[6])
    StructureFactory(sectors=["culture"], goals=[4])

    page = Page(client.get("/"))

    assert page.href("Santé") == "/annuaire/?secteur=sante"
    assert page.href("ODD 6 Eau propre et assainissement") == "/annuaire/?odd=6"
    assert "Culture" not in page.links


def test_the_departements_are_drawn_and_listed(client, db):
    NetworkFactory(regions=["93"])
    StructureFactory(published=True, department=Department.objects.get(code="83"))

    page = Page(client.get("/"))

    assert page.href("Var 1") == "/annuaire/?departement=83"
    assert page.href("Var (83)") == "/annuaire/?departement=83"
    assert "Var (83) 1" in page.text


def test_the_countries_of_the_most_actors_come_first_the_others_folded(client, db):
    codes = [country.code for country in Country.objects.all()[:14]]
    StructureFactory(published=True, countries=codes)
    StructureFactory.create_batch(2, published=True, countries=["TG"])

    response = client.get("/")

    assert response.context["top_countries"][0].label == "Togo"
    assert "Les 3 autres pays" in Page(response).text
    assert Page(response).href("Togo 2 acteurs") == "/annuaire/?pays=TG"


def test_an_empty_site_has_no_empty_section(client, db):
    text = Page(client.get("/")).text

    assert "0 acteurs 0 adhérents 0 projets 0 pays" in text
    for words in (
        "Dernières fiches",
        "Par secteur",
        "Par objectif",
        "Près de chez vous",
        "Dans le monde",
    ):
        assert words not in text


# The network's own words, around every page


@pytest.fixture
def network(db):
    network = NetworkFactory(
        name="Réseau des Essais",
        baseline="Le réseau qui sert aux essais",
        email="bonjour@reseau.example",
        phones=["04 91 00 00 00"],
        social_links=["https://www.linkedin.com/company/essais"],
    )
    OfficeFactory(network=network, label="Siège")
    NetworkPartnerFactory(
        network=network, name="Un partenaire", website="https://partenaire.example"
    )
    NetworkPartnerFactory(network=network, name="Un autre", logo="partenaires/a.png")
    return network


def test_the_network_is_named_and_described_by_its_data(client, network):
    page = Page(client.get("/annuaire/"))

    for words in (
        "Réseau des Essais en Provence-Alpes-Côte d’Azur",
        "Informations pratiques Bureaux Siège – 1, rue des Essais – 13001 Marseille",
        "Contact 04 91 00 00 00 bonjour@reseau.example",
        "Partenaires Un partenaire",
    ):
        assert words in page.text
    assert page.title == "Annuaire des acteurs – Réseau des Essais"
    assert page.href("04 91 00 00 00") == "tel:0491000000"
    assert page.href("Un partenaire") == "https://partenaire.example"
    assert page.href("LinkedIn") == "https://www.linkedin.com/company/essais"
    assert page.images[-1]["alt"] == "Un autre"
    assert page.images[-1]["src"] == "/media/partenaires/a.png"


def test_pages_do_without_a_network(client, db):
    Network.objects.all().delete()

    page = Page(client.get("/"))

    assert "Territoires solidaires" in page.text
    assert "Informations pratiques" not in page.text


def test_the_menu_leads_to_pages_that_exist(client, db):
    page = Page(client.get("/"))

    for words in ("Annuaire", "Projets", "Carte", "Pays", "ODD", "Actualités"):
        assert client.get(page.href(words)).status_code == 200


@pytest.mark.parametrize(
    ("path", "words", "current"),
    [
        ("/annuaire/", "Annuaire", "page"),
        ("/projets/", "Projets", "page"),
        ("/panorama/matrice/", "Projets", "true"),
        ("/carte/", "Carte", "page"),
        ("/pays/", "Pays", "page"),
        ("/pays/mali/", "Pays", "true"),
        ("/odd/6/", "ODD", "true"),
        ("/actualites/", "Actualités", "page"),
    ],
)
def test_the_menu_says_where_one_is(client, db, path, words, current):
    assert Page(client.get(path)).current[words] == current


def test_the_menu_names_one_place_on_the_page_of_a_project(client, db):
    ProjectFactory(published=True, slug="un-puits")

    links = Page(client.get("/projets/un-puits/")).links

    assert links["Projets"]["aria-current"] == "true"
    assert "aria-current" not in links["Carte"]


def test_a_page_describes_itself_to_those_who_share_it(client, network):
    html = client.get("/annuaire/").content.decode()

    for tag in (
        '<meta property="og:title" content="Annuaire des acteurs">',
        '<meta property="og:site_name" content="Réseau des Essais">',
        '<meta property="og:url" content="http://testserver/annuaire/">',
        '<meta property="og:image" content="http://testserver/static/img/identity/social.png">',
        '<meta name="description" content="Collectivités, associations,',
    ):
        assert tag in html


def test_what_a_page_shares_is_escaped_and_short(client, db):
    StructureFactory(published=True, slug="a", name='A"><b>', description="mot " * 200)

    html = client.get("/annuaire/a/").content.decode()

    assert 'og:title" content="A&quot;&gt;&lt;b&gt;"' in html
    description = html.split('<meta name="description" content="')[1].split('"')[0]
    assert len(description) == 200


# Cost


def test_the_cost_does_not_grow_with_the_rows(
    client, network, django_assert_max_num_queries
):
    def add(n):
        for _ in range(n):
            StructureFactory(
                published=True,
                countries=["ML"],
                sectors=["sante"],
                verified_at=timezone.now(),
            )
            ArticleFactory(published=True, countries=["ML"])
            OfficeFactory(network=network)

    add(3)
    with django_assert_max_num_queries(30) as few:
        client.get("/")
    add(20)
    with django_assert_max_num_queries(30) as many:
        client.get("/")

    assert len(many) == len(few)
