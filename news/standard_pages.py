"""The pages that every network owes its readers, as drafts to complete.

A migration adds them once: a page that the staff delete does not come back.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.apps import apps as current_apps
from django.db import models

DATA = Path(__file__).parent / "data"
NETWORK, LEGAL = "reseau", "mentions"
#: Address, title, group, position; the text is in `data/<address>.html`.
PAGES = (
    ("le-reseau", "Le réseau", NETWORK, 1),
    ("mentions-legales", "Mentions légales", LEGAL, 1),
    ("donnees-personnelles", "Données personnelles", LEGAL, 2),
)


def load(
    get_model: Callable[[str, str], type[models.Model]] = current_apps.get_model,
) -> int:
    """Add the missing pages, as drafts; give their number.

    `get_model` is the registry's method: a migration gives that of its own past models.
    """
    manager: Any = get_model("news", "Page")._default_manager
    known = set(manager.values_list("slug", flat=True))
    missing = [page for page in PAGES if page[0] not in known]
    for slug, title, group, position in missing:
        manager.create(
            slug=slug, title=title, group=group, position=position, body=text(slug)
        )
    return len(missing)


def text(slug: str) -> str:
    """The text to complete of a standard page, in HTML."""
    return (DATA / f"{slug}.html").read_text(encoding="utf-8")
