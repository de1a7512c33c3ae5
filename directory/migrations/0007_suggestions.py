"""Names found from the beginning of their words, and what listings read, indexed."""

import django.contrib.postgres.indexes
import django.db.models.functions
from django.db import migrations, models

import directory.models.fields

PUBLIC = models.Q(publication="publie", merged_into__isnull=True)


class Migration(migrations.Migration):
    dependencies = [("directory", "0006_register_texts")]

    operations = [
        migrations.AddField(
            "structure",
            "names_key",
            models.GeneratedField(
                db_persist=True,
                expression=directory.models.fields.Fold(
                    django.db.models.functions.Concat(
                        models.F("name"),
                        models.Value(" "),
                        models.F("acronym"),
                        models.Value(" "),
                        directory.models.fields.JoinedTexts("other_names"),
                        output_field=models.TextField(),
                    )
                ),
                output_field=models.TextField(),
                verbose_name="clé de recherche",
            ),
        ),
        migrations.AddIndex(
            "structure",
            models.Index(
                django.db.models.functions.Collate("name_key", "C"),
                models.F("id"),
                condition=PUBLIC,
                name="structure_suggested_by_name",
            ),
        ),
        migrations.AddIndex(
            "structure",
            django.contrib.postgres.indexes.GinIndex(
                fields=["names_key"],
                opclasses=["gin_trgm_ops"],
                condition=PUBLIC,
                name="structure_suggested_by_word",
            ),
        ),
        migrations.AddIndex(
            "structure",
            models.Index(
                models.F("commune"),
                condition=PUBLIC,
                name="structure_public_by_commune",
            ),
        ),
        migrations.AddIndex(
            "structure",
            models.Index(
                models.F("department"),
                condition=PUBLIC,
                name="structure_public_by_department",
            ),
        ),
        migrations.AddConstraint(
            "structure",
            models.CheckConstraint(
                condition=~models.Q(slug__in=["suggestions"]),
                name="structure_slug_is_free",
                violation_error_code="slug",
                violation_error_message="Cette adresse est prise par une page du site.",
            ),
        ),
        migrations.AddIndex(
            model_name="structure",
            index=models.Index(
                models.F("name_key"),
                models.F("name"),
                models.F("id"),
                condition=models.Q(
                    ("merged_into__isnull", True), ("publication", "publie")
                ),
                include=(
                    "type",
                    "department",
                    "is_abroad",
                    "member_from",
                    "member_until",
                ),
                name="structure_listed",
            ),
        ),
    ]
