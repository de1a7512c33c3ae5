"""The pages that every network owes its readers, as drafts."""

from django.db import migrations

from news import standard_pages


def load(apps, schema_editor):
    standard_pages.load(apps.get_model)


class Migration(migrations.Migration):
    dependencies = [("news", "0002_page")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
