"""The page by which a person agrees to be named, and takes it back."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from members import consent

NOT_FOUND, GONE = 404, 410
#: Why a link serves no more -> status, title, text.
REFUSALS = {
    consent.BadLink: (
        NOT_FOUND,
        _("Ce lien ne sert plus"),
        _(
            "Il est incomplet, ou votre contact a changé dans l’annuaire. Écrivez au"
            " réseau\u00a0: il vous répondra."
        ),
    ),
    consent.ExpiredLink: (
        GONE,
        _("Ce lien est trop ancien"),
        _(
            "Il valait trois mois. Pour en recevoir un autre, écrivez au réseau. Sans"
            " votre accord, votre nom n’est pas publié."
        ),
    ),
}


# The link is the only right: no cookie is needed, and none is set.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer(
    request: HttpRequest, token: str, purpose: str = consent.ASK
) -> HttpResponse:
    """Show what would be public; on POST, do what the person chose."""
    try:
        asked = consent.opened(token, purpose)
        if "accepter" in request.POST and purpose == consent.ASK:
            return _done(request, "given", consent.agree(token))
        if "retirer" in request.POST:
            return _done(request, "taken-back", consent.take_back(token, purpose))
        if "effacer" in request.POST:
            consent.erase(token, purpose)
            return _done(request, "erased", None)
    except tuple(REFUSALS) as refusal:
        status, heading, text = REFUSALS[type(refusal)]
        context = {"heading": heading, "text": text}
        return render(request, "members/link_refused.html", context, status=status)
    return render(request, "members/consent.html", {"asked": asked})


def _done(request: HttpRequest, what: str, contact: object) -> HttpResponse:
    context = {"what": what, "contact": contact}
    return render(request, "members/consent_done.html", context)
