"""Files of rows: renamed, and thrown away with the row that has them.

The file of a row goes with the row, or with the file that replaces it. No constraint
and no QuerySet reaches files, and both cascades and bulk deletions must be followed:
as Django's own `ImageField` does for its dimensions, the field listens to the saving
and the deletion of its model. Files are removed once the transaction is committed.
"""

from __future__ import annotations

import functools
import os
import secrets
from pathlib import PurePath
from typing import Any

from django.db import models, transaction
from django.db.models.signals import post_delete, post_save


class GoesWithItsRow(models.FileField):
    """A file under a name that nobody guesses; `upload_to` is its folder."""

    def contribute_to_class(
        self,
        cls: type[models.Model],
        name: str,
        *args: Any,
        **kwargs: Any,
    ) -> None:
        """Listen to what becomes of the rows."""
        super().contribute_to_class(cls, name, *args, **kwargs)
        if not cls._meta.abstract:
            post_save.connect(self._forget_replaced, sender=cls)
            post_delete.connect(self._forget_deleted, sender=cls)

    def generate_filename(self, instance: Any, filename: str | os.PathLike[str]) -> str:
        """Give a name that nobody guesses, in the folder of the field."""
        suffix = PurePath(filename).suffix.lower().replace(".jpeg", ".jpg")
        return super().generate_filename(instance, secrets.token_hex(16) + suffix)

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:  # noqa: FBT001 - Django's signature
        """Store what was sent, and note the name of what it replaces."""
        replaced = "" if add else self._stored_name(model_instance)
        file = super().pre_save(model_instance, add)
        if replaced != (file.name or ""):
            vars(model_instance)[self._memo] = replaced
        return file

    @property
    def _memo(self) -> str:
        return f"_replaced_{self.attname}"

    def _stored_name(self, row: models.Model) -> str:
        rows = type(row)._base_manager.filter(pk=row.pk)
        return rows.values_list(self.attname, flat=True).first() or ""

    def _forget_replaced(self, instance: Any, using: str, **signal: Any) -> None:
        self._forget(type(instance), vars(instance).pop(self._memo, ""), using)

    def _forget_deleted(self, instance: Any, using: str, **signal: Any) -> None:
        file = getattr(instance, self.attname)
        self._forget(type(instance), file.name or "", using)

    def _forget(self, model: type[models.Model], name: str, using: str) -> None:
        if name:
            forget = functools.partial(self._delete_unused, model, name)
            transaction.on_commit(forget, using=using, robust=True)

    def _delete_unused(self, model: type[models.Model], name: str) -> None:
        if not model._base_manager.filter(**{self.attname: name}).exists():
            self._throw_away(name)

    def _throw_away(self, name: str) -> None:
        """Delete a stored file, and all that was made of it."""
        self.storage.delete(name)
