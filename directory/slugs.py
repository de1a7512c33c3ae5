"""Addresses of pages, made from names."""

from __future__ import annotations

from collections.abc import Container
from typing import Any

from django.utils.text import slugify


def unique_slug(model: type[Any], text: str, *, taken: Container[str] = ()) -> str:
    """A free address for a row of the model: « ville-daix-en-provence », then « -2 ».

    `taken` holds addresses promised to rows that are not saved yet. Cut at a word to
    the length of the model's field; a text without a Latin letter gives the model's
    name.
    """
    room = model._meta.get_field("slug").max_length - 5
    base = _cut(slugify(text.replace("œ", "oe").replace("Œ", "Oe")), room)
    base = base or str(model._meta.model_name)
    used = set(
        model._default_manager.filter(slug__startswith=base).values_list(
            "slug", flat=True
        )
    )
    candidate, rank = base, 1
    while candidate in used or candidate in taken:
        rank += 1
        candidate = f"{base}-{rank}"
    return candidate


def _cut(slug: str, room: int) -> str:
    if len(slug) <= room:
        return slug
    return slug[:room].rsplit("-", 1)[0] if "-" in slug[:room] else slug[:room]
