"""The calls for projects: which are listed, in which order, how they are narrowed."""

import datetime

import pytest

from directory.models import Country, DacList
from tests.factories import CallFactory, FunderFactory
from tests.pages import Page

URL = "/appels-a-projets/"
NOW = datetime.datetime(2026, 3, 10, 9, tzinfo=datetime.UTC)


def at(day, hour=16, month=3):
    return datetime.datetime(2026, month, day, hour, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to(NOW, tick=False)


def listed(response):
    return Page(response).keys


# It shows


def test_the_nearest_deadline_comes_first_and_closed_calls_are_apart(client, db):
    for title, closes_at in [
        ("Clos hier", at(9)),
        ("Permanent", None),
        ("Clos depuis longtemps", at(3, month=1)),
        ("Ferme en mai", at(2, month=5)),
        ("Ferme demain", at(11)),
    ]:
        CallFactory(published=True, title=title, closes_at=closes_at)

    page = Page(client.get(URL))

    assert page.keys == [
        "ferme-demain",
        "ferme-en-mai",
        "permanent",
        "clos-hier",
        "clos-depuis-longtemps",
    ]
    ahead, behind = (
        page.text.index("Ouverts ou à venir 3"),
        page.text.index("Clôturés 2"),
    )
    assert ahead < behind < page.text.index("Clos hier")


def test_a_result_without_closed_calls_has_no_parts(client, db):
    CallFactory(published=True, closes_at=at(20))

    assert "Ouverts ou à venir" not in Page(client.get(URL)).text


def test_another_order_mixes_open_and_closed_calls(client, db):
    CallFactory(published=True, title="Ancien", closes_at=at(20))
    CallFactory(published=True, title="Neuf", closes_at=at(1), published_at=at(1))

    page = Page(client.get(URL, {"tri": "recent"}))

    assert page.keys == ["neuf", "ancien"]
    assert "Ouverts ou à venir" not in page.text


def test_the_parts_count_all_the_pages(client, db):
    CallFactory.create_batch(20, published=True, closes_at=at(20))
    CallFactory.create_batch(10, published=True, closes_at=at(1))

    first, second = (Page(client.get(URL, {"page": n})) for n in (1, 2))

    assert "Ouverts ou à venir 20" in first.text
    assert "Clôturés 10" in first.text
    assert (len(first.keys), len(second.keys)) == (24, 6)
    assert "Ouverts ou à venir" not in second.text
    assert "Clôturés 10" in second.text


def test_a_card_tells_the_state_the_deadline_and_the_funders(client, db):
    CallFactory(
        published=True,
        title="De l’eau",
        closes_at=at(15),
        funders=[FunderFactory(code="essai", label="Agence d’essai")],
        countries=["ML"],
        grant_ceiling=15000,
    )

    text = Page(client.get(URL)).text

    assert (
        "Clôture dans 5 jours jusqu’au 15 mars 2026 à 17 h De l’eau Agence d’essai"
        in text.replace("\u00a0", " ").replace("\u202f", " ")
    )
    assert "Pays : Mali" in text


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ({"etat": "ouvert"}, ["bientot", "ouvert"]),
        ({"etat": "cloture-proche"}, ["bientot"]),
        ({"etat": "a-venir"}, ["demain"]),
        ({"etat": "permanent"}, ["permanent"]),
        ({"etat": "cloture"}, ["clos"]),
        ({"etat": "dates-a-preciser"}, ["sans-date"]),
        ({"adherent": "oui"}, ["sans-date"]),
        ({"etat": ["cloture", "permanent"]}, ["permanent", "clos"]),
        ({"financeur": "essai"}, ["bientot"]),
        ({"theme": "jeunesse-et-mobilite"}, ["ouvert"]),
        ({"pays": "ML"}, ["bientot", "permanent"]),
        ({"secteur": "sante"}, ["ouvert"]),
        ({"odd": "6"}, ["ouvert"]),
        ({"mot-cle": "eau"}, ["clos"]),
        ({"pour": "osim"}, ["bientot", "ouvert"]),
        ({"pour": "association"}, ["bientot", "ouvert"]),
        ({"pour": "commune"}, []),
        ({"pour": "non-precise"}, ["demain", "permanent", "clos"]),
        ({"pour": ["non-precise", "commune"]}, ["demain", "permanent", "clos"]),
        ({"q": "forage"}, ["clos"]),
    ],
)
def test_filters_narrow(client, db, query, titles):
    FunderFactory(code="essai")
    CallFactory(
        published=True,
        title="Bientot",
        closes_at=at(12),
        countries=["ML"],
        funders=["essai"],
        eligible_types=["association"],
    )
    CallFactory(
        published=True,
        title="Ouvert",
        closes_at=at(12, month=6),
        sectors=["sante"],
        goals=[6],
        themes=["jeunesse-et-mobilite"],
        eligible_types=["osim"],
    )
    CallFactory(published=True, title="Permanent", country_groups=["pma"])
    CallFactory(
        published=True,
        title="Sans date",
        is_permanent=False,
        is_for_members=True,
        eligible_types=["hopital"],
    )
    CallFactory(
        published=True, title="Demain", opens_at=at(11), closes_at=at(1, month=9)
    )
    CallFactory(
        published=True,
        title="Clos",
        closes_at=at(1),
        tags=["eau"],
        body="<p>Un forage.</p>",
        country_groups=["pma"],
        excluded_countries=["ML"],
    )

    assert listed(client.get(URL, query)) == titles


