"""The rows of a listing in an order, and the few of them that a page shows.

A result is a bitmap of keys, which knows nothing of an order. An order is cut in runs
of rows that follow each other, each a bitmap too: what stands before a page is counted
run by run, and only the rows of the page are put one after the other.
"""

from __future__ import annotations

from array import array
from functools import cached_property

from pyroaring import BitMap

#: How many rows follow each other in a run.
RUN = 256
#: A result of no more rows is sorted whole, sooner than runs are gone through.
FEW = 128


class Order:
    """Keys of rows, each once, in an order.

    Memory: four bytes for each row, some ten once a result was ranked.
    """

    def __init__(self, keys: array[int]) -> None:
        """Take the keys as they follow each other."""
        self.keys = keys

    def ranked(self, rows: BitMap, start: int, stop: int) -> list[int]:
        """The rows from one rank to another, excluded; all of them are in the order."""
        if len(rows) == len(self.keys):
            return list(self.keys[start:stop])
        if len(rows) <= FEW:
            return sorted(rows, key=self._rank)[start:stop]
        found: list[int] = []
        for run in self._runs:
            number = rows.intersection_cardinality(run)
            if found or number > start:
                found += sorted(rows & run, key=self._rank)
            else:
                start, stop = start - number, stop - number
            if len(found) >= stop:
                break
        return found[start:stop]

    def _rank(self, key: int) -> int:
        return self._ranks[self._all.rank(key) - 1]

    @cached_property
    def _all(self) -> BitMap:
        return BitMap(self.keys)

    @cached_property
    def _runs(self) -> list[BitMap]:
        starts = range(0, len(self.keys), RUN)
        return [BitMap(self.keys[start : start + RUN]) for start in starts]

    @cached_property
    def _ranks(self) -> array[int]:
        """The rank of each row, the rows in the order of their keys."""
        ranks = {key: rank for rank, key in enumerate(self.keys)}
        return array("I", map(ranks.__getitem__, self._all))
