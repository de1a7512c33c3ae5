"""The history: who wrote what in the register and the publications, and why.

Triggers keep it (migration `0016_trace_triggers`): `save()`, `update()`, bulk writes,
many-to-many and plain SQL leave a `Trace`. Whoever writes says why with `because`; the
middleware below says who is signed in. `directory.history.retelling` reads it.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

import pghistory
from django.db import Error, connection
from django.db.models import F, Func, JSONField, Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from pghistory.middleware import HistoryMiddleware

from directory.models import Contact, Trace

#: What the private data of a person are replaced by.
ERASED = "effacé"
#: How long the history remembers the private data that contacts had.
PRIVATE_FOR = datetime.timedelta(days=365)
#: In what `because` is told, who: keys of accounts, never names.
PEOPLE = ("author", "moderator", "user")


@dataclass(frozen=True)
class Reason:
    """Why rows were written: `words` may name what `because` was told."""

    words: Any
    #: The page of the staff that shows it, given what `because` was told.
    address: Callable[[Mapping[str, Any]], str] | None = None


#: An app adds those of its verbs by `add_reason`, when it is ready.
_reasons: dict[str, Reason] = {
    "import": Reason(_("Import de «\u00a0%(source)s\u00a0», fichier %(file)s")),
    "commande": Reason(_("Commande %(command)s")),
}


def add_reason(key: str, reason: Reason) -> None:
    """Let the history tell a reason that `because` is given."""
    _reasons[key] = reason


def reason_of(why: Mapping[str, Any]) -> Reason | None:
    """The reason of a trace, if one was told."""
    return _reasons.get(why.get("reason", ""))


@contextmanager
def because(reason: str, **told: Any) -> Iterator[None]:
    """Say why what is written inside is written; the person signed in stays told.

    `told` is what the words and the address of the reason need, and `PEOPLE`.
    """
    with pghistory.context() as context:
        before = dict(context.metadata)
        context.metadata.clear()
        context.metadata.update({**_person(before), "reason": reason, **told})
        try:
            yield
        finally:
            context.metadata.clear()
            context.metadata.update(before)
            if not before:
                _say_no_reason()


def _say_no_reason() -> None:
    """Keep the rest of the transaction, if it goes on, from being told so too."""
    if not connection.in_atomic_block or connection.needs_rollback:
        return
    # After an error of the database nothing more is written, nor may be asked.
    with suppress(Error), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pghistory.context_metadata', '', true)")


def _person(told: Mapping[str, Any]) -> dict[str, Any]:
    return {name: told[name] for name in ("user",) if told.get(name)}


class WhoWrites(HistoryMiddleware):
    """Tell the history who is signed in, when a request may write."""

    def get_context(self, request: HttpRequest) -> dict[str, Any]:
        """Give the key of the account; nothing for a visitor."""
        user = super().get_context(request)["user"]
        return {"user": user} if user else {}


def forget_contact(contact: Contact) -> None:
    """Erase what the history kept of a person who stays in the register."""
    _erase(Q(key=contact.pk))


def forget_old_contacts() -> int:
    """Erase the private data that contacts had long ago; give of how many traces."""
    return _erase(Q(at__lt=timezone.now() - PRIVATE_FOR))


def _erase(which: Q) -> int:
    erased = {name: _Erased(F(name)) for name in ("before", "after")}
    changed = ~Q(before=erased["before"]) | ~Q(after=erased["after"])
    traces = Trace.objects.filter(which, source=Contact._meta.db_table)
    return traces.filter(changed).update(**erased)


class _Erased(Func):
    """The columns of a contact without what names the person or reaches them."""

    function = "directory_trace_erased"
    output_field = JSONField()
