"""The pages where members edit: the form of a row, its draft, and what is sent."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from directory.models import Structure
from members import moderation
from members.models import Proposal, State, held_by
from members.proposals.authority import is_theirs
from members.proposals.editables import Editable
from members.proposals.editing import Editing
from members.proposals.starts import Start

from . import applying, editables, editing, kept_forms, refusals, sent_files, starts


def editable_or_404(key: str) -> Editable:
    """The kind of row of this key."""
    found = editables.get(key)
    if found is None:
        raise Http404
    return found


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def edit(
    request: HttpRequest, slug: str, key: str = "", pk: int | None = None
) -> HttpResponse:
    """The form of a structure or, with a key, of one of its rows; or of a new one."""
    if not request.user.is_authenticated:
        return kept_forms.keep_and_sign_in(request)
    if request.method == "POST":
        return _posted(request)
    if again := kept_forms.take(request):
        return _shown_again(request, again)
    structure = get_object_or_404(held_by(request.user), slug=slug)
    editable = editable_or_404(key or "structure")
    row = _row(structure, editable, pk) if key else structure
    if row.pk is not None:
        mine = Proposal.objects.of_target(editable.key, row).open()
        if proposal := mine.filter(author=request.user).first():
            return redirect(_continued(proposal))
    page = editing.begun(
        author=request.user, structure=structure, editable=editable, row=row
    )
    return _page(request, page)


def _row(structure: Structure, editable: Editable, pk: int | None) -> Any:
    if pk is None:
        if not editable.may_add:
            raise Http404
        return editable.blank(structure)
    if not editable.may_change:
        raise Http404
    return get_object_or_404(editable.held(structure), pk=pk)


def _continued(proposal: Proposal) -> str:
    if proposal.is_draft and proposal.kind != Proposal.Kind.REMOVE:
        return reverse("members:proposal-edit", args=[proposal.pk])
    return proposal.get_absolute_url()


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def edit_draft(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """The form of a draft of one's own."""
    if not request.user.is_authenticated:
        return kept_forms.keep_and_sign_in(request)
    if request.method == "POST":
        return _posted(request)
    if again := kept_forms.take(request):
        return _shown_again(request, again)
    proposal = get_object_or_404(Proposal, pk=pk, author=request.user)
    proposal = moderation.follow(proposal=proposal)
    if proposal.is_draft and not is_theirs(request.user, proposal):
        # The page would show the row as it is now, which is no longer theirs to read.
        proposal = moderation.overtake(proposal=proposal)
    if not proposal.is_draft:
        return redirect(proposal)
    return _page(request, editing.of_draft(proposal))


def _start(request: HttpRequest, data: QueryDict) -> Start:
    start = starts.read(data.get("_start", ""))
    if start is None or start.author != request.user.pk:
        message = "Not a form of this person."
        raise SuspiciousOperation(message)
    return start


def _version(data: QueryDict) -> int:
    text = data.get("_version", "")
    return int(text) if text.isdigit() else 0


def _posted(request: HttpRequest) -> HttpResponse:
    """Save the draft, whatever was typed; then send it, if that was asked."""
    start = _start(request, request.POST)
    typed, form = editing.read(start, request.POST, request.FILES)
    try:
        proposal = moderation.save_draft(
            start=start,
            author=request.user,
            version=_version(request.POST),
            typed=typed,
        )
    except refusals.VersionConflict as conflict:
        return _conflict(request, typed, conflict)
    except (refusals.WrongState, refusals.NotYours) as error:
        return _not_saved(request, start, typed, error)
    if proposal.is_draft and not is_theirs(request.user, proposal):
        proposal = moderation.overtake(proposal=proposal)
    if not proposal.is_draft:
        return _gone(request, proposal)
    return _saved(request, proposal, [*editing.rejected(form)])


def _saved(
    request: HttpRequest, proposal: Proposal, rejected: list[tuple[str, Any]]
) -> HttpResponse:
    if _is_quiet(request):
        return _saved_quietly(proposal)
    if rejected:
        page = editing.of_draft(proposal)
        for name, error in rejected:
            page.form.add_error(name, error)
        return _page(request, page, note=_("Le reste de la page est enregistré."))
    if "_submit" in request.POST:
        return _submitted(request, proposal)
    messages.success(request, _("Brouillon enregistré. Il reste à l’envoyer."))
    return redirect("members:proposal-edit", proposal.pk)


def _is_quiet(request: HttpRequest) -> bool:
    """Whether a script asks, while somebody types."""
    return "application/json" in request.headers.get("Accept", "")


