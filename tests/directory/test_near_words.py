"""Words near one that nobody wrote, as PostgreSQL finds them in the lexicon."""

import pytest
from django.db import connection
from hypothesis import example, given
from hypothesis import strategies as st

from directory.search.lexicon import distance

LETTERS = "abes"
words = st.text(LETTERS, min_size=1, max_size=8)


def asked(statement, *parameters):
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchone()[0]


@pytest.mark.django_db
@given(one=words, other=words)
@example(one="ab", other="ba")
@example(one="abes", other="abes")
def test_one_change_is_what_the_lexicon_counts_as_one(one, other):
    found = asked("SELECT directory_one_change(%s, %s)", one, other)

    assert found is (distance(one, other) <= 1)


@pytest.mark.django_db
@given(one=words, other=words)
def test_words_one_change_apart_have_a_shape_in_common(one, other):
    shared = asked("SELECT directory_shapes(%s) && directory_shapes(%s)", one, other)

    assert shared or distance(one, other) > 1


@pytest.mark.parametrize("typed", ["ecol", "ecolle", "ecole", "ecoel", "eccle", "cole"])
def test_a_short_word_is_near_what_one_change_makes(typed, db):
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO directory_word (word, stem)"
            " VALUES ('ecole', 'ecol'), ('sport', 'sport'), ('ecoulement', 'ecoul')"
        )

    assert asked("SELECT ARRAY(SELECT directory_near(%s))", typed) == ["ecole"]
