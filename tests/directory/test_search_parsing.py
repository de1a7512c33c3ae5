"""What somebody typed in the search box, understood."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.search.queries import MOST_WORDS, Query, parse


@pytest.mark.parametrize(
    ("typed", "words", "phrases", "excluded"),
    [
        ("Éducation MALI", ["education", "mali"], [], []),
        ("Aix-en-Provence", ["aix", "en", "provence"], [], []),
        ("l'œuvre l’oeuvre", ["l", "oeuvre"], [], []),
        ('"Eau potable" mali', ["mali"], ["eau potable"], []),
        ("“eau potable” «\u00a0puits\u00a0»", [], ["eau potable", "puits"], []),
        ("jumelage -sport", ["jumelage"], [], ["sport"]),
        ("-sport", [], [], ["sport"]),
        ('mali -"eau potable"', ["mali"], [], ["eau potable"]),
        ("mali -Aix-en-Provence", ["mali"], [], ["aix en provence"]),
        ("Eau - Assainissement", ["eau", "assainissement"], [], []),
        ("--sport", ["sport"], [], []),
        ("-", [], [], []),
        ('-""', [], [], []),
        ('""', [], [], []),
    ],
)
def test_words_phrases_and_exclusions_are_told_apart(typed, words, phrases, excluded):
    assert parse(typed) == Query(tuple(words), tuple(phrases), tuple(excluded))


def test_a_quote_that_is_not_closed_is_being_typed():
    assert parse('mali "eau pot') == Query(("mali", "eau", "pot"))
    assert parse('"eau potable" "mali') == Query(("mali",), ("eau potable",))


def test_words_phrases_and_exclusions_share_the_limit():
    query = parse('a1 b2 c3 d4 e5 f6 "g7 h8 i9 j10 k11" -l12')

    assert query.words == ("a1", "b2", "c3", "d4", "e5", "f6")
    assert query.phrases == ("g7 h8 i9 j10",)
    assert query.excluded == ()
    assert query.is_cut


def test_a_text_without_a_word_asks_nothing():
    assert not parse("’ - % 🙂")
    assert parse("-sport")


@given(text=st.text() | st.text(alphabet="aé-\"“« \x00'œ+&|!():*<>\\1", max_size=60))
def test_any_text_is_understood_and_its_canonical_spelling_means_the_same(text):
    query = parse(text)

    assert parse(query.text) == Query(query.words, query.phrases, query.excluded)
    assert len(" ".join((*query.words, *query.phrases)).split()) <= MOST_WORDS
