"""The staff's second factor: what their doors ask for besides the code sent by e-mail.

Whoever reads a mailbox can sign in by code. The rights that the administration gives
are therefore lent to sessions in which a passkey or an application was used too.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth.middleware import get_user
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.http import urlencode

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser
    from django.contrib.auth.models import AnonymousUser

    from members.models import User

GetResponse = Callable[[HttpRequest], HttpResponse]
View = Callable[..., Any]
#: What allauth notes of a session in which a passkey, an application or a recovery
#: code was used.
METHOD = "mfa"


def proved(request: HttpRequest) -> bool:
    """Whether a second factor was used in this session, by the person signed in."""
    return _used(request, request.user)


def note(request: HttpRequest, user: User, kind: str) -> None:
    """Note that a second factor was used: adding one proves that one holds it."""
    passwordless = kind == Authenticator.Type.WEBAUTHN
    record_authentication(request, user, METHOD, type=kind, passwordless=passwordless)


def ask(request: HttpRequest) -> HttpResponse:
    """Lead to the page that sets a second factor up, and says why; then back here."""
    way_back = urlencode({"next": request.get_full_path()})
    return HttpResponseRedirect(f"{reverse('mfa_index')}?{way_back}")


def end_other_sessions(user: User) -> None:
    """End the sessions but this one: they were opened by a code alone."""
    for session in UserSession.objects.filter(user=user):
        if not session.is_current():
            session.end()


def required(view: View) -> View:
    """Ask who has a second factor to use it before a page of ways to sign in.

    A session that was opened by a code, before there was a factor, proves nothing.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        has_one = Authenticator.objects.filter(user_id=request.user.pk).exists()
        if has_one and not proved(request):
            way_back = urlencode({"next": request.get_full_path()})
            return HttpResponseRedirect(f"{reverse('mfa_reauthenticate')}?{way_back}")
        return view(request, *args, **kwargs)

    return answer


@transaction.atomic
def forget(*, user: User) -> int:
    """Remove the second factors of who lost them; give how many there were.

    The sessions of the account end too: what was lost may have one open.
    """
    for session in UserSession.objects.filter(user=user):
        session.end()
    number, _by_model = Authenticator.objects.filter(user=user).delete()
    return int(number)


def withhold_rights(get_response: GetResponse) -> GetResponse:
    """Keep rights from the sessions that proved no second factor, on every page."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.user = SimpleLazyObject(lambda: _known(request))  # type: ignore[assignment]
        return get_response(request)

    return middleware


def _known(request: HttpRequest) -> object:
    user = get_user(request)
    if user.is_authenticated:
        user.rights_are_withheld = not _used(request, user)
    return user


def _used(request: HttpRequest, user: AbstractBaseUser | AnonymousUser) -> bool:
    records = get_authentication_records(request, user)
    return any(record["method"] == METHOD for record in records)
