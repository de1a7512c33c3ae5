"""The answer of an index to a selection: the rows, their number, counts, pages."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pyroaring import BitMap

from directory.keeping.stores import kept, put
from directory.listings.facets import FacetIndex
from directory.listings.gathering import NOTHING
from directory.listings.parameters import Answer, SortOrder
from directory.listings.selections import TEXT, Chip, Selection
from directory.search import finding, queries

#: How many rows are asked first whether they are known to be about the words.
FIRST = 48
#: How many values are counted before one looks whether the others can lead.
AT_ONCE = 24
#: How many times an index keeps which values lead.
MOST_LEADERS = 1_000
#: How many searches an index keeps until its rows change: what people look for comes
#: back. Two bitmaps each, 30 kB at most for 100,000 rows.
MOST_SEARCHES = 64


@dataclass(frozen=True)
class Loosened:
    """A filter that could be removed, and how many rows there would be."""

    chip: Chip
    total: int


class Results:
    """The rows of a selection: no SQL query, or a few if there are words.

    Two if nobody looked for them before: what is found, then what is known of a page's
    rows. A word that nobody wrote costs one or two more.
    """

    def __init__(
        self,
        index: FacetIndex,
        selection: Selection,
        matches: finding.Matches | None = None,
    ) -> None:
        """Take the matches of the words too, when they are known already."""
        self.index = index
        self.selection = selection
        self._once: dict[str, Any] = {}
        self._but: dict[str, BitMap] = {}
        self._chosen = {
            name: index.having(name, answer.keys)
            for name, answer in selection.answers.items()
            if answer.values and name in index.rows
        }
        self.matches = matches
        if matches is None and selection.words:
            (self.matches,) = found_in([index], selection.words)

    @cached_property
    def rows(self) -> BitMap:
        """The primary keys of the rows."""
        return self._rows_but("")

    @property
    def total(self) -> int:
        """How many rows there are."""
        return len(self.rows)

    def counts(self, name: str) -> Mapping[str, int]:
        """For each value of a facet, the results that choosing it alone would give.

        The facet's own choice is ignored; the text and the other facets are obeyed.
        """
        found: Mapping[str, int] = self.once(
            name, lambda: self._among(self._rows_but(name), name)
        )
        return found

    def count(self, name: str, key: str) -> int:
        """What `counts` says of one value, without asking it of the others."""
        having = self.index.rows[name].get(key)
        if having is None:
            return 0
        return self._rows_but(name).intersection_cardinality(having)

    def leading(self, name: str, number: int) -> list[str]:
        """The values offered of most results, as many as that: what `counts` says.

        Of two values with the same count, the one of most rows comes first.
        """
        frequent, rows = self.index.offered[name].frequent, self._rows_but(name)
        if rows is self.index.everything:
            return frequent[:number]
        return kept(
            self.index.leaders,
            (name, number, self._asked_but(name)),
            lambda: self._leading(rows, name, number),
            most=MOST_LEADERS,
        )

    def _leading(self, rows: BitMap, name: str, number: int) -> list[str]:
        """Values of no more rows than the last leader has results are left out."""
        frequent = self.index.offered[name].frequent
        sizes, values = self.index.sizes[name], self.index.rows[name]
        counts: dict[str, int] = {}
        best = [0]
        for start in range(0, len(frequent), AT_ONCE):
            few = frequent[start : start + AT_ONCE]
            if start and sizes.get(few[0], 0) <= best[-1]:
                break
            having = [values.get(key, NOTHING) for key in few]
            found = [*map(rows.intersection_cardinality, having)]
            counts.update(zip(few, found, strict=True))
            best = sorted(best + found, reverse=True)[:number]
        return sorted(counts, key=counts.__getitem__, reverse=True)[:number]

    def tally(self, name: str) -> Mapping[str, int]:
        """For each value of a facet, how many of the rows have it.

        Unlike `counts`, it obeys the facet's own choice: it tells what is in the
        result, not what another choice would give.
        """
        if name not in self._chosen:
            return self.counts(name)
        return self._among(self.rows, name)

    def once(self, name: str, make: Callable[[], Any]) -> Any:
        """What is worked out of the result, the first time that it is asked for."""
        if name not in self._once:
            self._once[name] = make()
        return self._once[name]

    def page(self, start: int, stop: int) -> list[int]:
        """The primary keys of the rows from one rank to another, excluded."""
        name = self.selection.order
        if name != SortOrder.RELEVANCE:
            return self.index.ranked(self.rows, name, start, stop)
        found: list[int] = []
        usual = self.index.register.sort().default
        for rows in self._by_match(stop):
            found += self.index.ranked(rows, usual, 0, stop - len(found))
            if len(found) >= stop:
                break
        return found[start:stop]

    def loosened(self, asked: Selection) -> list[Loosened]:
        """The filters whose removal gives more rows, and how many; the best first.

        Of what was asked, repaired or not: the addresses say what was typed.
        """
        found = []
        for chip in asked.chips:
            wider = Results(self.index, asked.without(chip)).as_shown()
            if wider.total > self.total:
                found.append(Loosened(chip, wider.total))
        return sorted(found, key=lambda item: -item.total)

    def repaired(self) -> Results | None:
        """The results of the words as they were probably meant, if rows have these.

        Asked when no row has the words, whatever the filters; words between quotes are
        never changed.
        """
        if self.matches is None or self.matches.rows:
            return None
        found = self.matches.meant
        if found is None or not found.rows:
            return None
        parameter = self.index.register.text()
        meant = Answer((parameter.value(found.query.text, found.query),))
        selection = self.selection.with_answer(TEXT, meant)
        return Results(self.index, selection, found)

    def as_shown(self) -> Results:
        """What the page shows: the results, or those of the repaired words."""
        return self.repaired() or self

    def _asked_but(self, name: str) -> tuple[Hashable, ...]:
        """What the results without a facet's choice depend on, besides the index."""
        answers = self.selection.answers
        chosen = [
            (facet, frozenset(answers[facet].keys))
            for facet in self._chosen
            if facet != name
        ]
        return (self.matches and self.matches.query, *chosen)

    def _among(self, rows: BitMap, name: str) -> Mapping[str, int]:
        """For each value of a facet, how many of these rows have it."""
        if rows is self.index.everything:
            return self.index.sizes[name]
        values = self.index.rows[name]
        return {k: rows.intersection_cardinality(found) for k, found in values.items()}

    def _rows_but(self, name: str) -> BitMap:
        if name not in self._but:
            # What no filter of the facet narrows is the same for all of them.
            known = name if name in self._chosen else ""
            if known not in self._but:
                self._but[known] = self._rows_without(known)
            self._but[name] = self._but[known]
        return self._but[name]

    def _rows_without(self, name: str) -> BitMap:
        masks = [rows for facet, rows in self._chosen.items() if facet != name]
        if self.matches is not None:
            masks.append(self.matches.rows)
        if not masks:
            return self.index.everything
        if len(masks) == 1 and self.matches is None:
            return masks[0]
        return BitMap.intersection(self.index.everything, *masks)

    def first(self, others: BitMap, number: int) -> tuple[list[int], int]:
        """The rows to ask first whether all is known of them, and how many are enough.

        A page of so many is filled, more often than not, by the first few of which it
        is: to ask it of all of them costs much more.
        """
        usual = self.index.register.sort().default
        first = self.index.ranked(others, usual, 0, FIRST)
        return first, number if len(first) < len(others) else 0

    def _by_match(self, stop: int) -> Iterator[BitMap]:
        """The rows in groups, the best matches first; each row in one group.

        The groups fill a page that ends at that rank, and may not go further.
        """
        if self.matches is None:
            yield self.rows
            return
        named = self.rows & self.matches.names
        yield named
        others = self.rows - named
        if not others:
            return
        known = others & self.matches.known(*self.first(others, stop - len(named)))
        yield known
        yield others - known


def found_in(
    indexes: Sequence[FacetIndex], words: queries.Query
) -> list[finding.Matches]:
    """The matches of the words in the register of each index: one statement at most.

    Those that an index has kept are not asked again: whatever moves what a row is found
    by moves the version of its index (tests/directory/test_kept_searches.py).
    """
    found = [index.searches.get(words) for index in indexes]
    missing = [
        index for index, matches in zip(indexes, found, strict=True) if matches is None
    ]
    asked: Iterator[finding.Matches] = iter(())
    if missing:
        models = [index.register.model() for index in missing]
        asked = iter(finding.find_each(models, words))
    # Put again though it was there: those that nobody asks any more go first.
    return [
        put(index.searches, words, matches or next(asked), most=MOST_SEARCHES)
        for index, matches in zip(indexes, found, strict=True)
    ]
