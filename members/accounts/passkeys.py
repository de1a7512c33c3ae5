"""What browsers send of passkeys, and how people call them."""

from __future__ import annotations

import struct
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from cryptography.exceptions import InvalidSignature
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

REFUSED = _("Cette clé d’accès n’est pas reconnue.")
#: What reading a credential that no browser made may raise, besides what allauth knows.
FORGED = (
    AttributeError,
    IndexError,
    InvalidSignature,
    LookupError,
    TypeError,
    ValueError,
    struct.error,
)


class NewPasskeyForm(AddWebAuthnForm):
    """A new passkey, and how its holder calls it."""

    name = forms.CharField(
        label=_("Nom de la clé"),
        required=False,
        max_length=60,
        help_text=_(
            "Pour la reconnaître\u00a0: «\u00a0Téléphone\u00a0»,"
            " «\u00a0Ordinateur du bureau\u00a0»."
        ),
    )
    passwordless = forms.BooleanField(
        required=False, initial=True, widget=forms.HiddenInput
    )

    def clean(self) -> dict[str, Any]:
        """Refuse what no browser made."""
        try:
            return dict(super().clean())
        except FORGED as error:
            raise ValidationError(REFUSED) from error


class PasskeyNameForm(EditWebAuthnForm):
    """How the holder of a passkey calls it."""

    name = forms.CharField(label=_("Nom de la clé"), max_length=60)


class _UsedPasskey(forms.Form):
    """A passkey that was used; what no browser signed is refused."""

    def clean_credential(self) -> Authenticator:
        try:
            return super().clean_credential()  # type: ignore[misc]
        except FORGED as error:
            raise ValidationError(REFUSED) from error


class PasskeySignInForm(_UsedPasskey, LoginWebAuthnForm):
    """A passkey that opens a session by itself."""


class PasskeyFactorForm(_UsedPasskey, AuthenticateWebAuthnForm):
    """A passkey used after the code."""


class PasskeyAgainForm(_UsedPasskey, ReauthenticateWebAuthnForm):
    """A passkey used before something that matters."""
