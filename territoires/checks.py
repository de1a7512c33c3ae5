"""What `manage.py check` refuses of an installation."""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections

SHORTEST_KEY = 50


@register(Tags.security, deploy=True)
def demonstration_stays_at_home(**_options: Any) -> list[CheckMessage]:
    """Refuse to show the world accounts that anybody opens."""
    strangers = [host for host in settings.ALLOWED_HOSTS if not _is_loopback(host)]
    if not settings.DEMO or not strangers:
        return []
    return [
        Error(
            f"DEMO=1 ouvre des comptes à n’importe qui sur {', '.join(strangers)}.",
            hint="Retirez DEMO, ou ne servez que localhost (ALLOWED_HOSTS).",
            id="territoires.E001",
        )
    ]


@register(Tags.security, deploy=True)
def secret_key_is_long(**_options: Any) -> list[CheckMessage]:
    """Refuse a key that can be guessed."""
    if len(settings.SECRET_KEY) >= SHORTEST_KEY:
        return []
    return [
        Error(
            f"SECRET_KEY a moins de {SHORTEST_KEY} caractères.",
            hint=(
                "python3 -c 'import secrets; print(secrets.token_urlsafe(60))' en tire"
                " une au hasard."
            ),
            id="territoires.E002",
        )
    ]


@register(Tags.database)
def database_knows_accents(
    databases: Sequence[str] | None = None, **_options: Any
) -> list[CheckMessage]:
    """Refuse a database in which « École » is not found by « école »."""
    return [
        Error(
            f"La base «\u00a0{alias}\u00a0» ne met pas les lettres accentuées en"
            " minuscules (lower('É') ≠ 'é')\u00a0: la recherche et le tri seraient"
            " faux.",
            hint=(
                "Créez-la avec l’encodage UTF8 et une locale UTF-8, par exemple\u00a0:"
                " CREATE DATABASE annuaire TEMPLATE template0 ENCODING 'UTF8'"
                " LOCALE 'fr_FR.UTF-8'. Le nom de locale «\u00a0C\u00a0» ne convient"
                " pas."
            ),
            id="territoires.E003",
        )
        for alias in databases or ()
        if not _lowers_accents(alias)
    ]


def _lowers_accents(alias: str) -> bool:
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT lower('É') = 'é'")
        (answer,) = cursor.fetchone()
    return bool(answer)


def _is_loopback(host: str) -> bool:
    name = host.strip("[]").lower()
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False
