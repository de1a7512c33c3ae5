"""The form that opens a session."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm, UsernameField
from django.core.exceptions import ValidationError
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
    #: Where the page says that the answers do not go together.
    error_id = "erreur-connexion"

    def clean(self) -> dict[str, Any]:
        """Open the account, or tie the refusal to the fields it is about."""
        try:
            return super().clean()
        except ValidationError:
            tie = {"aria-invalid": "true", "aria-describedby": self.error_id}
            for field in self.fields.values():
                field.widget.attrs.update(tie)
            raise
