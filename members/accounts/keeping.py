"""The pages of a person's own account: name, address, second factors, sessions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.logout import logout
from allauth.account.views import (
    ConfirmReauthenticationCodeView,
    RequestReauthenticationCodeView,
)
from allauth.core import ratelimit
from allauth.core.internal.httpkit import authenticated_user
from allauth.mfa.base import views as factors
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.mfa.webauthn.internal.auth import begin_authentication, begin_registration
from allauth.usersessions.models import UserSession
from allauth.usersessions.views import ListUserSessionsView
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.contrib.messages.views import SuccessMessageMixin
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    JsonResponse,
)
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)
from django.views.generic import FormView, UpdateView

from members import second_factor
from members.accounts import address, data
from members.accounts.forms import (
    AddressCodesForm,
    ApplicationForm,
    AskReauthenticationForm,
    CodeForm,
    NameForm,
    NewAddressForm,
    SecondFactorAgainForm,
)
from members.accounts.passkeys import (
    NewPasskeyForm,
    PasskeyAgainForm,
    PasskeyNameForm,
)
from members.accounts.sign_in import way_back
from members.models import Membership

ACCOUNT = reverse_lazy("members:account")
#: What allauth calls what is asked again before it: any name will do.
proved_again: Callable[[Any], Any] = reauthentication_required(app="allauth.mfa")
#: Before whatever touches how one signs in: who is signed in, and with all they have.
WHOLLY: Any = [login_required, second_factor.required]


class AccountView(LoginRequiredMixin, SuccessMessageMixin, UpdateView):
    """What a person keeps of their account, and their name to change."""

    form_class = NameForm
    template_name = "members/account.html"
    success_url = ACCOUNT
    success_message = _("Votre nom est enregistré.")

    def get_object(self, queryset: Any = None) -> Any:
        return self.request.user


# The data


@login_required
@second_factor.required
@proved_again
@never_cache
@require_safe
def account_data(request: HttpRequest) -> HttpResponse:
    """All that is kept of the person, as a file."""
    kept = data.everything(authenticated_user(request))
    options = {"ensure_ascii": False, "indent": 2}
    response = JsonResponse(kept, json_dumps_params=options)
    response["Content-Disposition"] = 'attachment; filename="mes-donnees.json"'
    return response


@login_required
@second_factor.required
@proved_again
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def account_delete(request: HttpRequest) -> HttpResponse:
    """Tell what goes with the account, then let it go."""
    user = authenticated_user(request)
    if user.is_staff:
        raise Http404
    if request.method == "POST":
        data.delete(user=user)
        request.session.flush()
        messages.success(request, _("Votre compte est supprimé."))
        return redirect("home")
    context = {"alone": Membership.objects.alone(user)}
    return render(request, "members/account_delete.html", context)


# The address


@method_decorator([*WHOLLY, proved_again], name="dispatch")
class AddressView(FormView):
    """Ask for the address that will replace the one of the account."""

    form_class = NewAddressForm
    template_name = "members/address.html"

    def form_valid(self, form: Any) -> HttpResponse:
        """Send a code to both."""
        refused: HttpResponse | None = ratelimit.consume_or_429(
            self.request, action="manage_email", user=self.request.user
        )
        if refused:
            return refused
        user, new = authenticated_user(self.request), form.cleaned_data["email"]
        address.begin(self.request, user=user, new=new)
        return redirect("members:address-codes")


@login_required
def address_codes(request: HttpRequest) -> HttpResponse:
    """Ask for the code sent to each address; both make the new one the login."""
    user = authenticated_user(request)
    change = address.pending(request, user=user)
    if change is None:
        return redirect("members:address")
    form = AddressCodesForm(request.POST or None, change=change)
    if request.method == "POST":
        try:
            address.count_try(request, change)
            if form.is_valid():
                address.confirm(request, user=user, change=change)
                messages.success(request, _("Votre adresse est changée."))
                return redirect("members:account")
        except address.TooManyTries:
            said = _("Trop d’essais\u00a0: ces codes ne servent plus.")
            messages.error(request, said)
            return redirect("members:address")
        except address.AddressTaken:
            said = _("Un compte vient d’être ouvert à cette adresse.")
            messages.error(request, said)
            return redirect("members:address")
    return render(request, "members/address_codes.html", {"form": form})


# Second factors


class FactorsView(factors.IndexView):
    """The second factors of a person, and why the staff must have one."""

    template_name = "members/factors.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say whether the session waits for one, and where it leads then."""
        waits = self.request.user.is_staff and not second_factor.proved(self.request)
        held = super().get_context_data(**kwargs)["authenticators"]
        return {
            "application": held.get(Authenticator.Type.TOTP),
            "passkeys": held.get(Authenticator.Type.WEBAUTHN, []),
            "recovery_codes": held.get(Authenticator.Type.RECOVERY_CODES),
            "waits": waits,
            "next": way_back(self.request),
        }


