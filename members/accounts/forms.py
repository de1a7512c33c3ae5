"""What people type to sign in and to keep their account."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import (
    ConfirmLoginCodeForm,
    RequestReauthenticationCodeForm,
)
from allauth.core import context, ratelimit
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from members.accounts import address
from members.accounts.adapter import TOO_MANY, WRONG_CODE
from members.models import User

EMAIL = {"autocomplete": "email", "spellcheck": "false"}
CODE = {"autocomplete": "one-time-code", "inputmode": "numeric", "maxlength": "16"}


def code_field(label: Any, help_text: Any = "") -> forms.CharField:
    """A field for a code of six digits, spaces or not."""
    widget = forms.TextInput(attrs=CODE)
    return forms.CharField(label=label, help_text=help_text, widget=widget)


class AddressForm(forms.Form):
    """An address, as the table of accounts takes it, that has an account or none."""

    email = forms.EmailField(
        label=_("Adresse électronique"), widget=forms.EmailInput(attrs=EMAIL)
    )

    def clean_email(self) -> str:
        """Refuse the letters that only look like others: they are another mailbox."""
        email: str = self.cleaned_data["email"]
        for constraint in User._meta.constraints:
            if isinstance(constraint, models.CheckConstraint):
                constraint.validate(User, User(email=email))
        return email.lower()


class SignInForm(AddressForm):
    """The address to which a code is sent."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = {"autocomplete": "username", "autofocus": True}
        self.fields["email"].widget.attrs.update(here)


class NewAddressForm(AddressForm):
    """The address that an account will have."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("Nouvelle adresse")


class SignUpForm(AddressForm):
    """Who signs up, and where the code goes."""

    name = forms.CharField(
        label=_("Votre nom"),
        max_length=150,
        help_text=_("Celui que verra l’équipe du réseau."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    field_order = ("name", "email")


class CodeForm(ConfirmLoginCodeForm):
    """The code that was sent, which five tries use up, in one window or in many."""

    code = code_field(_("Code à six chiffres"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.tries = kwargs.pop("tries", "")
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs["autofocus"] = True

    def clean_code(self) -> str:
        """Refuse any code once it was tried too often."""
        if not ratelimit.consume(context.request, action="try_code", key=self.tries):
            raise ValidationError(TOO_MANY)
        return str(super().clean_code())


class AskReauthenticationForm(RequestReauthenticationCodeForm):
    """Nothing to choose: an account has one address."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["recipient"]
        field.widget = forms.HiddenInput()
        field.initial = next((value for value, _label in field.choices), "")


class SecondFactorForm(AuthenticateForm):
    """A code of the application, or a recovery code."""

    code = code_field(
        _("Code de l’application, ou code de secours"),
        _("Six chiffres, ou l’un des codes que vous avez notés."),
    )


class SecondFactorAgainForm(ReauthenticateForm):
    """The same, before something that matters."""

    code = code_field(
        _("Code de l’application, ou code de secours"),
        _("Six chiffres, ou l’un des codes que vous avez notés."),
    )


class ApplicationForm(ActivateTOTPForm):
    """The first code of an application, which shows that it is set."""

    code = code_field(_("Code affiché par l’application"))


class NameForm(forms.ModelForm):
    """How a person is called on the site."""

    class Meta:
        model = User
        fields = ("name",)
        widgets = {"name": forms.TextInput(attrs={"autocomplete": "name"})}


class AddressCodesForm(forms.Form):
    """The code sent to the address that goes, and to the one that comes."""

    old_code = code_field("")
    new_code = code_field("")

    def __init__(self, *args: Any, change: address.Change, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.change = change
        label = _("Code envoyé à %s")
        self.fields["old_code"].label = label % change.old
        self.fields["new_code"].label = label % change.new

    def clean(self) -> dict[str, Any]:
        """Hold each code against the one that was sent."""
        typed = super().clean() or {}
        if not self.errors:
            for name in self.change.wrong(**typed):
                self.add_error(name, WRONG_CODE)
        return typed
