"""A query that lasts too long is stopped on the web, never in a command."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import connection

SHOW = """
import sys
from importlib import import_module
import django
django.setup()
for module in sys.argv[1:]:
    import_module(module)
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute("SHOW statement_timeout")
    print(cursor.fetchone()[0])
"""


def timeout(*modules, **variables):
    """What a process that imports these modules asks of PostgreSQL."""
    process = subprocess.run(
        [sys.executable, "-c", SHOW, *modules],
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "territoires.settings",
            **variables,
        },
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=True,
    )
    return process.stdout.strip()


@pytest.mark.parametrize("entry", ["territoires.wsgi", "territoires.asgi"])
def test_the_web_waits_fifteen_seconds(entry, db):
    assert connection.settings_dict["ENGINE"].endswith("postgresql")
    assert timeout(entry) == "15s"


def test_the_environment_chooses_how_long(db):
    assert timeout("territoires.wsgi", STATEMENT_TIMEOUT_MS="2000") == "2s"
    assert timeout("territoires.wsgi", STATEMENT_TIMEOUT_MS="0") == timeout()


def test_a_command_waits(db):
    assert timeout(STATEMENT_TIMEOUT_MS="2000") != "2s"
