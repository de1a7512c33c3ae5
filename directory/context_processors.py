"""What every page says of the network."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from directory.models import Network


def network(_request: HttpRequest) -> dict[str, object]:
    """`network`: read when a template first asks; None before it is described."""
    return {"network": SimpleLazyObject(Network.objects.current)}
