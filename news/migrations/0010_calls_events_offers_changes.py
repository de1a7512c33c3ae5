"""Note when calls, events and offers, or what their pages read, are written."""

from django.db import migrations

TABLES = [
    "news_call",
    "news_call_countries",
    "news_call_eligible_types",
    "news_call_excluded_countries",
    "news_call_funders",
    "news_call_goals",
    "news_call_projects",
    "news_call_sectors",
    "news_call_structures",
    "news_call_themes",
    "news_event",
    "news_event_countries",
    "news_event_goals",
    "news_event_projects",
    "news_event_sectors",
    "news_event_structures",
    "news_event_themes",
    "news_offer",
    "news_offer_countries",
    "news_offer_goals",
    "news_offer_projects",
    "news_offer_sectors",
    "news_offer_structures",
    "news_calldocument",
    "news_eventdocument",
    "news_eventparticipation",
]


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0005_changes"),
        ("news", "0009_calls_events_offers"),
    ]

    operations = [
        migrations.RunSQL(
            [("CALL directory_note_changes_of(%s)", [TABLES])],
            [("CALL directory_forget_changes_of(%s)", [TABLES])],
        ),
    ]
