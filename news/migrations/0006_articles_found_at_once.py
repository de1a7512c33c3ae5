"""Articles are found as structures and projects are."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0009_found_at_once"),
        ("news", "0005_article_text"),
    ]

    operations = [
        migrations.RunSQL(
            "CALL directory_find_in('news_article')",
            "CALL directory_forget_finding_in('news_article')",
        ),
    ]
