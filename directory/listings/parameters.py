"""The parameters of a listing's query string: words, values to tick, an order.

Each keeps the values that make sense, drops the others with a sentence that says so,
and names the method of the QuerySet that obeys it. They hold no state: one object
serves every request.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import django_filters as filters
from django import forms
from django.db.models import Model
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.search.queries import MOST_WORDS, parse

LONGEST_TEXT = 200
UNREADABLE = re.compile(r"[\x00-\x1f\x7f\ufffd]+")


def quoted(raw: str) -> str:
    """What somebody typed, short and clean enough to be shown back."""
    return Truncator(UNREADABLE.sub(" ", raw).strip()).chars(40)


@dataclass(frozen=True)
class Value:
    """One value of a parameter: as the address, the screen and the database say it."""

    key: str
    label: str
    row: Any = None
    #: 1 under a parent, in a facet of two levels; 2 under a child.
    depth: int = 0
    #: Its other names, by which it is looked for in a long list.
    also: str = ""
    #: The address of its page, when it has one.
    page: str = ""


#: The values of a parameter that exist, by key, in the order of the screen.
Known = Mapping[str, Value]


@dataclass(frozen=True)
class Answer:
    """What was understood of a parameter, and what is said of the rest."""

    values: tuple[Value, ...] = ()
    notices: tuple[str, ...] = ()

    @property
    def rows(self) -> list[Any]:
        """The values as the QuerySet takes them."""
        return [value.row for value in self.values]

    @property
    def keys(self) -> set[str]:
        """The values as the address writes them."""
        return {value.key for value in self.values}


EMPTY = Answer()


class AnswerField(forms.Field):
    """A form field that hands everything typed to its parameter and never fails."""

    widget = forms.MultipleHiddenInput

    def __init__(self, *, read: Callable[[list[str]], Answer], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.read = read

    def clean(self, value: list[str] | None) -> Answer:
        return self.read(value or [])


class Parameter(filters.Filter):
    """A parameter of the query string.

    `verb` is the method of the QuerySet that obeys it.
    """

    field_class = AnswerField
    #: Whether a value narrows the listing: shown as a chip and in the page's title.
    narrows = True
    #: Whether the values that exist depend on what is written alone, not on the hour.
    is_timeless = True
    #: The name in the query string: set by the listing that declares the parameter.
    name = ""

    def __init__(self, *, verb: str, label: Any, **kwargs: Any) -> None:
        super().__init__(label=label, required=False, read=self.ask, **kwargs)
        self.verb = verb

    def known(self) -> Known:
        """The values that exist, from the database; none for a free text."""
        return {}

    def models(self, _model: type[Model]) -> list[type[Model]]:
        """The models, besides the listing's, whose rows the parameter reads."""
        return []

    def ask(self, raw: list[str]) -> Answer:
        """Understand what was typed, with the values that exist now."""
        return self.answer(raw, self.known()) if any(raw) else EMPTY

    def answer(self, raw: list[str], known: Known) -> Answer:
        """Understand what was typed; what is blank is left out."""
        typed = [value for value in raw if value.strip()]
        return self.read(typed, known) if typed else EMPTY

    def read(self, raw: list[str], known: Known) -> Answer:
        """Understand what was typed, which is not blank; each kind says how."""
        raise NotImplementedError

    def filter(self, qs: Any, value: Answer) -> Any:
        """Narrow the rows to the answer; an empty one narrows nothing."""
        return getattr(qs, self.verb)(value.rows) if value.values else qs


class TextSearch(Parameter):
    """The words to find: each of them, accents or not; `row` is the parsed query."""

    def __init__(self, *, hint: Any, **kwargs: Any) -> None:
        """Take a hint of what can be found, shown in the empty box."""
        super().__init__(label=gettext_lazy("Recherche"), **kwargs)
        self.hint = hint

    def read(self, raw: list[str], known: Known) -> Answer:
        text, notices = " ".join(UNREADABLE.sub(" ", raw[-1]).split()), []
        if UNREADABLE.search(raw[-1]):
            notices.append(
                _("Des caractères illisibles de la recherche ont été ignorés.")
            )
        if len(text) > LONGEST_TEXT:
            text = text[:LONGEST_TEXT].rstrip()
            notices.append(
                _(
                    "La recherche s’arrête à %(length)d caractères\u00a0: la suite est"
                    " ignorée."
                )
                % {"length": LONGEST_TEXT}
            )
        query = parse(text)
        if not query:
            notices.append(
                _(
                    "«\u00a0%s\u00a0» ne contient aucun mot\u00a0: la recherche est"
                    " ignorée."
                )
                % quoted(raw[-1])
            )
            return Answer((), tuple(notices))
        if query.is_cut:
            text = query.text
            notices.append(
                _(
                    "La recherche s’arrête aux %(number)d premiers mots\u00a0:"
                    " «\u00a0%(text)s\u00a0»."
                )
                % {"number": MOST_WORDS, "text": quoted(text)}
            )
        return Answer((self.value(text, query),), tuple(notices))

    def value(self, text: str, query: Any) -> Value:
        """The words as a value: kept as they were typed, in the address too."""
        return Value(text, _("«\u00a0%s\u00a0»") % Truncator(text).chars(40), query)

    def filter(self, qs: Any, value: Answer) -> Any:
        return getattr(qs, self.verb)(value.values[0].key) if value.values else qs


class SortOrder(Parameter):
    """The order of the rows: the first one offered, or the best match for words."""

    narrows = False
    RELEVANCE = "pertinence"

    def __init__(self, **orders: tuple[str, Any]) -> None:
        """Take, for each value of the address, a QuerySet's method and a label."""
        super().__init__(verb="", label=gettext_lazy("Trier par"))
        self.orders = orders
        self.default = next(iter(orders))

    def known(self) -> Known:
        verbs = {key: verb for key, (verb, _label) in self.orders.items()}
        keys = (*verbs, self.RELEVANCE)
        return {key: Value(key, self.label_of(key), verbs.get(key)) for key in keys}

    def read(self, raw: list[str], known: Known) -> Answer:
        if raw[-1] in known:
            return Answer((known[raw[-1]],))
        notice = _(
            "«\u00a0%s\u00a0» n’est pas un ordre connu\u00a0: ce tri est ignoré."
        )
        return Answer((), (notice % quoted(raw[-1]),))

    def usual(self, *, has_words: bool) -> str:
        """The order when none is asked for."""
        return self.RELEVANCE if has_words else self.default

    def label_of(self, key: str) -> str:
        """The order as the screen says it."""
        return _("Pertinence") if key == self.RELEVANCE else str(self.orders[key][1])

    def filter(self, qs: Any, value: Answer) -> Any:
        verb = value.rows[0] if value.values else None
        return getattr(qs, verb or self.orders[self.default][0])()
