"""Rows at a glance: rendered once by their template, then marked for each search."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence, Set
from functools import cache, cached_property
from typing import Any, TypeVar

from django.utils.safestring import SafeString

from directory.highlighting import Highlighter, MarkedText, PlainText, words_in
from directory.pieces import Mould, joined, kept

T = TypeVar("T")

EXCERPT = "components/excerpt.html"
ALSO = "components/also.html"
#: How many cards of a listing are kept: some five kilobytes each.
MOST = 6_000
#: How many forms of cards are kept, ready to be searched or marked: some eight each.
MOST_FORMS = 2_000

#: The forms of the cards of a listing: those that were needed last.
Forms = dict[tuple[Any, ...], Any]


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
        *,
        forms: Forms | None = None,
    ) -> None:
        """Render the template, which prints `excerpt` where an excerpt goes.

        `forms` are those of all the cards of its listing.
        """
        self.mould = Mould(template, context, ["excerpt"])
        self.others = others
        self._text = text
        self._forms: Forms = {} if forms is None else forms

    @cached_property
    def html(self) -> SafeString:
        """The card without an excerpt."""
        return self.mould.filled(excerpt="")

    @property
    def words(self) -> MarkedText:
        """The card, ready to be marked."""
        return self._form(lambda: MarkedText(self.html))

    @property
    def text(self) -> PlainText:
        """The whole text, ready to be searched."""
        return self._form(lambda: PlainText(self._text), "text")

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
        """The card with a line more, ready to be marked."""
        return self._form(
            lambda: MarkedText(
                self.mould.filled(excerpt=_line(template).filled(text=text))
            ),
            template,
            text,
        )

    def _form(self, make: Callable[[], T], *name: str) -> T:
        form: T = kept(self._forms, (self, *name), make, most=MOST_FORMS)
        return form


@cache
def _line(template: str) -> Mould:
    return Mould(template, {}, ["text"])


def printed(
    cards: Iterable[Card], highlighter: Highlighter | None, chosen: Set[str]
) -> SafeString:
    """The cards one after the other, each with why it is there."""
    return joined(card.shown(highlighter, chosen) for card in cards)
