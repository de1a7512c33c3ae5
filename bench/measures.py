"""What is measured of each page, always beside the almost empty one.

For each page and each concurrency: hello, page, hello, page… five pages, six hellos.
The figure of a page is the median of its five medians, that of hello the median of its
six, and the ratio is what counts: it hardly depends on the machine.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from bench.client import BadAnswer, Client
from bench.pages import ROTATION, Page

CONCURRENCIES = (1, 8)
REPEATS = 5
#: A repeat of a page lasts about so long, between two numbers of requests.
REPEAT_MS = 1_000.0
FEWEST, MOST = 10, 200
HELLOS = 200  # requests of hello between two repeats
EDITS = 10


@dataclass(frozen=True)
class Result:
    """A line of `latest.json`."""

    page: str
    size: int
    concurrency: int
    median_ms: float
    hello_ms: float

    @property
    def ratio(self) -> float:
        """How many times hello the page costs."""
        return self.median_ms / self.hello_ms


@dataclass
class Facts:
    """What else is known of a page, from its addresses."""

    results: list[int] = field(default_factory=list)
    bytes: list[int] = field(default_factory=list)
    milliseconds: list[float] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Whether most addresses find nothing: such a figure means nothing."""
        return bool(self.results) and statistics.median(self.results) == 0


@dataclass(frozen=True)
class Bench:
    """The site and hello, both answering; `step` is called after each repeat."""

    site: Client
    hello: Client
    size: int
    step: Callable[[], object]

    def warm(self, page: Page) -> Facts:
        """Ask for each address of a page twice; tell what the second answers are.

        Raises:
            BadAnswer: when one of them is not the page.

        """
        facts = Facts()
        for path in page.paths:
            self.site.get(path)
            answer = self.site.get(path)
            facts.bytes.append(len(answer.raw))
            facts.milliseconds.append(answer.milliseconds)
            if page.has_results:
                facts.results.append(answer.results)
        return facts

    def results(self, page: Page, warm: Facts) -> Iterator[Result]:
        """The figures of a page, one for each concurrency."""
        number = _fitting(statistics.mean(warm.milliseconds))
        for at_once in CONCURRENCIES:
            hellos = [self._hello(at_once)]
            pages = []
            for repeat in range(REPEATS):
                paths = _turned(page.paths, repeat * number)
                times = self.site.load(paths, max(number, 2 * at_once), at_once)
                pages.append(statistics.median(times))
                hellos.append(self._hello(at_once))
                self.step()
            yield Result(
                page.name,
                self.size,
                at_once,
                statistics.median(pages),
                statistics.median(hellos),
            )

    def _hello(self, at_once: int) -> float:
        return statistics.median(self.hello.load(["/"], HELLOS, at_once))


def unpacked_ms(client: Client, page: Page) -> float:
    """The median of a page that is sent without compression, at the first addresses."""
    client.get(page.paths[0])
    return statistics.median(client.load(page.paths, ROTATION, 1))


@dataclass(frozen=True)
class EditCost:
    """What the request that follows an edit costs, beside the usual one."""

    after_ms: float
    usual_ms: float
    #: The median of the differences, each between two requests that follow each other.
    added_ms: float


def edit_cost(client: Client, path: str, edit: Callable[[str], object]) -> EditCost:
    """Edit the first structure of a listing, then read it, several times.

    `edit` writes a word that the next page must show.

    Raises:
        BadAnswer: when the next page does not show the edit.

    """
    after, usual = [], []
    for number in range(EDITS):
        usual.append(client.get(path).milliseconds)
        word = f"ESSAI{number}"
        edit(word)
        answer = client.get(path)
        if word.encode() not in answer.body:
            message = f"{path}\u00a0: une modification ne se voit pas."
            raise BadAnswer(message)
        after.append(answer.milliseconds)
    added = [late - early for late, early in zip(after, usual, strict=True)]
    return EditCost(*map(statistics.median, (after, usual, added)))


def _fitting(mean_ms: float) -> int:
    """How many requests last about as long as a repeat."""
    return int(min(max(REPEAT_MS / mean_ms, FEWEST), MOST))


def _turned(paths: tuple[str, ...], start: int) -> tuple[str, ...]:
    """The same addresses from another one on, so that repeats see them all."""
    start %= len(paths)
    return paths[start:] + paths[:start]
