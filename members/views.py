"""Where people go once they are signed in."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from directory.models import Structure


@require_safe
@login_required
def after_login(request: HttpRequest) -> HttpResponse:
    """Lead people to their work: the staff's admin, a member's structure, or home."""
    if request.user.is_staff:
        return redirect("admin:index")
    held = Structure.objects.published().filter(memberships__user=request.user)
    structure = held.order_by("memberships__created_at", "pk").first()
    return redirect(structure or "home")
