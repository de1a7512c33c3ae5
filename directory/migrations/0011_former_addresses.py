"""Remember the addresses that rows have had, so that they lead to them for ever."""

from django.db import migrations

# A trigger, so that `update()`, bulk writes and SQL are seen. The last row to have had
# an address keeps it.
CREATE = """
CREATE TABLE directory_former_address (
    source text NOT NULL,
    slug text NOT NULL,
    row_id bigint NOT NULL,
    PRIMARY KEY (source, slug)
);

CREATE FUNCTION directory_on_readdressed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO directory_former_address (source, slug, row_id)
    SELECT TG_TABLE_NAME, former.slug, former.id
    FROM former JOIN changed USING (id)
    WHERE former.slug <> changed.slug
    ON CONFLICT (source, slug) DO UPDATE SET row_id = excluded.row_id;
    RETURN NULL;
END
$$;

CREATE PROCEDURE directory_keep_addresses_of(tables text[]) LANGUAGE plpgsql AS $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY tables LOOP
        EXECUTE format(
            'CREATE TRIGGER keep_address AFTER UPDATE ON %I'
            ' REFERENCING OLD TABLE AS former NEW TABLE AS changed'
            ' FOR EACH STATEMENT EXECUTE FUNCTION directory_on_readdressed()',
            name
        );
    END LOOP;
END
$$;

CREATE PROCEDURE directory_forget_addresses_of(tables text[]) LANGUAGE plpgsql AS $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY tables LOOP
        EXECUTE format('DROP TRIGGER keep_address ON %I', name);
        EXECUTE 'DELETE FROM directory_former_address WHERE source = $1' USING name;
    END LOOP;
END
$$;
"""
DROP = """
DROP PROCEDURE directory_forget_addresses_of(text[]);
DROP PROCEDURE directory_keep_addresses_of(text[]);
DROP FUNCTION directory_on_readdressed();
DROP TABLE directory_former_address;
"""
TABLES = ["directory_project", "directory_structure"]


class Migration(migrations.Migration):
    dependencies = [("directory", "0010_few_changes")]

    operations = [
        migrations.RunSQL(CREATE, DROP),
        migrations.RunSQL(
            [("CALL directory_keep_addresses_of(%s)", [TABLES])],
            [("CALL directory_forget_addresses_of(%s)", [TABLES])],
        ),
    ]
