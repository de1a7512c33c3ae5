"""Publications leave traces in the history, as the register does."""

from django.db import migrations

# Theirs, by kind: many-to-many first, then the rows that belong to them.
SUBJECTS = ("structures", "projects", "countries", "sectors", "goals")
LINKS = {
    "article": SUBJECTS,
    "call": (
        *SUBJECTS,
        "themes",
        "funders",
        "eligible_types",
        "excluded_countries",
    ),
    "event": (*SUBJECTS, "themes"),
    "offer": SUBJECTS,
}
CHILDREN = {
    "news_calldocument": "call",
    "news_eventdocument": "event",
    "news_eventparticipation": "event",
}
TRACED = [
    *[(f"news_{kind}", f"news_{kind}", "id") for kind in LINKS],
    *[
        (f"news_{kind}_{name}", f"news_{kind}", f"{kind}_id")
        for kind, names in LINKS.items()
        for name in names
    ],
    *[(table, f"news_{kind}", f"{kind}_id") for table, kind in CHILDREN.items()],
    ("taggit_taggeditem", "", "object_id"),
    ("news_page", "news_page", "id"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("news", "0022_permanent_calls"),
        ("directory", "0016_trace_triggers"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [
        migrations.RunSQL(
            [("CALL directory_keep_traces_of(%s, %s, %s)", one) for one in TRACED],
            [("CALL directory_keep_no_trace_of(%s)", one[:1]) for one in TRACED],
        ),
    ]
