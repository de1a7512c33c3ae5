"""What was typed in a page whose session had ended: kept until its author signs in.

The form waits in the new session, which belongs to whoever holds the browser, and is
shown again, not saved, at the address where it was sent. Files are not kept: the page
says so. Scripts keep a copy in the browser too (`static/js/autosave.js`).

Strangers fill no table with it: only a page that the site gave to a member is kept, so
many from one place, for an hour.
"""

from __future__ import annotations

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext_lazy as _

from . import starts

KEY = "kept_forms"
#: The most that a person who is not signed in may leave in a session, in characters:
#: five times the longest page of the demonstration.
MOST = 100_000
#: How long it waits, in seconds: the time to open a mail, twice over. The sign-in
#: gives the session its usual life back.
LIFE = 3600
TOO_LONG = _(
    "Votre session a pris fin, et votre texte est trop long pour être gardé ici."
    " Revenez à la page précédente pour le copier, puis connectez-vous."
)
NOT_OURS = _(
    "Votre session a pris fin, et votre texte n’a pas pu être gardé ici. Revenez à la"
    " page précédente pour le copier, puis connectez-vous."
)


def keep_and_sign_in(request: HttpRequest) -> HttpResponse:
    """Keep the form that was posted, if any, and ask who it is.

    Too many from one place get 429: the browser goes back to the page, as it was typed.
    What cannot be kept, because it is too long or is no page of ours, is said so.
    """
    if request.method == "POST":
        if not starts.read(request.POST.get("_start", "")):
            messages.warning(request, NOT_OURS)
        elif refused := ratelimit.consume_or_429(request, action="keep_form"):
            return refused  # type: ignore[no-any-return]
        else:
            _keep(request)
    return redirect_to_login(request.get_full_path())


def _keep(request: HttpRequest) -> None:
    sent = request.POST.copy()
    sent.pop("csrfmiddlewaretoken", None)
    text = sent.urlencode()
    if len(text) > MOST:
        messages.warning(request, TOO_LONG)
        return
    request.session[KEY] = {"path": request.path, "form": text}
    request.session.set_expiry(LIFE)


def take(request: HttpRequest) -> QueryDict | None:
    """The form kept for this address, once."""
    kept = request.session.get(KEY)
    if not kept or kept["path"] != request.path:
        return None
    del request.session[KEY]
    return QueryDict(kept["form"])
