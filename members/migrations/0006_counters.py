"""Make the table in which the limits count (`settings.CACHES`)."""

from django.core.management import call_command
from django.db import migrations


def create(apps, schema_editor):
    call_command(
        "createcachetable",
        "territoires_cache",
        database=schema_editor.connection.alias,
        verbosity=0,
    )


def drop(apps, schema_editor):
    schema_editor.execute("DROP TABLE territoires_cache")


class Migration(migrations.Migration):
    dependencies = [("members", "0005_no_password")]

    operations = [migrations.RunPython(create, drop)]
