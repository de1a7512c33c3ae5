"""Answer what is suggested to a structure: from its page, or from the staff's list."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from directory.models import Structure
from members.accounts.sign_in import way_back
from members.models.drifts import deciding_on
from members.proposals import applying, drift_proposals, refusals

from . import drift

OTHER = "%(why)s Envoyez ou retirez d’abord celle-ci, dans Mon espace."
GONE = "Cette suggestion n’a plus lieu d’être\u00a0: la fiche a changé entre-temps."


@require_POST
@login_required
def answer(request: HttpRequest, slug: str) -> HttpResponse:
    """Accept or dismiss the suggestion that the form names."""
    structure = get_object_or_404(deciding_on(request.user), slug=slug)
    key: Any = request.POST.get("suggestion", "")
    try:
        said = _answered(request, structure, key)
    except drift.NoSuchDrift:
        messages.warning(request, _(GONE))
    except (refusals.Impossible, applying.Refused) as error:
        messages.warning(request, _(OTHER) % {"why": error})
    else:
        messages.success(request, said)
    return redirect(way_back(request) or structure)


def _answered(request: HttpRequest, structure: Structure, key: str) -> str:
    """Do what the button says; give the sentence that tells it."""
    user = request.user
    if "ecarter" in request.POST:
        found = drift.dismiss(structure=structure, key=key, by=user)
        return str(
            _("Ne sera plus suggéré à cette structure\u00a0: %s.") % found.subject
        )
    if user.has_perm("directory.change_structure"):
        found = drift.accept(structure=structure, key=key, by=user)
        return str(_("Ajouté à la fiche\u00a0: %s.") % found.subject)
    proposal = drift_proposals.propose(structure=structure, key=key, by=user)
    if proposal.at_once:
        return _("C’est en ligne. L’équipe du réseau le relira.")
    return _("Proposition envoyée. L’équipe du réseau vous répondra.")
