"""`python -m tests.browser`: fill the database of the environment.

It prints, as JSON, the session of each person who may sign in.
"""

import json
import sys

import django

django.setup()

from tests.browser import rows  # noqa: E402 - its models need Django

json.dump(rows.fill_all(), sys.stdout)
