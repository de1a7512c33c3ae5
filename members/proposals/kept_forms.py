"""What was typed in a page whose session had ended: kept until its author signs in.

The form waits in the new session, which belongs to whoever holds the browser, and is
shown again, not saved, at the address where it was sent. Files are not kept: the page
says so. Scripts keep a copy in the browser too (`static/js/autosave.js`).
"""

from __future__ import annotations

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, QueryDict

KEY = "kept_forms"
#: The most that a person who is not signed in may leave in a session, in characters.
MOST = 300_000


def keep_and_sign_in(request: HttpRequest) -> HttpResponse:
    """Keep the form that was posted, if any, and ask who it is."""
    if request.method == "POST":
        sent = request.POST.copy()
        sent.pop("csrfmiddlewaretoken", None)
        text = sent.urlencode()
        if len(text) <= MOST:
            request.session[KEY] = {"path": request.path, "form": text}
    return redirect_to_login(request.get_full_path())


def take(request: HttpRequest) -> QueryDict | None:
    """The form kept for this address, once."""
    kept = request.session.get(KEY)
    if not kept or kept["path"] != request.path:
        return None
    del request.session[KEY]
    return QueryDict(kept["form"])
