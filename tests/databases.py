"""The database of the tests: reached by another process, put back as it was."""

from urllib.parse import quote, urlencode

from django.db import connection, transaction


def database_url(values):
    """The URL of an entry of `DATABASES`."""
    parts = [quote(str(values[part]), safe="") for part in ("USER", "PASSWORD", "HOST")]
    user, password, host = parts
    options = urlencode(values["OPTIONS"])
    place = f"{host}:{values['PORT']}/{values['NAME']}"
    return f"postgres://{user}:{password}@{place}?{options}"


class Kept:
    """The rows of every table at one moment; they come back at once.

    Django's flush empties each table, then makes content types and permissions again,
    and nothing of the vocabularies: ten times as long.
    """

    def __init__(self, schema):
        self.schema = schema
        self.columns = {}

    def keep(self):
        """Copy the tables, unless it was done for this database."""
        if self.columns:
            return
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"DROP SCHEMA IF EXISTS {self.schema} CASCADE")
            cursor.execute(f"CREATE SCHEMA {self.schema}")
            cursor.execute(COLUMNS)
            for table, columns in cursor.fetchall():
                cursor.execute(f"CREATE TABLE {self.schema}.{table} AS TABLE {table}")
                self.columns[table] = columns

    def put_back(self):
        """Make the tables that changed what they were; sequences go on."""
        with transaction.atomic(), connection.cursor() as cursor:
            # Neither triggers nor keys between tables: what was kept had them.
            cursor.execute("SET LOCAL session_replication_role = replica")
            for table in self.changed():
                columns = self.columns[table]
                cursor.execute(f"DELETE FROM {table}")  # noqa: S608 - our own tables
                cursor.execute(
                    f"INSERT INTO {table} ({columns}) OVERRIDING SYSTEM VALUE"  # noqa: S608
                    f" SELECT {columns} FROM {self.schema}.{table}"
                )

    def _changed(self, table):
        columns = self.columns[table]
        now = f"SELECT {columns} FROM {table}"  # noqa: S608
        then = f"SELECT {columns} FROM {self.schema}.{table}"  # noqa: S608
        ways = f"({now} EXCEPT {then}) UNION ALL ({then} EXCEPT {now})"
        return f"SELECT '{table}' WHERE EXISTS ({ways})"

    def changed(self):
        """The tables whose rows are not those that were kept."""
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(map(self._changed, self.columns)))
            return {table for (table,) in cursor.fetchall()}


#: The tables of the site, with the columns that are written.
COLUMNS = """
SELECT quote_ident(table_name), string_agg(quote_ident(column_name), ', ')
FROM information_schema.columns JOIN information_schema.tables
    USING (table_schema, table_name)
WHERE table_schema = 'public' AND table_type = 'BASE TABLE'
    AND is_generated = 'NEVER' AND table_name <> 'django_migrations'
GROUP BY table_name
"""
#: A site without rows but its vocabularies, as migrations leave it.
EMPTY_SITE = Kept("empty_site")
#: The site that the journeys of a browser begin with: see `tests/browser/rows.py`.
FILLED_SITE = Kept("filled_site")
