"""What is refused before any page is chosen."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import unquote

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, QueryDict

ADMIN = "/admin/"
NUL = "\x00"


def keep_nul_out_of_admin(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Spare the admin the NUL character, which PostgreSQL refuses.

    An address that holds it gets 400; what a form sends loses it. The public listings
    drop it themselves, with a sentence.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith(ADMIN):
            query = unquote(request.META.get("QUERY_STRING", ""))
            if NUL in request.path_info + query:
                message = "NUL in an address."
                raise BadRequest(message)
            if request.method == "POST":
                request.POST = without_nul(request.POST)  # type: ignore[assignment]
        return get_response(request)

    return answer


def without_nul(sent: QueryDict) -> QueryDict:
    """The same answers of a form, less their NUL characters."""
    if not any(NUL in value for _name, values in sent.lists() for value in values):
        return sent
    clean = sent.copy()
    for name, values in sent.lists():
        clean.setlist(name, [value.replace(NUL, "") for value in values])
    return clean
