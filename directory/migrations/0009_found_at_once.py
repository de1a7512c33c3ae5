"""Searches whose plans PostgreSQL keeps, and what a repair costs, halved.

A function in SQL is planned at each call; one in PL/pgSQL once in each session. Each
register has a function that finds, so that its plan is of that table.
"""

from django.db import migrations

# The same answers as those of `0004_text_search`.
QUERIES = """
CREATE OR REPLACE FUNCTION directory_forms(asked text) RETURNS text[]
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE AS $$
DECLARE
    root text := (tsvector_to_array(
        to_tsvector('public.french_unaccent'::regconfig, asked)
    ))[1];
BEGIN
    RETURN ARRAY(
        SELECT DISTINCT word FROM directory_word WHERE stem = root ORDER BY word
    );
END
$$;

CREATE OR REPLACE FUNCTION directory_phrase(asked text) RETURNS tsquery
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
    RETURN phraseto_tsquery('pg_catalog.simple'::regconfig, asked);
END
$$;

CREATE OR REPLACE FUNCTION directory_exact_forms(asked text) RETURNS tsquery
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE AS $$
DECLARE
    forms text[] := directory_forms(asked);
BEGIN
    IF forms = '{}' THEN
        RETURN directory_phrase(asked);
    END IF;
    RETURN directory_phrase(asked)
        || to_tsquery('pg_catalog.simple'::regconfig, array_to_string(forms, ' | '));
END
$$;

-- What begins like the word, and its forms that do not: an index looks for few words.
CREATE OR REPLACE FUNCTION directory_any_form(asked text) RETURNS tsquery
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE AS $$
DECLARE
    beginning tsquery;
    others text;
BEGIN
    IF length(asked) = 1
        OR length(to_tsvector('public.french_unaccent'::regconfig, asked)) = 0
    THEN
        RETURN directory_phrase(asked);
    END IF;
    beginning := to_tsquery(
        'pg_catalog.simple'::regconfig,
        '''' || regexp_replace(asked, '[^[:alnum:]]', ' ', 'g') || ''':*'
    );
    others := (
        SELECT string_agg(form, ' | ') FROM unnest(directory_forms(asked)) AS form
        WHERE NOT starts_with(form, asked)
    );
    IF others IS NULL THEN
        RETURN beginning;
    END IF;
    RETURN beginning || to_tsquery('pg_catalog.simple'::regconfig, others);
END
$$;

CREATE OR REPLACE FUNCTION directory_telling(words text[], phrases text[])
RETURNS text[] LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    telling text[] := '{}';
    item text;
BEGIN
    FOREACH item IN ARRAY words LOOP
        IF length(to_tsvector('public.french_unaccent'::regconfig, item)) > 0 THEN
            telling := telling || item;
        END IF;
    END LOOP;
    RETURN CASE WHEN telling = '{}' AND phrases = '{}' THEN words ELSE telling END;
END
$$;

-- NULL when nothing is asked: an empty query would send a notice each time.
CREATE OR REPLACE FUNCTION directory_wanted(words text[], phrases text[])
RETURNS tsquery LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE AS $$
DECLARE
    wanted tsquery;
    one tsquery;
    item text;
BEGIN
    FOREACH item IN ARRAY directory_telling(words, phrases) LOOP
        one := directory_any_form(item);
        wanted := coalesce(wanted && one, one);
    END LOOP;
    FOREACH item IN ARRAY phrases LOOP
        one := directory_phrase(item);
        wanted := coalesce(wanted && one, one);
    END LOOP;
    RETURN wanted;
END
$$;

CREATE OR REPLACE FUNCTION directory_unwanted(texts text[]) RETURNS tsquery
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE AS $$
DECLARE
    unwanted tsquery;
    one tsquery;
    item text;
BEGIN
    FOREACH item IN ARRAY texts LOOP
        one := CASE WHEN position(' ' IN item) > 0
            THEN directory_phrase(item) ELSE directory_exact_forms(item) END;
        unwanted := coalesce(unwanted || one, one);
    END LOOP;
    RETURN unwanted;
END
$$;
"""

