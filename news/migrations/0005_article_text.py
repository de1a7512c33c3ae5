"""What an article is found by, and every table whose words it holds.

An article whose date is to come has its text already: a listing shows it on its date.
"""

from django.db import migrations

VOCABULARIES = {"countries": "country", "sectors": "sector"}
TERMS = """ARRAY(
                    SELECT unnest(term.label || term.synonyms)
                    FROM news_article_{terms} AS link
                    JOIN directory_{term} AS term ON term.id = link.{term}_id
                    WHERE link.article_id = article.id
                )"""


def with_terms(statement):
    for terms, term in VOCABULARIES.items():
        found = TERMS.format(terms=terms, term=term)
        statement = statement.replace(f"@{terms}", found)
    return statement


ARTICLE = """
CREATE FUNCTION news_article_known(keys bigint[])
RETURNS TABLE (id bigint, names tsvector, known tsvector) LANGUAGE sql STABLE AS $$
    SELECT told.id, told.names, told.names || told.terms
    FROM (
        SELECT
            article.id,
            directory_vector('A', article.title) AS names,
            directory_vector(
                'B', VARIADIC
                @countries
                || @sectors
            ) AS terms
        FROM news_article AS article
        WHERE article.id = ANY (keys) AND article.publication = 'publie'
        OFFSET 0
    ) AS told
$$;

CREATE FUNCTION news_article_described(keys bigint[])
RETURNS TABLE (id bigint, described tsvector) LANGUAGE sql STABLE AS $$
    SELECT id, directory_vector('C', summary, body)
    FROM news_article WHERE id = ANY (keys)
$$;

CALL directory_keep_text('news_article', 'title, summary, body, publication');
"""
FORGET = """
CALL directory_forget_text('news_article');
DROP FUNCTION news_article_described(bigint[]);
DROP FUNCTION news_article_known(bigint[]);
"""
OF_TERMS = """
SELECT link.article_id FROM changed JOIN former USING (id)
JOIN news_article_{terms} AS link ON link.{term}_id = changed.id
WHERE changed.search_key <> former.search_key
"""


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0006_register_texts"),
        ("news", "0004_changes"),
    ]

    operations = [
        migrations.RunSQL(with_terms(ARTICLE), FORGET),
        migrations.RunSQL(
            [
                (
                    "CALL directory_retell_links(%s, 'news_article', 'article_id')",
                    [f"news_article_{terms}"],
                )
                for terms in VOCABULARIES
            ],
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(
            [
                (
                    "CALL directory_retell_on(%s, 'update', 'news_article', %s)",
                    [f"directory_{term}", OF_TERMS.format(terms=terms, term=term)],
                )
                for terms, term in VOCABULARIES.items()
            ],
            migrations.RunSQL.noop,
        ),
    ]
