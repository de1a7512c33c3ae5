"""What is suggested in the search box: /annuaire/suggestions/."""

from html.parser import HTMLParser

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from directory.models import Publication, Structure
from tests.factories import StructureFactory
from tests.pages import Page

URL = reverse("directory:suggestions")


class Fragment(HTMLParser):
    """The options of an answer, under the name of their group, and what is said."""

    def __init__(self, response):
        super().__init__()
        self.groups, self.addresses, self.said = {}, {}, ""
        self.option = self.is_said = None
        self.feed(response.content.decode())

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        if values.get("role") == "group":
            self.groups[values["aria-label"]] = self.shown = []
        elif values.get("role") == "option":
            self.option, self.words = values, []
        self.is_said = "data-said" in values

    def handle_endtag(self, tag):
        self.is_said = False
        if self.option is not None and tag == "a":
            label = " ".join(" ".join(self.words).split())
            self.shown.append(label)
            self.addresses[label] = self.option["href"]
            self.option = None

    def handle_data(self, data):
        if self.is_said:
            self.said = data
        elif self.option is not None:
            self.words.append(data)


def suggest(client, text):
    response = client.get(URL, {"q": text})
    assert response.status_code == 200
    return Fragment(response)


def published(name="", **values):
    """A published structure, placed by its commune if it has one."""
    row = StructureFactory(published=True, **({"name": name} if name else {}), **values)
    row.locate()
    row.save()
    return row


# It shows


def test_actors_are_found_by_any_word_of_their_names(client, db):
    published("Les Amis du fleuve", slug="amis", commune_id="13055")
    published("Solidarité Sahel", slug="sahel", acronym="AMI", other_names=["Ex"])
    published("Semeurs", slug="semeurs", other_names=["Amitié Sahel"])
    published("Les Tamis", slug="tamis")

    found = suggest(client, "ami")

    assert found.groups == {
        "Acteurs": [
            "Les Amis du fleuve Marseille (13)",
            "Semeurs",
            "Solidarité Sahel (AMI)",
        ]
    }
    assert found.addresses["Semeurs"] == "/annuaire/semeurs/"


def test_each_word_begins_a_word_of_the_name(client, db):
    published("Écoles du Sahel")
    published("Écoles du monde")

    assert suggest(client, "sah écol").groups == {"Acteurs": ["Écoles du Sahel"]}
    assert suggest(client, "col").groups == {}


@pytest.mark.parametrize("text", ["ÉCOLE", "ecole", "  école d'", "l’école", "-ecole"])
def test_accents_case_and_little_words_do_not_matter(client, db, text):
    published("L’École d’ici")

    assert suggest(client, text).groups == {"Acteurs": ["L’École d’ici"]}


def test_names_that_begin_with_the_text_come_first_then_the_alphabet(client, db):
    for name in ("Amis du Mali", "Mali Santé", "Zèbres du Mali", "Éole Mali", "Mali"):
        published(name)

    assert suggest(client, "mali").groups["Acteurs"] == [
        "Mali",
        "Mali Santé",
        "Amis du Mali",
        "Éole Mali",
    ]


def test_a_country_says_how_many_actors_the_annuaire_will_show(client, db):
    published(countries=["ML", "MA"], sectors=["education", "sante"])
    published(countries=["MA", "MG"])
    StructureFactory(countries=["ML", "MT"])

    found = suggest(client, "ma")

    assert found.groups == {
        "Pays": ["Maroc 2 acteurs", "Madagascar 1 acteur", "Mali 1 acteur"]
    }
    assert found.addresses["Mali 1 acteur"] == "/annuaire/?pays=ML"
    for label, number in (("Maroc 2 acteurs", 2), ("Mali 1 acteur", 1)):
        answer = client.get(found.addresses[label])
        assert Page(answer).total == number


def test_a_term_is_found_by_its_synonyms_and_says_which(client, db):
    published(countries=["MM", "US"])

    assert suggest(client, "myanmar").groups == {"Pays": ["Birmanie Myanmar 1 acteur"]}


def test_the_very_word_comes_before_a_better_known_one(client, db):
    published(countries=["NE"])
    published(countries=["NG"])
    published(countries=["NG"])

    assert suggest(client, "niger").groups["Pays"] == [
        "Niger 1 acteur",
        "Nigeria 2 acteurs",
    ]


def test_sectors_lead_to_the_annuaire(client, db):
    published(sectors=["education"])

    found = suggest(client, "educ")

    assert found.groups == {"Secteurs": ["Éducation 1 acteur"]}
    assert found.addresses["Éducation 1 acteur"] == "/annuaire/?secteur=education"


def test_places_are_those_where_actors_are_seated(client, db):
    published("A", commune_id="13055")
    published("B", commune_id="13055")
    published("C", commune_id="13001")
    StructureFactory(name="D", commune_id="13056")

    assert suggest(client, "mar").groups == {"Lieux": ["Marseille (13)"]}
    found = suggest(client, "bouches")
    assert found.groups == {"Lieux": ["Bouches-du-Rhône (13) département 3 acteurs"]}
    address = found.addresses["Bouches-du-Rhône (13) département 3 acteurs"]
    assert address == "/annuaire/?departement=13"
    assert Page(client.get(address)).total == 3


