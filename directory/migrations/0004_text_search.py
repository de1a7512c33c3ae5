"""What structures and projects are found by, kept by PostgreSQL at every write.

A row of text stands beside each published row of a register, so that a draft is never
found: `names`; `known`, the names and the terms that describe the row; `described`,
what it says of itself; `whole`, all of it. Statement triggers keep it, on the register
and on every table whose words it holds: bulk writes, `update()` and SQL are all seen.

A text is written under the lock of its row in the register, taken in the order of
keys, and read in a later statement: of two transactions that touch one row, the second
one to write its text has seen what the first one did. The tables of text have no
foreign key: one would forbid the TRUNCATE of the registers.
"""

from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations

# Texts are folded before they are parsed, and words kept as they are: for phrases, and
# for what begins like them. A break stands before each text, so that no phrase runs from
# one to the next. Stems (« éducations ») are kept once for each word of the lexicon, not
# in every row: a search looks for all the words of a stem.
WORDS = """
CREATE TEXT SEARCH CONFIGURATION french_unaccent (COPY = pg_catalog.french);
ALTER TEXT SEARCH CONFIGURATION french_unaccent
    ALTER MAPPING FOR asciiword, word, hword, hword_part, asciihword, hword_asciipart
    WITH unaccent, french_stem;

CREATE FUNCTION directory_vector(weight "char", VARIADIC parts text[])
RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT ts_delete(
        setweight(
            to_tsvector(
                'pg_catalog.simple'::regconfig,
                directory_fold(
                    left('zzbreakzz ' || array_to_string(parts, ' zzbreakzz '), 200000)
                )
            ),
            weight
        ),
        'zzbreakzz'
    )
$$;

-- PostgreSQL refuses vectors of a megabyte: a text is found by its first part.

-- NULL for a word that says nothing (« la »).
CREATE FUNCTION directory_stem(word text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT (tsvector_to_array(
        to_tsvector('public.french_unaccent'::regconfig, word)
    ))[1]
$$;

CREATE TABLE directory_word (word text NOT NULL, stem text);
CREATE INDEX directory_word_word ON directory_word (word);
CREATE INDEX directory_word_stem ON directory_word (stem);
CREATE INDEX directory_word_near ON directory_word
    USING gin (word public.gin_trgm_ops) WITH (fastupdate = off);
"""
FORGET_WORDS = """
DROP TABLE directory_word;
DROP FUNCTION directory_stem(text);
DROP FUNCTION directory_vector("char", text[]);
DROP TEXT SEARCH CONFIGURATION french_unaccent;
"""

# Words and phrases are folded already. A word is found by what begins like it and by its
# stem. Nothing is parsed as a query that was not reduced to letters and digits.
QUERIES = """
CREATE FUNCTION directory_forms(asked text) RETURNS text[]
LANGUAGE sql STABLE STRICT PARALLEL SAFE AS $$
    SELECT ARRAY(
        SELECT DISTINCT word FROM directory_word WHERE stem = directory_stem(asked)
        ORDER BY word
    )
$$;

CREATE FUNCTION directory_phrase(asked text) RETURNS tsquery
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT phraseto_tsquery('pg_catalog.simple'::regconfig, asked)
$$;

CREATE FUNCTION directory_exact_forms(asked text) RETURNS tsquery
LANGUAGE sql STABLE STRICT PARALLEL SAFE AS $$
    SELECT directory_phrase(asked) || CASE
        WHEN forms = '{}' THEN ''
        ELSE to_tsquery('pg_catalog.simple'::regconfig, array_to_string(forms, ' | '))
    END
    FROM directory_forms(asked) AS forms
$$;

CREATE FUNCTION directory_any_form(asked text) RETURNS tsquery
LANGUAGE sql STABLE STRICT PARALLEL SAFE AS $$
    SELECT CASE
        WHEN length(asked) = 1 OR directory_stem(asked) IS NULL
            THEN directory_phrase(asked)
        ELSE directory_exact_forms(asked) || to_tsquery(
            'pg_catalog.simple'::regconfig,
            '''' || regexp_replace(asked, '[^[:alnum:]]', ' ', 'g') || ''':*'
        )
    END
$$;

-- The words that say something, or all of them if none does and nothing else is asked.
CREATE FUNCTION directory_telling(words text[], phrases text[]) RETURNS text[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT CASE WHEN telling = '{}' AND phrases = '{}' THEN words ELSE telling END
    FROM (
        SELECT ARRAY(
            SELECT word FROM unnest(words) AS word
            WHERE directory_stem(word) IS NOT NULL
        ) AS telling
    ) AS found
$$;

CREATE FUNCTION directory_wanted(words text[], phrases text[]) RETURNS tsquery
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE AS $$
DECLARE
    wanted tsquery := '';
    item text;
BEGIN
    FOREACH item IN ARRAY directory_telling(words, phrases) LOOP
        wanted := wanted && directory_any_form(item);
    END LOOP;
    FOREACH item IN ARRAY phrases LOOP
        wanted := wanted && directory_phrase(item);
    END LOOP;
    RETURN wanted;
END
$$;

CREATE FUNCTION directory_unwanted(texts text[]) RETURNS tsquery
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE AS $$
DECLARE
    unwanted tsquery := '';
    item text;
BEGIN
    FOREACH item IN ARRAY texts LOOP
        unwanted := unwanted || CASE WHEN position(' ' IN item) > 0
            THEN directory_phrase(item) ELSE directory_exact_forms(item) END;
    END LOOP;
    RETURN unwanted;
END
$$;

CREATE FUNCTION directory_near(asked text) RETURNS SETOF text
LANGUAGE sql STABLE STRICT PARALLEL SAFE AS $$
    SELECT word FROM (
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
    LIMIT 12
$$;
"""
FORGET_QUERIES = """
DROP FUNCTION directory_near(text);
DROP FUNCTION directory_unwanted(text[]);
DROP FUNCTION directory_wanted(text[], text[]);
DROP FUNCTION directory_telling(text[], text[]);
DROP FUNCTION directory_any_form(text);
DROP FUNCTION directory_exact_forms(text);
DROP FUNCTION directory_phrase(text);
DROP FUNCTION directory_forms(text);
"""