# Words of eight letters or more share enough trigrams with what one change makes of
# them (three in ten, where each change touches four at most); shorter ones do not.
NEAR = """
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

# `names`, `whole`, `unwanted`: the packed keys of the rows whose names say all that is
# asked, of those in which it is found, of those that have what is excluded; NULL: none.
# `forms`: by word that was looked for, its other forms. `near`: when nothing is found,
# by word that no row has, the words of the lexicon near it.
# `…_known`: those of which it is known among some rows, or among all of them if that is
# not enough. `…_meant`: what is found when each unknown word is replaced by that of its
# options which takes the fewest changes, the commonest of equals; one that stands alone
# is not counted, unless nothing is found: the lexicon keeps words whose last row is gone.
# The sub-queries make the planner go through the index whatever the words: to look at
# the texts one by one costs a hundred times more than it believes.
FINDING = """
CREATE PROCEDURE directory_find_in(register text) LANGUAGE plpgsql AS $procedure$
BEGIN
    EXECUTE replace($body$
CREATE FUNCTION {r}_found(
    words text[], phrases text[], excluded text[],
    OUT names bytea, OUT whole bytea, OUT unwanted bytea, OUT forms json, OUT near json
) LANGUAGE plpgsql STABLE AS $$
DECLARE
    telling text[] := directory_telling(words, phrases);
    wanted tsquery := directory_wanted(words, phrases);
    hated tsquery;
BEGIN
    IF words = '{}' AND phrases = '{}' THEN
        SELECT string_agg(int4send(text.id::int4), '') INTO whole FROM {r}_text AS text;
    ELSE
        SELECT string_agg(int4send(text.id::int4), '') INTO names
        FROM {r}_text AS text WHERE text.names @@ (SELECT wanted);
        SELECT string_agg(int4send(text.id::int4), '') INTO whole
        FROM {r}_text AS text WHERE text.whole @@ (SELECT wanted);
    END IF;
    IF excluded <> '{}' THEN
        hated := directory_unwanted(excluded);
        SELECT string_agg(int4send(text.id::int4), '') INTO unwanted
        FROM {r}_text AS text WHERE text.whole @@ (SELECT hated);
    END IF;
    SELECT json_object_agg(word, directory_forms(word)) INTO forms
    FROM unnest(telling) AS word;
    IF whole IS NULL THEN
        SELECT json_object_agg(word, ARRAY(SELECT directory_near(word))) INTO near
        FROM unnest(telling) AS word
        CROSS JOIN LATERAL (SELECT directory_any_form(word) AS query OFFSET 0) AS asked
        WHERE NOT EXISTS (SELECT FROM {r}_text AS text WHERE text.whole @@ query);
    END IF;
END
$$;

CREATE FUNCTION {r}_known(keys bigint[], enough int, words text[], phrases text[])
RETURNS bytea LANGUAGE plpgsql STABLE AS $$
DECLARE
    wanted tsquery := directory_wanted(words, phrases);
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

CREATE FUNCTION {r}_meant(
    words text[], phrases text[], excluded text[],
    unknown text[], options text[], changes int[],
    OUT meant json, OUT names bytea, OUT whole bytea, OUT unwanted bytea, OUT forms json
) LANGUAGE plpgsql STABLE AS $$
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
        SELECT found.names, found.whole, found.unwanted, found.forms
        INTO names, whole, unwanted, forms
        FROM {r}_found(replaced, phrases, excluded) AS found;
        EXIT WHEN whole IS NOT NULL;
    END LOOP;
END
$$;
    $body$, '{r}', register);
END
$procedure$;

CREATE PROCEDURE directory_forget_finding_in(register text) LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE replace(
        'DROP FUNCTION {r}_meant(text[], text[], text[], text[], text[], int[]);'
        'DROP FUNCTION {r}_known(bigint[], int, text[], text[]);'
        'DROP FUNCTION {r}_found(text[], text[], text[])',
        '{r}', register
    );
END
$$;

CALL directory_find_in('directory_structure');
CALL directory_find_in('directory_project');
"""
FORGET_FINDING = """
CALL directory_forget_finding_in('directory_project');
CALL directory_forget_finding_in('directory_structure');
DROP PROCEDURE directory_forget_finding_in(text);
DROP PROCEDURE directory_find_in(text);
"""


class Migration(migrations.Migration):
    dependencies = [("directory", "0008_term_pages")]

    operations = [
        migrations.RunSQL(QUERIES, migrations.RunSQL.noop),
        migrations.RunSQL(NEAR, migrations.RunSQL.noop),
        migrations.RunSQL(FINDING, FORGET_FINDING),
    ]
