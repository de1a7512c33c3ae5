"""The offers: which are listed, in which order, how they are narrowed."""

import datetime

import pytest

from tests.factories import OfferFactory, StructureFactory
from tests.pages import Page

URL = "/offres/"
NOW = datetime.datetime(2026, 3, 11, 9, tzinfo=datetime.UTC)


def on(day, month=3):
    return datetime.date(2026, month, day)


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to(NOW, tick=False)


def test_the_nearest_closing_comes_first_and_closed_offers_are_apart(client, db):
    for title, closes_on in [
        ("Close", on(10)),
        ("Sans limite", None),
        ("En mai", on(2, 5)),
        ("Dernier jour", on(11)),
    ]:
        OfferFactory(published=True, title=title, closes_on=closes_on)

    page = Page(client.get(URL))

    assert page.keys == ["dernier-jour", "en-mai", "sans-limite", "close"]
    assert page.text.index("Ouvertes 3") < page.text.index("Clôturées 1")


def test_a_card_tells_what_who_where_and_until_when(client, db):
    OfferFactory(
        published=True,
        title="Charge de projet",
        structure=StructureFactory(published=True, name="Les Amis du fleuve"),
        place="Arles",
        closes_on=on(1, 4),
    )

    text = Page(client.get(URL)).text.replace("\u00a0", " ")

    assert "Ouverte Emploi Charge de projet Les Amis du fleuve · Arles" in text
    assert "Jusqu’au 1er avril 2026" in text


def test_the_name_of_a_hidden_structure_is_not_on_the_card(client, db):
    hidden = StructureFactory(name="Structure cachée")
    OfferFactory(published=True, title="Poste", structure=hidden)

    page = Page(client.get(URL))

    assert page.keys == ["poste"]
    assert "cachée" not in page.text


def test_a_structure_that_is_published_is_named_on_the_next_page(client, db):
    structure = StructureFactory(name="Structure nouvelle")
    OfferFactory(published=True, structure=structure)
    client.get(URL)

    structure.publication = "publie"
    structure.save()

    assert "Structure nouvelle" in Page(client.get(URL)).text


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ({"etat": "ouverte"}, ["stage", "emploi"]),
        ({"etat": "cloturee"}, ["mission"]),
        ({"nature": "stage"}, ["stage"]),
        ({"nature": ["stage", "volontariat"]}, ["stage", "mission"]),
        ({"pays": "ML"}, ["mission"]),
        ({"secteur": "sante"}, ["emploi"]),
        ({"mot-cle": "eau"}, ["stage"]),
        ({"q": "arles"}, ["emploi"]),
    ],
)
def test_filters_narrow(client, db, query, titles):
    OfferFactory(
        published=True, title="Emploi", kind="emploi", sectors=["sante"], place="Arles"
    )
    OfferFactory(
        published=True, title="Stage", kind="stage", closes_on=on(20), tags=["eau"]
    )
    OfferFactory(
        published=True,
        title="Mission",
        kind="volontariat",
        closes_on=on(1),
        countries=["ML"],
    )

    assert Page(client.get(URL, query)).keys == titles


def test_an_offer_closes_at_midnight_in_paris(client, db, time_machine):
    OfferFactory(published=True, closes_on=on(11))

    seen = []
    for hour in (22, 23):  # the hours before and after midnight there
        time_machine.move_to(NOW.replace(hour=hour), tick=False)
        seen.append(Page(client.get(URL)).counts.get(("etat", "ouverte"), 0))

    assert seen == [1, 0]


def test_drafts_are_left_out(client, db):
    OfferFactory(title="Brouillon")

    assert "Aucune offre" in Page(client.get(URL)).text
