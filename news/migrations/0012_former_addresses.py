"""Remember the addresses that publications and pages have had."""

from django.db import migrations

TABLES = ["news_article", "news_call", "news_event", "news_offer", "news_page"]


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0011_former_addresses"),
        ("news", "0011_calls_events_offers_text"),
    ]

    operations = [
        migrations.RunSQL(
            [("CALL directory_keep_addresses_of(%s)", [TABLES])],
            [("CALL directory_forget_addresses_of(%s)", [TABLES])],
        ),
    ]
