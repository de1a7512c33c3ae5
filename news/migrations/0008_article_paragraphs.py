"""The plain texts of articles become paragraphs, whose addresses are links."""

import re
from html import unescape

from django.db import migrations

from news.rich_text import paragraphs

ENDS = ((r"<br[^>]*>", "\n"), (r"</(p|h2|h3|li|blockquote)>", "\n\n"), (r"<[^>]*>", ""))


def plain(html):
    for tag, end in ENDS:
        html = re.sub(tag, end, html)
    return re.sub(r"\n{3,}", "\n\n", unescape(html)).strip()


def rewritten(rewrite):
    """An operation that rewrites each text, and leaves the dates of change alone.

    In SQL: the column of rich text would clean a plain one.
    """

    def run(apps, schema_editor):
        with schema_editor.connection.cursor() as cursor:
            cursor.execute("SELECT id, body FROM news_article WHERE body <> ''")
            rows = [(rewrite(body), key) for key, body in cursor.fetchall()]
            cursor.executemany("UPDATE news_article SET body = %s WHERE id = %s", rows)

    return run


class Migration(migrations.Migration):
    dependencies = [("news", "0007_rich_articles")]

    operations = [migrations.RunPython(rewritten(paragraphs), rewritten(plain))]
