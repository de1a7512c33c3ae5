"""Addresses of pages, made from names."""

from __future__ import annotations

import itertools
from collections.abc import Container, Iterator
from typing import Any

from django.utils.text import slugify

#: Ends of addresses that are pages of a listing, not rows: /annuaire/suggestions/.
RESERVED = frozenset({"suggestions"})


def unique_slug(model: type[Any], text: str, *, taken: Container[str] = ()) -> str:
    """A free address for a row of the model: « ville-daix-en-provence », then « -2 ».

    `taken` holds addresses promised to rows that are not saved yet. Cut at a word to
    the length of the model's field; a text without a Latin letter gives the model's
    name.
    """
    base = _base(model, text)
    rows = model._default_manager.filter(slug__startswith=base)
    used = RESERVED.union(rows.values_list("slug", flat=True))
    return next(
        slug for slug in _ranked(base) if slug not in used and slug not in taken
    )


class Slugs:
    """Free addresses for many rows of one model, none of them given twice."""

    def __init__(self, model: type[Any]) -> None:
        """Read the addresses in use, once."""
        self._model = model
        self._used = {*RESERVED, *model._default_manager.values_list("slug", flat=True)}
        self._ranks: dict[str, int] = {}

    def take(self, text: str) -> str:
        """The address that `unique_slug` would give, promised to the caller."""
        base = _base(self._model, text)
        first = self._ranks.get(base, 1)
        rank, slug = next(
            (rank, slug)
            for rank, slug in enumerate(_ranked(base, first), start=first)
            if slug not in self._used
        )
        self._ranks[base] = rank
        self._used.add(slug)
        return slug


def _base(model: type[Any], text: str) -> str:
    room = model._meta.get_field("slug").max_length - 5
    base = _cut(slugify(text.replace("œ", "oe").replace("Œ", "Oe")), room)
    return base or str(model._meta.model_name)


def _ranked(base: str, first: int = 1) -> Iterator[str]:
    for rank in itertools.count(first):
        yield base if rank == 1 else f"{base}-{rank}"


def _cut(slug: str, room: int) -> str:
    if len(slug) <= room:
        return slug
    return slug[:room].rsplit("-", 1)[0] if "-" in slug[:room] else slug[:room]
