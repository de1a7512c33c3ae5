"""Signing in, and where people go next."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from directory.models import Structure
from members.forms import SignInForm


class SignInView(LoginView):
    """Open a session with an e-mail address and a password."""

    authentication_form = SignInForm
    template_name = "members/login.html"
    redirect_authenticated_user = True

    def get_redirect_url(self, request: HttpRequest | None = None) -> str:
        """Where the person asked to go, unless it leads back to a form of sign-in."""
        target = super().get_redirect_url()
        forms = {self.request.path, reverse("admin:login")}
        return "" if urlsplit(target).path in forms else target


@require_safe
@login_required
def after_login(request: HttpRequest) -> HttpResponse:
    """Lead people to their work: the staff's admin, a member's structure, or home."""
    if request.user.is_staff:
        return redirect("admin:index")
    held = Structure.objects.published().filter(memberships__user=request.user)
    structure = held.order_by("memberships__created_at", "pk").first()
    return redirect(structure or "home")
