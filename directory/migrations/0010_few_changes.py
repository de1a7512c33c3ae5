"""Keep few notes of changes: each page reads them all (`directory/versions.py`)."""

from django.db import migrations

# As in 0005, but a prune comes as soon as fifty notes are more than one for each table,
# and takes all that no other transaction holds.
NOTE_CHANGE = """
CREATE OR REPLACE FUNCTION directory_note_change() RETURNS trigger LANGUAGE plpgsql AS $$
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
    IF (SELECT count(*) > 50 + count(DISTINCT source) FROM directory_change) THEN
        WITH gone AS (
            DELETE FROM directory_change WHERE ctid IN (
                SELECT ctid FROM directory_change FOR UPDATE SKIP LOCKED
            )
            RETURNING source
        )
        INSERT INTO directory_change (source, token)
        SELECT source, (random() * 4503599627370496)::bigint
        FROM (SELECT DISTINCT source FROM gone) AS sources;
    END IF;
    RETURN NULL;
END
$$
"""


class Migration(migrations.Migration):
    dependencies = [("directory", "0009_found_at_once")]
    operations = [
        migrations.RunSQL([(NOTE_CHANGE, None)], migrations.RunSQL.noop),
    ]
