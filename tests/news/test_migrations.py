"""The articles of a site that was there before texts could be put into form."""

from importlib import import_module

import pytest
from django.db import connection

from news.models import Article
from tests.factories import ArticleFactory

migration = import_module("news.migrations.0008_article_paragraphs")


class Editor:
    """What a migration asks of the editor of schemas."""

    connection = connection


def run(operation):
    operation(None, Editor)


@pytest.fixture
def plain(db):
    """An article as it was: a plain text, with what looks like markup."""
    article = ArticleFactory(published=True)
    text = "Un <puits> & deux.\n\nSuite sur https://x.example/?a=1&b=2 bientôt."
    with connection.cursor() as cursor:
        cursor.execute("update news_article set body = %s", [text])
    return article


def test_a_plain_text_keeps_its_words_its_links_and_its_date(plain):
    run(migration.Migration.operations[0].code)

    article = Article.objects.get()
    assert (
        article.text
        == "Un <puits> & deux. Suite sur https://x.example/?a=1&b=2 bientôt."
    )
    assert 'href="https://x.example/?a=1&amp;b=2"' in article.body
    assert article.updated_at == plain.updated_at
    assert list(Article.objects.search("puits bientôt")) == [article]
    assert not Article.objects.search("nofollow").exists()


def test_going_back_gives_the_plain_text_again(plain):
    before = text()
    run(migration.Migration.operations[0].code)

    run(migration.Migration.operations[0].reverse_code)

    assert text() == before


def text():
    with connection.cursor() as cursor:
        cursor.execute("select body from news_article")
        return cursor.fetchone()[0]
