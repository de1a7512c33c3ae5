"""Every write in the register leaves a trace: see `directory/history.py`."""

from django.db import migrations

# One function for all the tables; what is written of a row is its columns as JSON, less
# those that are computed. `enable_nestloop` is off because the plan of the join is kept
# from a first statement on one row, and would serve one on a hundred thousand.
CREATE = """
CREATE FUNCTION directory_trace() RETURNS trigger LANGUAGE plpgsql
SET enable_nestloop TO off AS $$
DECLARE
    untold text[] := '{imported,updated_at}' || ARRAY(
        SELECT attname::text FROM pg_attribute
        WHERE attrelid = TG_RELID AND attgenerated <> ''
    );
    reason jsonb := coalesce(
        nullif(current_setting('pghistory.context_metadata', true), ''), '{}'
    )::jsonb;
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO directory_trace (
            at, transaction, source, operation, key, subject, subject_key,
            before, after, why
        )
        SELECT now(), pg_current_xact_id()::text::bigint, TG_TABLE_NAME, 'I',
            (told ->> 'id')::bigint, directory_trace_subject(told, TG_ARGV[0]),
            (told ->> TG_ARGV[1])::bigint,
            '{}', jsonb_strip_nulls(told - untold), reason
        FROM (SELECT to_jsonb(latter) AS told FROM latter) AS rows;
    ELSIF TG_OP = 'DELETE' THEN
        INSERT INTO directory_trace (
            at, transaction, source, operation, key, subject, subject_key,
            before, after, why
        )
        SELECT now(), pg_current_xact_id()::text::bigint, TG_TABLE_NAME, 'D',
            (told ->> 'id')::bigint, directory_trace_subject(told, TG_ARGV[0]),
            (told ->> TG_ARGV[1])::bigint,
            jsonb_strip_nulls(told - untold), '{}', reason
        FROM (SELECT to_jsonb(former) AS told FROM former) AS rows;
    ELSE
        INSERT INTO directory_trace (
            at, transaction, source, operation, key, subject, subject_key,
            before, after, why
        )
        SELECT now(), pg_current_xact_id()::text::bigint, TG_TABLE_NAME, 'U',
            (becomes ->> 'id')::bigint, directory_trace_subject(becomes, TG_ARGV[0]),
            (becomes ->> TG_ARGV[1])::bigint,
            directory_trace_differing(was, becomes),
            directory_trace_differing(becomes, was),
            reason
        FROM (
            SELECT to_jsonb(former) - untold AS was, to_jsonb(latter) - untold AS becomes
            FROM former JOIN latter USING (id)
        ) AS pairs
        WHERE was <> becomes;
    END IF;
    RETURN NULL;
END
$$;

-- What the first one says of the columns that the second one says otherwise.
CREATE FUNCTION directory_trace_differing(one jsonb, other jsonb)
RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
    SELECT coalesce(jsonb_object_agg(key, value), '{}') FROM jsonb_each(one)
    WHERE value IS DISTINCT FROM other -> key
$$;

-- The table of the record that a row belongs to; keywords say it by their content type.
CREATE FUNCTION directory_trace_subject(told jsonb, subject text)
RETURNS text LANGUAGE sql STABLE AS $$
    SELECT CASE WHEN subject <> '' THEN subject ELSE (
        SELECT app_label || '_' || model FROM django_content_type
        WHERE id = (told ->> 'content_type_id')::bigint
    ) END
$$;

CREATE PROCEDURE directory_keep_traces_of(source text, subject text, holder text)
LANGUAGE plpgsql AS $$
DECLARE
    kind text;
    tables text;
BEGIN
    FOR kind, tables IN VALUES
        ('insert', 'NEW TABLE AS latter'),
        ('update', 'OLD TABLE AS former NEW TABLE AS latter'),
        ('delete', 'OLD TABLE AS former')
    LOOP
        EXECUTE format(
            'CREATE TRIGGER %I AFTER %s ON %I REFERENCING %s'
            ' FOR EACH STATEMENT EXECUTE FUNCTION directory_trace(%L, %L)',
            'trace_' || kind, kind, source, tables, subject, holder
        );
    END LOOP;
END
$$;

CREATE PROCEDURE directory_keep_no_trace_of(source text) LANGUAGE plpgsql AS $$
DECLARE
    kind text;
BEGIN
    FOREACH kind IN ARRAY '{insert,update,delete}'::text[] LOOP
        EXECUTE format('DROP TRIGGER %I ON %I', 'trace_' || kind, source);
    END LOOP;
END
$$;
"""
DROP = """
DROP PROCEDURE directory_keep_no_trace_of(text);
DROP PROCEDURE directory_keep_traces_of(text, text, text);
DROP FUNCTION directory_trace();
DROP FUNCTION directory_trace_subject(jsonb, text);
DROP FUNCTION directory_trace_differing(jsonb, jsonb);
"""

# A person is forgotten in the history too once their contact is gone, whoever removes
# it; `directory.history` forgets those who stay.
FORGET = """
CREATE FUNCTION directory_trace_erased(told jsonb)
RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
    SELECT told || coalesce(jsonb_object_agg(key, 'effacé'::text), '{}')
    FROM jsonb_each_text(told)
    WHERE key IN ('honorific', 'first_name', 'last_name', 'email', 'phone')
        AND value <> ''
$$;

CREATE FUNCTION directory_forget_contacts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE directory_trace
    SET before = directory_trace_erased(before), after = directory_trace_erased(after)
    WHERE source = 'directory_contact' AND key IN (SELECT id FROM former);
    RETURN NULL;
END
$$;

-- After `trace_delete`, which writes what it erases: triggers go by their names.
CREATE TRIGGER trace_forget AFTER DELETE ON directory_contact
    REFERENCING OLD TABLE AS former
    FOR EACH STATEMENT EXECUTE FUNCTION directory_forget_contacts();
"""
REMEMBER = """
DROP TRIGGER trace_forget ON directory_contact;
DROP FUNCTION directory_forget_contacts();
DROP FUNCTION directory_trace_erased(jsonb);
"""

# The table, the one of the record it belongs to, and the column that says which.
TRACED = [
    ("directory_structure", "directory_structure", "id"),
    ("directory_contact", "directory_structure", "structure_id"),
    *[
        (f"directory_structure_{terms}", "directory_structure", "structure_id")
        for terms in ("countries", "sectors", "goals")
    ],
    ("directory_project", "directory_project", "id"),
    ("directory_participation", "directory_project", "project_id"),
    ("directory_locality", "directory_project", "project_id"),
    ("directory_projectimage", "directory_project", "project_id"),
    *[
        (f"directory_project_{terms}", "directory_project", "project_id")
        for terms in ("countries", "sectors", "goals")
    ],
]


class Migration(migrations.Migration):
    dependencies = [("directory", "0015_traces")]

    operations = [
        migrations.RunSQL([(CREATE, None)], [(DROP, None)]),
        migrations.RunSQL(
            [("CALL directory_keep_traces_of(%s, %s, %s)", one) for one in TRACED],
            [("CALL directory_keep_no_trace_of(%s)", one[:1]) for one in TRACED],
        ),
        migrations.RunSQL([(FORGET, None)], [(REMEMBER, None)]),
    ]
