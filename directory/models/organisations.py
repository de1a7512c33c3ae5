"""Rows that name an organisation, in the register or not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models

if TYPE_CHECKING:
    from directory.models.structures import Structure


class OfAnOrganisation(models.Model):
    """A row whose organisation may be a structure of the register."""

    class Meta:
        abstract = True

    @property
    def is_public(self) -> bool:
        """Whether the public may know of it: not through an unpublished structure."""
        row: Any = self
        return row.structure is None or row.structure.is_published

    @property
    def public_structure(self) -> Structure | None:
        """The structure, when the public may see its page; None otherwise."""
        structure: Structure | None = getattr(self, "structure", None)
        if structure is not None and structure.is_published:
            return structure
        return None
