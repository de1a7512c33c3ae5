"""The page of an invitation's link: GET shows, POST accepts."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from members.models import User

from . import invitations

BACKEND = "members.backends.AccountBackend"
#: Why a link gives nothing -> the status of the page, its title, what it says.
REFUSALS: dict[type[invitations.BadInvitation], tuple[int, Any, Any]] = {
    invitations.Tampered: (
        404,
        gettext_lazy("Lien incomplet"),
        gettext_lazy(
            "Ce lien n’est pas celui que nous avons envoyé\u00a0: il a pu être coupé."
            " Ouvrez-le depuis le message, ou copiez-le en entier."
        ),
    ),
    invitations.Unknown: (
        404,
        gettext_lazy("Lien remplacé"),
        gettext_lazy(
            "Un message plus récent a remplacé ce lien, ou la fiche n’existe plus."
            " Cherchez la dernière invitation dans votre boîte."
        ),
    ),
    invitations.Expired: (
        410,
        gettext_lazy("Invitation expirée"),
        gettext_lazy(
            "Une invitation vaut quatorze jours. Demandez-en une autre à la personne"
            " qui vous l’a envoyée."
        ),
    ),
    invitations.Cancelled: (
        410,
        gettext_lazy("Invitation annulée"),
        gettext_lazy(
            "Elle ne sert plus. Si c’est une erreur, demandez-en une autre à l’équipe"
            " de la structure."
        ),
    ),
    invitations.Used: (
        410,
        gettext_lazy("Invitation déjà acceptée"),
        gettext_lazy(
            "Ce lien a servi, il ne sert qu’une fois. Connectez-vous pour retrouver"
            " la fiche dans votre espace."
        ),
    ),
    invitations.Foreign: (
        403,
        gettext_lazy("Invitation d’une autre personne"),
        gettext_lazy(
            "Cette invitation a été envoyée à une autre adresse que celle de votre"
            " compte. Déconnectez-vous pour l’accepter avec l’adresse invitée, ou"
            " demandez une invitation à la vôtre."
        ),
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """What the link offers; nothing changes until the person says yes."""
    user = request.user if isinstance(request.user, User) else None
    try:
        if request.method == "POST":
            return _accepted(request, token, user)
        offered = invitations.found(token)
        has_to_sign_in = _check(offered, user)
    except invitations.SignInFirst:
        return redirect_to_login(request.path)
    except invitations.BadInvitation as refusal:
        return _refused(request, refusal)
    context = {"invitation": offered, "has_to_sign_in": has_to_sign_in}
    return render(request, "members/invitation.html", context)


def _check(offered: Any, user: User | None) -> bool:
    """Whether the person must open their account before they accept."""
    try:
        invitations.check(offered, user)
    except invitations.SignInFirst:
        return True
    return False


def _accepted(request: HttpRequest, token: str, user: User | None) -> HttpResponse:
    membership = invitations.accept(token=token, user=user)
    if user is None:
        login(request, membership.user, backend=BACKEND)
    told = _("Vous tenez maintenant la fiche de «\u00a0%s\u00a0».")
    messages.success(request, told % membership.structure)
    return redirect("members:space")


def _refused(request: HttpRequest, refusal: invitations.BadInvitation) -> HttpResponse:
    status, title, text = REFUSALS[type(refusal)]
    context = {"heading": title, "text": text}
    return render(request, "members/link_refused.html", context, status=status)
