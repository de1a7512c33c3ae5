"""Texts of the search that are not those of their rows are told again."""

import io

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from directory.models import Structure
from directory.search import finding, queries
from directory.search.texts import mend_texts
from news.models import Article
from tests.factories import ArticleFactory, StructureFactory
from tests.pages import Page


def found(model, text):
    return set(finding.find(model, queries.parse(text)).rows)


def sql(statement, *parameters):
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)


@pytest.fixture
def wells(db):
    return StructureFactory(published=True, name="Puits du Sahel")


def test_a_text_that_lost_its_words_is_found_again(wells):
    sql("UPDATE directory_structure_text SET known = '', whole = ''")
    assert not found(Structure, "puits")

    assert mend_texts() == 1

    assert found(Structure, "puits") == {wells.pk}


def test_a_page_that_was_asked_before_finds_it_too(wells, client):
    sql("UPDATE directory_structure_text SET known = '', whole = ''")
    assert Page(client.get("/annuaire/?q=puits")).total == 0

    mend_texts()

    assert Page(client.get("/annuaire/?q=puits")).total == 1


def test_a_published_row_without_a_text_gets_one(db):
    article = ArticleFactory(published=True, title="Le puits est ouvert")
    sql("DELETE FROM news_article_text")

    assert mend_texts() == 1

    assert found(Article, "puits") == {article.pk}


def test_a_text_of_a_draft_goes(wells):
    sql("SET LOCAL session_replication_role = replica")
    Structure.objects.filter(pk=wells.pk).update(publication="brouillon")
    sql("SET LOCAL session_replication_role = origin")
    assert found(Structure, "puits") == {wells.pk}

    assert mend_texts() == 1

    assert not found(Structure, "puits")


def test_texts_that_are_right_are_neither_locked_nor_written(wells):
    with CaptureQueriesContext(connection) as queries:
        assert mend_texts() == 0

    said = " ".join(q["sql"] for q in queries)
    assert "FOR NO KEY UPDATE" not in said
    assert "directory_tell(" not in said


def test_rows_are_checked_batch_after_batch(db, monkeypatch):
    monkeypatch.setattr("directory.search.texts.BATCH", 2)
    rows = [StructureFactory(published=True, name=f"Puits {n}") for n in range(5)]
    sql("UPDATE directory_structure_text SET names = ''")

    assert mend_texts() == 5

    assert set(finding.find(Structure, queries.parse("puits")).names) == {
        row.pk for row in rows
    }


def test_the_command_says_how_many(wells):
    sql("UPDATE directory_structure_text SET known = ''")
    said = io.StringIO()

    call_command("mend_texts", stdout=said)

    assert said.getvalue() == "1 texte(s) remis à jour\n"
