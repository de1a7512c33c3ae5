"""Statements that a connection prepares when it has run them a few times.

From then on PostgreSQL reads them no more, and plans them no more once it sees that the
plan does not depend on the parameters.
"""

from __future__ import annotations

from typing import Any

from django.db import connection
from psycopg import Cursor


def cursor() -> Any:
    """A cursor that prepares what is executed again and again, to be closed after use.

    Those of Django never do, and write the parameters in the statement: for a short
    statement this costs more than to run it. They alone can tell what was executed, and
    are used when somebody logs it.
    """
    if connection.queries_logged:
        return connection.cursor()
    connection.close_if_health_check_failed()
    connection.ensure_connection()
    plain: Any = Cursor(connection.connection)
    return connection.make_cursor(plain)
