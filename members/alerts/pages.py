"""The pages of alerts: a search to follow, the link of a mail, « Mes alertes »."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from allauth.core import ratelimit
from allauth.core.internal.httpkit import authenticated_user
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from directory.keeping import versions
from members.alerts import followed, subscribing
from members.alerts.followed import Alert, Followed
from members.alerts.forms import AskForm, RhythmForm
from members.models import SavedSearch
from members.teams.forms import PickForm

TOO_MANY, NOT_FOUND, GONE = 429, 404, 410
TOO_LONG = gettext_lazy(
    "Cette recherche a trop de filtres pour être suivie\u00a0: retirez-en."
)
#: Why a link serves no more -> status, title, text.
REFUSALS = {
    subscribing.BadLink: (
        NOT_FOUND,
        gettext_lazy("Ce lien ne sert plus"),
        gettext_lazy("Il est incomplet, ou l’alerte a été supprimée."),
    ),
    subscribing.ExpiredLink: (
        GONE,
        gettext_lazy("Ce lien est trop ancien"),
        gettext_lazy(
            "Il valait sept jours. Demandez de nouveau l’alerte, depuis sa liste."
        ),
    ),
}


# A visitor needs no cookie; who is signed in sends a form that is theirs.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest, listing: str) -> HttpResponse:
    """Say a search in words, and start an alert of it."""
    try:
        search = followed.at(listing, request.GET, versions.of_request(request))
    except followed.NoListing:
        raise Http404 from None
    answer = _follow_as_person if request.user.is_authenticated else _ask
    return answer(request, search)


@csrf_protect
def _follow_as_person(request: HttpRequest, search: Followed) -> HttpResponse:
    form = RhythmForm(request.POST or None)
    if form.is_valid():
        try:
            subscribing.follow(
                user=authenticated_user(request),
                followed=search,
                rhythm=form.cleaned_data["rhythm"],
            )
        except subscribing.TooManyAlerts:
            said = _("Vous avez %d alertes\u00a0: supprimez-en une d’abord.")
            form.add_error(None, said % subscribing.MOST)
        except subscribing.TooLong:
            form.add_error(None, TOO_LONG)
        else:
            messages.success(request, _("L’alerte est active."))
            return redirect("members:alerts")
    context = {"followed": search, "form": form}
    return render(request, "members/follow.html", context)


def _ask(request: HttpRequest, search: Followed) -> HttpResponse:
    """Send the link to the address; the same answer whatever is known of it."""
    form = AskForm(request.POST or None)
    status = 200
    if request.method == "POST" and (form.is_of_a_robot or form.is_valid()):
        # Each try counts, whatever comes of it: the count tells nothing of an address.
        if not ratelimit.consume(request, action="ask_alert"):
            status = TOO_MANY
            said = _(
                "Vous avez demandé plusieurs alertes\u00a0: réessayez dans une heure."
            )
            form.add_error(None, said)
        elif form.is_of_a_robot or _asked(search, form):
            return render(request, "members/follow_sent.html", {"followed": search})
    context = {"followed": search, "form": form}
    return render(request, "members/follow.html", context, status=status)


def _asked(search: Followed, form: AskForm) -> bool:
    """Ask for the alert; otherwise say what is wrong with it."""
    try:
        subscribing.ask(
            followed=search,
            email=form.cleaned_data["email"],
            rhythm=form.cleaned_data["rhythm"],
        )
    except subscribing.TooLong:
        form.add_error(None, TOO_LONG)
        return False
    return True


# The links of mails: they are the only right, no cookie is needed, and none is set.


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Show the alert; on POST, start it or keep it, at the rhythm that is chosen."""
    is_done = request.method == "POST"
    try:
        search = subscribing.opened(token)
        form = RhythmForm(request.POST or None, initial={"rhythm": search.rhythm})
        if is_done:
            rhythm = form.cleaned_data["rhythm"] if form.is_valid() else ""
            search = subscribing.confirm(token, rhythm=rhythm)
    except tuple(REFUSALS) as refusal:
        return _refused(request, refusal)
    context = {"alert": _shown(request, search), "form": form, "is_done": is_done}
    return render(request, "members/alert_confirm.html", context)


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, token: str) -> HttpResponse:
    """Show the alerts of a person; on POST, end one of them, or all.

    A mailbox's button posts here without showing anything (RFC 8058).
    """
    try:
        subscriber = subscribing.subscriber_of(token)
    except subscribing.BadLink as refusal:
        return _refused(request, refusal)
    searches = subscriber.searches.all() if subscriber else SavedSearch.objects.none()
    is_done = request.method == "POST"
    if is_done and subscriber:
        form = PickForm(searches, request.POST)
        if "row" not in request.POST:
            subscribing.end_all(subscriber=subscriber)
        elif form.is_valid():
            subscribing.end(search=form.picked)
    alerts = [_shown(request, search) for search in searches.order_by("pk")]
    context = {"alerts": alerts, "is_done": is_done}
    return render(request, "members/alerts_end.html", context)


# « Mes alertes »


@require_safe
@never_cache
@login_required
def mine(request: HttpRequest) -> HttpResponse:
    """What the person follows, to be changed."""
    searches = SavedSearch.objects.of(request.user).order_by("-asked_at", "pk")
    context = {
        "alerts": [_shown(request, search) for search in searches],
        "rhythms": SavedSearch.Rhythm.choices,
    }
    return render(request, "members/alerts.html", context)


@require_POST
@login_required
def change(request: HttpRequest) -> HttpResponse:
    """Do to an alert what its button says."""
    form = PickForm(SavedSearch.objects.of(request.user), request.POST)
    deed, said = _deed(request)
    if deed is None or not form.is_valid():
        raise Http404
    deed(search=form.picked)
    messages.success(request, said)
    return redirect("members:alerts")


def _deed(request: HttpRequest) -> tuple[Callable[..., Any] | None, str]:
    """What the button asks for, and what is said of it."""
    form = RhythmForm(request.POST)
    if form.is_valid():
        deed = partial(subscribing.change_rhythm, rhythm=form.cleaned_data["rhythm"])
        return deed, _("Le rythme de l’alerte est changé.")
    deeds: dict[str, tuple[Callable[..., Any], str]] = {
        "pause": (subscribing.pause, _("L’alerte est en pause.")),
        "reprendre": (subscribing.resume, _("L’alerte est active.")),
        "supprimer": (subscribing.end, _("L’alerte est supprimée.")),
    }
    return deeds.get(request.POST.get("action", ""), (None, ""))


def _shown(request: HttpRequest, search: SavedSearch) -> Alert:
    return Alert(search, versions.of_request(request))


def _refused(request: HttpRequest, refusal: Exception) -> HttpResponse:
    status, heading, text = REFUSALS[type(refusal)]
    context = {"heading": heading, "text": text}
    return render(request, "members/link_refused.html", context, status=status)
