"""Change the address of an account: once both the old one and the new one agreed."""

from __future__ import annotations

import time
from dataclasses import asdict, dataclass

from allauth.account import app_settings
from allauth.account.adapter import get_adapter
from allauth.core import ratelimit
from allauth.core.internal.cryptokit import compare_user_code
from django.db import IntegrityError, transaction
from django.http import HttpRequest

from members.alerts import subscribing
from members.models import User

SESSION_KEY = "members_address_change"


class TooManyTries(Exception):
    """The codes were tried too often: they open nothing any more."""


class AddressTaken(Exception):
    """Another account took the address since the code was sent."""


@dataclass(frozen=True)
class Change:
    """A change that waits for the code sent to each address."""

    old: str
    new: str
    old_code: str
    #: Empty when the new address has an account already: nothing is equal to it.
    new_code: str
    at: float

    @property
    def is_expired(self) -> bool:
        """Whether its codes are too old."""
        return bool(time.time() - self.at > app_settings.LOGIN_BY_CODE_TIMEOUT)

    def wrong(self, *, old_code: str, new_code: str) -> set[str]:
        """The names of the codes that are not those which were sent."""
        pairs = {
            "old_code": (old_code, self.old_code),
            "new_code": (new_code, self.new_code),
        }
        return {
            name
            for name, (typed, sent) in pairs.items()
            if not compare_user_code(actual=typed, expected=sent)
        }


def begin(request: HttpRequest, *, user: User, new: str) -> None:
    """Send a code to each address, and wait for them in this session.

    The holder of the new address is told when it already has an account: the page is
    the same.
    """
    adapter = get_adapter()
    taken = User.objects.with_address(new).exists()
    change = Change(
        old=user.email,
        new=new,
        old_code=adapter.generate_login_code(),
        new_code="" if taken else adapter.generate_login_code(),
        at=time.time(),
    )
    values = asdict(change)
    sent = {**values, "code": change.old_code}
    adapter.send_mail("adresse-ancienne", change.old, sent)
    mail = "adresse-prise" if taken else "adresse-nouvelle"
    adapter.send_mail(mail, new, {**values, "code": change.new_code})
    request.session[SESSION_KEY] = values


def pending(request: HttpRequest, *, user: User) -> Change | None:
    """The change that waits in this session, while its codes are good."""
    values = request.session.get(SESSION_KEY)
    change = Change(**values) if values else None
    if change is None or change.is_expired or change.old != user.email:
        return None
    return change


def give_up(request: HttpRequest) -> None:
    """Forget the change that waits in this session."""
    request.session.pop(SESSION_KEY, None)


def count_try(request: HttpRequest, change: Change) -> None:
    """Count a try of the codes, among all the windows and processes.

    Raises:
        TooManyTries: the codes are dead.

    """
    key = f"address:{request.user.pk}:{change.at}"
    if not ratelimit.consume(request, action="try_code", key=key):
        give_up(request)
        raise TooManyTries


def confirm(request: HttpRequest, *, user: User, change: Change) -> None:
    """Make the new address the login: both codes were right.

    Raises:
        AddressTaken: another account has it now.

    """
    give_up(request)
    user.email = change.new
    try:
        with transaction.atomic():
            user.save(update_fields=["email"])
            subscribing.move(old=change.old, new=change.new)
    except IntegrityError as error:
        user.email = change.old
        raise AddressTaken from error
