"""The official lists that the register stands on."""

from django.db import migrations

from directory import reference


def load(apps, schema_editor):
    reference.load(apps.get_model)


class Migration(migrations.Migration):
    dependencies = [("directory", "0002_register")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
