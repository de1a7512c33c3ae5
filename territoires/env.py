"""Typed readers of the environment: every setting of a deployment passes here."""

from __future__ import annotations

import os

TRUE = frozenset({"1", "true", "yes", "on"})
FALSE = frozenset({"", "0", "false", "no", "off"})


class BadEnvironment(Exception):
    """An environment variable is missing or cannot be understood."""


def text(name: str, default: str | None = None) -> str:
    """The variable as it is; without a default, a missing one raises."""
    value = os.environ.get(name, default)
    if value is None:
        message = f"{name} is not set: see .env.example."
        raise BadEnvironment(message)
    return value


def flag(name: str, *, default: bool = False) -> bool:
    """The variable as a yes or a no: 1/true/yes/on, 0/false/no/off."""
    value = os.environ.get(name)
    if value is None:
        return default
    lowered = value.strip().lower()
    if lowered in TRUE:
        return True
    if lowered in FALSE:
        return False
    message = f"{name}={value!r} is neither true nor false."
    raise BadEnvironment(message)


def integer(name: str, default: int) -> int:
    """The variable as a whole number."""
    value = os.environ.get(name)
    if value is None:
        return default
    try:
        return int(value)
    except ValueError as error:
        message = f"{name}={value!r} is not a whole number."
        raise BadEnvironment(message) from error


def listing(name: str, default: str = "") -> list[str]:
    """The variable as a list: values split on commas, blanks left out."""
    values = os.environ.get(name, default).split(",")
    return [value.strip() for value in values if value.strip()]
