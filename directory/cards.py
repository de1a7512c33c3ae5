"""Rows at a glance: rendered once by their template, then marked for each search."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from functools import cache, cached_property
from typing import Any

from django.utils.safestring import SafeString

from directory.highlighting import Highlighter, MarkedText, PlainText, words_in
from directory.pieces import Mould, joined, kept

EXCERPT = "components/excerpt.html"
ALSO = "components/also.html"
#: How many cards of a listing are kept: some twenty kilobytes each, once searched.
MOST = 2_000
#: How many of its longer forms a card keeps.
MOST_LONGER = 4


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
        self._longer: dict[tuple[str, str], MarkedText] = {}

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

    @cached_property
    def _words_of_others(self) -> list[tuple[str, list[str]]]:
        """The names that did not fit, with their words."""
        return [(name, words_in(name)) for name in self.others]

    def shown(self, highlighter: Highlighter | None, chosen: Set[str]) -> SafeString:
        """The card, with its words marked and what explains why it was found.

        `chosen` are the names of the values that filters ask for.
        """
        also = [name for name in self.others if name in chosen]
        if highlighter is None:
            return self._with(ALSO, ", ".join(also)).html if also else self.html
        also += [n for n, words in self._words_of_others if highlighter.found(words)]
        if also:
            names = ", ".join(dict.fromkeys(also))
            return highlighter.mark(self._with(ALSO, names))
        marked = highlighter.mark(self.words)
        if marked is not self.html:
            return marked
        text = highlighter.excerpt(self.text)
        return highlighter.mark(self._with(EXCERPT, text)) if text else self.html

    def _with(self, template: str, text: str) -> MarkedText:
        """The card with a line more, ready to be marked: the last ones are kept."""
        return kept(
            self._longer,
            (template, text),
            lambda: MarkedText(
                self.mould.filled(excerpt=_line(template).filled(text=text))
            ),
            most=MOST_LONGER,
        )


@cache
def _line(template: str) -> Mould:
    return Mould(template, {}, ["text"])


def printed(
    cards: Iterable[Card], highlighter: Highlighter | None, chosen: Set[str]
) -> SafeString:
    """The cards one after the other, each with why it is there."""
    return joined(card.shown(highlighter, chosen) for card in cards)
