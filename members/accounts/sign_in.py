"""The pages that open a session: an address, a code, a second factor; or a passkey."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import perform_login
from allauth.account.models import Login
from allauth.account.utils import (
    get_next_redirect_url,
    passthrough_next_redirect_url,
)
from allauth.account.views import ConfirmLoginCodeView
from allauth.core import ratelimit
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.views import LoginWebAuthnView
from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME, logout
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
)
from django.shortcuts import get_object_or_404, resolve_url
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from django.views.generic import FormView

from members import second_factor
from members.accounts import codes
from members.accounts.forms import CodeForm, SecondFactorForm, SignInForm, SignUpForm
from members.accounts.passkeys import PasskeyFactorForm, PasskeySignInForm
from members.models import User


def way_back(request: HttpRequest) -> str:
    """Where the person asked to go on this site, or nothing."""
    return get_next_redirect_url(request) or ""


@method_decorator(never_cache, name="dispatch")
class DoorView(FormView):
    """A page that asks for an address and sends a code to it."""

    def dispatch(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        """Lead those who are signed in where they were going."""
        if request.user.is_authenticated:
            target = way_back(request) or resolve_url(settings.LOGIN_REDIRECT_URL)
            return HttpResponseRedirect(target)
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        """Send the code, unless too many were asked for; then ask for it."""
        email = form.cleaned_data["email"]
        refused: HttpResponse | None = ratelimit.consume_or_429(
            self.request, action="request_login_code", key=email.lower()
        )
        if refused:
            return refused
        self.send(**form.cleaned_data)
        address = reverse("account_confirm_login_code")
        return HttpResponseRedirect(
            passthrough_next_redirect_url(self.request, address, REDIRECT_FIELD_NAME)
        )

    def send(self, **typed: str) -> None:
        """Send a code to whoever typed this."""
        raise NotImplementedError

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add where the person was going."""
        return super().get_context_data(next=way_back(self.request), **kwargs)


class SignInView(DoorView):
    """Ask for the address of an account, or for a passkey."""

    form_class = SignInForm
    template_name = "members/login.html"

    def send(self, **typed: str) -> None:
        codes.send_to_sign_in(self.request, **typed)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the accounts that anybody opens, in the demonstration."""
        open_to_all = User.objects.of_the_demonstration().order_by("pk")
        people = open_to_all.prefetch_related("memberships__structure")
        return super().get_context_data(
            demonstration=people if settings.DEMO else [], **kwargs
        )


class SignUpView(DoorView):
    """Ask who wants an account: it will give no right by itself."""

    form_class = SignUpForm
    template_name = "members/sign_up.html"

    def send(self, **typed: str) -> None:
        codes.send_to_sign_up(self.request, **typed)


class CodeView(ConfirmLoginCodeView):
    """Ask for the code that was sent; the same page whether there is an account."""

    form_class = CodeForm
    template_name = "members/code.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        """Count tries by code, whatever the number of windows."""
        state = self._process.state
        tries = f"code:{state['email'].lower()}:{state['at']}"
        return {**super().get_form_kwargs(), "tries": tries}

    def _verify_form_valid(self, form: Any) -> HttpResponse:
        state = self._process.state
        if self._process.user is None:  # a sign-up: its code is the one with a name
            user = codes.sign_up(email=state["email"], name=state["name"])
            state["user_id"] = str(user.pk)
        response: HttpResponse = super()._verify_form_valid(form)
        return response


class SecondFactorView(AuthenticateView):
    """Ask those who set one up for a second factor, after the code."""

    form_class = SecondFactorForm
    webauthn_form_class = PasskeyFactorForm
    template_name = "members/second_factor.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say which factors the person has."""
        held = Authenticator.objects.filter(user=self.stage.login.user)
        types = set(held.values_list("type", flat=True))
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return {
            **context,
            "has_passkey": Authenticator.Type.WEBAUTHN in types,
            "has_application": Authenticator.Type.TOTP in types,
        }


class PasskeySignInView(LoginWebAuthnView):
    """Open a session with a passkey: a second factor by itself."""

    form_class = PasskeySignInForm


@require_POST
def sign_in_to_demonstration(request: HttpRequest) -> HttpResponse:
    """Open one of the accounts that anybody opens, second factor included."""
    if not settings.DEMO:
        raise Http404
    accounts = User.objects.who_may_sign_in().of_the_demonstration()
    email = request.POST.get("email", "").replace("\x00", "")
    user = get_object_or_404(accounts, email=email)
    logout(request)
    second_factor.note(request, user, Authenticator.Type.WEBAUTHN)
    target = way_back(request) or None
    response: HttpResponse = perform_login(
        request, Login(user=user, email=user.email, redirect_url=target)
    )
    return response
