"""`python -m tests.audit audit`, or `screenshots`: see `bin/audit`."""

import django

django.setup()

from tests.audit.commands import main  # noqa: E402 - its models need Django

main()
