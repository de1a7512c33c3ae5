"""The page of an article: its text, and what it links to in the register."""

import datetime

import pytest
from django.db import connection

from directory.models import Publication
from news.models import Article
from tests.factories import ArticleFactory, ProjectFactory, StructureFactory
from tests.pages import Page

URL = "/actualites/le-puits-coule/"


@pytest.fixture
def article(db):
    """A published article with nothing but its title."""
    return ArticleFactory(published=True, title="Le puits coule", body="")


# It shows


def test_it_shows_the_text_and_its_subjects(client, db):
    ArticleFactory(
        published=True,
        title="Le puits coule",
        summary="Deux écoles ont de l’eau.",
        body="<h2>Le forage</h2><p>Premier paragraphe.</p>"
        '<p>Suite <a href="https://puits.example/suite">sur leur site</a>.</p>',
        source_url="https://www.journal.example/article",
        countries=["ML"],
        sectors=["sante"],
        goals=[6],
        tags=["PNUD", "Accès à l’eau"],
    )

    response = client.get(URL)
    page = Page(response)

    assert "Publié le 10 mars 2025 Actualité du réseau" in page.text
    assert "<p>Premier paragraphe.</p>" in response.content.decode()
    assert '<h2 id="titre-le-forage">Le forage</h2>' in response.content.decode()
    assert page.links["sur leur site"]["rel"] == "noopener nofollow"
    assert "Source : journal.example" in page.text
    assert page.href("Mali") == "/actualites/?pays=ML"
    assert page.href("Santé") == "/actualites/?secteur=sante"
    assert page.href("PNUD") == "/mots-cles/pnud/"
    assert page.href("ODD 6 Eau propre et assainissement") == "/actualites/?odd=6"


def test_the_link_of_a_tag_finds_the_article(client, db):
    article = ArticleFactory(
        published=True, title="Le puits coule", tags=["Accès à l’eau"]
    )
    ArticleFactory(published=True)

    address = Page(client.get(URL)).href("Accès à l’eau")

    assert Page(client.get(address)).keys == [article.slug]


def test_the_date_is_the_one_of_paris(client, article):
    late = datetime.datetime(2025, 3, 10, 23, 30, tzinfo=datetime.UTC)
    Article.objects.filter(pk=article.pk).update(published_at=late)

    assert "Publié le 11 mars 2025" in Page(client.get(URL)).text


def test_the_picture_has_its_alternative_and_credit(client, db):
    ArticleFactory(
        published=True,
        title="Le puits coule",
        image="actualites/puits.jpg",
        image_alt="Un puits",
        image_credit="Les Amis",
    )

    page = Page(client.get(URL))

    assert page.pictures[0]["alt"] == "Un puits"
    assert "Crédit : Les Amis" in page.text


def test_the_card_of_a_structure_is_the_annuaire_s(client, article):
    structure = StructureFactory(
        published=True, member=True, countries=["ML"], sectors=["sante"], goals=[6]
    )
    article.structures.add(structure)

    here = client.get(URL).content.decode()
    there = client.get("/annuaire/").content.decode()
    card = there[there.index('<article class="card"') : there.index("</article>")]

    assert card in here


def test_linked_projects_are_shown(client, article):
    article.projects.add(ProjectFactory(published=True, title="Un puits"))

    assert Page(client.get(URL)).href("Un puits") == "/projets/un-puits/"


# It hides


@pytest.mark.parametrize(
    "state",
    [
        {"publication": Publication.DRAFT},
        {"publication": Publication.ARCHIVED},
        {"published_at": datetime.datetime(2099, 1, 1, tzinfo=datetime.UTC)},
    ],
)
def test_what_is_not_published_is_not_found(client, article, state):
    Article.objects.filter(pk=article.pk).update(**state)

    assert client.get(URL).status_code == 404


def test_an_article_appears_at_its_hour(client, article, time_machine):
    hour = datetime.datetime(2025, 6, 1, 8, tzinfo=datetime.UTC)
    Article.objects.filter(pk=article.pk).update(published_at=hour)

    time_machine.move_to(hour - datetime.timedelta(minutes=1))
    before = client.get(URL).status_code
    time_machine.move_to(hour + datetime.timedelta(minutes=1))
    after = client.get(URL).status_code

    assert (before, after) == (404, 200)


def test_what_is_linked_and_not_published_is_left_out(client, article):
    article.structures.add(StructureFactory(name="Structure secrète"))
    article.projects.add(ProjectFactory(title="Projet secret"))

    html = client.get(URL).content.decode()

    assert "Structure secrète" not in html
    assert "Projet secret" not in html
    assert "Acteurs cités" not in html


def test_what_was_written_is_cleaned_again_when_it_is_shown(client, article):
    body = "<p onclick='x()'>Oui<script>alert(1)</script><img src='x'></p>"
    with connection.cursor() as cursor:
        cursor.execute("update news_article set body = %s, title = '<i>x</i>'", [body])

    html = client.get(URL).content.decode()

    assert "<p>Oui</p>" in html
    assert "alert(1)" not in html
    assert "onclick" not in html
    assert "<i>x" not in html


# Who may not, and at what cost


def test_the_staff_alone_is_led_to_the_admin(client, staff_client, article):
    words = "Modifier dans l’administration"

    assert Page(staff_client.get(URL)).href(words) == (
        f"/admin/news/article/{article.pk}/change/"
    )
    assert words not in Page(client.get(URL)).links


def test_the_cost_does_not_grow_with_what_is_linked(
    client, article, django_assert_max_num_queries
):
    def link(n):
        for _ in range(n):
            structure = StructureFactory(published=True, countries=["ML"], goals=[6])
            article.structures.add(structure)
            article.projects.add(ProjectFactory(published=True, lead=structure))
            article.tags.add(f"mot {n}")

    link(1)
    with django_assert_max_num_queries(30) as few:
        client.get(URL)
    link(9)
    with django_assert_max_num_queries(30) as many:
        client.get(URL)

    assert len(many) == len(few)
