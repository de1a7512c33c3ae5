"""What was typed in a page whose session had ended: kept until its author signs in.

The form waits in the new session, which belongs to whoever holds the browser, and is
shown again, not saved, at the address where it was sent. Files are not kept: the page
says so. Scripts keep a copy in the browser too (`static/js/autosave.js`).

Strangers fill no table with it: only a page that the site gave to a member is kept, so
many from one place, for an hour.
"""

from __future__ import annotations

from allauth.core import ratelimit
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, QueryDict

from . import starts

KEY = "kept_forms"
#: The most that a person who is not signed in may leave in a session, in characters:
#: five times the longest page of the demonstration.
MOST = 100_000
#: How long it waits, in seconds: the time to open a mail, twice over. The sign-in
#: gives the session its usual life back.
LIFE = 3600


def keep_and_sign_in(request: HttpRequest) -> HttpResponse:
    """Keep the form that was posted, if any, and ask who it is.

    Too many from one place get 429: the browser goes back to the page, as it was typed.
    """
    if request.method == "POST" and starts.read(request.POST.get("_start", "")):
        refused: HttpResponse | None = ratelimit.consume_or_429(
            request, action="keep_form"
        )
        if refused:
            return refused
        _keep(request)
    return redirect_to_login(request.get_full_path())


def _keep(request: HttpRequest) -> None:
    sent = request.POST.copy()
    sent.pop("csrfmiddlewaretoken", None)
    text = sent.urlencode()
    if len(text) <= MOST:
        request.session[KEY] = {"path": request.path, "form": text}
        request.session.set_expiry(LIFE)


def take(request: HttpRequest) -> QueryDict | None:
    """The form kept for this address, once."""
    kept = request.session.get(KEY)
    if not kept or kept["path"] != request.path:
        return None
    del request.session[KEY]
    return QueryDict(kept["form"])
