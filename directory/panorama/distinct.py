"""How many holders have one row at least among any rows: each is counted once."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import cached_property
from itertools import chain

from pyroaring import BitMap

#: Up to this number of rows, naming the holders of each is faster than asking each.
FEW = 5_000


class Distinct:
    """The holders of rows, ready to be counted over any of them.

    Those that hold one row alone are counted by intersections of bitmaps, however many
    they are; each of the others is asked whether it holds one of the rows.
    """

    def __init__(self, holdings: Iterable[Iterable[int]]) -> None:
        """Take the rows of each holder."""
        self._holdings = [rows for rows in map(BitMap, holdings) if rows]

    @cached_property
    def everyone(self) -> int:
        """How many hold one row at least."""
        return len(self._holdings)

    @cached_property
    def rows(self) -> BitMap:
        """The rows that somebody holds."""
        return BitMap.union(BitMap(), *self._holdings)

    def over(self, rows: BitMap) -> int:
        """How many hold one of these rows at least."""
        found = rows & self.rows
        number = len(found)
        if number == len(self.rows):
            return self.everyone
        if number < FEW and number < len(self._several):
            return len(set(chain.from_iterable(map(self._holders.__getitem__, found))))
        alone = sum(
            worth * found.intersection_cardinality(having)
            for worth, having in self._alone
        )
        return alone + sum(map(found.intersect, self._several))

    @cached_property
    def _several(self) -> list[BitMap]:
        """The rows of those that hold several."""
        return [rows for rows in self._holdings if len(rows) > 1]

    @cached_property
    def _alone(self) -> list[tuple[int, BitMap]]:
        """The rows by how many holders have no other one."""
        numbers = Counter(rows[0] for rows in self._holdings if len(rows) == 1)
        found: dict[int, list[int]] = defaultdict(list)
        for row, number in numbers.items():
            found[number].append(row)
        return [(number, BitMap(keys)) for number, keys in found.items()]

    @cached_property
    def _holders(self) -> dict[int, list[int]]:
        """The ranks of the holders of each row."""
        found: dict[int, list[int]] = defaultdict(list)
        for holder, rows in enumerate(self._holdings):
            for row in rows:
                found[row].append(holder)
        return dict(found)
