"""Stores: what a process has made, kept under a key until there is too much of it."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

T = TypeVar("T")

#: How many values a store keeps before it drops the oldest half.
MOST = 5_000
#: The stores of the process, for whoever must begin without what it has kept.
STORES: list[dict[Any, Any]] = []


def new_store() -> dict[Any, Any]:
    """A new store, which lasts as long as the process."""
    new: dict[Any, Any] = {}
    STORES.append(new)
    return new


def kept(
    store: dict[Any, T], key: Hashable, make: Callable[[], T], *, most: int = MOST
) -> T:
    """Give what the store has under the key, made now if it is missing.

    A store that is full drops the half that was made first.
    """
    found = store.get(key)
    return put(store, key, make(), most=most) if found is None else found


def put(store: dict[Any, T], key: Hashable, value: T, *, most: int = MOST) -> T:
    """Keep a value under the key, as the last one made, and give it."""
    store.pop(key, None)
    if len(store) >= most:
        for old in list(store)[: most // 2]:
            store.pop(old, None)
    store[key] = value
    return value


def kept_as_of(
    store: dict[Any, tuple[Hashable, T]],
    key: Hashable,
    version: Hashable,
    make: Callable[[], T],
) -> T:
    """Give what the store has under the key, made again if the version has moved."""
    found = store.get(key)
    # Another thread may keep another version meanwhile: each gives what it has made.
    if found is None or found[0] != version:
        found = put(store, key, (version, make()))
    return found[1]
