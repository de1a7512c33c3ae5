"""What a page of edit began with: signed, so that what comes back is what was given.

The page carries what each field held when it was opened. A record that changed, was
merged or deleted meanwhile takes nothing from what was typed, and a field left alone
never undoes what somebody else wrote.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from django.core import signing

from directory.models import Structure
from members.proposals.editables import Editable
from members.proposals.wire import Wire

from . import editables

SALT = "members.starts"


@dataclass(frozen=True)
class Start:
    """The proposal to come of a page: who edits what, from what."""

    proposal: uuid.UUID
    author: int
    structure_key: int
    structure_name: str
    editable: Editable
    target: int | None
    label: str
    base: Wire

    def signed(self) -> str:
        """The text that the page carries."""
        told = {
            "proposal": str(self.proposal),
            "author": self.author,
            "structure": self.structure_key,
            "name": self.structure_name,
            "editable": self.editable.key,
            "target": self.target,
            "label": self.label,
            "base": self.base,
        }
        return signing.dumps(told, salt=SALT, compress=True)

    @property
    def structure(self) -> Structure | None:
        """The structure on whose behalf, if it is still there."""
        return Structure.objects.filter(pk=self.structure_key).first()


def read(text: str) -> Start | None:
    """What a page carried, or None when it is not of ours."""
    try:
        told: dict[str, Any] = signing.loads(text, salt=SALT)
    except signing.BadSignature:
        return None
    editable = editables.get(told["editable"])
    if editable is None:
        return None
    return Start(
        proposal=uuid.UUID(told["proposal"]),
        author=told["author"],
        structure_key=told["structure"],
        structure_name=told["name"],
        editable=editable,
        target=told["target"],
        label=told["label"],
        base=told["base"],
    )
