"""Forget the passwords: nothing asks for one any more."""

from django.contrib.auth.hashers import make_password
from django.db import migrations


def forget(apps, schema_editor):
    apps.get_model("members", "User").objects.update(password=make_password(None))


class Migration(migrations.Migration):
    dependencies = [("members", "0004_addresses")]

    operations = [migrations.RunPython(forget, migrations.RunPython.noop)]
