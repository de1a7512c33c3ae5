"""The parameters of a listing's query string: words, values to tick, an order.

Each keeps the values that make sense, drops the others with a sentence that says so,
and names the method of the QuerySet that obeys it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import django_filters as filters
from django import forms
from django.db import models
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from directory.search import MOST_WORDS, words_of

if TYPE_CHECKING:
    from directory.listings import ListingFilter

LONGEST_TEXT = 200
LONG_FACET = 12
#: Beyond these, values that mean nothing are counted instead of quoted.
QUOTED = 3
UNREADABLE = re.compile(r"[\x00-\x1f\x7f\ufffd]+")


def quoted(raw: str) -> str:
    """What somebody typed, short and clean enough to be shown back."""
    return Truncator(UNREADABLE.sub(" ", raw).strip()).chars(40)


def used_by(rows: models.QuerySet, path: str) -> models.Q:
    """The condition of the terms that one of the rows reaches through this field."""
    return models.Q(pk__in=rows.order_by().values(path))


@dataclass(frozen=True)
class Value:
    """One value of a parameter: as the address, the screen and the database say it."""

    key: str
    label: str
    row: Any = None


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


@dataclass(frozen=True)
class Option:
    """A line of a facet: a value, chosen or not; a child is one level deeper."""

    value: Value
    is_chosen: bool
    depth: int


@dataclass(frozen=True)
class Sort:
    """An order offered, and the query string that asks for it."""

    label: str
    is_chosen: bool
    query: str


class AnswerField(forms.Field):
    """A form field that hands everything typed to its parameter and never fails."""

    widget = forms.MultipleHiddenInput

    def __init__(self, *, read: Callable[[list[str]], Answer], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.read = read

    def clean(self, value: list[str] | None) -> Answer:
        return self.read([raw for raw in value or [] if raw.strip()])


class Parameter(filters.Filter):
    """A parameter of the query string.

    `verb` is the method of the QuerySet that obeys it.
    """

    field_class = AnswerField
    #: Whether a value narrows the listing: shown as a chip and in the page's title.
    narrows = True
    #: The name in the query string, and the listing: set when the listing reads one.
    name = ""
    parent: ListingFilter

    def __init__(self, *, verb: str, label: Any, **kwargs: Any) -> None:
        super().__init__(label=label, required=False, read=self.read, **kwargs)
        self.verb = verb

    def read(self, raw: list[str]) -> Answer:
        """Understand what was typed; each kind of parameter says how."""
        raise NotImplementedError

    def filter(self, qs: Any, value: Answer) -> Any:
        """Narrow the rows to the answer; an empty one narrows nothing."""
        return getattr(qs, self.verb)(value.rows) if value.values else qs

    @property
    def answer(self) -> Answer:
        """What this request says of the parameter."""
        return self.parent.answers[self.name]


class TextSearch(Parameter):
    """The words to find: each of them, accents or not."""

    def __init__(self, *, hint: Any, **kwargs: Any) -> None:
        """Take a hint of what can be found, shown in the empty box."""
        super().__init__(label=gettext_lazy("Recherche"), **kwargs)
        self.hint = hint

    def read(self, raw: list[str]) -> Answer:
        if not raw:
            return Answer()
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
        words = words_of(text)
        if len(words) > MOST_WORDS:
            text = " ".join(words[:MOST_WORDS])
            notices.append(
                _(
                    "La recherche s’arrête aux %(number)d premiers mots\u00a0:"
                    " «\u00a0%(text)s\u00a0»."
                )
                % {"number": MOST_WORDS, "text": quoted(text)}
            )
        if words:
            value = Value(text, _("«\u00a0%s\u00a0»") % Truncator(text).chars(40), text)
            return Answer((value,), tuple(notices))
        notices.append(
            _("«\u00a0%s\u00a0» ne contient aucun mot\u00a0: la recherche est ignorée.")
            % quoted(raw[-1])
        )
        return Answer((), tuple(notices))

    def filter(self, qs: Any, value: Answer) -> Any:
        return getattr(qs, self.verb)(value.rows[0]) if value.values else qs


class SortOrder(Parameter):
    """The order of the rows; the first one offered is the default."""

    narrows = False

    def __init__(self, **orders: tuple[str, Any]) -> None:
        """Take, for each value of the address, a QuerySet's method and a label."""
        super().__init__(verb="", label=gettext_lazy("Trier par"))
        self.orders = orders
        self.default = next(iter(orders))

    def read(self, raw: list[str]) -> Answer:
        if not raw or raw[-1] == self.default:
            return Answer()
        if raw[-1] in self.orders:
            verb, label = self.orders[raw[-1]]
            return Answer((Value(raw[-1], str(label), verb),))
        notice = _(
            "«\u00a0%s\u00a0» n’est pas un ordre connu\u00a0: ce tri est ignoré."
        )
        return Answer((), (notice % quoted(raw[-1]),))

    def filter(self, qs: Any, value: Answer) -> Any:
        verb = value.rows[0] if value.values else self.orders[self.default][0]
        return getattr(qs, verb)()

    @property
    def options(self) -> list[Sort]:
        """The orders offered, each with the query string that asks for it."""
        chosen = next(iter(self.answer.keys), self.default)
        return [
            Sort(
                str(label),
                key == chosen,
                self.parent.query_with(
                    self.name, () if key == self.default else (key,)
                ),
            )
            for key, (_verb, label) in self.orders.items()
        ]


