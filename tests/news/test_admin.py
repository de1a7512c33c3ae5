"""The staff’s pages of news."""

import datetime
import html

import pytest
import time_machine
from django.contrib.admin.models import LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile

from directory.models import Publication
from news.models import Article
from tests.admin_forms import act, add, errors, filled, listed, page_of, save
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


# Hashtags at the end of the text


def test_hashtags_that_end_a_text_are_proposed_before_anything_is_saved(staff_client):
    article = ArticleFactory(body="Avant.")

    response = save(staff_client, article, {"body": "Après. #EauPotable #Mali"})

    article.refresh_from_db()
    assert article.body == "Avant."
    assert "mots-dièse, proposés ci-dessous" in " ".join(errors(response))
    sent = filled(response)
    assert (sent["tags-kept"], sent["body"]) == ("Mali", "Après. #EauPotable #Mali")
    assert 'value="Eau Potable" checked' in response.text


def test_those_that_stay_ticked_become_keywords_and_leave_the_text(staff_client):
    article = ArticleFactory(tags=["santé"])
    seen = ["Eau Potable", "Mali"]
    changes = {"body": "Après. #EauPotable #Mali", "tags-seen": seen}

    save(staff_client, article, {**changes, "tags-kept": seen})

    article.refresh_from_db()
    assert sorted(article.tags.names()) == ["Eau Potable", "Mali", "santé"]
    assert article.body == "Après."


def test_those_that_are_unticked_stay_in_the_text_and_are_not_proposed_again(
    staff_client,
):
    article = ArticleFactory()
    changes = {"body": "Après. #Mali", "tags-seen": ["Mali"]}

    save(staff_client, article, changes)
    response = save(staff_client, article, {"title": "Autre"})

    article.refresh_from_db()
    assert (article.body, article.title) == ("Après. #Mali", "Autre")
    assert not article.tags.exists()
    assert response.status_code == 302


def test_the_answer_is_kept_when_something_else_is_refused(staff_client):
    article = ArticleFactory()
    changes = {
        "body": "Après. #Mali",
        "tags-seen": ["Mali"],
        "tags-kept": ["Mali"],
        "title": " ",
    }
    refused = save(staff_client, article, changes)

    staff_client.post(page_of(article), filled(refused, {"title": "Puits"}))

    article.refresh_from_db()
    assert (article.body, list(article.tags.names())) == ("Après.", ["Mali"])


def test_keywords_are_shown_as_they_are_read_back(staff_client):
    article = ArticleFactory(tags=["eau potable", "eau, assainissement", "C#"])

    save(staff_client, article, {"title": "Autre"})

    assert sorted(article.tags.names()) == ["C#", "eau potable", "eau, assainissement"]


def test_a_keyword_that_is_too_long_is_refused_on_its_field(staff_client):
    response = save(staff_client, ArticleFactory(), {"tags": "x" * 101})

    assert "100 caractères au plus" in " ".join(errors(response))
