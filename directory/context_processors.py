"""What every page says of the network."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from directory.keeping import versions
from directory.keeping.stores import kept_as_of, new_store
from directory.models import Network
from directory.models.network import READ_WITH_NETWORK

_networks: dict[Any, tuple[Any, Network | None]] = new_store()


def network(request: HttpRequest) -> dict[str, object]:
    """`network`: read when a template first asks; None before it is described."""
    return {"network": SimpleLazyObject(lambda: _current(request))}


def _current(request: HttpRequest) -> Network | None:
    version = versions.of_request(request).of(READ_WITH_NETWORK)
    return kept_as_of(_networks, (), version, Network.objects.current)
