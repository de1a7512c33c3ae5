"""The words of many rows at once, written in a session that wrote few before."""

import itertools
import string

from django.db import connection

#: More than a few rows say, in letters alone.
WORDS = [
    "".join(letters) for letters in itertools.product(string.ascii_lowercase, repeat=3)
]
READ = """
SELECT coalesce(sum(seq_tup_read), 0) + coalesce(sum(idx_tup_fetch), 0)
FROM pg_stat_xact_user_tables WHERE relname = 'directory_word'
"""


def note(cursor, words):
    cursor.execute(
        "SELECT directory_note_words(ARRAY[array_to_tsvector(%s::text[])])", [words]
    )


def rows_read(cursor):
    cursor.execute(READ)
    return int(cursor.fetchone()[0])


def test_each_word_is_looked_for_not_each_of_all_the_others(db):
    with connection.cursor() as cursor:
        # A new network: PostgreSQL believes that there is a word or two.
        cursor.execute("TRUNCATE directory_word")
        note(cursor, WORDS[:1])
        cursor.execute("ANALYZE directory_word")
        for n in range(20):
            note(cursor, WORDS[n : n + 3])
        note(cursor, WORDS[:5_000])
        before = rows_read(cursor)

        note(cursor, WORDS[2_000:7_000])

        assert rows_read(cursor) - before < 20 * 5_000
        cursor.execute("SELECT count(*), count(DISTINCT word) FROM directory_word")
        assert cursor.fetchone() == (7_000, 7_000)