# A register `r` has a table `r_text`, and two functions of keys: `r_known`, of which
# only published rows come back, and `r_described`.
TEXTS = """
CREATE FUNCTION directory_note_words(vectors tsvector[]) RETURNS void
LANGUAGE sql VOLATILE AS $$
    INSERT INTO directory_word (word, stem)
    SELECT lexeme, directory_stem(lexeme)
    FROM (
        SELECT DISTINCT said.lexeme
        FROM unnest(vectors) AS vector, unnest(vector) AS said
    ) AS words
    WHERE lexeme ~ '^[[:alpha:]]{3,60}$'
        AND NOT EXISTS (SELECT FROM directory_word WHERE word = lexeme)
$$;

CREATE FUNCTION directory_tell(register text, keys bigint[]) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    vectors tsvector[];
BEGIN
    EXECUTE format(
        'WITH known AS MATERIALIZED (SELECT * FROM %2$I($1)),'
        ' described AS MATERIALIZED (SELECT * FROM %3$I($1)),'
        ' gone AS ('
        '    DELETE FROM %1$I WHERE id = ANY ($1) AND id NOT IN (SELECT id FROM known)'
        '), told AS ('
        '    INSERT INTO %1$I AS text (id, names, known, described, whole)'
        '    SELECT id, names, known, described, known || described'
        '    FROM known JOIN described USING (id)'
        '    ON CONFLICT (id) DO UPDATE SET names = excluded.names,'
        '        known = excluded.known, described = excluded.described,'
        '        whole = excluded.whole'
        '    RETURNING whole'
        ') SELECT array_agg(whole) FROM told',
        register || '_text', register || '_known', register || '_described'
    ) INTO vectors USING keys;
    PERFORM directory_note_words(vectors);
END
$$;

CREATE FUNCTION directory_tell_again(register text, keys bigint[]) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    vectors tsvector[];
BEGIN
    EXECUTE format(
        'SELECT FROM %I WHERE id = ANY ($1) ORDER BY id FOR NO KEY UPDATE', register
    ) USING keys;
    EXECUTE format(
        'WITH known AS MATERIALIZED (SELECT * FROM %2$I($1)), told AS ('
        '    UPDATE %1$I AS text SET names = new.names, known = new.known,'
        '        whole = new.known || text.described'
        '    FROM known AS new WHERE text.id = new.id AND text.known <> new.known'
        '    RETURNING new.known'
        ') SELECT array_agg(known) FROM told',
        register || '_text', register || '_known'
    ) INTO vectors USING keys;
    PERFORM directory_note_words(vectors);
END
$$;

CREATE FUNCTION directory_on_written() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    keys bigint[];
BEGIN
    IF TG_OP = 'INSERT' THEN
        keys := ARRAY(SELECT id FROM changed WHERE publication = 'publie' ORDER BY id);
    ELSIF TG_OP = 'UPDATE' THEN
        EXECUTE format(
            'SELECT array_agg(id ORDER BY id) FROM ('
            '    (SELECT id, %1$s FROM changed EXCEPT SELECT id, %1$s FROM former)'
            ') AS moved',
            TG_ARGV[0]
        ) INTO keys;
    ELSE
        EXECUTE format(
            'DELETE FROM %I WHERE id IN (SELECT id FROM changed)',
            TG_TABLE_NAME || '_text'
        );
    END IF;
    IF keys <> '{}' THEN
        PERFORM directory_tell(TG_TABLE_NAME, keys);
    END IF;
    RETURN NULL;
END
$$;

CREATE FUNCTION directory_on_truncated() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('DELETE FROM %I', TG_TABLE_NAME || '_text');
    RETURN NULL;
END
$$;

CREATE FUNCTION directory_on_retold() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    keys bigint[];
BEGIN
    EXECUTE format('SELECT array_agg(DISTINCT key) FROM (%s) AS moved (key)', TG_ARGV[1])
    INTO keys;
    IF keys <> '{}' THEN
        PERFORM directory_tell_again(TG_ARGV[0], keys);
    END IF;
    RETURN NULL;
END
$$;
"""
FORGET_TEXTS = """
DROP FUNCTION directory_on_retold();
DROP FUNCTION directory_on_truncated();
DROP FUNCTION directory_on_written();
DROP FUNCTION directory_tell_again(text, bigint[]);
DROP FUNCTION directory_tell(text, bigint[]);
DROP FUNCTION directory_note_words(tsvector[]);
"""

