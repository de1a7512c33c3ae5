"""Note when the publications, or what their pages read, are written."""

from django.db import migrations

TABLES = [
    "news_article",
    "news_article_countries",
    "news_article_goals",
    "news_article_projects",
    "news_article_sectors",
    "news_article_structures",
    "news_page",
    "taggit_tag",
    "taggit_taggeditem",
]


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0005_changes"),
        ("news", "0003_standard_pages"),
        (
            "taggit",
            "0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx",
        ),
    ]

    operations = [
        migrations.RunSQL(
            [("CALL directory_note_changes_of(%s)", [TABLES])],
            [("CALL directory_forget_changes_of(%s)", [TABLES])],
        ),
    ]
