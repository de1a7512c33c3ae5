"""Note when themes are written: listings of calls and events filter by them."""

from django.db import migrations

TABLES = ["directory_theme"]


class Migration(migrations.Migration):
    dependencies = [("news", "0015_tag_named_once")]

    operations = [
        migrations.RunSQL(
            [("CALL directory_note_changes_of(%s)", [TABLES])],
            [("CALL directory_forget_changes_of(%s)", [TABLES])],
        ),
    ]
