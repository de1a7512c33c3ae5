"""A search of several registers understands its words once, and goes through indexes.

Each register understood them again, and looked for near words as soon as it found
nothing, though another one found. A small table was read whole: the planner believes that
to look at a text costs next to nothing.
"""

from importlib import import_module

from django.db import migrations

# `wanted`: NULL when nothing is asked but exclusions. `forms`: by word that is looked
# for, its other forms. `near`: by word, the words of the lexicon near it.
ASKED = """
CREATE FUNCTION directory_asked(
    words text[], phrases text[], excluded text[],
    OUT wanted tsquery, OUT hated tsquery, OUT forms json
) LANGUAGE plpgsql STABLE AS $$
BEGIN
    wanted := directory_wanted(words, phrases);
    hated := directory_unwanted(excluded);
    SELECT json_object_agg(word, directory_forms(word)) INTO forms
    FROM unnest(directory_telling(words, phrases)) AS word;
END
$$;

CREATE FUNCTION directory_near_each(asked text[]) RETURNS json
LANGUAGE plpgsql STABLE STRICT AS $$
DECLARE
    near json;
BEGIN
    SELECT json_object_agg(word, ARRAY(SELECT directory_near(word))) INTO near
    FROM (SELECT DISTINCT unnest(asked)) AS words (word);
    RETURN near;
END
$$;
"""
FORGET_ASKED = """
DROP FUNCTION directory_near_each(text[]);
DROP FUNCTION directory_asked(text[], text[], text[]);
"""

