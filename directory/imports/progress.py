"""How far an import is, told to whoever waits."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")

#: Called with the number of rows that are done, and the number of rows.
Progress = Callable[[int, int], None]
#: Each row is read, compared, then written or left alone.
STAGES = 3
#: How many times at most the whole is told.
MOST_CALLS = 200


class Steps:
    """Counts the stages of rows, and tells whole rows now and then."""

    def __init__(self, total: int, progress: Progress | None) -> None:
        """`total` is the number of rows."""
        self._total = total
        self._progress = progress
        self._stages = self._told = 0
        self._stride = max(1, total // MOST_CALLS)

    def advance(self, rows: int = 1) -> None:
        """Note that so many rows are one stage further."""
        self._stages += rows
        done = self._stages // STAGES
        is_due = done - self._told >= self._stride or done == self._total
        if self._progress and is_due and done > self._told:
            self._told = done
            self._progress(done, self._total)

    def over(self, rows: Iterable[T]) -> Iterator[T]:
        """The same rows; each is one stage further once it is dealt with."""
        for row in rows:
            yield row
            self.advance()
