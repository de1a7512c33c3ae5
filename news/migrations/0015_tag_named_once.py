"""A keyword has one name, whatever the case and the accents, and an address."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("news", "0014_same_keywords_are_one")]

    operations = [
        migrations.RunSQL(
            "CREATE UNIQUE INDEX tag_is_named_once ON taggit_tag (directory_fold(name))",
            "DROP INDEX tag_is_named_once",
        ),
        migrations.RunSQL(
            """
            ALTER TABLE taggit_tag
            ADD CONSTRAINT tag_says_something CHECK (directory_fold(name) <> ''),
            ADD CONSTRAINT tag_has_an_address CHECK (slug ~ '^[-a-z0-9_]+$')
            """,
            """
            ALTER TABLE taggit_tag
            DROP CONSTRAINT tag_says_something,
            DROP CONSTRAINT tag_has_an_address
            """,
        ),
    ]
