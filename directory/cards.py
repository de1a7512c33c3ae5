"""Rows at a glance: rendered once by their template, then marked for each search."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from functools import cache, cached_property
from typing import Any

from django.utils.safestring import SafeString

from directory.highlighting import Highlighter, MarkedText, PlainText
from directory.pieces import Mould, joined

EXCERPT = "components/excerpt.html"
ALSO = "components/also.html"
#: How many cards of a listing are kept: some twenty kilobytes each, once searched.
MOST = 2_000


class Card:
    """A row at a glance, and what it does not show unasked.

    `text` is the whole text of the row, of which an excerpt may be shown; `others` are
    the names that did not fit (countries, sectors), shown when they are why it is here.
    """

    def __init__(
        self,
        template: str,
        context: dict[str, Any],
        text: str,
        others: Sequence[str] = (),
    ) -> None:
        """Render the template, which prints `excerpt` where an excerpt goes."""
        self.mould = Mould(template, context, ["excerpt"])
        self.others = others
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

    def shown(self, highlighter: Highlighter | None, chosen: Set[str]) -> SafeString:
        """The card, with its words marked and what explains why it was found.

        `chosen` are the names of the values that filters ask for.
        """
        also = [name for name in self.others if name in chosen]
        if highlighter is None:
            return self._with(ALSO, ", ".join(also)) if also else self.html
        also += [name for name in self.others if highlighter.finds(name)]
        if also:
            names = ", ".join(dict.fromkeys(also))
            return highlighter.mark(MarkedText(self._with(ALSO, names)))
        marked = highlighter.mark(self.words)
        if marked is not self.html:
            return marked
        text = highlighter.excerpt(self.text)
        if not text:
            return self.html
        excerpt = highlighter.mark(MarkedText(_line(EXCERPT).filled(text=text)))
        return self.mould.filled(excerpt=excerpt)

    def _with(self, template: str, text: str) -> SafeString:
        return self.mould.filled(excerpt=_line(template).filled(text=text))


@cache
def _line(template: str) -> Mould:
    return Mould(template, {}, ["text"])


def printed(
    cards: Iterable[Card], highlighter: Highlighter | None, chosen: Set[str]
) -> SafeString:
    """The cards one after the other, each with why it is there."""
    return joined(card.shown(highlighter, chosen) for card in cards)
