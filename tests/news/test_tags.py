"""Keywords: one for all the ways to write it, and what the staff do to them."""

import importlib
import threading

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, connections, transaction
from taggit.models import Tag, TaggedItem

from news import tagging
from news.models import Article, TagAlias
from news.models.tags import tag_named
from tests.factories import ArticleFactory, TagAliasFactory


def names(article):
    return sorted(article.tags.names())


@pytest.mark.parametrize(
    "typed", ["education", "ÉDUCATION", "Éducation", "  éducation ", "E\u0301ducation"]
)
def test_case_and_accents_make_one_keyword_and_the_first_spelling_stays(typed, db):
    ArticleFactory(tags=["Éducation"])
    article = ArticleFactory(tags=[typed])

    assert names(article) == ["Éducation"]
    assert Tag.objects.count() == 1


def test_tags_are_replaced_whatever_their_spelling(db):
    article = ArticleFactory(tags=["Éducation", "eau"])

    article.tags.set(["EDUCATION", "forage"])

    assert names(article) == ["forage", "Éducation"]


def test_every_keyword_has_an_address_of_its_own(db):
    article = ArticleFactory(tags=["水", "火", "C#", "C", "Œuvre d’art"])

    slugs = set(article.tags.slugs())

    assert slugs == {"tag", "tag-2", "c", "c-2", "oeuvre-dart"}


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"name": "EDUCATION", "slug": "autre"}, "tag_is_named_once"),
        ({"name": " !", "slug": "autre"}, "tag_says_something"),
        ({"name": "Autre", "slug": "Autre"}, "tag_has_an_address"),
        ({"name": "Autre", "slug": ""}, "tag_has_an_address"),
    ],
)
def test_the_database_refuses_a_second_spelling_and_a_bad_address(
    db, values, constraint
):
    tag_named("Éducation")
    other = tag_named("eau")

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Tag.objects.filter(pk=other.pk).update(**values)


def test_two_people_who_make_a_keyword_at_once_get_the_same(committed):
    made, waiting = [], threading.Event()

    def another_person():
        with transaction.atomic():
            waiting.set()
            made.append(tag_named("education"))
        connections["default"].close()

    with transaction.atomic():
        made.append(tag_named("Éducation"))
        other = threading.Thread(target=another_person)
        other.start()
        waiting.wait(10)
        other.join(0.3)  # it waits for this transaction to end
    other.join(10)

    assert made[0] == made[1]
    assert Tag.objects.get().name == "Éducation"


# Merging


def test_a_merge_moves_everything_once(db):
    both = ArticleFactory(tags=["eau", "forage"])
    one = ArticleFactory(tags=["forage", "puits"])
    kept, *others = (Tag.objects.get(name=n) for n in ("eau", "forage", "puits"))

    moved = tagging.merge(into=kept, others=others)

    assert moved == 1
    assert (names(both), names(one)) == (["eau"], ["eau"])
    assert TaggedItem.objects.count() == 2
    assert list(Tag.objects.all()) == [kept]


def test_a_merged_name_gives_the_keyword_that_was_kept(db):
    ArticleFactory(tags=["eau", "forage"])
    kept = Tag.objects.get(name="eau")
    tagging.merge(into=kept, others=[Tag.objects.get(name="forage")])

    assert tag_named("FORAGE") == kept


def test_what_led_to_a_merged_keyword_leads_to_the_one_kept(db):
    article = ArticleFactory(tags=["a", "b", "c"])
    a, b, c = (article.tags.get(name=name) for name in "abc")
    tagging.merge(into=b, others=[a])

    tagging.merge(into=c, others=[b])

    assert {(x.slug, x.tag) for x in TagAlias.objects.all()} == {("a", c), ("b", c)}


def test_a_new_keyword_does_not_take_the_address_of_a_merged_one(db):
    alias = TagAliasFactory(name="forage", slug="puits-fore")

    assert tag_named("Puits foré").slug == "puits-fore-2"
    assert tag_named("Forage") == alias.tag


@pytest.mark.parametrize("gone", ["kept", "other"])
def test_a_merge_of_what_is_gone_changes_nothing(db, gone):
    ArticleFactory(tags=["eau", "forage"])
    found = {
        "kept": Tag.objects.get(name="eau"),
        "other": Tag.objects.get(name="forage"),
    }
    Tag.objects.filter(pk=found[gone].pk).delete()

    with pytest.raises(tagging.NothingToMerge):
        tagging.merge(into=found["kept"], others=[found["other"]])

    assert Tag.objects.count() == 1


def test_only_keywords_that_nothing_has_are_removed(db):
    ArticleFactory(tags=["eau"])
    tag_named("forage")

    removed = tagging.remove_unused(Tag.objects.all())

    assert [tag.name for tag in removed] == ["forage"]
    assert Tag.objects.get().name == "eau"


# The migration of what was there before


def test_former_spellings_become_one_and_their_addresses_lead_there(db):
    migration = importlib.import_module("news.migrations.0014_same_keywords_are_one")
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX tag_is_named_once")
        cursor.execute("ALTER TABLE taggit_tag DROP CONSTRAINT tag_has_an_address")
        cursor.execute("ALTER TABLE taggit_tag DROP CONSTRAINT tag_says_something")
    rows = [("Éducation", "ONU"), ("education", "education_1"), ("水", ""), ("!", "x")]
    tags = [Tag.objects.create(name=name, slug=slug or "x9") for name, slug in rows]
    Tag.objects.filter(pk=tags[2].pk).update(slug="")
    article = ArticleFactory(tags=tags)
    other = ArticleFactory(tags=[tags[1]])

    migration.merge(apps, None)

    assert names(article) == ["Éducation", "水"]
    assert names(other) == ["Éducation"]
    assert set(Tag.objects.values_list("slug", flat=True)) == {
        "onu",
        f"mot-cle-{tags[2].pk}",
    }
    assert TagAlias.objects.get().slug == "education_1"
    assert Article.objects.count() == 2
