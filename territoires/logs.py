"""What logs must not tell: addresses that open something to whoever has them."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import suppress
from functools import cache

from django.apps import apps
from django.urls import URLPattern, get_resolver

#: The name that views give to what such an address carries.
TOKEN = "token"  # noqa: S105 - a name
MASK = "…"


class HideTokens(logging.Filter):
    """Write `…` for what follows the start of an address that carries a token.

    The rest of the path goes too: a link copied with a full stop is not found, and
    written, while the link itself still serves.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record through, masked; as it is, when it cannot be read."""
        if apps.ready:  # before, no address is served
            # Whoever logs is not stopped by it. The addresses cannot be read while they
            # are being loaded: they will be, for a later record.
            with suppress(Exception):
                _mask(record)
        return True


def _mask(record: logging.LogRecord) -> None:
    message = record.getMessage()
    masked = _addresses().sub(rf"\1{MASK}", message)
    if masked != message:
        record.msg, record.args = masked, ()


@cache
def _addresses() -> re.Pattern[str]:
    """The addresses of the site that carry a token, up to it, and the rest of them."""
    starts = sorted(_starts(get_resolver().url_patterns, "/"), reverse=True)
    return re.compile(rf"({'|'.join(starts)})[^'\"\n]+", re.IGNORECASE)


def _starts(patterns: list, before: str) -> Iterator[str]:
    for entry in patterns:
        route = f"{before}{getattr(entry.pattern, '_route', '')}"
        if not isinstance(entry, URLPattern):
            yield from _starts(entry.url_patterns, route)
        elif TOKEN in entry.pattern.converters:
            start = re.split(rf"<[^<>]*\b{TOKEN}>", route)[0]
            parts = [re.escape(part) for part in re.split("<[^<>]*>", start)]
            yield "[^/]+".join(parts).replace("/", "/+")
