"""Sessions of the tests: those of the staff have used a second factor, or not."""

from django.http import HttpRequest
from django.test import Client

from members import second_factor

open_plainly = Client.force_login


def open_proved(client, user, backend=None):
    """Sign in as Django's client does; the staff with a second factor, as they must."""
    open_plainly(client, user, backend)
    if not user.is_staff:
        return
    request = HttpRequest()
    request.session = client.session
    second_factor.note(request, user, "webauthn")
    request.session.save()
