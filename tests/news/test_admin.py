"""The staff’s pages of news and keywords."""

import datetime
import html

import pytest
import time_machine
from django.contrib.admin.models import LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile
from taggit.models import Tag

from directory.models import Publication
from news.models import Article
from tests.admin_forms import act, add, errors, listed, save
from tests.factories import ArticleFactory, StructureFactory

NOW = datetime.datetime(2026, 3, 10, 9, 0, tzinfo=datetime.UTC)


def test_an_article_is_found_without_accents(staff_client):
    found = ArticleFactory(title="Réhabilitation d’écoles à Érevan")
    ArticleFactory()

    assert listed(staff_client, Article, q="erevan ECOLES") == [found]


def test_an_article_is_added_with_its_subjects_and_keywords(staff_client):
    structure = StructureFactory()
    changes = {
        "title": "Un puits neuf",
        "slug": "un-puits-neuf",
        "structures": [structure.pk],
        "tags": "eau, Eau, forage",
    }

    add(staff_client, Article, changes)

    article = Article.objects.get()
    assert list(article.structures.all()) == [structure]
    assert sorted(tag.name.lower() for tag in article.tags.all()) == ["eau", "forage"]
    assert article.publication == Publication.DRAFT


def test_drafts_come_first_then_the_newest(staff_client):
    old = ArticleFactory(published=True)
    new = ArticleFactory(published=True, published_at=NOW)
    draft = ArticleFactory()

    assert listed(staff_client, Article) == [draft, new, old]


@time_machine.travel(NOW, tick=False)
def test_an_article_published_without_a_date_is_dated_now(staff_client):
    article = ArticleFactory()

    response = save(staff_client, article, {"publication": "publie"})

    article.refresh_from_db()
    assert response.status_code == 302
    assert article.published_at == NOW


@time_machine.travel(NOW, tick=False)
def test_articles_published_from_the_list_are_dated_now_or_keep_their_date(
    staff_client,
):
    later = NOW + datetime.timedelta(days=7)
    undated, dated = ArticleFactory(), ArticleFactory(published_at=later)

    response = act(staff_client, "publish", undated, dated)

    undated.refresh_from_db()
    dated.refresh_from_db()
    assert (undated.published_at, dated.published_at) == (NOW, later)
    assert f"{dated} (Paraîtra le 17 mars 2026" in html.unescape(response.text)
    assert f"{undated} (" not in html.unescape(response.text)
    assert LogEntry.objects.count() == 2


def test_articles_are_archived_from_the_list(staff_client):
    article = ArticleFactory(published=True)

    act(staff_client, "archive", article)

    article.refresh_from_db()
    assert article.publication == Publication.ARCHIVED


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"source_url": "javascript:alert(1)"}, "Saisissez une URL valide."),
        ({"title": " "}, "Ce champ est obligatoire."),
        ({"slug": "prise"}, "existe déjà"),
        ({"image": SimpleUploadedFile("x.svg", b"<svg/>")}, "image"),
    ],
)
def test_what_is_refused_is_said_in_french(changes, message, staff_client):
    ArticleFactory(slug="prise")

    response = save(staff_client, ArticleFactory(), changes)

    assert message in " ".join(errors(response))


def test_keywords_are_listed_with_their_number_of_uses(staff_client):
    ArticleFactory(tags=["eau", "forage"])
    ArticleFactory(tags=["eau"])

    rows = listed(staff_client, Tag)

    assert {tag.name: tag.uses for tag in rows} == {"eau": 2, "forage": 1}


def test_a_keyword_is_corrected_everywhere_at_once(staff_client):
    article = ArticleFactory(tags=["forrage"])

    save(staff_client, article.tags.get(), {"name": "forage"})

    assert article.tags.get().name == "forage"


def test_the_address_of_a_keyword_is_in_small_letters(staff_client):
    article = ArticleFactory(tags=["ONU"])

    save(staff_client, article.tags.get(), {"slug": "ONU-femmes"})

    assert article.tags.get().slug == "onu-femmes"
