"""« C’est ma structure »: the page from which a person asks to answer for one."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from directory.models import Structure
from members.models import AccessRequest
from members.teams.forms import LONGEST_REASON, AccessRequestForm

#: Where the session keeps what a person typed before they signed in.
TYPED = "access-request-reason"


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def ask_access(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask for a role in a published structure, with a reason.

    What was typed is still there after a session that ended meanwhile is opened again.
    """
    if not request.user.is_authenticated:
        if request.method == "POST":
            request.session[TYPED] = request.POST.get("reason", "")[:LONGEST_REASON]
        return redirect_to_login(request.path)
    structure = get_object_or_404(Structure.objects.published(), slug=slug)
    if structure.memberships.filter(user=request.user).exists():
        return redirect("members:team", slug)
    typed = {"reason": request.session.pop(TYPED, "")}
    form = AccessRequestForm(request.POST or None, initial=typed)
    if form.is_valid() and form.ask(structure=structure, user=request.user):
        told = _("Demande envoyée à l’équipe du réseau, qui vous répondra.")
        messages.success(request, told)
        return redirect("members:space")
    mine = AccessRequest.objects.pending().filter(user=request.user.pk)
    context = {
        "structure": structure,
        "form": form,
        "asked": mine.filter(structure=structure).first(),
    }
    return render(request, "members/ask_access.html", context)
