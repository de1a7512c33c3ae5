"""A project is found by the places where it happens: the town that people look for."""

from importlib import import_module

from django.db import migrations

BEFORE = import_module("directory.migrations.0006_register_texts")
KNOWN = (
    BEFORE.with_terms("project", BEFORE.PROJECT)
    .partition("\nCREATE FUNCTION directory_project_described")[0]
    .replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
)
LAST = """
                    WHERE part.project_id = project.id
                )
"""
PLACES = """
                || ARRAY(
                    SELECT locality.name FROM directory_locality AS locality
                    WHERE locality.project_id = project.id
                )
"""
assert KNOWN.count(LAST) == 1  # noqa: S101 - a migration must not do half of it
FOUND = KNOWN.replace(LAST, f"{LAST.rstrip()}{PLACES}")
TELL = """
SELECT directory_tell('directory_project', ARRAY(SELECT id FROM directory_project))
"""
FORGET_TRIGGERS = """
DROP TRIGGER retell_directory_project_on_insert ON directory_locality;
DROP TRIGGER retell_directory_project_on_delete ON directory_locality;
DROP TRIGGER retell_directory_project_on_update ON directory_locality;
"""


class Migration(migrations.Migration):
    dependencies = [("directory", "0022_words_of_many")]

    operations = [
        migrations.RunSQL(
            [
                (FOUND, None),
                (
                    "CALL directory_retell_links(%s, %s, %s)",
                    ("directory_locality", "directory_project", "project_id"),
                ),
                (TELL, None),
            ],
            [(FORGET_TRIGGERS, None), (KNOWN, None), (TELL, None)],
        ),
    ]