class _NotingMixin:
    """Adding a factor proves that one holds it: this session may use rights."""

    kind: str
    request: Any

    def form_valid(self, form: Any) -> HttpResponse:
        user = self.request.user
        is_first = not Authenticator.objects.filter(user=user).exists()
        response: HttpResponse = super().form_valid(form)  # type: ignore[misc]
        second_factor.note(self.request, user, self.kind)
        if is_first:
            second_factor.end_other_sessions(user)
        return response


@method_decorator([*WHOLLY, never_cache], name="dispatch")
class AddApplicationView(_NotingMixin, totp.ActivateTOTPView):
    """Show the secret of an application, and ask for its first code."""

    form_class = ApplicationForm
    template_name = "members/application_add.html"
    kind = Authenticator.Type.TOTP


@method_decorator(WHOLLY, name="dispatch")
class RemoveApplicationView(totp.DeactivateTOTPView):
    """Remove the application."""

    template_name = "members/application_remove.html"


class PasskeysView(webauthn.ListWebAuthnView):
    """The passkeys of a person."""

    template_name = "members/passkeys.html"


@method_decorator(WHOLLY, name="dispatch")
class AddPasskeyView(_NotingMixin, webauthn.AddWebAuthnView):
    """Have the browser make a passkey, which signs in by itself."""

    form_class = NewPasskeyForm
    template_name = "members/passkey_add.html"
    kind = Authenticator.Type.WEBAUTHN

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Ask for a key that knows its account and checks its holder."""
        options = begin_registration(self.request.user, passwordless=True)
        form = kwargs.get("form") or self.get_form()
        return {"form": form, "options": options}


@method_decorator(WHOLLY, name="dispatch")
class RenamePasskeyView(webauthn.EditWebAuthnView):
    """Call a passkey otherwise."""

    form_class = PasskeyNameForm
    template_name = "members/passkey_rename.html"


@method_decorator(WHOLLY, name="dispatch")
class RemovePasskeyView(webauthn.RemoveWebAuthnView):
    """Remove a passkey."""

    template_name = "members/passkey_remove.html"


class RecoveryCodesView(recovery.ViewRecoveryCodesView):
    """The recovery codes, shown once."""

    template_name = "members/recovery_codes.html"


@method_decorator(WHOLLY, name="dispatch")
class NewRecoveryCodesView(recovery.GenerateRecoveryCodesView):
    """Replace the recovery codes."""

    template_name = "members/recovery_codes_new.html"


# Who one is, again


class AskAgainView(RequestReauthenticationCodeView):
    """Offer to send a code before something that matters."""

    form_class = AskReauthenticationForm
    template_name = "members/again.html"


class CodeAgainView(ConfirmReauthenticationCodeView):
    """Ask for that code."""

    form_class = CodeForm
    template_name = "members/again_code.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        """Count tries by code, whatever the number of windows."""
        tries = f"again:{self.request.user.pk}:{self._process.state['at']}"
        return {**super().get_form_kwargs(), "tries": tries}


class FactorAgainView(factors.ReauthenticateView):
    """Ask for a code of the application instead."""

    form_class = SecondFactorAgainForm
    template_name = "members/again_factor.html"


class PasskeyAgainView(webauthn.ReauthenticateWebAuthnView):
    """Ask for a passkey instead."""

    form_class = PasskeyAgainForm
    template_name = "members/again_passkey.html"

    def form_invalid(self, form: Any) -> HttpResponse:
        """Say what is wrong, and offer to try again here."""
        for error in form.errors.get("credential", []):
            messages.error(self.request, error)
        return redirect(self.passthrough_next_url(self.request.path))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give what the browser is asked, and the other ways."""
        options = begin_authentication(self.request.user)
        return {
            "options": options,
            "next": way_back(self.request),
            "reauthentication_alternatives": self.get_reauthentication_alternatives(),
        }


# Sessions


class SessionsView(ListUserSessionsView):
    """Where the account is open; close the others at once."""

    template_name = "members/sessions.html"


@login_required
@require_POST
def end_session(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Close one of the sessions of the account."""
    session = get_object_or_404(UserSession, pk=pk, user=request.user)
    is_this_one = session.is_current()
    session.end()
    if is_this_one:
        logout(request)
        return redirect("home")
    messages.success(request, _("La session est fermée."))
    return redirect("usersessions_list")
