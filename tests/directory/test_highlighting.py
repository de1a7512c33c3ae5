"""The words found are marked where a page says them, and nothing else is touched."""

import pytest
from django.utils.html import escape
from django.utils.safestring import SafeString
from hypothesis import given
from hypothesis import strategies as st

from directory.search.highlighting import Highlighter, MarkedText, PlainText
from directory.search.queries import parse


def highlighter(typed, **forms):
    query = parse(typed)
    found = {word: tuple(forms.get(word, ())) for word in query.words}
    return Highlighter(query, found)


def marked(typed, html, **forms):
    return highlighter(typed, **forms).mark(MarkedText(SafeString(html)))


@pytest.mark.parametrize(
    ("typed", "html", "expected"),
    [
        ("education", "l’Éducation", "l’<mark>Éducation</mark>"),
        ("education", "ÉDUCATIONS !", "<mark>ÉDUCATIONS</mark> !"),
        ("oeuvre", "Œuvres d’art", "<mark>Œuvres</mark> d’art"),
        ("cote ivoire", "Côte d’Ivoire", "<mark>Côte</mark> d’<mark>Ivoire</mark>"),
        ("mali", "Somalie, Malien", "Somalie, <mark>Malien</mark>"),
        (
            "eau",
            "l&#x27;eau &amp; eau",
            "l&#x27;<mark>eau</mark> &amp; <mark>eau</mark>",
        ),
        ("amp x27", "&amp; &#x27;", "&amp; &#x27;"),
        ('"eau potable"', "eau potables", "<mark>eau</mark> potables"),
        ("senegal", "Se\u0301ne\u0301gal", "<mark>Se\u0301ne\u0301gal</mark>"),
    ],
)
def test_whole_words_are_marked_accents_or_not(typed, html, expected):
    assert marked(typed, html) == expected


def test_other_forms_of_a_word_are_marked_whole_and_no_longer_ones():
    html = marked("animaux", "Animal, animalier", animaux=["animal"])

    assert html == "<mark>Animal</mark>, animalier"


def test_a_word_that_was_not_looked_for_is_not_marked():
    query = parse("la ville")

    html = Highlighter(query, {"ville": ()}).mark(MarkedText(SafeString("La ville")))

    assert html == "La <mark>ville</mark>"


def test_tags_and_their_attributes_are_left_alone():
    card = (
        '<a href="/mali/?a=1&amp;mali=2" title="Mali > Niger" class=\'mali\'>'
        '<!-- mali --><img alt="mali"></a>'
    )

    assert marked("mali", card) == card
    assert marked("mali", card + "Mali") == card + "<mark>Mali</mark>"


def test_what_is_marked_stays_safe():
    assert isinstance(marked("mali", "Mali"), SafeString)


@given(typed=st.text(max_size=20), text=st.text(alphabet="<>&;\"'amali =/é x"))
def test_a_text_escaped_by_the_template_says_the_same_once_marked(typed, text):
    html = escape(text)

    plain = marked(typed, html).replace("<mark>", "").replace("</mark>", "")

    assert plain == html


def test_an_excerpt_shows_the_first_match_among_its_words():
    text = "Un mot puis un autre. " * 20 + "Des forages au Mali. " + "La suite. " * 20

    excerpt = highlighter("forages").excerpt(PlainText(text), length=60)

    assert excerpt.startswith("… ")
    assert excerpt.endswith(" …")
    assert "Des forages au Mali." in excerpt
    assert len(excerpt) <= 64
    assert excerpt.strip("… ") in text


def test_an_excerpt_of_a_short_text_is_all_of_it():
    assert highlighter("mali").excerpt(PlainText("Au Mali.")) == "Au Mali."
    assert highlighter("mali").excerpt(PlainText("Au Niger.")) == ""


@given(text=st.text(alphabet="mali xé.", max_size=400), length=st.integers(20, 200))
def test_an_excerpt_is_a_piece_of_the_text_and_no_longer_than_asked(text, length):
    excerpt = highlighter("mali").excerpt(PlainText(text), length)

    assert excerpt.strip("… ") in text
    assert len(excerpt) <= length + 4
