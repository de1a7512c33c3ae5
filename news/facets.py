"""Facets of publications: keywords, states that the hour tells, who is eligible."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from pyroaring import BitMap
from taggit.models import Tag, TaggedItem

from directory.listings.facet_kinds import Facet, TermFacet, told
from directory.listings.gathering import Gathered, Listed
from directory.listings.parameters import Answer, Known, Value
from directory.models import DacList, Theme
from directory.models.fields import Fold
from directory.register_facets import CountryFacet, TypeFacet
from news.models import Call, CountryGroup, TagAlias, moments
from news.models.groups import countries_of

SLUG = re.compile(r"[-\w]{1,100}", re.ASCII)


class KeywordFacet(TermFacet):
    """The keywords of the rows that are listed; the others are nobody's business.

    The address of one that was merged gives the keyword it was merged in.
    """

    is_timeless = False

    def __init__(self, of: type[models.Model], *, is_folded: bool = False) -> None:
        """Take the model of the rows."""
        super().__init__(
            label=_("Mot-clé"),
            noun=_("un mot-clé connu"),
            verb="tagged",
            field_name="tags",
            terms=Tag.objects.order_by(Fold("name"), "pk"),
            key="slug",
            is_folded=is_folded,
        )
        self.of = of

    def known(self) -> Known:
        manager: Any = self.of._default_manager
        published = manager.published().order_by()
        return self.values_of(self.terms.filter(pk__in=published.values("tags")))

    def read(self, raw: list[str], known: Known) -> Answer:
        unknown = {it for it in map(self._typed, raw) if SLUG.fullmatch(it)} - set(
            known
        )
        if unknown:
            aliases = TagAlias.objects.filter(slug__in=unknown)
            kept = dict(aliases.values_list("slug", "tag__slug"))
            raw = [kept.get(self._typed(value), value) for value in raw]
        return super().read(raw, known)

    def value_of(self, term: Any) -> Value:
        # Its page shows the publications: no actor, no project to go and see there.
        return replace(super().value_of(term), page="")

    def _typed(self, raw: str) -> str:
        return self.normal(raw.strip())

    def models(self, model: type[models.Model]) -> list[type[models.Model]]:
        return [Tag, TaggedItem]


class ThemeFacet(TermFacet):
    """The themes of calls and events."""

    def __init__(self, *, is_folded: bool = False) -> None:
        super().__init__(
            label=_("Thème"),
            noun=_("un thème connu"),
            verb="on_themes",
            field_name="themes",
            terms=Theme.objects.all(),
            key="code",
            is_folded=is_folded,
        )


class ConditionsFacet(Facet):
    """A facet over conditions that rows meet or not when one looks: states, periods.

    A row may meet several. `conditions` gives them by choice; `below` tells which
    choices are told apart inside of another one, which has their rows too.
    """

    def __init__(
        self,
        *,
        choices: type[models.TextChoices],
        conditions: Callable[[], Mapping[str, models.Q]],
        below: Mapping[str, str] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.choices = choices
        self.conditions = conditions
        self.below = below or {}

    def known(self) -> Known:
        """The choices; `row` has the keys of their conditions."""
        found = {}
        for choice in self.choices:
            inside = [key for key, above in self.below.items() if above == choice]
            keys = tuple(map(str, (choice.value, *inside)))
            depth = int(choice in self.below)
            found[keys[0]] = Value(keys[0], str(choice.label), keys, depth)
        return found

    def columns(self) -> dict[str, Any]:
        return {
            f"{self.name}-{key}": told(condition)
            for key, condition in self.conditions().items()
        }

    def gather(self, listed: Listed, known: Known) -> Gathered:
        return {
            key: BitMap.union(*(listed.flagged(f"{self.name}-{k}") for k in value.row))
            for key, value in known.items()
        }

    def filter(self, qs: Any, value: Answer) -> Any:
        if not value.values:
            return qs
        return getattr(qs, self.verb)({key for keys in value.rows for key in keys})


class EligibleCountryFacet(CountryFacet):
    """The countries where a call lets projects take place, by name or by group."""

    def __init__(self) -> None:
        super().__init__(label=_("Pays éligible"), verb="eligible_in")

    def models(self, model: type[models.Model]) -> list[type[models.Model]]:
        return [
            *super().models(model),
            Call.excluded_countries.through,
            DacList,
            DacList.countries.through,
        ]

    def columns(self) -> dict[str, Any]:
        return {
            f"is-for-{group}": told(models.Q(country_groups__contains=[group]))
            for group in CountryGroup
        }

    def gather(self, listed: Listed, known: Known) -> Gathered:
        named, excluded = (
            listed.linked("countries"),
            listed.linked("excluded_countries"),
        )
        rows: dict[int, BitMap] = defaultdict(BitMap)
        for group in CountryGroup:
            found = countries_of(group, moments.today()).order_by()
            for pk in found.values_list("pk", flat=True):
                rows[pk] |= listed.flagged(f"is-for-{group}")
        none = BitMap()
        return {
            key: named.get(value.row, none)
            | rows.get(value.row, none) - excluded.get(value.row, none)
            for key, value in known.items()
        }


class EligibleTypeFacet(TypeFacet):
    """The types of structure that a call is for.

    What is for every association is for each kind of them; and who looks for an
    association sees the calls for one kind of them too. A call that does not say has a
    value of its own.
    """

    UNKNOWN = "non-precise"

    def __init__(self) -> None:
        super().__init__(
            label=_("Pour quel type de structure"),
            noun=_("un type connu"),
            verb="open_to",
            field_name="eligible_types",
        )

    def known(self) -> Known:
        unknown = Value(self.UNKNOWN, str(_("Non précisé")), (None, None))
        return {**super().known(), self.UNKNOWN: unknown}

    def columns(self) -> dict[str, Any]:
        return {}

    def gather(self, listed: Listed, known: Known) -> Gathered:
        own = listed.linked(self.field_name)
        near: dict[int | None, set[int | None]] = defaultdict(set)
        for value in known.values():
            pk, parent = value.row
            near[pk] |= {pk, parent}
            near[parent].add(pk)
        rows = {
            key: BitMap.union(
                BitMap(), *(own[pk] for pk in near[value.row[0]] if pk in own)
            )
            for key, value in known.items()
        }
        said = BitMap.union(BitMap(), *own.values())
        return {**rows, self.UNKNOWN: listed.everything - said}

    def filter(self, qs: Any, value: Answer) -> Any:
        if not value.values:
            return qs
        types = [pk for pk, _parent in value.rows if pk is not None]
        return getattr(qs, self.verb)(types, or_unknown=self.UNKNOWN in value.keys)
