"""A row of a long list as people type it in a field: found by its name, and suggested.

What is suggested is what the field reads: a name that no other row of the list has.
Only what the public may see is suggested.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models.functions import Concat, Lower
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from directory.labels import fold
from directory.models import Commune, Department, Funder, Structure
from directory.models.fields import JoinedTexts
from directory.search import finding, queries
from directory.subject_pages import misspelled
from directory.suggestions import (
    Group,
    Suggestion,
    begins,
    holds,
    listed,
    named_actors,
    other_name,
    telling_words,
    without_nul,
)

#: How many rows are suggested, and how many a message names.
MOST, MOST_TOLD = 10, 5
#: How many rows of one name are told apart.
MOST_NAMESAKES = 50

#: The best rows for a folded text and its words.
Finder = Callable[[str, Sequence[str]], Iterable[Any]]


@dataclass(frozen=True)
class Naming:
    """How the rows of a list are named. `key` is the folded column of their names.

    `ways` gives the names of a row, the one that is shown first and those that tell it
    from its namesakes next. `find` and `near` give the rows that a text begins, and
    those that it misspells; `detail` what is said of a row beside its name.
    """

    label: Any
    key: str
    rows: Callable[[], models.QuerySet]
    ways: Callable[[Any], Iterable[str]]
    find: Finder
    near: Callable[[str], Iterable[Any]]
    detail: Callable[[Any, Sequence[str]], str]

    def shown(self, row: Any) -> str:
        """The name of a row, which namesakes may share."""
        return next(iter(self.ways(row)))

    def named(self, text: str, rows: models.QuerySet) -> list[Any]:
        """The rows of this name, with or without what tells them from namesakes."""
        text = without_nul(text)
        whole, bare = fold(text), fold(text.rpartition(" (")[0])
        found = [*rows.filter(**{f"{self.key}__in": {whole, bare}})[:MOST_NAMESAKES]]
        exact = [row for row in found if whole in map(fold, self.ways(row))]
        return exact or [row for row in found if self._key(row) == whole]

    def told_apart(self, rows: Iterable[Any], among: models.QuerySet) -> list[str]:
        """The first name of each of the rows that no other one bears."""
        rows = [*rows]
        if not rows:
            return []
        keys = {self._key(row) for row in rows}
        namesakes = [*among.filter(**{f"{self.key}__in": keys})]
        return [self._told(row, namesakes) for row in rows]

    def near_names(self, text: str, among: models.QuerySet) -> list[str]:
        """What may have been meant by a name that no row has; the likeliest first."""
        rows = self._found(text) or [*self.near(without_nul(text))]
        return self.told_apart(rows[:MOST_TOLD], among)

    def suggested(self, text: str) -> list[Group] | None:
        """The rows that the text begins; None when it is not worth a search."""
        words = telling_words(text)
        if not words:
            return None
        rows = self._found(text)
        names = self.told_apart(rows, self.rows())
        options = [
            Suggestion(name, value=name, detail=self.detail(row, words))
            for row, name in zip(rows, names, strict=True)
        ]
        return [Group(self.label, options)] if options else []

    def _found(self, text: str) -> list[Any]:
        words = telling_words(text)
        return [*self.find(fold(without_nul(text)), words)] if words else []

    def _key(self, row: Any) -> str:
        key: str = getattr(row, self.key)
        return key

    def _told(self, row: Any, namesakes: Iterable[Any]) -> str:
        others = {
            fold(way)
            for other in namesakes
            if other.pk != row.pk
            for way in self.ways(other)
        }
        ways = [*self.ways(row)]
        return next((way for way in ways if fold(way) not in others), ways[-1])


@require_safe
@cache_control(no_cache=True)  # kept, and asked about again, like any suggestion
def name_suggestions(request: HttpRequest, kind: str) -> HttpResponse:
    """The names of a list that a text begins, for a field of a form. No session."""
    naming = NAMINGS.get(kind)
    if naming is None:
        raise Http404
    return listed(naming.suggested(request.GET.get("q", "")))


def _communes(text: str, words: Sequence[str]) -> models.QuerySet:
    """The communes by name, old name, postcode or code: the network's own first."""
    at_home = Department.objects.of_the_network().filter(
        pk=models.OuterRef("department")
    )
    spaced = [models.F("search_key"), JoinedTexts("postcodes"), models.F("code")]
    return (
        Commune.objects.annotate(
            words_key=Lower(
                Concat(
                    *(item for one in spaced for item in (one, models.Value(" "))),
                    output_field=models.TextField(),
                )
            )
        )
        .filter(begins("words_key", words))
        .order_by(
            holds(label_key=text).desc(),
            holds(label_key__startswith=text).desc(),
            models.Exists(at_home).desc(),
            "label_key",
            "code",
        )[:MOST]
    )


def _commune_detail(commune: Commune, words: Sequence[str]) -> str:
    """The old name that was typed, or the postcodes."""
    other = other_name(commune.label, commune.synonyms, words)
    return other or ", ".join(commune.postcodes[:MOST_TOLD])


def _structures() -> models.QuerySet:
    return Structure.objects.published().select_related("commune")


def _structure_ways(row: Structure) -> Iterator[str]:
    yield row.name
    # Read for namesakes alone.
    town = row.commune.label if row.commune else row.city
    yield from (f"{row.name} ({end})" for end in (town, row.slug) if end)


def _like(text: str) -> models.QuerySet:
    """The published structures that a search finds once its words are repaired."""
    found = finding.find(Structure, queries.parse(text))
    meant = found if found.rows else found.meant
    keys = [*(meant.names or meant.rows)][:MOST_TOLD] if meant else []
    return _structures().filter(pk__in=keys).order_by("name_key", "pk")


def _funders(text: str, words: Sequence[str]) -> models.QuerySet:
    found = Funder.objects.active().filter(begins("search_key", words))
    return found.order_by(holds(label_key__startswith=text).desc(), "label_key")[:MOST]


def _misspelled(rows: Callable[[], models.QuerySet]) -> Callable[[str], list[Any]]:
    return lambda text: misspelled.near(text, rows())


COMMUNES = Naming(
    label=_("Communes"),
    key="label_key",
    rows=Commune.objects.all,
    ways=lambda row: [f"{row.label} ({end})" for end in (row.department_id, row.pk)],
    find=_communes,
    near=_misspelled(Commune.objects.all),
    detail=_commune_detail,
)
STRUCTURES = Naming(
    label=_("Structures"),
    key="name_key",
    rows=_structures,
    ways=_structure_ways,
    find=lambda text, words: named_actors(text, words, MOST),
    near=_like,
    detail=lambda row, _words: " – ".join(filter(None, (row.acronym, row.place))),
)
FUNDERS = Naming(
    label=_("Financeurs"),
    key="label_key",
    rows=Funder.objects.active,
    ways=lambda row: [row.label],
    find=_funders,
    near=_misspelled(Funder.objects.active),
    detail=lambda row, words: other_name(row.label, row.synonyms, words),
)
#: End of the address of its suggestions -> how a list is named.
NAMINGS = {"communes": COMMUNES, "structures": STRUCTURES, "financeurs": FUNDERS}
