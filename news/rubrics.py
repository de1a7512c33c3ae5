"""The listings of publications that stand side by side, and the pages below each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Rubric:
    """A kind of publication: its listing and its pages, by the names of their views."""

    listing: str
    page: str
    label: Any

    def mark(self, view: str) -> str:
        """What `aria-current` says of its link on the page of this view."""
        if view == self.listing:
            return "page"
        return "true" if view == self.page else ""


ARTICLES = Rubric("news:articles", "news:article", _("Actualités"))
CALLS = Rubric("news:calls", "news:call", _("Appels à projets"))
EVENTS = Rubric("news:events", "news:event", _("Agenda"))
OFFERS = Rubric("news:offers", "news:offer", _("Offres"))
RUBRICS = (ARTICLES, CALLS, EVENTS, OFFERS)
