"""Whether a structure may answer a call for projects, criterion by criterion.

Nothing is guessed: what the call or the profile does not say is « à vérifier ». The
rows are loaded by `CallQuerySet.for_matching` and `StructureQuerySet.for_page`, the
lists of countries by `members_on`; to match them asks the database nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from django.utils.translation import gettext as _

from directory.models import Country, Structure
from news.models import Call, CallState, moments
from news.models.groups import Members, members_on
from news.templatetags.deadlines import beginning, moment

#: How many names are said of a list; the others are counted, if there are several.
NAMED = 4
#: Who is of each group of countries, as `members_on` reads it.
Groups = Mapping[str, Members]


class Fit(IntEnum):
    """Whether a criterion is met, the best first."""

    YES = 0
    UNKNOWN = 1
    NO = 2

    @property
    def said(self) -> str:
        """The answer in words, for those who do not see the sign."""
        words = {Fit.YES: _("convient"), Fit.NO: _("ne convient pas")}
        return words.get(self, _("à vérifier"))

    @property
    def sign(self) -> str:
        """The answer as a sign, and as the end of a class."""
        return {Fit.YES: "✓", Fit.NO: "✗"}.get(self, "?")

    @property
    def key(self) -> str:
        """The answer as the end of the name of a class."""
        return self.name.lower()


@dataclass(frozen=True)
class Part:
    """What a criterion says of some values: « Mali ✗ hors liste »."""

    words: str
    fit: Fit
    #: Why, when the sign does not say it all.
    why: str = ""


@dataclass(frozen=True)
class Criterion:
    """A condition of a call, held against a structure; met if one of its parts is."""

    label: str
    parts: tuple[Part, ...]

    @property
    def fit(self) -> Fit:
        """Whether it is met: the best of its parts."""
        return min(part.fit for part in self.parts)


@dataclass(frozen=True)
class Match:
    """A call held against a structure."""

    call: Call
    structure: Structure
    criteria: tuple[Criterion, ...]

    @property
    def fit(self) -> Fit:
        """Whether the structure may answer: each criterion must be met."""
        return max(criterion.fit for criterion in self.criteria)

    @property
    def rank(self) -> tuple[Any, ...]:
        """What to sort by: those that fit, those with the least to check, the soonest.

        Between structures, by name.
        """
        unknown = sum(item.fit == Fit.UNKNOWN for item in self.criteria)
        closing = self.call.closes_at
        soon = (closing is None, closing)
        return self.fit, unknown, soon, self.structure.name_key, self.call.pk


def match(call: Call, structure: Structure, *, groups: Groups) -> Match:
    """Hold a call against a structure, with who is of the lists that change."""
    criteria = (
        Criterion(_("Type"), (_type(call, structure),)),
        Criterion(_("Pays"), tuple(_countries(call, structure, groups))),
        Criterion(_("Secteur"), tuple(_sectors(call, structure))),
        *_membership(call, structure),
        Criterion(_("Échéance"), (_deadline(call),)),
    )
    return Match(call, structure, criteria)


@dataclass(frozen=True)
class Matches:
    """Matches, the best first."""

    every: list[Match]

    def __bool__(self) -> bool:
        return bool(self.every)

    @property
    def fitting(self) -> list[Match]:
        """Those that fail no criterion, as far as is known."""
        return [item for item in self.every if item.fit != Fit.NO]

    @property
    def others(self) -> list[Match]:
        """Those that fail one."""
        return [item for item in self.every if item.fit == Fit.NO]


def matches(calls: Iterable[Call], structures: Iterable[Structure]) -> Matches:
    """Hold each call against each structure."""
    groups, structures = members_on(moments.today()), list(structures)
    found = [match(call, item, groups=groups) for call in calls for item in structures]
    return Matches(sorted(found, key=lambda item: item.rank))


def _type(call: Call, structure: Structure) -> Part:
    own, eligible = structure.type, list(call.eligible_types.all())
    if own is None:
        return Part(_("non renseigné"), Fit.UNKNOWN)
    if not eligible:
        return Part(str(own), Fit.UNKNOWN, _("l’appel ne le précise pas"))
    keys = {item.pk for item in eligible}
    if own.pk in keys or own.parent_id in keys:
        return Part(str(own), Fit.YES)
    inner = [item for item in eligible if item.parent_id == own.pk]
    if inner:
        why = _("l’appel précise\u00a0: %s") % _names(inner)
        return Part(str(own), Fit.UNKNOWN, why)
    return Part(str(own), Fit.NO, _("hors liste"))


def _countries(call: Call, structure: Structure, groups: Groups) -> Iterator[Part]:
    """What the call says of each country of the structure, the same ones together."""
    own = list(structure.countries.all())
    if not own:
        yield Part(_("non renseigné"), Fit.UNKNOWN)
    answers: dict[tuple[Fit, str], list[Country]] = {}
    named = {country.pk for country in call.countries.all()}
    excluded = {country.pk for country in call.excluded_countries.all()}
    for country in own:
        if country.pk in excluded:
            answer = Fit.NO, _("exclu par l’appel")
        elif country.pk in named:
            answer = Fit.YES, ""
        else:
            answer = _by_group(call, country, groups, is_named=bool(named))
        answers.setdefault(answer, []).append(country)
    for (fit, why), countries in sorted(answers.items(), key=lambda item: item[0]):
        yield Part(_names(countries), fit, why)


def _by_group(
    call: Call, country: Country, groups: Groups, *, is_named: bool
) -> tuple[Fit, str]:
    """What the groups of a call say of a country that it does not name."""
    its_groups = [groups[name] for name in call.country_groups]
    if any(country.pk in group.known for group in its_groups):
        return Fit.YES, ""
    if any(country.pk in group.doubtful for group in its_groups):
        return Fit.UNKNOWN, _("sur la liste du CAD\u00a0?")
    if its_groups or is_named:
        return Fit.NO, _("hors liste")
    return Fit.UNKNOWN, _("l’appel ne le précise pas")


def _sectors(call: Call, structure: Structure) -> Iterator[Part]:
    own, eligible = list(structure.sectors.all()), set(call.sectors.all())
    shared = [sector for sector in own if sector in eligible]
    if not own:
        yield Part(_("non renseigné"), Fit.UNKNOWN)
    elif not eligible:
        yield Part(_names(own), Fit.UNKNOWN, _("l’appel ne le précise pas"))
    elif shared:
        yield Part(_names(shared), Fit.YES)
    else:
        yield Part(_names(own), Fit.NO, _("hors liste"))


def _membership(call: Call, structure: Structure) -> Iterator[Criterion]:
    """What a call for members asks; nothing of the others."""
    if not call.is_for_members:
        return
    if structure.is_member:
        part = Part(_("adhérent"), Fit.YES)
    else:
        part = Part(_("pas d’adhésion en cours"), Fit.NO, _("réservé aux adhérents"))
    yield Criterion(_("Adhésion"), (part,))


def _deadline(call: Call) -> Part:
    state = call.state
    if state == CallState.CLOSED and call.closes_at:
        return Part(_("clôturé le %s") % moment(call.closes_at), Fit.NO)
    if state == CallState.UPCOMING and call.opens_at:
        return Part(_("ouvre le %s") % beginning(call.opens_at), Fit.YES)
    if call.closes_at is None and not call.is_permanent:
        return Part(_("dates à préciser"), Fit.UNKNOWN)
    if call.closes_at is None:
        return Part(_("appel permanent"), Fit.YES)
    return Part(_("jusqu’au %s") % moment(call.closes_at), Fit.YES)


def _names(rows: Iterable[Any]) -> str:
    """The names of the rows: « Mali, Niger et 3 autres »."""
    names = [str(row) for row in rows]
    more = len(names) - NAMED
    if more <= 1:
        return ", ".join(names)
    kept = ", ".join(names[:NAMED])
    return _("%(names)s et %(more)d de plus") % {"names": kept, "more": more}
