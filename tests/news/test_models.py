"""What articles say of themselves, and which rows answer a question."""

import datetime

import pytest
import time_machine

from directory.models import Publication
from news.models import Article, Call, Event, Offer
from tests.factories import (
    ArticleFactory,
    CallFactory,
    EventFactory,
    EventParticipationFactory,
    OfferFactory,
    ProjectFactory,
    StructureFactory,
)

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


# Calls, events and offers


@pytest.mark.parametrize("make", [CallFactory, EventFactory, OfferFactory])
def test_every_publication_is_asked_the_same_questions(make, db):
    structure, project = StructureFactory(), ProjectFactory()
    row = make(
        published=True,
        title="Un puits",
        structures=[structure],
        projects=[project],
        countries=["ML"],
        sectors=["sante"],
        goals=[6],
        tags=["PNUD"],
    )
    make(published=True)
    make()
    rows = type(row).objects

    for found in (
        rows.published().search("puits"),
        rows.search("mali"),
        rows.about_structure(structure),
        rows.about_project(project),
        rows.about_countries(row.countries.all()),
        rows.in_sectors(row.sectors.all()),
        rows.with_goals(row.goals.all()),
        rows.tagged(row.tags.all()),
    ):
        assert list(found) == [row]
    assert rows.for_cards().get(pk=row.pk).country_names == ["Mali"]


def test_a_structure_is_found_by_the_events_and_offers_it_is_named_in(db):
    structure = StructureFactory()
    event = EventParticipationFactory(structure=structure).event
    offer = OfferFactory(structure=structure)
    EventParticipationFactory(event=event, named=True, role="partenaire")
    EventFactory(), OfferFactory()

    assert list(Event.objects.about_structure(structure)) == [event]
    assert list(Offer.objects.about_structure(structure)) == [offer]


def test_a_call_is_found_by_its_funder_and_its_theme_in_all_their_names(db):
    call = CallFactory(published=True, funders=["meae"], themes=["egalite"])
    CallFactory(published=True, funders=["forim"])
    funder, theme = call.funders.get(), call.themes.get()

    assert list(Call.objects.funded_by([funder])) == [call]
    assert list(Call.objects.on_themes([theme])) == [call]
    assert list(Call.objects.search("Quai d’Orsay")) == [call]

    type(funder).objects.filter(pk=funder.pk).update(label="Zanzibar")
    assert list(Call.objects.search("zanzibar")) == [call]

    call.funders.clear()
    assert not Call.objects.search("zanzibar").exists()


def test_an_event_is_found_by_its_place_and_its_programme(db):
    event = EventFactory(
        published=True, place="La Panacée", programme="<p><em>Z</em>ouk</p>"
    )

    assert list(Event.objects.search("panacee zouk")) == [event]
    assert not Event.objects.search("em").exists()
