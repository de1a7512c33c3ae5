"""`manage.py load_reference`: add what is missing to the official lists."""

from typing import Any

from django.core.management.base import BaseCommand

from directory import reference


class Command(BaseCommand):
    """Load countries, goals, sectors, types, communes; safe to run at any time."""

    help = "Ajoute ce qui manque aux listes de référence, sans toucher au reste."

    def handle(self, *args: Any, **options: Any) -> None:
        for name, count in reference.load().items():
            self.stdout.write(f"{name}\u00a0: {count} ajout(s)")
