"""What moves when a table that a page reads is written: see `directory/versions.py`."""

from django.db import migrations

# One row for each table and transaction, told apart by a random token. It is inserted,
# so that it is seen with the data it speaks of, at commit, and that no transaction
# waits for another. What a transaction has written itself is seen through a setting
# that ends with it. A prune skips what another one holds, and leaves a new token for
# each table whose tokens it deletes: without it their sum would be one seen before.
CREATE = """
CREATE TABLE directory_change (source text NOT NULL, token bigint NOT NULL);

CREATE FUNCTION directory_note_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    noted text := coalesce(current_setting('directory.noted', true), '');
    mark text := ',' || TG_TABLE_NAME || ',';
BEGIN
    PERFORM set_config('directory.written', gen_random_uuid()::text, true);
    IF position(mark IN noted) > 0 THEN
        RETURN NULL;
    END IF;
    PERFORM set_config('directory.noted', noted || mark, true);
    INSERT INTO directory_change (source, token)
    VALUES (TG_TABLE_NAME, (random() * 4503599627370496)::bigint);
    IF (SELECT count(*) FROM directory_change) > 300 THEN
        WITH gone AS (
            DELETE FROM directory_change WHERE ctid IN (
                SELECT ctid FROM directory_change LIMIT 200 FOR UPDATE SKIP LOCKED
            )
            RETURNING source
        )
        INSERT INTO directory_change (source, token)
        SELECT source, (random() * 4503599627370496)::bigint
        FROM (SELECT DISTINCT source FROM gone) AS sources;
    END IF;
    RETURN NULL;
END
$$;

CREATE PROCEDURE directory_note_changes_of(tables text[]) LANGUAGE plpgsql AS $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY tables LOOP
        EXECUTE format(
            'CREATE TRIGGER note_change AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE'
            ' ON %I FOR EACH STATEMENT EXECUTE FUNCTION directory_note_change()',
            name
        );
    END LOOP;
END
$$;

CREATE PROCEDURE directory_forget_changes_of(tables text[]) LANGUAGE plpgsql AS $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY tables LOOP
        EXECUTE format('DROP TRIGGER note_change ON %I', name);
    END LOOP;
END
$$;
"""
DROP = """
DROP PROCEDURE directory_forget_changes_of(text[]);
DROP PROCEDURE directory_note_changes_of(text[]);
DROP FUNCTION directory_note_change();
DROP TABLE directory_change;
"""
TABLES = [
    "directory_commune",
    "directory_contact",
    "directory_country",
    "directory_department",
    "directory_epci",
    "directory_funder",
    "directory_goal",
    "directory_locality",
    "directory_network",
    "directory_network_regions",
    "directory_networkpartner",
    "directory_office",
    "directory_participation",
    "directory_project",
    "directory_project_countries",
    "directory_project_goals",
    "directory_project_sectors",
    "directory_projectimage",
    "directory_region",
    "directory_sector",
    "directory_structure",
    "directory_structure_countries",
    "directory_structure_goals",
    "directory_structure_sectors",
    "directory_structuretype",
    "directory_worldregion",
]


class Migration(migrations.Migration):
    dependencies = [("directory", "0004_text_search")]

    operations = [
        migrations.RunSQL(CREATE, DROP),
        migrations.RunSQL(
            [("CALL directory_note_changes_of(%s)", [TABLES])],
            [("CALL directory_forget_changes_of(%s)", [TABLES])],
        ),
    ]
