"""Second factors are written sealed: a copy of the database gives no code away.

The key is drawn from `SECRET_KEY`; texts sealed under one of `SECRET_KEY_FALLBACKS`
open too, and so does a text written before any was sealed.
"""

from __future__ import annotations

import base64
import logging
import secrets
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac

#: What a sealed text begins with: no secret of allauth does.
SEALED = "fernet$"
SALT = "members.accounts.sealing"
logger = logging.getLogger(__name__)


def seal(text: str) -> str:
    """The text, for who has the key alone."""
    return f"{SEALED}{_keys().encrypt(text.encode()).decode()}"


def opened(text: str) -> str:
    """The text that was sealed, or the text itself when it was not.

    Sealed under a key that is gone, it is one that nobody knows: no code is right, and
    another person of the staff removes the factor.
    """
    try:
        return _opened(text)
    except InvalidToken:
        logger.warning("A second factor was sealed under a key that is gone.")
        return base64.b32encode(secrets.token_bytes(20)).decode()


def sealed_again(data: dict[str, Any]) -> dict[str, Any]:
    """What a second factor holds, sealed under the key of today.

    Raises:
        InvalidToken: when it was sealed under a key that is gone.

    """
    return _each(data, lambda text: seal(_opened(text)))


def unsealed(data: dict[str, Any]) -> dict[str, Any]:
    """What a second factor holds, as allauth writes it by itself; raises the same."""
    return _each(data, _opened)


def _opened(text: str) -> str:
    if not text.startswith(SEALED):
        return text
    return _keys().decrypt(text.removeprefix(SEALED)).decode()


def _each(data: dict[str, Any], do: Any) -> dict[str, Any]:
    done = dict(data)
    for name in ("secret", "seed"):
        if name in data:
            done[name] = do(data[name])
    if "migrated_codes" in data:
        done["migrated_codes"] = [do(code) for code in data["migrated_codes"]]
    return done


def _keys() -> MultiFernet:
    secrets_of_site = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return MultiFernet([Fernet(_key(secret)) for secret in secrets_of_site])


def _key(secret: str) -> bytes:
    digest = salted_hmac(SALT, "", secret=secret, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest)
