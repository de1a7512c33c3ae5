"""What logs tell: no address that opens something to whoever reads it."""

import io
import logging
from logging.config import dictConfig

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from territoires import logs

TOKEN = "aNsgxJKcnoPA47c3.OG_b_i22oHDnPy0842f"


@pytest.fixture
def log(monkeypatch):
    """What the handlers of the site write."""
    written = io.StringIO()
    monkeypatch.setattr("sys.stderr", written)
    dictConfig(settings.LOGGING)
    yield written.getvalue
    monkeypatch.undo()
    dictConfig(settings.LOGGING)


def with_tokens(patterns=None, prefix=""):
    """The names of the addresses that carry a token."""
    for entry in patterns or get_resolver().url_patterns:
        if isinstance(entry, URLPattern):
            if "token" in entry.pattern.converters:
                yield f"{prefix}{entry.name}"
        elif entry.namespace != "admin":
            inner = f"{prefix}{entry.namespace}:" if entry.namespace else prefix
            yield from with_tokens(entry.url_patterns, inner)


@pytest.mark.parametrize("name", sorted(with_tokens()))
def test_a_link_that_is_refused_is_not_written(name, log, db):
    path = reverse(name, args=[TOKEN])

    for address in (path, f"{path}).", path.replace("/mon-espace/", "/Mon-Espace//")):
        assert Client().get(address).status_code == 404

    assert TOKEN not in log()
    assert f"Not Found: {path.split(TOKEN)[0]}…" in log()


def test_a_form_without_its_own_token_is_not_written(log, db):
    path = reverse("members:invitation", args=[TOKEN])

    assert Client(enforce_csrf_checks=True).post(path).status_code == 403

    assert "Forbidden" in log()
    assert TOKEN not in log()


def test_the_server_of_the_demonstration_does_not_write_them_either(log):
    path = reverse("members:invitation", args=[TOKEN])
    server = logging.getLogger("django.server")

    server.info('"%s" %s %s', f"GET {path} HTTP/1.1", "200", "5120")

    assert TOKEN not in log()
    assert '"GET /mon-espace/invitations/…" 200 5120' in log()


def test_other_addresses_are_written_whole(log, db):
    Client().get("/annuaire/nulle-part/")

    assert "Not Found: /annuaire/nulle-part/" in log()


def test_a_message_that_cannot_be_written_stops_nobody(log, capsys):
    record = logging.LogRecord("site", 30, __file__, 1, "%s %s", ("un",), None)

    (console,) = (one for one in logging.getLogger().handlers if one.filters)
    console.handle(record)

    assert "Logging error" in capsys.readouterr().err


def test_addresses_that_cannot_be_read_yet_are_read_later(log, monkeypatch):
    def loading():
        message = "The included URLconf does not appear to have any patterns in it."
        raise ImproperlyConfigured(message)

    path = reverse("members:invitation", args=[TOKEN])
    logger = logging.getLogger("django.request")
    logs._addresses.cache_clear()
    with monkeypatch.context() as patch:
        patch.setattr(logs, "get_resolver", loading)
        logger.warning("Pendant le chargement")

    logger.warning("Not Found: %s", path)

    assert "Pendant le chargement" in log()
    assert TOKEN not in log()
