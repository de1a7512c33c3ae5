"""The pages where members follow what they proposed."""

from __future__ import annotations

import mimetypes
import uuid
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from directory.history.diffs import Diff, Picture
from members import moderation
from members.models import Proposal, State, held_by

from . import applying, changes, diffs, editables, editing, outcomes, refusals, wire


@dataclass(frozen=True)
class Line:
    """What was proposed for one field, and what was said of it."""

    label: str
    diff: Diff
    outcome: str = ""
    amended: str = ""
    reason: str = ""


#: What became of a field, in words.
OUTCOMES = {
    outcomes.ACCEPTED: gettext_lazy("Acceptée"),
    outcomes.AMENDED: gettext_lazy("Acceptée, retouchée"),
    outcomes.RETURNED: gettext_lazy("Renvoyée"),
    outcomes.AT_ONCE: gettext_lazy("Publiée aussitôt"),
}


@never_cache
@require_safe
@login_required
def space(request: HttpRequest, slug: str) -> HttpResponse:
    """What a structure's people may edit, and what became of what they proposed."""
    structure = get_object_or_404(held_by(request.user), slug=slug)
    proposals = Proposal.objects.of_structure(structure).visible_to(request.user)
    found = [*proposals.for_lists().latest_first()[:60]]
    context = {
        "structure": structure,
        "editables": [one for one in editables.EDITABLES if one.key != "structure"],
        "returned": [p for p in found if p.state in (State.RETURNED, State.PARTLY)],
        "drafts": [p for p in found if p.state == State.DRAFT],
        "waiting": [p for p in found if p.state == State.SUBMITTED],
        "over": [
            p
            for p in found
            if p.state in (State.ACCEPTED, State.WITHDRAWN, State.OVERTAKEN)
        ],
    }
    return render(request, "members/structure_space.html", context)


@never_cache
@require_safe
@login_required
def proposal(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """What was proposed, field by field, and what the staff said of it."""
    found = _seen(request, pk)
    if found.state in (State.DRAFT, State.SUBMITTED, State.RETURNED, State.PARTLY):
        found = moderation.follow(proposal=found)
    context = {
        "proposal": found,
        "editable": changes.editable_of(found),
        "lines": lines(found),
        "removal": found.values.get(applying.WHOLE, [""])[0],
        "is_mine": found.author_id == request.user.pk,
        "structure": held_by(request.user).filter(pk=found.structure_id).first(),
    }
    return render(request, "members/proposal.html", context)


def lines(proposal: Proposal) -> list[Line]:
    """Each field that the proposal would have changed when it was written."""
    editable = changes.editable_of(proposal)
    if editable is None or proposal.kind == Proposal.Kind.REMOVE:
        return []
    row = changes.row_of(proposal) or editable.blank(proposal.structure)
    form = editable.unbound(row, proposal.structure)
    shown = {**stored(form), **editing.pictures(proposal)}
    found = []
    for name, one in form.fields.items():
        base, value = proposal.base.get(name, []), proposal.values.get(name)
        if value is None or not wire.differ(one, base, value):
            continue
        said = proposal.decisions.get(name, {})
        amended = said.get("value")
        found.append(
            Line(
                label=str(one.label),
                diff=diffs.compare(one, base, value, shown),
                outcome=str(OUTCOMES.get(said.get("outcome", ""), "")),
                amended=diffs.said(one, amended) if amended is not None else "",
                reason=said.get("reason", ""),
            )
        )
    return found


def stored(form: Any) -> dict[str, Picture]:
    """The pictures that the row has today, by wire value."""
    found = {}
    for name, one in form.fields.items():
        file = getattr(form.instance, name, None) if wire.is_file(one) else None
        if file:
            found[file.name] = Picture(file.url, _("Image actuelle"))
    return found


def _seen(request: HttpRequest, pk: uuid.UUID) -> Proposal:
    rows = Proposal.objects.visible_to(request.user).for_lists()
    return get_object_or_404(rows, pk=pk)


@require_POST
@login_required
def withdraw(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Take one's proposal back."""
    found = get_object_or_404(Proposal, pk=pk, author=request.user)
    try:
        moderation.withdraw(proposal=found, author=request.user)
    except refusals.Impossible as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Proposition retirée. Son texte reste ici."))
    return redirect(found)


@require_POST
@login_required
def resume(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Take one's proposal up again."""
    found = get_object_or_404(Proposal, pk=pk, author=request.user)
    try:
        found = moderation.resume(proposal=found, author=request.user)
    except refusals.Impossible as error:
        messages.error(request, str(error))
        return redirect(found)
    if not found.is_draft:
        return redirect(found)
    return redirect("members:proposal-edit", found.pk)


@never_cache
@require_safe
@login_required
def proposal_file(request: HttpRequest, pk: uuid.UUID, file: uuid.UUID) -> HttpResponse:
    """A picture that waits with a proposal, for those who may read the proposal."""
    found = get_object_or_404(_seen(request, pk).files, pk=file)
    kind = mimetypes.guess_type(str(found.file.name))[0] or "application/octet-stream"
    with found.file.open() as content:
        response = HttpResponse(content.read(), content_type=kind)
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response
