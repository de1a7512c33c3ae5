"""« Mon espace »: the first page, and the mails of the demonstration."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from members.models import AccessRequest, Invitation, Mail
from members.space import held
from members.teams import invitations
from members.teams.forms import PickForm

MOST_SHOWN = 50


@require_safe
@never_cache
@login_required
def space(request: HttpRequest) -> HttpResponse:
    """The person's structures, and what waits for them."""
    context = {
        "held": held(request.user),
        "invitations": Invitation.objects.sent_to(request.user),
        "requests": AccessRequest.objects.to_show(request.user),
    }
    return render(request, "members/space.html", context)


@require_POST
@login_required
def accept_invitation(request: HttpRequest) -> HttpResponse:
    """Accept one of the invitations that the page shows."""
    form = PickForm(Invitation.objects.sent_to(request.user), request.POST)
    if not form.is_valid():
        messages.error(
            request, _("Cette invitation ne vaut plus. Demandez-en une autre.")
        )
        return redirect("members:space")
    try:
        membership = invitations.accept_from_space(
            invitation=form.picked,
            user=request.user,  # type: ignore[arg-type]
        )
    except invitations.BadInvitation:
        messages.error(
            request, _("Cette invitation ne vaut plus. Demandez-en une autre.")
        )
    else:
        told = _("Vous tenez maintenant la fiche de «\u00a0%s\u00a0».")
        messages.success(request, told % membership.structure)
    return redirect("members:space")


@require_safe
@never_cache
def demo_mails(request: HttpRequest) -> HttpResponse:
    """The mails of the demonstration's addresses, which nobody receives elsewhere."""
    if not settings.DEMO:
        raise Http404
    mails = Mail.objects.of_demonstration().order_by("-created_at", "-pk")
    return render(request, "members/demo_mails.html", {"mails": mails[:MOST_SHOWN]})
