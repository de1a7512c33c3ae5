"""What articles say of themselves, and which rows answer a question."""

import datetime

import pytest
import time_machine

from directory.models import Publication
from news.models import Article
from tests.factories import ArticleFactory, ProjectFactory, StructureFactory

NOW = datetime.datetime(2026, 3, 10, 9, 0, tzinfo=datetime.UTC)
SECOND = datetime.timedelta(seconds=1)


@pytest.mark.parametrize(
    ("publication", "when", "seen"),
    [
        (Publication.PUBLISHED, NOW - SECOND, True),
        (Publication.PUBLISHED, NOW, True),
        (Publication.PUBLISHED, NOW + SECOND, False),
        (Publication.DRAFT, NOW - SECOND, False),
        (Publication.DRAFT, None, False),
        (Publication.ARCHIVED, NOW - SECOND, False),
    ],
)
@time_machine.travel(NOW, tick=False)
def test_the_public_sees_what_is_published_and_not_before_its_time(
    publication, when, seen, db
):
    article = ArticleFactory(publication=publication, published_at=when)

    assert Article.objects.published().exists() is seen
    assert article.is_published is seen


def test_an_article_linked_twice_is_found_once(db):
    structure, project = StructureFactory(), ProjectFactory()
    article = ArticleFactory(
        structures=[structure, StructureFactory()], projects=[project, ProjectFactory()]
    )
    ArticleFactory(structures=[StructureFactory()])

    assert list(Article.objects.about_structure(structure)) == [article]
    assert list(Article.objects.about_project(project)) == [article]


def test_the_newest_come_first_in_one_order(db):
    old = ArticleFactory(published=True)
    new = ArticleFactory(published=True, published_at=NOW)
    same = ArticleFactory(published=True, published_at=NOW)

    assert list(Article.objects.latest_first()) == [new, same, old]


@time_machine.travel(NOW, tick=False)
def test_publishing_dates_what_has_no_date_and_keeps_the_others(db):
    undated = ArticleFactory()
    dated = ArticleFactory(published_at=NOW + SECOND)

    assert Article.objects.publish() == 2

    undated.refresh_from_db()
    dated.refresh_from_db()
    assert undated.publication == dated.publication == Publication.PUBLISHED
    assert (undated.published_at, dated.published_at) == (NOW, NOW + SECOND)


@time_machine.travel(NOW, tick=False)
def test_cleaning_dates_what_is_published_and_leaves_drafts_alone():
    published, draft = Article(publication=Publication.PUBLISHED), Article()

    published.clean()
    draft.clean()

    assert published.published_at == NOW
    assert draft.published_at is None


def test_keywords_that_differ_by_case_are_one(db):
    first = ArticleFactory(tags=["Solidarité"])
    second = ArticleFactory(tags=["solidarité"])

    assert first.tags.get() == second.tags.get()


def test_an_article_says_its_title_and_its_address(db):
    article = ArticleFactory(title="Un puits", slug="un-puits")

    assert str(article) == "Un puits"
    assert article.get_absolute_url() == "/actualites/un-puits/"
