"""Where people go once they are signed in."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe


@require_safe
@login_required
def after_login(request: HttpRequest) -> HttpResponse:
    """Lead people to their work: the staff's admin, or their own space."""
    return redirect("admin:index" if request.user.is_staff else "members:space")
