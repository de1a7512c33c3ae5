"""What the projects of a result come to: countries, structures, public budgets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import BigIntegerField, Case, F, Model, When
from django.db.models.functions import Cast

from directory.listings.gathering import Gathered, Links, Listed, Measure
from directory.listings.results import Results
from directory.models import Participation, Structure
from directory.panorama.distinct import Distinct
from directory.panorama.money import CENTS, Budgets, Sum

#: The published structures that take part, whatever they do there.
PARTS = Links(
    Participation.objects.of_published_structures,
    "project_id",
    ("structure_id",),
    (Participation, Structure),
)


class PublicBudgets(Measure):
    """The budgets that everyone may see, as `Budgets`."""

    def columns(self) -> dict[str, Any]:
        cents = Cast(F("budget") * CENTS, BigIntegerField())
        return {
            "currency": F("currency"),
            "cents": Case(When(budget_is_public=True, then=cents)),
        }

    def gather(self, listed: Listed, rows: Mapping[str, Gathered]) -> Budgets:
        currencies, cents = listed.column("currency"), listed.column("cents")
        return Budgets(listed.keys, currencies, cents, rows["pays"])


class Participants(Measure):
    """Who takes part in the projects, as `People`."""

    def models(self, model: type[Model]) -> list[type[Model]]:
        return [*PARTS.reads]

    def gather(self, listed: Listed, rows: Mapping[str, Gathered]) -> People:
        return People(listed.packed(PARTS), rows["pays"])


class People:
    """The structures that take part in projects, counted once over any projects."""

    def __init__(self, rows: Gathered, countries: Gathered) -> None:
        """Take the projects of each structure, and of each country."""
        self._rows = rows
        self._countries = countries

    @cached_property
    def all(self) -> Distinct:
        """Those who take part anywhere."""
        return Distinct(self._rows.values())

    @cached_property
    def by_country(self) -> dict[str, Distinct]:
        """Those who take part in the projects of each country."""
        projects: dict[int, list[int]] = defaultdict(list)
        for (structure,), rows in self._rows.items():
            for project in rows:
                projects[project].append(structure)
        found = {}
        for country, rows in self._countries.items():
            held: dict[int, list[int]] = defaultdict(list)
            for project in rows:
                for structure in projects.get(project, ()):
                    held[structure].append(project)
            found[country] = Distinct(held.values())
        return found


MEASURES: Mapping[str, Measure] = {
    "budgets": PublicBudgets(),
    "people": Participants(),
}


@dataclass(frozen=True)
class Totals:
    """What the projects of a result come to, each of them counted once."""

    projects: int
    countries: int
    structures: int
    #: The public budgets, in each currency.
    budgets: list[Sum]

    @property
    def known(self) -> int:
        """How many projects have a public budget, whatever the currency."""
        return sum(item.known for item in self.budgets)

    @property
    def coverage(self) -> int:
        """In how many projects of a hundred the budget is public; 100: in all."""
        return percent(self.known, self.projects)


def totals(results: Results) -> Totals:
    """The totals of a result, whose register has `MEASURES`."""
    found: Totals = results.once("totals", lambda: _totals(results))
    return found


def _totals(results: Results) -> Totals:
    budgets: Budgets = results.index.measures["budgets"]
    people: People = results.index.measures["people"]
    return Totals(
        projects=results.total,
        countries=_positive(results.tally("pays").values()),
        structures=people.all.over(results.rows),
        budgets=budgets.totals(results.rows),
    )


def percent(part: int, whole: int) -> int:
    """A share in a hundred, rounded; only nothing is 0, and only the whole is 100."""
    if not part or part == whole:
        return 100 if part else 0
    return min(max(round(100 * part / whole), 1), 99)


def share_of(part: int, whole: int) -> str:
    """A share in words: « 12 % », « < 1 % » for what would round to nothing."""
    if 0 < 200 * part < whole:
        return "<\u00a01\u00a0%"
    return f"{percent(part, whole)}\u00a0%"


def _positive(numbers: Iterable[int]) -> int:
    return sum(number > 0 for number in numbers)
