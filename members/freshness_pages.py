"""The page behind the yearly link: the record as it is, and two answers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from directory.models import Project, Structure
from members import freshness
from members.models import held_by

PROBLEMS: dict[type[Exception], str] = {
    freshness.BadLink: "unknown",
    freshness.ExpiredLink: "expired",
    freshness.AlreadyAnswered: "answered",
}
VERIFIED = _("La fiche de «\u00a0%s\u00a0» est vérifiée à la date d’aujourd’hui.")
GONE, NOT_FOUND, OK = 410, 404, 200
STATUS = {"unknown": NOT_FOUND, "expired": GONE, "answered": OK}


class CorrectionForm(forms.Form):
    """What has changed, in words."""

    text = forms.CharField(
        label=_("Ce qui a changé"),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("L’équipe du réseau corrigera la fiche."),
    )


# The link is the only right: no cookie is needed, and none is set.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """Show the record; on POST, take what is answered."""
    form = CorrectionForm(request.POST if "corriger" in request.POST else None)
    try:
        asked = freshness.request_of(token)
        if "confirmer" in request.POST:
            structure = freshness.confirm(token, by=_person(request, asked.structure))
            return _done(request, structure, is_confirmed=True)
        if form.is_bound and form.is_valid():
            structure = freshness.correct(token, text=form.cleaned_data["text"])
            return _done(request, structure, is_confirmed=False)
    except tuple(PROBLEMS) as error:
        problem = PROBLEMS[type(error)]
        context = {"problem": problem}
        return render(
            request, "members/freshness_problem.html", context, status=STATUS[problem]
        )
    return render(request, "members/freshness.html", _shown(asked.structure_id, form))


@require_POST
@login_required
def confirm(request: HttpRequest, slug: str) -> HttpResponse:
    """Confirm the record of a structure that one answers for."""
    structure = get_object_or_404(held_by(request.user).published(), slug=slug)
    freshness.confirm_as(structure=structure, by=request.user)
    messages.success(request, VERIFIED % structure)
    return redirect("members:space")


def _shown(key: int, form: forms.Form) -> dict[str, Any]:
    structure = Structure.objects.for_page().get(pk=key)
    return {
        "structure": structure,
        "representative": structure.contacts.representatives().first(),
        "projects": Project.objects.published().involving(structure).recent_first(),
        "form": form,
    }


def _done(
    request: HttpRequest, structure: Structure, *, is_confirmed: bool
) -> HttpResponse:
    context = {"structure": structure, "is_confirmed": is_confirmed}
    return render(request, "members/freshness_done.html", context)


def _person(request: HttpRequest, structure: Structure) -> Any:
    """Who is signed in, if they answer for the structure: a link is shared at times."""
    is_theirs = held_by(request.user).filter(pk=structure.pk).exists()
    return request.user if is_theirs else None
