"""Countries, sectors and goals have pages: an address, and versions of all they show."""

from django.db import migrations, models

from directory.reference import address_of

TABLES = [
    "directory_crscode",
    "directory_sector_crs_codes",
    "directory_sector_goals",
    "directory_sector_targets",
    "directory_target",
]


def name_pages(apps, schema_editor):
    countries = apps.get_model("directory", "Country").objects.all()
    for country in countries:
        country.slug = address_of(country.label)
    countries.bulk_update(countries, ["slug"])


class Migration(migrations.Migration):
    dependencies = [("directory", "0007_suggestions")]

    operations = [
        migrations.AddField(
            "country",
            "slug",
            models.SlugField(
                "adresse de la page",
                max_length=100,
                null=True,
                db_index=False,  # made with the constraint, below
            ),
        ),
        migrations.RunPython(name_pages, migrations.RunPython.noop),
        migrations.AlterField(
            "country",
            "slug",
            models.SlugField(
                "adresse de la page",
                max_length=100,
                unique=True,
                help_text=(
                    "La fin de l’adresse : /pays/cote-d-ivoire/. Ne la changez pas."
                ),
            ),
        ),
        migrations.RunSQL(
            [("CALL directory_note_changes_of(%s)", [TABLES])],
            [("CALL directory_forget_changes_of(%s)", [TABLES])],
        ),
    ]
