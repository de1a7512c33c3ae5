"""What is suggested as one types in the search box: actors, countries, sectors, places.

A suggestion leads where the search would: to the page of an actor, or to the annuaire
narrowed. Only what the public may see is suggested, and a number is the exact number
of actors at the other end.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models.functions import Collate, Concat
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from directory.glance import annuaire
from directory.labels import fold
from directory.models import Commune, Country, Department, Sector, Structure
from directory.models.fields import Fold
from directory.models.structures import StructureQuerySet
from directory.search.queries import MOST_WORDS, words_of

MOST_ACTORS = 4
#: How many terms of each other kind.
MOST_TERMS = 3
#: Nobody types more: nothing is looked for.
LONGEST_TEXT = 200
#: Words that begin too many names to tell anything.
STOP_WORDS = frozenset(
    "a au aux d de des du en et l la le les ou par pour sur un une".split()  # noqa: SIM905
)
#: What puts a term before another, whatever the number of their actors.
RANKS = ("is_exact", "is_begun")


@dataclass(frozen=True)
class Suggestion:
    """An option: a link, or a value that a script chooses.

    `detail` tells it from its namesakes; `count` is its number of actors, when exact.
    """

    label: str
    address: str = ""
    value: str = ""
    detail: str = ""
    count: int | None = None


@dataclass(frozen=True)
class Group:
    """Suggestions of one kind, and its name."""

    label: str
    options: Sequence[Suggestion]

    def names(self, folded: str) -> bool:
        """Whether its first option is said by this very text, folded."""
        return fold(self.options[0].label) == folded


@require_safe
@cache_control(no_cache=True)  # kept, and asked about again: a number is never stale
def suggestions(request: HttpRequest) -> HttpResponse:
    """The options for what is typed, to be put in a list: HTML without a page.

    Nothing at all when the text is not worth a search. No session is read.
    """
    return listed(suggested(request.GET.get("q", "")))


def listed(groups: Iterable[Group] | None) -> HttpResponse:
    """The answer to a combobox: a list, or nothing at all."""
    html = ""
    if groups is not None:
        html = render_to_string("components/suggestions.html", said(groups))
    return HttpResponse(html, headers={"X-Robots-Tag": "noindex"})


def suggested(text: str) -> list[Group] | None:
    """The groups that have options; None when the text is not worth a search."""
    words = telling_words(text)
    if not words:
        return None
    folded = fold(without_nul(text))
    groups = [
        Group(_("Acteurs"), actors(folded, words)),
        Group(_("Pays"), terms(Country, "pays", folded, words)),
        Group(_("Secteurs"), terms(Sector, "secteur", folded, words)),
        Group(_("Lieux"), places(folded, words)),
    ]
    found = [group for group in groups if group.options]
    # A country or a sector by its very name is meant before the actors who have it.
    return sorted(found, key=lambda group: not group.names(folded))


def telling_words(text: str) -> list[str]:
    """The folded words to look for, or none when they would tell nothing."""
    if len(text) > LONGEST_TEXT:
        return []
    words = [
        word
        for word in words_of(without_nul(text))[:MOST_WORDS]
        if word not in STOP_WORDS and any(char.isalnum() for char in word)
    ]
    return words if any(len(word) > 1 for word in words) else []


def said(groups: Iterable[Group]) -> dict[str, Any]:
    """What the component takes: the groups, and how many options they make."""
    shown = list(groups)
    return {"groups": shown, "total": sum(len(group.options) for group in shown)}


def actors(text: str, words: Sequence[str]) -> list[Suggestion]:
    """The published structures with these names: links to their pages."""
    return [
        Suggestion(row.full_name, row.get_absolute_url(), detail=row.place)
        for row in named_actors(text, words, MOST_ACTORS)
    ]


def named_actors(text: str, words: Sequence[str], most: int) -> list[Structure]:
    """The published structures with these names: first those that begin with the text.

    Each half reads few rows of an index, however many structures there are.
    """
    found = _in_order_of_names(Structure.objects.published())
    begun = found.filter(sorted_name__startswith=text).values("pk")[:most]
    others = found.filter(begins("names_key", words)).values("pk")[:most]
    rows = (
        _in_order_of_names(Structure.objects.filter(pk__in=begun.union(others)))
        .select_related("commune")
        .only(
            *("name", "name_key", "acronym", "slug", "city", "department_id"),
            "commune__label",
        )
        .order_by(holds(sorted_name__startswith=text).desc(), "sorted_name", "pk")
    )
    return [*rows[:most]]


def terms(
    model: type[Country] | type[Sector],
    parameter: str,
    text: str,
    words: Sequence[str],
) -> list[Suggestion]:
    """The terms that actors have, the best known of each rank first."""
    published = Structure.objects.published().values("pk")
    found = _best_first(
        model.objects.filter(begins("search_key", words), structures__in=published),
        models.Count("structures"),
        text,
    )
    return [
        Suggestion(
            row.label,
            annuaire(**{parameter: row.code}),
            value=row.code,
            detail=other_name(row.label, row.synonyms, words),
            count=row.actors,
        )
        for row in found[:MOST_TERMS]
    ]


def places(text: str, words: Sequence[str]) -> list[Suggestion]:
    """The départements and communes where actors are seated.

    A commune leads to a search of its name, which finds more: no number beside it.
    """
    departments = Department.objects.annotate(
        label_key=Fold("label"),
        words_key=Fold(Concat("label", models.Value(" "), "code")),
        department=models.F("code"),
        is_commune=models.Value(value=False),
    ).filter(begins("words_key", words))
    communes = Commune.objects.filter(begins("search_key", words)).annotate(
        is_commune=models.Value(value=True)
    )
    columns = ("label", "department", "actors", "is_commune", "label_key", *RANKS)
    best, others = (
        _best_first(rows, _seated_in(column), text).values(*columns)[:MOST_TERMS]
        for rows, column in ((departments, "department"), (communes, "commune"))
    )
    found = best.union(others, all=True).order_by(
        *(f"-{rank}" for rank in RANKS), "-actors", "label_key"
    )
    return [_place(**row) for row in found[:MOST_TERMS]]


def without_nul(text: str) -> str:
    """The text less the one character that PostgreSQL refuses."""
    return text.replace("\x00", " ")


def _place(
    label: str, department: str, actors: int, *, is_commune: bool, **_ranks: Any
) -> Suggestion:
    full = f"{label} ({department})"
    if is_commune:
        return Suggestion(full, annuaire(q=label), value=label)
    return Suggestion(
        full,
        annuaire(departement=department),
        value=department,
        detail=_("département"),
        count=actors,
    )


def begins(key: str, words: Iterable[str]) -> models.Q:
    """The condition that each word begins a word of a folded column."""
    found = models.Q()
    for word in words:
        inside = models.Q(**{f"{key}__contains": f" {word}"})
        found &= models.Q(**{f"{key}__startswith": word}) | inside
    return found


def _in_order_of_names(rows: StructureQuerySet) -> Any:
    """The rows by name, as the index of suggestions sorts them."""
    return rows.alias(sorted_name=Collate("name_key", "C")).order_by(
        "sorted_name", "pk"
    )


def _seated_in(column: str) -> models.Subquery:
    """How many published structures have the outer row in this column."""
    here = Structure.objects.published().filter(**{column: models.OuterRef("pk")})
    return models.Subquery(
        here.values(column).annotate(number=models.Count("*")).values("number")
    )


def _best_first(terms: Any, actors: Any, text: str) -> Any:
    """The terms that have actors: those that read like the text, then the known."""
    return (
        terms.annotate(
            actors=actors,
            is_exact=holds(label_key=text),
            is_begun=holds(label_key__startswith=text),
        )
        .filter(actors__gt=0)
        .order_by(*(f"-{rank}" for rank in RANKS), "-actors", "label_key")
    )


def holds(**lookup: str) -> models.ExpressionWrapper:
    """The condition as a column, to sort by."""
    return models.ExpressionWrapper(
        models.Q(**lookup), output_field=models.BooleanField()
    )


def other_name(label: str, names: Iterable[str], words: Sequence[str]) -> str:
    """The synonym that was typed, when the label does not say it."""

    def says(name: str) -> bool:
        told = fold(name).split()
        return all(any(part.startswith(word) for part in told) for word in words)

    return "" if says(label) else next(filter(says, names), "")