# `names`, `whole`, `unwanted`: the packed keys of the rows whose names say all that is
# asked, of those in which it is found, of those that have what is excluded; NULL: none.
# `…_known`: those of which it is known among some rows, or among all of them if that is
# not enough. `…_unknown`: the words that no row has. `…_meant`: what is found when each
# unknown word is replaced by that of its options which takes the fewest changes, the
# commonest of equals; one that stands alone is not counted, unless nothing is found: the
# lexicon keeps words whose last row is gone.
FINDING = """
CREATE OR REPLACE PROCEDURE directory_forget_finding_in(register text)
LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE replace(
        'DROP FUNCTION {r}_meant(text[], text[], text[], text[], text[], int[]);'
        'DROP FUNCTION IF EXISTS {r}_known(bigint[], int, text[], text[]);'
        'DROP FUNCTION IF EXISTS {r}_known(bigint[], int, tsquery);'
        'DROP FUNCTION IF EXISTS {r}_unknown(text[], text[]);'
        'DROP FUNCTION IF EXISTS {r}_found(text[], text[], text[]);'
        'DROP FUNCTION IF EXISTS {r}_found(tsquery, tsquery)',
        '{r}', register
    );
END
$$;

CREATE OR REPLACE PROCEDURE directory_find_in(register text)
LANGUAGE plpgsql AS $procedure$
BEGIN
    EXECUTE replace($body$
CREATE FUNCTION {r}_found(
    wanted tsquery, hated tsquery,
    OUT names bytea, OUT whole bytea, OUT unwanted bytea
) LANGUAGE plpgsql STABLE SET enable_seqscan TO off AS $$
BEGIN
    IF wanted IS NULL THEN
        SELECT string_agg(int4send(text.id::int4), '') INTO whole FROM {r}_text AS text;
    ELSE
        SELECT string_agg(int4send(text.id::int4), '') INTO names
        FROM {r}_text AS text WHERE text.names @@ (SELECT wanted);
        SELECT string_agg(int4send(text.id::int4), '') INTO whole
        FROM {r}_text AS text WHERE text.whole @@ (SELECT wanted);
    END IF;
    IF hated IS NOT NULL THEN
        SELECT string_agg(int4send(text.id::int4), '') INTO unwanted
        FROM {r}_text AS text WHERE text.whole @@ (SELECT hated);
    END IF;
END
$$;

CREATE FUNCTION {r}_known(keys bigint[], enough int, wanted tsquery)
RETURNS bytea LANGUAGE plpgsql STABLE SET enable_seqscan TO off AS $$
DECLARE
    known bytea;
BEGIN
    SELECT string_agg(int4send(few.id::int4), '') INTO known
    FROM (SELECT * FROM {r}_text WHERE id = ANY (keys) OFFSET 0) AS few
    WHERE few.known @@ wanted;
    IF coalesce(octet_length(known), 0) < 4 * enough THEN
        SELECT string_agg(int4send(text.id::int4), '') INTO known
        FROM {r}_text AS text WHERE text.known @@ (SELECT wanted);
    END IF;
    RETURN known;
END
$$;

CREATE FUNCTION {r}_unknown(words text[], phrases text[]) RETURNS text[]
LANGUAGE plpgsql STABLE SET enable_seqscan TO off AS $$
DECLARE
    unknown text[] := '{}';
    item text;
BEGIN
    FOREACH item IN ARRAY directory_telling(words, phrases) LOOP
        IF NOT EXISTS (
            SELECT FROM {r}_text AS text
            WHERE text.whole @@ (SELECT directory_any_form(item))
        ) THEN
            unknown := unknown || item;
        END IF;
    END LOOP;
    RETURN unknown;
END
$$;

CREATE FUNCTION {r}_meant(
    words text[], phrases text[], excluded text[],
    unknown text[], options text[], changes int[],
    OUT meant json, OUT forms json, OUT names bytea, OUT whole bytea, OUT unwanted bytea
) LANGUAGE plpgsql STABLE SET enable_seqscan TO off AS $$
DECLARE
    is_sure boolean;
    item text;
    best text;
    pairs text[];
    replaced text[];
BEGIN
    FOREACH is_sure IN ARRAY ARRAY[false, true] LOOP
        pairs := '{}';
        replaced := words;
        FOR item IN SELECT DISTINCT unnest(unknown) LOOP
            WITH likely AS (
                SELECT options[n] AS option, changes[n] AS changed, n
                FROM generate_subscripts(options, 1) AS n
                WHERE unknown[n] = item AND (is_sure OR changes[n] = (
                    SELECT min(changes[m]) FROM generate_subscripts(options, 1) AS m
                    WHERE unknown[m] = item
                ))
            )
            SELECT option INTO best FROM (
                SELECT *, CASE
                    WHEN NOT is_sure AND (SELECT count(*) FROM likely) = 1 THEN 1
                    ELSE (
                        SELECT count(*) FROM (
                            SELECT FROM {r}_text AS text
                            WHERE text.whole @@ (SELECT directory_phrase(option))
                            LIMIT 100
                        ) AS capped
                    )
                END AS rows
                FROM likely
            ) AS counted
            WHERE rows > 0 ORDER BY changed, rows DESC, n LIMIT 1;
            IF best IS NULL THEN
                meant := NULL;
                RETURN;
            END IF;
            pairs := pairs || ARRAY[item, best];
            replaced := array_replace(replaced, item, best);
        END LOOP;
        meant := json_object(pairs);
        SELECT asked.forms, found.names, found.whole, found.unwanted
        INTO forms, names, whole, unwanted
        FROM directory_asked(replaced, phrases, excluded) AS asked
        CROSS JOIN LATERAL {r}_found(asked.wanted, asked.hated) AS found;
        EXIT WHEN whole IS NOT NULL;
    END LOOP;
END
$$;
    $body$, '{r}', register);
END
$procedure$;

"""
# In each register that there is, whatever app it is of: it has a function `…_meant`.
FORGET_EACH = r"""
SELECT set_config('directory.registers', string_agg(left(proname, -6), ','), true)
FROM pg_proc WHERE proname LIKE '%\_meant' AND pronamespace = 'public'::regnamespace;

DO $$
DECLARE
    register text;
BEGIN
    FOREACH register IN ARRAY
        string_to_array(current_setting('directory.registers'), ',')
    LOOP
        CALL directory_forget_finding_in(register);
    END LOOP;
END
$$;
"""
FIND_IN_EACH = """
DO $$
DECLARE
    register text;
BEGIN
    FOREACH register IN ARRAY
        string_to_array(current_setting('directory.registers'), ',')
    LOOP
        CALL directory_find_in(register);
    END LOOP;
END
$$;
"""
FORGET_FINDING = """
DROP PROCEDURE directory_forget_finding_in(text);
DROP PROCEDURE directory_find_in(text);
"""
#: The procedures of before, without the calls that follow them.
BEFORE = import_module("directory.migrations.0009_found_at_once").FINDING.partition(
    "\nCALL "
)[0]


class Migration(migrations.Migration):
    dependencies = [("directory", "0019_truncated_contacts")]

    operations = [
        migrations.RunSQL(ASKED, FORGET_ASKED),
        migrations.RunSQL(
            [(FINDING, None), (FORGET_EACH, None), (FIND_IN_EACH, None)],
            [
                (FORGET_EACH, None),
                (FORGET_FINDING, None),
                (BEFORE, None),
                (FIND_IN_EACH, None),
            ],
        ),
    ]
