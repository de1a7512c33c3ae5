"""« Signaler une erreur », on the page of a structure or of a project."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from directory.models import Project, Structure
from members import reports
from members.report_forms import ReportForm

TOO_MANY = 429


# Nothing here rests on who is signed in: a report needs no cookie.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, slug: str, model: type[Any]) -> HttpResponse:
    """Show the form, or put what it says in the staff's list."""
    record: Structure | Project = get_object_or_404(
        model.objects.published(), slug=slug
    )
    form = ReportForm(request.POST or None)
    status = 200
    if request.method == "POST" and (form.is_of_a_robot or form.is_valid()):
        try:
            if not form.is_of_a_robot:
                _send(request, record, form)
        except reports.TooManyReports:
            form.add_error(
                None,
                _(
                    "Vous avez déjà envoyé plusieurs messages\u00a0: réessayez dans une"
                    " heure, ou écrivez au réseau."
                ),
            )
            status = TOO_MANY
        else:
            return render(request, "members/report_sent.html", {"record": record})
    context = {"record": record, "form": form}
    return render(request, "members/report.html", context, status=status)


def _send(request: HttpRequest, record: Structure | Project, form: ReportForm) -> None:
    said = form.cleaned_data
    reports.send(
        record=record,
        about=said["about"],
        text=said["text"],
        email=said["email"],
        sender=reports.sender_of(request),
    )
