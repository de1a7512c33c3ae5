"""`manage.py make_small_pictures`: make the smaller pictures that are missing."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand

from directory.models.images import PictureField, PictureFile


class Command(BaseCommand):
    """Make the picture of a card beside each wide one; safe to run at any time."""

    help = "Fabrique les petites images qui manquent, sans toucher aux autres."

    def handle(self, *args: Any, **options: Any) -> None:
        made = 0
        for picture in _pictures():
            try:
                made += picture.make_small()
            except OSError as error:
                self.stderr.write(f"{picture.name} : {error}")
        self.stdout.write(f"{made} petite(s) image(s) fabriquée(s)")


def _pictures() -> Iterator[PictureFile]:
    """Every picture that a row has."""
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, PictureField):
                rows = model._base_manager.exclude(**{field.attname: ""})
                for row in rows.only(field.attname).iterator():
                    yield getattr(row, field.attname)
