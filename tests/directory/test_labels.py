"""Labels are compared as people read them, by Python and by PostgreSQL alike."""

import pytest
from django.db import connection
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from directory.labels import LabelIndex, fold, split_labels
from directory.models import Country, Sector
from tests.factories import SectorFactory

LETTERS = "abcdefghijklmnopqrstuvwxyzàâäæçéèêëîïôöœùûüÿ"
FRENCH = LETTERS + LETTERS.upper() + "0123456789 -–—’'.,;:!?()&/+_“”…\u00a0\u202f\t\n"
texts = st.text(FRENCH, max_size=40)


def folded_in_sql(text):
    with connection.cursor() as cursor:
        cursor.execute("SELECT directory_fold(%s)", [text])
        return cursor.fetchone()[0]


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Croissance économique- Emploi", "croissance economique emploi"),
        ("Croissance économique - Emploi", "croissance economique emploi"),
        ("L’Hay-les-Roses", "l hay les roses"),
        ("L'HAŸ LES ROSES", "l hay les roses"),
        ("Œuvre des sœurs", "oeuvre des soeurs"),
        ("  Eau\u00a0–\u202fAssainissement. ", "eau assainissement"),
        ("Łódź, Đà Nẵng & Tromsø", "lodz da nang tromso"),
        ("e\u0301cole", "ecole"),
        ("…", ""),
    ],
)
def test_a_label_is_folded_in_python_and_in_sql(text, folded, db):
    assert fold(text) == folded
    assert folded_in_sql(text) == folded


def test_french_quotes_are_spaces_in_python_and_in_sql(db):
    assert folded_in_sql("Faim «\u00a0zéro\u00a0»") == fold("Faim «\u00a0zéro\u00a0»")


@given(text=texts)
@example("ÉCOLE d’Aix-en-Provence")
@example("\u202f…\u00a0")
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    deadline=None,
    max_examples=300,
)
def test_python_and_sql_fold_any_french_text_alike(db, text):
    assert folded_in_sql(text) == fold(text)


@given(texts)
def test_folding_twice_changes_nothing_more(text):
    assert fold(fold(text)) == fold(text)


@given(texts)
def test_case_does_not_matter(text):
    assert fold(text.upper()) == fold(text.lower())


@pytest.mark.parametrize(
    ("cell", "labels"),
    [
        ("Mali, Arménie", ["Mali", "Arménie"]),
        ("Mali,  Arménie, ", ["Mali", "Arménie"]),
        ("1,5 °C, Climat", ["1,5 °C", "Climat"]),
        ("Croissance économique- Emploi", ["Croissance économique- Emploi"]),
        (" , ,Mali", [",Mali"]),
        ("", []),
        ("Mali,\nNiger", ["Mali", "Niger"]),
    ],
)
def test_a_cell_is_split_on_a_comma_and_a_space(cell, labels):
    assert split_labels(cell) == labels


@given(st.lists(st.text(LETTERS, min_size=1, max_size=8), max_size=5))
def test_labels_joined_and_split_are_the_same(labels):
    assert split_labels(", ".join(labels)) == labels


@pytest.mark.parametrize(
    "typed", ["Éducation", "EDUCATION", " éducation ", "education"]
)
def test_a_term_is_found_by_its_label_however_it_is_typed(typed, db):
    index = LabelIndex(Sector.objects.all())

    assert index.find(typed) == Sector.objects.get(code="education")


def test_a_term_is_found_by_its_synonym_or_its_code(db):
    sector = SectorFactory(
        label="Terme", code="code-de-terme", synonyms=["Autre façon"]
    )
    index = LabelIndex([sector])

    assert index.find("autre facon") == sector
    assert index.find("code de terme") == sector


def test_a_country_is_found_by_a_former_name(db):
    index = LabelIndex(Country.objects.all())

    assert index.find("Myanmar").code == "MM"
    assert index.find("Birmanie").code == "MM"


def test_a_spelling_of_two_terms_finds_neither_and_says_so(db):
    index = LabelIndex(
        [
            SectorFactory(label="Un", synonyms=["Commun", "À un"]),
            SectorFactory(label="Deux", synonyms=["COMMUN"]),
        ]
    )

    assert index.find("commun") is None
    assert index.is_ambiguous("commun")
    assert index.find("à un") is not None
    assert not index.is_ambiguous("à un")


def test_a_label_wins_over_the_synonym_of_another_term(db):
    other = SectorFactory(label="Agriculture", synonyms=["Pêche"])
    fishing = SectorFactory(label="Pêche")

    for terms in ([other, fishing], [fishing, other]):
        index = LabelIndex(terms)
        assert index.find("peche") == fishing
        assert not index.is_ambiguous("peche")


def test_a_synonym_said_twice_by_one_term_is_not_ambiguous(db):
    sector = SectorFactory(synonyms=["Eau potable", "eau-potable"])

    assert LabelIndex([sector]).find("Eau potable") == sector


@pytest.mark.parametrize("typed", ["", "  ", "–", "inconnu"])
def test_what_means_nothing_finds_nothing(typed, db):
    index = LabelIndex(Sector.objects.all())

    assert index.find(typed) is None
    assert not index.is_ambiguous(typed)
