"""What every page says of the network."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from directory.keeping import versions
from directory.models import Network
from directory.models.network import READ_WITH_NETWORK

_kept: list[tuple[tuple[str | int, ...], Network | None]] = []


def network(request: HttpRequest) -> dict[str, object]:
    """`network`: read when a template first asks; None before it is described."""
    return {"network": SimpleLazyObject(lambda: _current(request))}


def _current(request: HttpRequest) -> Network | None:
    version = versions.of_request(request).of(READ_WITH_NETWORK)
    if not _kept or _kept[-1][0] != version:
        _kept[:] = [(version, Network.objects.current())]
    return _kept[-1][1]
