"""`manage.py mend_texts`: tell again the texts by which rows are found."""

from typing import Any

from django.core.management.base import BaseCommand

from directory.search.texts import mend_texts


class Command(BaseCommand):
    """Check each text of the search against its row; safe to run at any time."""

    help = "Vérifie les textes de la recherche, et refait ceux qui ne sont plus à jour."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{mend_texts()} texte(s) remis à jour")
