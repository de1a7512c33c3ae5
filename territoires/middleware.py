"""What no library does for every request: one header more, one character less."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import unquote

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, QueryDict

GetResponse = Callable[[HttpRequest], HttpResponse]

ADMIN = "/admin/"
NUL = "\x00"


def permissions_policy(get_response: GetResponse) -> GetResponse:
    """Say that no page, nor any script in it, uses the features of the settings."""
    policy = ", ".join(f"{feature}=()" for feature in settings.PERMISSIONS_POLICY)

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", policy)
        return response

    return middleware


def keep_nul_out_of_admin(get_response: GetResponse) -> GetResponse:
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
