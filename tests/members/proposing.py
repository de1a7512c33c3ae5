"""What tests of proposals do again and again."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from PIL import Image

from members import moderation
from members.proposals import applying, editables, editing, wire
from members.proposals.outcomes import ACCEPTED, AMENDED, RETURNED, Decision
from members.proposals.sent_files import Typed


def png(name="logo.png", size=(40, 30), colour="steelblue"):
    content = io.BytesIO()
    Image.new("RGB", size, colour).save(content, "PNG")
    return SimpleUploadedFile(name, content.getvalue(), "image/png")


def begin(author, structure, key="structure", row=None):
    """The page of a row, as the author opens it."""
    editable = editables.get(key)
    if row is None:
        is_structure = key == "structure"
        row = structure if is_structure else editable.blank(structure)
    if row.pk:
        row.refresh_from_db()
    return editing.begun(author=author, structure=structure, editable=editable, row=row)


def draft(author, structure, key="structure", row=None, files=None, page=None, **typed):
    """A draft in which these values are typed: a text, or a list of texts."""
    page = page or begin(author, structure, key, row)
    values = {n: v if isinstance(v, list) else [v] for n, v in typed.items()}
    return moderation.save_draft(
        start=page.start,
        author=author,
        version=page.version,
        typed=Typed({**without_files(page), **values}, files or {}),
    )


def without_files(page):
    fields = page.start.editable.form.base_fields
    return {n: v for n, v in page.start.base.items() if not wire.is_file(fields[n])}


def submitted(author, structure, *args, **typed):
    """The same, sent to the staff."""
    proposal = draft(author, structure, *args, **typed)
    return moderation.submit(proposal=proposal, author=author)


def decide(proposal, by, *, reason="", **outcomes):
    """Decide: `name=True` accepts, a text or a list amends, `...` returns.

    Fields left out are accepted.
    """
    proposal.refresh_from_db()
    decisions = {}
    with transaction.atomic():
        names = applying.plan(proposal).names
    for name in names:
        said = outcomes.get(name or "whole", True)
        if said is True:
            decisions[name] = Decision(ACCEPTED)
        elif said is ...:
            decisions[name] = Decision(RETURNED, reason="À revoir")
        else:
            value = said if isinstance(said, list) else [said]
            decisions[name] = Decision(AMENDED, value)
    return moderation.decide(
        proposal=proposal,
        by=by,
        version=proposal.version,
        decisions=decisions,
        reason=reason,
    )


def values(response):
    """What the form of a page would post as it is."""
    form = response.context["form"]
    if form.is_bound:
        wires = wire.typed(form, form.data, form.files)
    else:
        shown = wire.shown_by(form)
        wires = {n: v for n, v in shown.items() if not wire.is_file(form.fields[n])}
    page = response.context["page"]
    return {**wires, "_start": page.token, "_version": page.version}


def now(row):
    """The row as the database has it."""
    return type(row)._default_manager.get(pk=row.pk)
