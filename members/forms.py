"""The form that opens a session."""

from __future__ import annotations

from django import forms
from django.contrib.auth.forms import AuthenticationForm, UsernameField
from django.utils.translation import gettext_lazy as _


class SignInForm(AuthenticationForm):
    """An e-mail address and a password."""

    username = UsernameField(
        label=_("Adresse électronique"),
        widget=forms.EmailInput(attrs={"autocomplete": "username", "autofocus": True}),
    )
    error_messages = {
        "invalid_login": _(
            "Aucun compte ne correspond à cette adresse et à ce mot de passe."
        ),
        "inactive": _("Ce compte est fermé."),
    }
