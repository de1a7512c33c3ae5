"""Facets: the parameters whose values are ticked, OR between the values of one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from directory.listings.gathering import Gathered, Listed
from directory.listings.parameters import Answer, Known, Parameter, Value, quoted

#: Beyond these, values that mean nothing are counted instead of quoted.
QUOTED = 3


class Facet(Parameter):
    """Values to tick, OR between them; `noun` completes « … n’est pas … ».

    `columns` are what the index must read of each row, by a name of the facet's own.
    """

    def __init__(
        self,
        *,
        noun: Any,
        normal: Callable[[str], str] = str.lower,
        is_folded: bool = False,
        **kwargs: Any,
    ) -> None:
        """Take the words for a value, how it is typed, and whether it is folded."""
        super().__init__(**kwargs)
        self.noun = noun
        self.normal = normal
        self.is_folded = is_folded

    def read(self, raw: list[str], known: Known) -> Answer:
        typed = {self.normal(value.strip()): value for value in raw}
        values = [known[key] for key in known if key in typed]
        unknown = [value for key, value in typed.items() if key not in known]
        return Answer(tuple(values), tuple(self._dropped(unknown)))

    def columns(self) -> dict[str, Any]:
        """The expressions that the index reads for each row."""
        return {}

    def gather(self, listed: Listed, known: Known) -> Gathered:
        """Give the primary keys of the rows that have each value."""
        raise NotImplementedError

    def offers(self, value: Value, *, is_used: bool) -> bool:
        """Whether the page offers a value unasked; `is_used`: rows have it."""
        return is_used

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
        """Take the terms in the order of the screen, and their column for addresses."""
        super().__init__(**kwargs)
        self._terms = terms
        self.key = key

    @property
    def terms(self) -> models.QuerySet:
        """The terms, which are read again each time: a facet lasts as the process."""
        return self._terms.all()

    def known(self) -> Known:
        return self.values_of(self.terms)

    def values_of(self, terms: Iterable[Any]) -> dict[str, Value]:
        """The terms as values, by key."""
        values = map(self.value_of, terms)
        return {value.key: value for value in values}

    def value_of(self, term: Any) -> Value:
        """A term as a value."""
        return Value(
            str(getattr(term, self.key)),
            str(term),
            term.pk,
            also=", ".join(getattr(term, "synonyms", ())),
            page=getattr(term, "get_absolute_url", str)(),
        )

    def models(self, model: type[models.Model]) -> list[type[models.Model]]:
        field: Any = model._meta.get_field(self.field_name)
        through = [field.remote_field.through] if field.many_to_many else []
        return [self.terms.model, *through]

    def gather(self, listed: Listed, known: Known) -> Gathered:
        found = listed.linked(self.field_name)
        return {v.key: found[v.row] for v in known.values() if v.row in found}


class NumberFacet(TermFacet):
    """A facet over terms that are numbered: « 06 » is 6."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(normal=_without_leading_zeros, **kwargs)


def _without_leading_zeros(raw: str) -> str:
    return raw.lstrip("0") or "0"


class ChoiceFacet(Facet):
    """A facet over the choices of the column `field_name`."""

    def __init__(self, *, choices: type[models.TextChoices], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.choices = choices

    def known(self) -> Known:
        return {c.value: Value(c.value, str(c.label), c.value) for c in self.choices}

    def columns(self) -> dict[str, Any]:
        return {self.name: models.F(self.field_name)}

    def gather(self, listed: Listed, known: Known) -> Gathered:
        found = listed.grouped(self.name)
        return {key: found[key] for key in known if key in found}


class BandFacet(Facet):
    """A facet over bands of the number that `column` gives for a row, or nothing.

    A band runs from its lower bound up to the bound of the next one, excluded; `verb`
    takes pairs of bounds, the last of which has no end.
    """

    def __init__(
        self, *, column: models.Case | models.F, bands: Mapping[str, Any], **kwargs: Any
    ) -> None:
        """Take, for each key of the address, the lower bound and the label."""
        super().__init__(**kwargs)
        self.column = column
        self.bands = bands

    def known(self) -> Known:
        bounds = [bound for bound, _label in self.bands.values()]
        ends = [*bounds[1:], None]
        return {
            key: Value(key, str(label), (bound, end))
            for (key, (bound, label)), end in zip(self.bands.items(), ends, strict=True)
        }

    def columns(self) -> dict[str, Any]:
        return {self.name: self.column}

    def gather(self, listed: Listed, known: Known) -> Gathered:
        keys = {value.row: key for key, value in known.items()}

        def band(number: Decimal | None) -> str | None:
            if number is None:
                return None
            return next(
                (
                    key
                    for (bound, end), key in keys.items()
                    if number >= bound and (end is None or number < end)
                ),
                None,
            )

        return listed.grouped(self.name, as_key=band)


class FlagFacet(Facet):
    """A single box to tick: `adherent=oui`.

    `column` gives the condition of a row at the moment it is called.
    """

    YES = "oui"

    def __init__(
        self, *, box: Any, column: Callable[[], models.Q], **kwargs: Any
    ) -> None:
        super().__init__(noun=gettext_lazy("une réponse connue"), **kwargs)
        self.box = box
        self.column = column

    def known(self) -> Known:
        return {self.YES: Value(self.YES, str(self.box))}

    def columns(self) -> dict[str, Any]:
        return {self.name: told(self.column())}

    def gather(self, listed: Listed, known: Known) -> Gathered:
        return {self.YES: listed.flagged(self.name)}

    def offers(self, value: Value, *, is_used: bool) -> bool:
        return True

    def filter(self, qs: Any, value: Answer) -> Any:
        return getattr(qs, self.verb)() if value.values else qs


def told(condition: models.Q) -> models.Case:
    """Whether a row meets a condition, as a column."""
    return models.Case(
        models.When(condition, then=models.Value(value=True)),
        default=models.Value(value=False),
    )
