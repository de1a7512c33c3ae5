"""Calls that were published without a last day said « Permanent »: they still do."""

from django.db import migrations


def keep_permanent(apps, schema_editor):
    calls = apps.get_model("news", "Call").objects
    calls.filter(publication="publie", closes_at=None).update(is_permanent=True)


class Migration(migrations.Migration):
    dependencies = [("news", "0021_calls_permanent_or_for_members")]

    operations = [migrations.RunPython(keep_permanent, migrations.RunPython.noop)]