def test_a_country_of_the_list_of_the_dac_is_eligible_while_it_is_on_it(client, db):
    CallFactory(published=True, title="CAD", country_groups=["liste-cad"])
    assert listed(client.get(URL, {"pays": "MA"})) == ["cad"]
    assert listed(client.get(URL, {"pays": "ES"})) == []

    DacList.objects.on(NOW.date()).update(ends_on="2026-03-09")

    assert listed(client.get(URL, {"pays": "MA"})) == []


def test_a_country_that_left_the_list_is_not_eligible_as_one_of_it(client, db):
    Country.objects.filter(code="ML").update(ldc_until="2026-03-10")
    Country.objects.filter(code="NE").update(ldc_until="2026-03-11")
    CallFactory(published=True, title="PMA", country_groups=["pma"])

    assert listed(client.get(URL, {"pays": "NE"})) == ["pma"]
    assert listed(client.get(URL, {"pays": "ML"})) == []


# It changes with the hour


def test_a_call_opens_and_closes_at_its_minute(client, db, time_machine):
    CallFactory(published=True, opens_at=at(12, 8), closes_at=at(12, 16))

    seen = []
    for hour, minute in [(7, 59), (8, 0), (15, 59), (16, 0)]:
        time_machine.move_to(at(12, hour).replace(minute=minute), tick=False)
        page = Page(client.get(URL))
        states = ["a-venir", "cloture-proche", "cloture"]
        seen += [s for s in states if page.counts.get(("etat", s))]
        assert ("Clôture aujourd’hui" in page.text) == (seen[-1] == "cloture-proche")

    assert seen == ["a-venir", "cloture-proche", "cloture-proche", "cloture"]


def test_a_deadline_becomes_near_at_midnight_in_paris(client, db, time_machine):
    CallFactory(published=True, closes_at=at(20))
    midnight = datetime.datetime(2026, 3, 12, 23, tzinfo=datetime.UTC)

    time_machine.move_to(midnight - datetime.timedelta(minutes=1), tick=False)
    before = Page(client.get(URL)).text
    time_machine.move_to(midnight, tick=False)
    after = Page(client.get(URL)).text

    assert "Clôture dans" not in before
    assert "Clôture dans 7 jours" in after


# It hides


def test_drafts_and_calls_to_come_are_left_out(client, db):
    CallFactory(title="Brouillon")
    CallFactory(published=True, title="Demain", published_at=at(11))

    assert listed(client.get(URL)) == []


# Its place among the others


def test_the_four_listings_lead_to_each_other(client, db):
    page = Page(client.get(URL))

    assert page.href("Actualités") == "/actualites/"
    assert page.href("Agenda") == "/agenda/"
    assert page.href("Offres") == "/offres/"
    assert page.current["Appels à projets"] == "page"
    assert page.current["Actualités"] == "true"


def test_a_call_leads_back_to_the_listing(client, db):
    call = CallFactory(published=True, countries=["ML"])

    page = Page(client.get(call.get_absolute_url()))

    assert page.href("Appels à projets") == URL
    assert page.href("Mali") == f"{URL}?pays=ML"


# Bad input


@pytest.mark.parametrize(
    ("query", "notice"),
    [
        ("etat=ferme", "« ferme » n’est pas un état connu"),
        ("theme=rien", "« rien » n’est pas un thème connu"),
        ("financeur=rien", "« rien » n’est pas un financeur connu"),
        ("vue=mois", ""),
    ],
)
def test_what_makes_no_sense_is_dropped_with_a_sentence(client, db, query, notice):
    CallFactory(published=True)

    response = client.get(f"{URL}?{query}")

    assert notice in Page(response).text
    assert len(Page(response).keys) == 1
