"""What calls, events and offers are found by, and every table whose words they hold.

As articles are: see `0005_article_text` and `0006_articles_found_at_once`.
"""

from django.db import migrations

TERMS = {
    "countries": "country",
    "funders": "funder",
    "sectors": "sector",
    "themes": "theme",
}
#: What is known of a row, and the texts that describe it.
KNOWN = {
    "call": ["countries", "sectors", "funders", "themes"],
    "event": ["countries", "sectors", "themes"],
    "offer": ["countries", "sectors"],
}
DESCRIBED = {
    "call": ["summary", "news_as_text(body)"],
    "event": [
        "summary",
        "news_as_text(body)",
        "place",
        "address",
        "news_as_text(programme)",
    ],
    "offer": ["summary", "news_as_text(body)", "place", "name"],
}
COLUMNS = {
    "call": "title, summary, body, publication",
    "event": "title, summary, body, place, address, programme, publication",
    "offer": "title, summary, body, place, name, publication",
}
LABELS = """ARRAY(
                    SELECT unnest(term.label || term.synonyms)
                    FROM news_{row}_{terms} AS link
                    JOIN directory_{term} AS term ON term.id = link.{term}_id
                    WHERE link.{row}_id = post.id
                )"""
FUNCTIONS = """
CREATE FUNCTION news_{row}_known(keys bigint[])
RETURNS TABLE (id bigint, names tsvector, known tsvector) LANGUAGE sql STABLE AS $$
    SELECT told.id, told.names, told.names || told.terms
    FROM (
        SELECT
            post.id,
            directory_vector('A', post.title) AS names,
            directory_vector('B', VARIADIC {labels}) AS terms
        FROM news_{row} AS post
        WHERE post.id = ANY (keys) AND post.publication = 'publie'
        OFFSET 0
    ) AS told
$$;

CREATE FUNCTION news_{row}_described(keys bigint[])
RETURNS TABLE (id bigint, described tsvector) LANGUAGE sql STABLE AS $$
    SELECT id, directory_vector('C', {described})
    FROM news_{row} WHERE id = ANY (keys)
$$;

CALL directory_keep_text('news_{row}', '{columns}');
CALL directory_find_in('news_{row}');
"""
FORGET = """
CALL directory_forget_finding_in('news_{row}');
CALL directory_forget_text('news_{row}');
DROP FUNCTION news_{row}_described(bigint[]);
DROP FUNCTION news_{row}_known(bigint[]);
"""
OF_TERMS = """
SELECT link.{row}_id FROM changed JOIN former USING (id)
JOIN news_{row}_{terms} AS link ON link.{term}_id = changed.id
WHERE changed.search_key <> former.search_key
"""


def functions(row):
    labels = [
        LABELS.format(row=row, terms=terms, term=TERMS[terms]) for terms in KNOWN[row]
    ]
    return FUNCTIONS.format(
        row=row,
        labels=" || ".join(labels),
        described=", ".join(DESCRIBED[row]),
        columns=COLUMNS[row],
    )


def triggers(row):
    for terms in KNOWN[row]:
        link, term = f"news_{row}_{terms}", TERMS[terms]
        keys = OF_TERMS.format(row=row, terms=terms, term=term)
        yield (
            "CALL directory_retell_links(%s, %s, %s)",
            [link, f"news_{row}", f"{row}_id"],
        )
        yield (
            "CALL directory_retell_on(%s, 'update', %s, %s)",
            [f"directory_{term}", f"news_{row}", keys],
        )


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0009_found_at_once"),
        ("news", "0010_calls_events_offers_changes"),
    ]

    operations = [
        operation
        for row in KNOWN
        for operation in (
            migrations.RunSQL(functions(row), FORGET.format(row=row)),
            migrations.RunSQL(list(triggers(row)), migrations.RunSQL.noop),
        )
    ]
