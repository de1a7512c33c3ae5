"""The annuaire: what a card tells, and why it is there."""

from directory.models import (
    Country,
    Department,
    Sector,
)
from tests.factories import (
    StructureFactory,
)
from tests.pages import Page

URL = "/annuaire/"


def test_a_card_tells_who_where_and_what(client, db):
    StructureFactory(
        published=True,
        member=True,
        name="Les Amis du fleuve",
        acronym="ADF",
        type_code="osim",
        city="Digne-les-Bains",
        department=Department.objects.get(code="04"),
        countries=["ML", "SN"],
        sectors=["sante"],
        goals=[6],
    )

    page = Page(client.get(URL))

    for words in (
        "Les Amis du fleuve (ADF)",
        "ADHÉRENT",
        "Digne-les-Bains (04)",
        "Mali, Sénégal",
        "Santé",
        "ODD 6 Eau propre et assainissement",
    ):
        assert words in page.text
    assert page.href("Les Amis du fleuve (ADF)") == "/annuaire/les-amis-du-fleuve/"


def test_a_card_names_five_countries_and_counts_the_others(client, db):
    StructureFactory(
        published=True, countries=["ML", "SN", "TG", "BJ", "MA", "TN", "KM"]
    )

    page = Page(client.get(URL))

    assert "Bénin, Comores, Mali, Maroc, Sénégal et 2 autres" in page.text


MANY = ["BJ", "BF", "CM", "CI", "GN", "ML", "NE", "SN"]


def test_a_card_shows_the_country_that_is_asked_for_though_it_has_many(client, db):
    StructureFactory(published=True, countries=MANY)

    plain = client.get(URL).content.decode()
    filtered = client.get(URL, {"pays": ["NE", "BJ"]}).content.decode()
    searched = client.get(URL, {"q": "senegal"}).content.decode()

    assert "Aussi\u00a0:" not in plain
    assert "Aussi\u00a0: Niger</p>" in filtered
    assert "Aussi\u00a0: <mark>Sénégal</mark></p>" in searched


def test_every_list_of_names_that_a_card_cuts_can_be_completed(client, db):
    many = Sector.objects.all()[:6]
    StructureFactory(
        published=True, countries=MANY, sectors=[sector.code for sector in many]
    )
    names = [*Country.objects.filter(code__in=MANY), *many]

    for term in names:
        name = "pays" if isinstance(term, Country) else "secteur"
        html = client.get(URL, {name: term.code}).content.decode()

        assert str(term) in html.split('<article class="card"')[1].replace(
            "\u00a0", " "
        )


def test_a_card_ends_with_the_last_thing_that_it_says(client, db):
    StructureFactory(published=True, countries=["ML"], sectors=["education"])

    html = client.get(URL).content.decode()

    assert "Secteurs\u00a0: Éducation</p>" in html
