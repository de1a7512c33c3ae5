"""What allauth does our way: its words, its mails, where it may lead."""

from __future__ import annotations

import time
from typing import Any
from urllib.parse import urlsplit

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from directory.models import Network
from members.accounts import sealing
from members.mails import emails

WRONG_CODE = _("Ce code n’est pas le bon.")
TOO_MANY = _("Trop d’essais. Attendez quelques minutes, puis recommencez.")
#: What allauth says when something was done -> what we say; the rest goes unsaid.
DONE = {
    "mfa/messages/totp_activated.txt": _("L’application d’authentification est prête."),
    "mfa/messages/totp_deactivated.txt": _(
        "L’application d’authentification est retirée."
    ),
    "mfa/messages/webauthn_added.txt": _("La clé d’accès est ajoutée."),
    "mfa/messages/webauthn_removed.txt": _("La clé d’accès est retirée."),
    "mfa/messages/recovery_codes_generated.txt": _(
        "Vos codes de secours sont prêts. Ils ne s’affichent qu’une fois\u00a0:"
        " notez-les maintenant."
    ),
    "usersessions/messages/sessions_logged_out.txt": _(
        "Les autres sessions sont fermées."
    ),
}
#: What happened to an account -> how the mail that warns its holder says it.
WARNINGS = {
    "mfa/email/totp_activated": _(
        "une application d’authentification a été ajoutée à votre compte"
    ),
    "mfa/email/totp_deactivated": _(
        "l’application d’authentification a été retirée de votre compte"
    ),
    "mfa/email/webauthn_added": _("une clé d’accès a été ajoutée à votre compte"),
    "mfa/email/webauthn_removed": _("une clé d’accès a été retirée de votre compte"),
    "mfa/email/recovery_codes_generated": _(
        "de nouveaux codes de secours ont été demandés pour votre compte"
    ),
}

#: What allauth calls a mail -> our kind of it.
KINDS_OF_ALLAUTH = {
    "account/email/login_code": "code",
    "account/email/unknown_account": "compte-inconnu",
}
#: A way to prove again who one is -> its name.
WAYS = {
    "reauthenticate_by_code": _("recevoir un code par courriel"),
    "mfa_reauthenticate": _("donner un code de l’application ou de secours"),
    "mfa_reauthenticate:webauthn": _("utiliser une clé d’accès"),
}


class AccountAdapter(DefaultAccountAdapter):
    """Accounts of the site: opened by a code, in French, on this host alone."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "incorrect_code": WRONG_CODE,
        "rate_limited": TOO_MANY,
        "too_many_login_attempts": _(
            "Trop d’essais. Attendez quelques minutes, puis recommencez avec un"
            " nouveau code."
        ),
    }

    def is_safe_url(self, url: str) -> bool:
        """Whether one may go there next: on this very host, and not to sign in."""
        request = context.request
        if urlsplit(url).path in {reverse("account_login"), reverse("admin:login")}:
            return False
        hosts = {request.get_host()}
        return url_has_allowed_host_and_scheme(url, hosts, request.is_secure())

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Whether the person's last proof of who they are is too old for this."""
        records = get_authentication_records(context.request, context.request.user)
        oldest = time.time() - app_settings.REAUTHENTICATION_TIMEOUT
        return not any(record["at"] > oldest for record in records)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """The ways to prove again who one is, in French."""
        return [
            {**method, "description": WAYS[method["id"]]}
            for method in super().get_reauthentication_methods(user)
        ]

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> Any:
        """Give the session its usual life: `kept_forms` shortens that of strangers."""
        request.session.set_expiry(None)
        return super().post_login(request, user, **kwargs)

    def respond_user_inactive(
        self, request: HttpRequest, user: AbstractBaseUser
    ) -> HttpResponse:
        """Say on the page of sign-in that the account is closed."""
        messages.error(
            request, _("Ce compte est fermé. Si c’est une erreur, écrivez au réseau.")
        )
        return HttpResponseRedirect(reverse("account_login"))

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Say in our words what was done, or nothing."""
        said = message or DONE.get(message_template or "")
        if said:
            messages.add_message(request, level, said, extra_tags)

    def send_notification_mail(
        self,
        template_prefix: str,
        user: Any,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Warn the holder of an account of what was just done to it."""
        what = WARNINGS[template_prefix]
        self.send_mail("compte-change", email or user.email, {"what": what})

    def send_mail(
        self, template_prefix: str, email: str, context: dict[str, Any]
    ) -> None:
        """Send a mail of accounts: a kind of ours, or the one that allauth means."""
        kind = KINDS_OF_ALLAUTH.get(template_prefix, template_prefix)
        page = "account_signup" if kind == "compte-inconnu" else "account_login"
        emails.send(
            kind, to=email, context={**context, "email": email, "path": reverse(page)}
        )


class SecondFactorAdapter(DefaultMFAAdapter):
    """Passkeys and applications that give codes, in French."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": WRONG_CODE,
    }

    def encrypt(self, text: str) -> str:
        """A secret or the seed of codes, as the database keeps it."""
        return sealing.seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        """The same, read back."""
        return sealing.opened(encrypted_text)

    def get_totp_issuer(self) -> str:
        """The name under which an application lists the account."""
        return self._get_site_name()

    def generate_authenticator_name(
        self,
        user: AbstractBaseUser,
        type: Authenticator.Type,  # noqa: A002
    ) -> str:
        """A name for a new passkey, until its holder gives a better one."""
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        name: str = _("Clé d’accès n°\u00a0%d") % number
        return name

    def _get_site_name(self) -> str:
        network = Network.objects.current()
        return str(network.name if network else _("Territoires solidaires"))
