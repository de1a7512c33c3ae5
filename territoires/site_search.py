"""One search over every register: what each finds, by kind, merged in one order.

The best come first whatever their kind: countries and sectors by their names, then the
rows whose names say all that is asked, then those known for it, then the others. Among
equals each kind gives one in turn, so that none hides the others.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import islice
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from pyroaring import BitMap

from directory import suggestions
from directory.keeping.pieces import rendered
from directory.keeping.versions import Versions
from directory.labels import fold
from directory.listings.facets import FacetIndex, index_of
from directory.listings.gathering import NOTHING
from directory.listings.listing_filters import ListingFilter
from directory.listings.listing_pages import ListingView
from directory.listings.parameters import EMPTY, Answer, Value
from directory.listings.results import Results, found_in
from directory.listings.selections import TEXT
from directory.listings.shown import cards_of
from directory.search import finding, queries
from directory.search.highlighting import Highlighter, MarkedText
from directory.views import ProjectListView, StructureListView
from news.views import (
    ArticleListView,
    CallListView,
    EventListView,
    OfferListView,
)

#: How many countries, and how many sectors, are shown at most.
MOST_TERMS = 6
CARD = "components/card.html"


@dataclass(frozen=True, eq=False)
class Kind:
    """A kind of result, as addresses and screens call it."""

    key: str
    label: Any


@dataclass(frozen=True, eq=False)
class Register(Kind):
    """A kind whose results are the rows of a listing; `one` names one of them."""

    one: Any
    listing: type[ListingView]
    view_name: str

    @property
    def filters(self) -> type[ListingFilter]:
        """The parameters of the listing."""
        return self.listing.register


TERMS = Kind("pays-et-secteurs", _("Pays et secteurs"))
REGISTERS = (
    Register(
        "acteurs", _("Acteurs"), _("Acteur"), StructureListView, "directory:structures"
    ),
    Register(
        "projets", _("Projets"), _("Projet"), ProjectListView, "directory:projects"
    ),
    Register(
        "actualites", _("Actualités"), _("Actualité"), ArticleListView, "news:articles"
    ),
    Register(
        "appels-a-projets",
        _("Appels à projets"),
        _("Appel à projets"),
        CallListView,
        "news:calls",
    ),
    Register("agenda", _("Agenda"), _("Événement"), EventListView, "news:events"),
    Register("offres", _("Offres"), _("Offre"), OfferListView, "news:offers"),
)
#: In the order of the screen. Their keys are part of our addresses.
KINDS = (TERMS, *REGISTERS)


@dataclass(frozen=True)
class Hit:
    """A result: the name of its kind, and its card."""

    kind: str
    card: SafeString


@dataclass(frozen=True)
class Term:
    """A country or a sector that actors have, and the name by which it was found."""

    kind: str
    value: Value
    actors: int
    other: str

    def card(self) -> SafeString:
        """The term at a glance."""
        other = f" ({self.other})" if self.other else ""
        return rendered(
            CARD,
            {
                "key": self.value.key,
                "address": self.value.page,
                "title": f"{self.value.label}{other}",
                "kicker": StructureListView().counted(self.actors),
                "excerpt": "",
            },
        )


@dataclass(frozen=True)
class Terms:
    """The countries and sectors that have the words in a name."""

    kind: Kind
    query: queries.Query
    #: That of the structures, which knows them and counts their actors.
    index: FacetIndex

    @property
    def total(self) -> int:
        """How many there are."""
        return len(self._found)

    def sizes(self, _known: BitMap | None) -> list[int]:
        """How many are in each tier: all of them are among the best."""
        return [self.total]

    def hits(self, start: int, stop: int, _known: BitMap | None) -> list[Hit]:
        """Those from one rank to another, excluded."""
        highlighter = Highlighter(self.query, dict.fromkeys(self.query.words, ()))
        return [
            Hit(term.kind, highlighter.mark(MarkedText(term.card())))
            for term in self._found[start:stop]
        ]

    @cached_property
    def _found(self) -> list[Term]:
        words = self.query.words
        if not words or self.query.phrases or self.query.excluded:
            return []
        return [
            Term(str(kind), value, self.index.sizes[facet][value.key], other)
            for facet, kind in (("pays", _("Pays")), ("secteur", _("Secteur")))
            for value, other in self._named(facet, words)
        ]

    def _named(self, facet: str, words: Sequence[str]) -> list[tuple[Value, str]]:
        """The values of a facet with a name in which each word begins a word.

        Those that read like the text first, then those of most actors.
        """
        text, sizes = " ".join(words), self.index.sizes[facet]
        first, *others = [f" {word}" for word in words]
        found = []
        for key, value in self.index.known[facet].items():
            label, told = _folded_names(value.label, value.also)
            if first in told and key in sizes and all(word in told for word in others):
                rank = (label != text, not label.startswith(text), -sizes[key], label)
                found.append((rank, value))
        best = sorted(found, key=lambda item: item[0])[:MOST_TERMS]
        return [
            (value, suggestions.other_name(value.label, value.also.split(", "), words))
            for _rank, value in best
        ]


@lru_cache(maxsize=2_000)
def _folded_names(label: str, also: str) -> tuple[str, str]:
    """The label, and all the names with a space before each of their words."""
    names = [*map(fold, [label, *also.split(", ")])]
    return names[0], f" {' '.join(names)}"


@dataclass(frozen=True)
class Rows:
    """What a register finds, in tiers: each row in one."""

    kind: Register
    results: Results
    matches: finding.Matches

    @property
    def total(self) -> int:
        """How many rows there are."""
        return self.results.total

    @cached_property
    def named(self) -> BitMap:
        """The rows whose names say it all."""
        return self.results.rows & self.matches.names

    @cached_property
    def others(self) -> BitMap:
        """The rows whose names do not say it all."""
        return self.results.rows - self.named

    def sizes(self, known: BitMap | None) -> list[int]:
        """How many rows are in each tier: none before the terms, then the named.

        If it is `known` of which rows all that is asked is known, then those, then the
        ones in which it is found.
        """
        return [0, *map(len, self._tiers(known))]

    def hits(self, start: int, stop: int, known: BitMap | None) -> list[Hit]:
        """The rows from one rank to another, excluded, with the words marked."""
        view = self.kind.listing()
        highlighter = Highlighter(self.matches.query, self.matches.forms)
        keys = list(self._keys(start, stop, known))
        index, one = self.results.index, str(self.kind.one)
        return [
            Hit(one, card.shown(highlighter, frozenset(), index.forms))
            for card in cards_of(index, keys, view.line)
        ]

    def _keys(self, start: int, stop: int, known: BitMap | None) -> Iterator[int]:
        index = self.results.index
        usual = index.register.sort().default
        before = 0
        for rows in self._tiers(known):
            first, last = max(start - before, 0), max(stop - before, 0)
            if first < len(rows) and first < last:
                yield from index.ranked(rows, usual, first, last)
            before += len(rows)
            if before >= stop:
                return

    def _tiers(self, known: BitMap | None) -> Iterator[BitMap]:
        yield self.named
        if known is not None:
            yield self.others & known
            yield self.others - known


@dataclass(frozen=True)
class SiteSearch:
    """What the whole site says of some words, at one version of its tables."""

    query: queries.Query
    now: Versions

    @cached_property
    def rows(self) -> list[Rows]:
        """What each register finds: two statements at most, however many there are."""
        indexes = [index_of(kind.filters, self.now) for kind in REGISTERS]
        matches = found_in(indexes, self.query)
        value = REGISTERS[0].filters.text().value(self.query.text, self.query)
        asked = Answer((value,))
        return [
            Rows(kind, _results(index, asked, each), each)
            for kind, index, each in zip(REGISTERS, indexes, matches, strict=True)
        ]

    @cached_property
    def found(self) -> list[Terms | Rows]:
        """What each kind finds, in the order of the screen."""
        index = index_of(StructureListView.register, self.now)
        return [Terms(TERMS, self.query, index), *self.rows]

    @cached_property
    def counts(self) -> Mapping[Kind, int]:
        """How many results of each kind there are."""
        return {each.kind: each.total for each in self.found}

    @cached_property
    def total(self) -> int:
        """How many results there are."""
        return sum(self.counts.values())

    def page(self, kind: Kind | None, start: int, stop: int) -> list[Hit]:
        """The results from one rank to another, excluded; of one kind, or of all."""
        kinds = [each for each in self.found if kind in {None, each.kind}]
        known: Sequence[BitMap | None] = [None] * len(kinds)
        sizes = [each.sizes(None) for each in kinds]
        # The best fill a page, more often than not: the others need not be told apart.
        if (missing := stop - sum(map(sum, sizes))) > 0:
            known = _known(kinds, missing)
            sizes = [
                each.sizes(found) for each, found in zip(kinds, known, strict=True)
            ]
        places = list(islice(_in_turn(sizes), start, stop))
        hits: dict[tuple[int, int], Hit] = {}
        for number, each in enumerate(kinds):
            ranks = [rank for which, rank in places if which == number]
            if ranks:  # They follow one another.
                shown = each.hits(ranks[0], ranks[-1] + 1, known[number])
                keys = [(number, rank) for rank in ranks]
                # A row that has just been withdrawn has no card.
                hits.update(zip(keys, shown, strict=False))
        return [hits[place] for place in places if place in hits]

    def repaired(self) -> SiteSearch | None:
        """The search of what was probably meant, when it finds something."""
        if self.total:
            return None
        for each in self.rows:
            meant = each.matches.meant
            if meant is not None and meant.rows:
                return SiteSearch(meant.query, self.now)
        return None


def _known(kinds: Sequence[Terms | Rows], number: int) -> list[BitMap]:
    """The rows of each kind of which all that is asked is known.

    All of them, or the first ones: at least those that fill so many places, when each
    kind gives one in turn. One statement, or two when the first rows do not tell.
    """
    asked = [each for each in kinds if isinstance(each, Rows) and each.others]
    first = [each.results.first(each.others, number) for each in asked]
    found = _asked(asked, [(keys, 0) for keys, _enough in first])
    turns = _turns([len(rows) for rows in found.values()], number)
    unsure = [
        each
        for each, (_keys, enough) in zip(asked, first, strict=True)
        if enough and len(found[each.kind]) < turns
    ]
    found |= _asked(unsure, [((), 1)] * len(unsure))
    return [found.get(each.kind, NOTHING) for each in kinds]


def _asked(
    rows: Sequence[Rows], first: Sequence[tuple[Sequence[int], int]]
) -> dict[Kind, BitMap]:
    """What is known of the rows of each register: see `finding.known_each`."""
    if not rows:
        return {}
    known = finding.known_each([each.matches for each in rows], first)
    return {each.kind: keys for each, keys in zip(rows, known, strict=True)}


def _results(index: FacetIndex, asked: Answer, matches: finding.Matches) -> Results:
    selection = index.register.unfiltered().with_answer(TEXT, asked)
    return Results(index, selection, matches)


def _turns(sizes: Sequence[int], number: int) -> int:
    """How many times each kind gives one, until so many places are filled."""
    for turns in range(number):
        if sum(min(size, turns) for size in sizes) >= number:
            return turns
    return number


def _in_turn(sizes: Sequence[Sequence[int]]) -> Iterator[tuple[int, int]]:
    """Which kind gives, and its how many-th row: tier by tier, one in turn."""
    given = [0] * len(sizes)
    for tier in range(max(map(len, sizes), default=0)):
        left = [each[tier] if tier < len(each) else 0 for each in sizes]
        for turn in range(max(left)):
            for number, size in enumerate(left):
                if turn < size:
                    yield number, given[number] + turn
        given = [before + size for before, size in zip(given, left, strict=True)]


def asked(raw: Sequence[str]) -> Answer:
    """The words of a query string understood, with what is said of the rest."""
    return StructureListView.register.text().answer(list(raw), {}) if raw else EMPTY