def _submitted(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    try:
        proposal = moderation.submit(proposal=proposal, author=request.user)
    except refusals.NothingChanged as error:
        messages.warning(request, str(error))
        return redirect("members:proposal-edit", proposal.pk)
    except applying.Refused:
        return _page(request, editing.of_draft(proposal))
    if proposal.state == State.OVERTAKEN:
        return _gone(request, proposal)
    if proposal.at_once and not proposal.is_submitted:
        messages.success(request, _("C’est en ligne. L’équipe du réseau le relira."))
    else:
        messages.success(
            request, _("Proposition envoyée. L’équipe du réseau vous répondra.")
        )
    return redirect(proposal)


def _saved_quietly(proposal: Proposal) -> HttpResponse:
    moment = date_format(timezone.localtime(proposal.saved_at), "G\\hi")
    return JsonResponse(
        {
            "version": proposal.version,
            "message": _("Brouillon enregistré à %(time)s.") % {"time": moment},
        }
    )


def _conflict(
    request: HttpRequest, typed: sent_files.Typed, conflict: refusals.VersionConflict
) -> HttpResponse:
    other = conflict.proposal
    assert other is not None  # noqa: S101 - what makes it a conflict
    message = _(
        "Ce brouillon a aussi été enregistré depuis une autre page. Votre texte est"
        " ci-dessous\u00a0: enregistrez pour le garder à la place de l’autre."
    )
    if _is_quiet(request):
        return JsonResponse({"message": message}, status=409)
    message = _with_files(request, message)
    kept = editing.of_draft(other)
    values = {**other.values, **typed.values}
    page = Editing(
        kept.start, editing.bound(kept.start, values, other), other.version, other
    )
    return _page(request, page, warning=message, other=other, status=409)


def _with_files(request: HttpRequest, message: str) -> str:
    """The message, and that a file has to be sent again: no page can give it back."""
    if not request.FILES:
        return message
    return message + " " + _("Choisissez de nouveau le fichier que vous envoyiez.")


def _not_saved(
    request: HttpRequest,
    start: Start,
    typed: sent_files.Typed,
    error: refusals.Impossible,
) -> HttpResponse:
    """Show the page again, with what was typed: it could not be kept elsewhere."""
    if _is_quiet(request):
        return JsonResponse({"message": str(error)}, status=409)
    values = {**start.base, **typed.values}
    page = Editing(start, editing.bound(start, values, None), _version(request.POST))
    warning = _("%(why)s Votre texte est ci-dessous\u00a0: rien n’est perdu.")
    return _page(
        request,
        page,
        warning=_with_files(request, warning % {"why": error}),
        other=error.proposal,
        status=409,
    )


def _shown_again(request: HttpRequest, data: QueryDict) -> HttpResponse:
    """What was typed before the session ended, not saved yet."""
    start = starts.read(data.get("_start", ""))
    if start is None or start.author != request.user.pk:
        return redirect(request.path)
    typed, _form = editing.read(start, data, {})
    proposal = Proposal.objects.filter(pk=start.proposal, author=start.author).first()
    values = {**start.base, **(proposal.values if proposal else {}), **typed.values}
    page = Editing(
        start, editing.bound(start, values, proposal), _version(data), proposal
    )
    warning = _(
        "Votre session avait pris fin. Votre texte est là, enregistrez-le\u00a0; si"
        " vous aviez choisi un fichier, choisissez-le de nouveau."
    )
    return _page(request, page, warning=warning)


def _gone(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    message = _(
        "La fiche a été supprimée, fusionnée, ou ne vous est plus confiée. Votre texte"
        " est gardé ici."
    )
    if _is_quiet(request):
        address = proposal.get_absolute_url()
        return JsonResponse({"message": message, "address": address}, status=410)
    messages.warning(request, message)
    return redirect(proposal)


def _page(
    request: HttpRequest, page: Editing, *, status: int = 200, **said: Any
) -> HttpResponse:
    structure = page.start.structure
    others = Proposal.objects.none()
    if page.start.target is not None:
        others = (
            Proposal.objects.filter(
                editable=page.editable.key, target_id=page.start.target
            )
            .submitted()
            .exclude(author=page.start.author)
            .select_related("author")
        )
    context = {
        "page": page,
        "form": page.form,
        "structure": structure,
        "others": others,
        "note": "",
        "warning": "",
        "other": None,
        "address": request.path,
        **said,
    }
    return render(request, "members/edit.html", context, status=status)


@never_cache
@require_safe
@login_required
def rows(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """The rows of one kind that the structure has, and the way to add one."""
    structure = get_object_or_404(held_by(request.user), slug=slug)
    editable = editable_or_404(key)
    if editable.model is Structure:
        return redirect("members:edit", slug)
    found = [*editable.held(structure)]
    mine = Proposal.objects.open().filter(
        editable=key, target_id__in=[row.pk for row in found]
    )
    waiting = {p.target_id: p for p in mine.visible_to(request.user)}
    context = {
        "structure": structure,
        "editable": editable,
        "lines": [
            {
                "row": row,
                "address": editing.address_of(structure, editable, row),
                "waiting": waiting.get(row.pk),
            }
            for row in found
        ],
    }
    return render(request, "members/edit_rows.html", context)


@require_POST
@login_required
def remove(request: HttpRequest, slug: str, key: str, pk: int) -> HttpResponse:
    """Ask the staff to remove a row."""
    structure = get_object_or_404(held_by(request.user), slug=slug)
    editable = editable_or_404(key)
    if not editable.may_remove:
        raise Http404
    row = get_object_or_404(editable.held(structure), pk=pk)
    page = editing.begun(
        author=request.user, structure=structure, editable=editable, row=row
    )
    reason = request.POST.get("reason", "").replace("\x00", "")[:2000]
    try:
        proposal = moderation.propose_removal(
            start=page.start, author=request.user, reason=reason
        )
    except refusals.WrongState as error:
        messages.error(request, str(error))
        return redirect(error.proposal or "members:edit-rows", slug, key)
    messages.success(request, _("Demande envoyée à l’équipe du réseau."))
    return redirect(proposal)