# Once the functions of a register exist: its texts, then what keeps them.
KEEPING = """
CREATE PROCEDURE directory_keep_text(register text, columns text) LANGUAGE plpgsql AS $$
DECLARE
    texts text := register || '_text';
    part text;
BEGIN
    EXECUTE format(
        'CREATE TABLE %I (id bigint PRIMARY KEY, names tsvector NOT NULL,'
        ' known tsvector NOT NULL, described tsvector NOT NULL,'
        ' whole tsvector NOT NULL) WITH (toast_tuple_target = 128)',
        texts
    );
    EXECUTE format('SELECT directory_tell(%L, ARRAY(SELECT id FROM %I))', register, register);
    FOREACH part IN ARRAY ARRAY['names', 'known', 'whole'] LOOP
        EXECUTE format(
            'CREATE INDEX %I ON %I USING gin (%I) WITH (fastupdate = off)',
            texts || '_' || part, texts, part
        );
    END LOOP;
    EXECUTE format(
        'CREATE TRIGGER tell_inserted AFTER INSERT ON %1$I'
        ' REFERENCING NEW TABLE AS changed'
        ' FOR EACH STATEMENT EXECUTE FUNCTION directory_on_written();'
        'CREATE TRIGGER tell_updated AFTER UPDATE ON %1$I'
        ' REFERENCING NEW TABLE AS changed OLD TABLE AS former'
        ' FOR EACH STATEMENT EXECUTE FUNCTION directory_on_written(%2$L);'
        'CREATE TRIGGER tell_deleted AFTER DELETE ON %1$I'
        ' REFERENCING OLD TABLE AS changed'
        ' FOR EACH STATEMENT EXECUTE FUNCTION directory_on_written();'
        'CREATE TRIGGER tell_truncated AFTER TRUNCATE ON %1$I'
        ' FOR EACH STATEMENT EXECUTE FUNCTION directory_on_truncated()',
        register, columns
    );
END
$$;

-- `keys`: a query of the keys to tell again, from the rows `changed` by an insert or a
-- delete, or by an update from what they were in `former`.
CREATE PROCEDURE directory_retell_on(source text, event text, register text, keys text)
LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format(
        'CREATE TRIGGER %I AFTER %s ON %I REFERENCING %s'
        ' FOR EACH STATEMENT EXECUTE FUNCTION directory_on_retold(%L, %L)',
        'retell_' || register || '_on_' || event, event, source,
        CASE event
            WHEN 'insert' THEN 'NEW TABLE AS changed'
            WHEN 'delete' THEN 'OLD TABLE AS changed'
            ELSE 'NEW TABLE AS changed OLD TABLE AS former'
        END,
        register, keys
    );
END
$$;

CREATE PROCEDURE directory_retell_links(source text, register text, named text)
LANGUAGE plpgsql AS $$
DECLARE
    keys text := format('SELECT %I FROM changed', named);
BEGIN
    CALL directory_retell_on(source, 'insert', register, keys);
    CALL directory_retell_on(source, 'delete', register, keys);
    CALL directory_retell_on(
        source, 'update', register, keys || ' UNION ' || replace(keys, 'changed', 'former')
    );
END
$$;

CREATE PROCEDURE directory_forget_text(register text) LANGUAGE plpgsql AS $$
DECLARE
    kept record;
BEGIN
    FOR kept IN
        SELECT tgname, tgrelid::regclass AS source FROM pg_trigger
        WHERE starts_with(tgname, 'retell_' || register || '_on_')
            OR (tgname IN (
                'tell_inserted', 'tell_updated', 'tell_deleted', 'tell_truncated'
            ) AND tgrelid = register::regclass)
    LOOP
        EXECUTE format('DROP TRIGGER %I ON %s', kept.tgname, kept.source);
    END LOOP;
    EXECUTE format('DROP TABLE %I', register || '_text');
END
$$;
"""
FORGET_KEEPING = """
DROP PROCEDURE directory_forget_text(text);
DROP PROCEDURE directory_retell_links(text, text, text);
DROP PROCEDURE directory_retell_on(text, text, text, text);
DROP PROCEDURE directory_keep_text(text, text);
"""


class Migration(migrations.Migration):
    dependencies = [("directory", "0003_reference")]

    operations = [
        TrigramExtension(),
        migrations.RunSQL(WORDS, FORGET_WORDS),
        migrations.RunSQL(QUERIES, FORGET_QUERIES),
        migrations.RunSQL(TEXTS, FORGET_TEXTS),
        migrations.RunSQL(KEEPING, FORGET_KEEPING),
    ]