def test_a_departement_is_found_by_its_number_and_a_commune_is_searched(client, db):
    published("A", commune_id="13001")

    assert list(suggest(client, "13").groups) == ["Lieux"]
    found = suggest(client, "aix-en-p")
    assert found.addresses == {"Aix-en-Provence (13)": "/annuaire/?q=Aix-en-Provence"}


def test_there_are_few_of_each_kind_and_their_number_is_said(client, db):
    for code in ("ML", "MA", "MG", "MT", "MR"):
        published(f"Ma {code}", countries=[code])

    found = suggest(client, "ma")

    assert {name: len(labels) for name, labels in found.groups.items()} == {
        "Acteurs": 4,
        "Pays": 3,
    }
    assert found.said == "7 suggestions"
    published("Zébu")
    assert suggest(client, "zebu").said == "1 suggestion"


# It hides


@pytest.mark.parametrize(
    "hidden",
    [
        {"publication": Publication.DRAFT},
        {"publication": Publication.ARCHIVED},
        {"published": True, "merged": True},
    ],
    ids=["draft", "archived", "merged"],
)
def test_what_the_public_may_not_see_is_neither_named_nor_counted(
    client, staff_client, hidden
):
    values = dict(hidden)
    if values.pop("merged", False):
        values["merged_into"] = StructureFactory()
    row = StructureFactory(
        name="Mali caché",
        countries=["ML"],
        sectors=["sante"],
        commune_id="13055",
        department_id="13",
        **values,
    )

    for text in ("mali", "cache", "sante", "marseille", "bouches"):
        for person in (client, staff_client):
            assert suggest(person, text).groups == {}
    Structure.objects.filter(pk=row.pk).update(publication="publie", merged_into=None)
    assert list(suggest(client, "mali").groups) == ["Pays", "Acteurs"]
    assert list(suggest(client, "mal").groups) == ["Acteurs", "Pays"]


def test_names_are_escaped(client, db):
    published("<script>alert(1)</script> \"Mali\" & 'co'")

    response = client.get(URL, {"q": "mali"})

    assert b"<script" not in response.content
    assert "<script>alert(1)</script>" in Page(response).text


# Bad input


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "m",
        "é",
        "de",
        "de la",
        "l’",
        "a b",
        "\x00",
        "%",
        "%_\\",
        "🎉🎉🎉",
        "\u202e\u200f",
        "mali " * 2000,
    ],
)
def test_what_tells_nothing_gets_an_empty_answer_without_a_query(
    client, db, django_assert_num_queries, text
):
    published(countries=["ML"])

    with django_assert_num_queries(0):
        response = client.get(URL, {"q": text})

    assert (response.status_code, response.content) == (200, b"")


@pytest.mark.parametrize("text", ["m%li", "m_li", "ma_i", "ma%i"])
def test_no_character_stands_for_another(client, db, text):
    published("Mali")

    found = suggest(client, text)

    assert found.groups == {}


def test_a_nul_is_a_space(client, db):
    published("Mali")

    assert suggest(client, "ma\x00").groups == {"Acteurs": ["Mali"]}


@settings(
    max_examples=100,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.text(max_size=60))
def test_no_text_breaks_it(client, db, text):
    suggest(client, text)


@pytest.mark.parametrize("query", ["", "q=%ff%fe", "q=mali&q=", "q[]=mali", "x=1"])
def test_no_query_string_breaks_it(client, db, query):
    assert client.get(f"{URL}?{query}").status_code == 200


def test_it_is_only_read(client, db):
    assert client.post(URL, {"q": "mali"}).status_code == 405


# What it costs, and how long it is kept


def test_it_takes_four_queries_however_many_there_are(
    client, db, django_assert_num_queries
):
    for n in range(12):
        published(f"Ma {n}", countries=["ML", "MA"], commune_id="13055")

    with django_assert_num_queries(4):
        suggest(client, "ma")


def test_an_answer_is_asked_about_again_and_sent_again_when_it_changed(client, db):
    published("Mali")
    first = client.get(URL, {"q": "mali"})

    again = client.get(URL, {"q": "mali"}, headers={"if-none-match": first["ETag"]})
    published("Mali Santé")
    changed = client.get(URL, {"q": "mali"}, headers={"if-none-match": first["ETag"]})

    assert first["Cache-Control"] == "no-cache"
    assert (again.status_code, changed.status_code) == (304, 200)


def test_it_is_the_same_for_everyone_and_left_out_of_engines(client, staff_client, db):
    published("Mali")

    response = client.get(URL, {"q": "mali"})

    assert response.content == staff_client.get(URL, {"q": "mali"}).content
    assert "Cookie" not in response["Vary"]
    assert not response.cookies
    assert response["X-Robots-Tag"] == "noindex"
