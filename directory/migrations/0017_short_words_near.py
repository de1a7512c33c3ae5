"""A short word misspelt is found by its shapes, kept, not by trying every letter."""

from django.db import migrations

# A word and what it is without one of its letters: two words of which one change makes
# the other (a letter missing, added, changed, or exchanged with the next one) have one
# shape in common. Longer words are found by their trigrams.
SHAPES = """
CREATE FUNCTION directory_shapes(word text) RETURNS text[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT CASE WHEN length(word) > 8 THEN '{}' ELSE word || ARRAY(
        SELECT left(word, cut) || substr(word, cut + 2)
        FROM generate_series(0, length(word) - 1) AS cut
    ) END
$$;

ALTER TABLE directory_word
    ADD COLUMN shapes text[] GENERATED ALWAYS AS (directory_shapes(word)) STORED;
CREATE INDEX directory_word_shapes ON directory_word
    USING gin (shapes) WITH (fastupdate = off);

CREATE FUNCTION directory_one_change(one text, other text) RETURNS boolean
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT CASE length(other) - length(one)
        WHEN 1 THEN one = ANY (directory_shapes(other))
        WHEN -1 THEN other = ANY (directory_shapes(one))
        WHEN 0 THEN EXISTS (
            SELECT FROM generate_series(0, length(one) - 1) AS cut
            WHERE left(one, cut) = left(other, cut) AND (
                substr(one, cut + 2) = substr(other, cut + 2)
                OR substr(one, cut + 3) = substr(other, cut + 3)
                AND substr(one, cut + 1, 2) = reverse(substr(other, cut + 1, 2))
            )
        )
        ELSE false
    END
$$;
"""
FORGET_SHAPES = """
DROP FUNCTION directory_one_change(text, text);
ALTER TABLE directory_word DROP COLUMN shapes;
DROP FUNCTION directory_shapes(text);
"""

# Up to five letters, one change is the most that is repaired (`lexicon.SHORT`).
NEAR = """
CREATE OR REPLACE FUNCTION directory_near(asked text) RETURNS SETOF text
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE AS $$
DECLARE
    looked_for text[] := directory_shapes(asked);
BEGIN
    IF length(asked) > 7 THEN
        RETURN QUERY
            SELECT word FROM directory_word WHERE word % asked
            GROUP BY word ORDER BY similarity(word, asked) DESC, word LIMIT 12;
        RETURN;
    END IF;
    RETURN QUERY SELECT word FROM (
        SELECT word FROM directory_word WHERE length(asked) > 5 AND word % asked
        UNION
        SELECT word FROM (
            SELECT word FROM directory_word WHERE shapes && looked_for OFFSET 0
        ) AS alike
        WHERE directory_one_change(asked, word)
    ) AS words
    ORDER BY similarity(word, asked) DESC, word
    LIMIT 12;
END
$$;
"""
# As in 0009: every letter tried at every place.
NEAR_BEFORE = """
CREATE OR REPLACE FUNCTION directory_near(asked text) RETURNS SETOF text
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE AS $$
BEGIN
    IF length(asked) > 7 THEN
        RETURN QUERY
            SELECT word FROM directory_word WHERE word % asked
            GROUP BY word ORDER BY similarity(word, asked) DESC, word LIMIT 12;
        RETURN;
    END IF;
    RETURN QUERY SELECT word FROM (
        SELECT word FROM directory_word WHERE word % asked
        UNION
        SELECT word FROM directory_word WHERE word = ANY (ARRAY(
            SELECT DISTINCT left(asked, cut) || middle || substr(asked, cut + skipped)
            FROM generate_series(0, length(asked)) AS cut
            CROSS JOIN LATERAL (
                SELECT '', 2
                UNION ALL
                SELECT reverse(substr(asked, cut + 1, 2)), 3
                UNION ALL
                SELECT letter, size
                FROM unnest(string_to_array('abcdefghijklmnopqrstuvwxyz', NULL))
                    AS letter
                CROSS JOIN (VALUES (1), (2)) AS sizes (size)
            ) AS edits (middle, skipped)
        ))
    ) AS words
    ORDER BY similarity(word, asked) DESC, word
    LIMIT 12;
END
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("directory", "0016_trace_triggers")]
    operations = [
        migrations.RunSQL(SHAPES, FORGET_SHAPES),
        migrations.RunSQL(NEAR, NEAR_BEFORE),
    ]
