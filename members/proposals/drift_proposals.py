"""A member's yes to what is suggested: a proposal like any other."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from directory.models import Structure
from members import drift, moderation
from members.models import Proposal
from members.proposals.sent_files import Typed

from . import editables, editing, wire


@transaction.atomic
def propose(*, structure: Structure, key: str, by: Any) -> Proposal:
    """Send to the staff the addition of what is suggested under the key.

    Raises:
        drift.NoSuchDrift: when it is no longer suggested.
        refusals.Impossible: when the person has another proposal open for the record.
        applying.Refused: when the record has errors already.

    """
    found = drift.find(structure, key)
    editable = editables.REGISTRY["structure"]
    page = editing.begun(
        author=by, structure=structure, editable=editable, row=structure
    )
    fields = page.form.fields
    values = {
        name: value
        for name, value in page.start.base.items()
        if not wire.is_file(fields[name])
    }
    values[found.kind.field] = [*values[found.kind.field], str(found.subject.pk)]
    proposal = moderation.save_draft(
        start=page.start, author=by, version=page.version, typed=Typed(values)
    )
    return moderation.submit(proposal=proposal, author=by)
