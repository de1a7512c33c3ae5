"""Rows at a glance: rendered once by their template, then marked for each search."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Set
from functools import cache
from typing import Any, TypeVar

from django.utils.safestring import SafeString

from directory.keeping.pieces import Mould, joined
from directory.keeping.stores import kept
from directory.search.highlighting import Highlighter, MarkedText, PlainText, words_in

T = TypeVar("T")

EXCERPT = "components/excerpt.html"
ALSO = "components/also.html"
#: How many cards of a listing are kept: some three kilobytes each.
MOST_CARDS = 6_000
#: How many forms of cards are kept, ready to be searched or marked: some eight each.
MOST_FORMS = 2_000

#: The forms of the cards of a listing, by the number of the card: the last ones made.
Forms = dict[tuple[Any, ...], Any]
_numbers = itertools.count()


class Card:
    """A row at a glance, and what it does not show unasked.

    `text` is the whole text of the row, of which an excerpt may be shown; `others` are
    the names that did not fit (countries, sectors), shown when they are why it is here.
    """

    __slots__ = ("_after", "_before", "_number", "_text", "others")

    def __init__(
        self,
        template: str,
        context: dict[str, Any],
        text: str,
        others: Iterable[str] = (),
    ) -> None:
        """Render the template, which prints `excerpt` once at most, where it goes."""
        self._before, *rest = Mould(template, context, ["excerpt"]).parts
        self._after = rest[-1] if rest else ""
        self.others = tuple(others)
        self._text = text
        self._number = next(_numbers)

    @property
    def html(self) -> SafeString:
        """The card without an excerpt."""
        return SafeString(self._before + self._after)

    def shown(
        self, highlighter: Highlighter | None, chosen: Set[str], forms: Forms
    ) -> SafeString:
        """The card, with its words marked and what explains why it was found.

        `chosen` are the names of the values that filters ask for; `forms` keeps what is
        ready to be searched or marked.
        """
        also = [name for name in self.others if name in chosen]
        if highlighter is None:
            return self._with(ALSO, ", ".join(also)) if also else self.html
        also += [name for name in self.others if highlighter.found(words_in(name))]
        if also:
            return self._marked(
                highlighter, forms, ALSO, ", ".join(dict.fromkeys(also))
            )
        card = self._form(forms, lambda: MarkedText(self.html))
        if words := highlighter.found(card.places):
            return card.marked(words)
        whole = self._form(forms, lambda: PlainText(self._text), "text")
        if text := highlighter.excerpt(whole):
            return self._marked(highlighter, forms, EXCERPT, text)
        return self.html

    def _marked(
        self, highlighter: Highlighter, forms: Forms, template: str, text: str
    ) -> SafeString:
        """The card with a line more, its words marked."""
        longer = self._form(
            forms, lambda: MarkedText(self._with(template, text)), template, text
        )
        return highlighter.mark(longer)

    def _with(self, template: str, text: str) -> SafeString:
        """The card with a line more."""
        line = _line(template).filled(text=text)
        return SafeString(f"{self._before}{line}{self._after}")

    def _form(self, forms: Forms, make: Callable[[], T], *name: str) -> T:
        form: T = kept(forms, (self._number, *name), make, most=MOST_FORMS)
        return form


@cache
def _line(template: str) -> Mould:
    return Mould(template, {}, ["text"])


def printed(
    cards: Iterable[Card],
    highlighter: Highlighter | None,
    chosen: Set[str],
    forms: Forms,
) -> SafeString:
    """The cards one after the other, each with why it is there."""
    return joined(card.shown(highlighter, chosen, forms) for card in cards)
