"""What the staff read above a page that the public does not see."""

import datetime

import pytest
from django.utils import timezone

from directory.models import Publication
from tests.admin_forms import page_of
from tests.factories import ArticleFactory, ProjectFactory, StructureFactory
from tests.pages import Page

NOINDEX = '<meta name="robots" content="noindex">'
FACTORIES = [StructureFactory, ProjectFactory, ArticleFactory]


@pytest.mark.parametrize("factory", FACTORIES)
@pytest.mark.parametrize(
    ("publication", "sentence"),
    [
        (Publication.DRAFT, "Brouillon\u00a0: visible de l’équipe seule."),
        (Publication.ARCHIVED, "Archivé\u00a0: visible de l’équipe seule."),
    ],
)
def test_a_page_that_is_not_published_says_so(
    factory, publication, sentence, staff_client
):
    response = staff_client.get(factory(publication=publication).get_absolute_url())

    assert sentence in response.text
    assert NOINDEX in response.text


@pytest.mark.parametrize("factory", FACTORIES)
def test_a_published_page_says_nothing_of_it(factory, staff_client):
    text = staff_client.get(factory(published=True).get_absolute_url()).text

    assert "visible de l’équipe" not in text
    assert NOINDEX not in text


def test_an_article_of_tomorrow_tells_its_day(staff_client):
    day = datetime.datetime(2099, 3, 12, 9, 5, tzinfo=timezone.get_default_timezone())
    article = ArticleFactory(published=True, published_at=day)

    response = staff_client.get(article.get_absolute_url())

    assert "Paraîtra le 12 mars 2099 à 9h05" in Page(response).text
    assert NOINDEX in response.text


def test_a_draft_without_a_date_was_published_on_no_day(staff_client):
    text = staff_client.get(ArticleFactory().get_absolute_url()).text

    assert "Publié le" not in text


@pytest.mark.parametrize("factory", FACTORIES)
def test_the_admin_offers_a_look_at_drafts_and_the_site_afterwards(
    factory, staff_client
):
    draft, public = factory(), factory(published=True)

    texts = [staff_client.get(page_of(row)).text for row in (draft, public)]

    assert ["Aperçu" in text for text in texts] == [True, False]
    assert ["Voir sur le site" in text for text in texts] == [False, True]
    assert draft.get_absolute_url() in texts[0]
    assert public.get_absolute_url() in texts[1]
    assert all("Historique" in text for text in texts)


def test_a_merged_structure_has_no_page_to_look_at(staff_client):
    merged = StructureFactory(published=True, merged_into=StructureFactory())

    text = staff_client.get(page_of(merged)).text

    assert "Aperçu" not in text
    assert "Voir sur le site" not in text
