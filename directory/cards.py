"""Rows at a glance: rendered once by their template, then marked for each search."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, cached_property
from typing import Any

from django.utils.safestring import SafeString

from directory.highlighting import Highlighter, MarkedText, PlainText
from directory.pieces import Mould, joined

EXCERPT = "components/excerpt.html"
#: How many cards of a listing are kept: some twenty kilobytes each, once searched.
MOST = 2_000


class Card:
    """A row at a glance, and the whole text of which an excerpt may be shown."""

    def __init__(self, template: str, context: dict[str, Any], text: str) -> None:
        """Render the template, which prints `excerpt` where an excerpt goes."""
        self.mould = Mould(template, context, ["excerpt"])
        self._text = text

    @cached_property
    def html(self) -> SafeString:
        """The card without an excerpt."""
        return self.mould.filled(excerpt="")

    @cached_property
    def words(self) -> MarkedText:
        """The card, ready to be marked."""
        return MarkedText(self.html)

    @cached_property
    def text(self) -> PlainText:
        """The whole text, ready to be searched."""
        return PlainText(self._text)

    def marked(self, highlighter: Highlighter) -> SafeString:
        """The card with its words marked, or the part of its text that has them."""
        marked = highlighter.mark(self.words)
        if marked is not self.html:
            return marked
        text = highlighter.excerpt(self.text)
        if not text:
            return self.html
        excerpt = highlighter.mark(MarkedText(_excerpt().filled(text=text)))
        return self.mould.filled(excerpt=excerpt)


@cache
def _excerpt() -> Mould:
    return Mould(EXCERPT, {}, ["text"])


def printed(cards: Iterable[Card], highlighter: Highlighter | None) -> SafeString:
    """The cards one after the other, marked if something was searched."""
    if highlighter is None:
        return joined(card.html for card in cards)
    return joined(card.marked(highlighter) for card in cards)
