from django.db import migrations

from members.accounts.sealing import sealed_again, unsealed


def each(apps, do):
    for row in apps.get_model("mfa", "Authenticator").objects.exclude(type="webauthn"):
        row.data = do(row.data)
        row.save(update_fields=["data"])


def seal(apps, schema_editor):
    each(apps, sealed_again)


def unseal(apps, schema_editor):
    each(apps, unsealed)


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0012_alerts"),
        ("mfa", "0003_authenticator_type_uniq"),
    ]

    operations = [migrations.RunPython(seal, unseal)]
