"""`manage.py load_demo`: fill an empty site with a network to try it on."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from territoires.demo import accounts, loading


class Command(BaseCommand):
    """Create the missing rows of the demonstration; refuse to run in production."""

    help = "Remplit le site de démonstration, sans toucher à ce qui existe déjà."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            message = (
                "La démonstration crée des comptes que n’importe qui ouvre\u00a0:"
                " elle ne se charge que si DEMO=1."
            )
            raise CommandError(message)
        loading.load(self.stdout.write)
        self.stdout.write("")
        for line in accounts.described():
            self.stdout.write(line)