class Facet(Parameter):
    """Values to tick, OR between them; `noun` completes « … n’est pas … »."""

    #: What a value looks like: the rest never reaches the database.
    shape = re.compile(r"[\w-]{1,100}")

    def __init__(
        self, *, noun: Any, normal: Callable[[str], str] = str.lower, **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        self.noun = noun
        self.normal = normal

    def read(self, raw: list[str]) -> Answer:
        typed = {self.normal(value.strip()): value for value in raw}
        known = self.known([key for key in typed if self.shape.fullmatch(key)])
        keys = {value.key for value in known}
        unknown = [value for key, value in typed.items() if key not in keys]
        return Answer(tuple(known), tuple(self._dropped(unknown)))

    def known(self, keys: Sequence[str]) -> list[Value]:
        """The values that exist among these, whether a row has them or not."""
        raise NotImplementedError

    def offered(self) -> list[Value]:
        """The values that rows have, plus the chosen ones, in a fixed order."""
        raise NotImplementedError

    def depth(self, value: Value) -> int:
        """How deep the value is in its facet: 0, or 1 under a parent."""
        return 0

    @cached_property
    def options(self) -> list[Option]:
        """The lines to show."""
        return [
            Option(value, value.key in self.answer.keys, self.depth(value))
            for value in self.offered()
        ]

    @property
    def is_long(self) -> bool:
        """Whether there are too many values to show them unasked."""
        return len(self.options) > LONG_FACET

    @property
    def is_open(self) -> bool:
        """Whether the page shows the values at once."""
        return bool(self.answer.values) or not self.is_long

    def _dropped(self, unknown: list[str]) -> Iterator[str]:
        sentence = _(
            "«\u00a0%(value)s\u00a0» n’est pas %(noun)s\u00a0: ce filtre est ignoré."
        )
        for value in unknown[:QUOTED]:
            yield sentence % {"value": quoted(value), "noun": self.noun}
        more = len(unknown) - QUOTED
        if more > 0:
            yield ngettext(
                "Et %(more)d autre valeur ignorée (%(facet)s).",
                "Et %(more)d autres valeurs ignorées (%(facet)s).",
                more,
            ) % {"more": more, "facet": self.label}


class TermFacet(Facet):
    """A facet over a table of terms, reached by the rows through `field_name`."""

    def __init__(self, *, terms: models.QuerySet, key: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.terms = terms
        self.key = key

    def known(self, keys: Sequence[str]) -> list[Value]:
        if not keys:
            return []
        return self.values_of(self.terms.filter(**{f"{self.key}__in": keys}))

    def offered(self) -> list[Value]:
        chosen = models.Q(pk__in=[term.pk for term in self.answer.rows])
        return self.values_of(self.terms.filter(self.used() | chosen))

    def used(self) -> models.Q:
        """The condition of the terms that a row of the whole listing has."""
        return used_by(self.parent.queryset, self.field_name)

    def values_of(self, terms: Iterable[models.Model]) -> list[Value]:
        """The terms as values."""
        return [Value(str(getattr(term, self.key)), str(term), term) for term in terms]


class NumberFacet(TermFacet):
    """A facet over terms that are numbered: « 06 » is 6."""

    shape = re.compile(r"[0-9]{1,4}")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(normal=_without_leading_zeros, **kwargs)


def _without_leading_zeros(raw: str) -> str:
    return raw.lstrip("0") or "0"


class ChoiceFacet(Facet):
    """A facet over the choices of the column `field_name`."""

    def __init__(self, *, choices: type[models.TextChoices], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.choices = choices

    def known(self, keys: Sequence[str]) -> list[Value]:
        return [
            Value(choice.value, str(choice.label), choice.value)
            for choice in self.choices
            if choice.value in keys
        ]

    def offered(self) -> list[Value]:
        rows = self.parent.queryset.order_by()
        used = rows.values_list(self.field_name, flat=True).distinct()
        return self.known([*used, *self.answer.keys])


class FlagFacet(Facet):
    """A single box to tick: `adherent=oui`."""

    YES = "oui"

    def __init__(self, *, box: Any, **kwargs: Any) -> None:
        super().__init__(noun=gettext_lazy("une réponse connue"), **kwargs)
        self.box = box

    def known(self, keys: Sequence[str]) -> list[Value]:
        return [Value(self.YES, str(self.box))] if self.YES in keys else []

    def offered(self) -> list[Value]:
        return self.known([self.YES])

    def filter(self, qs: Any, value: Answer) -> Any:
        return getattr(qs, self.verb)() if value.values else qs
