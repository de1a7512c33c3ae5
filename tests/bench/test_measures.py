"""How figures are drawn from times."""

import pytest

from bench.client import Answer, BadAnswer
from bench.measures import Bench, edit_cost
from bench.pages import Page

EMPTY = b'HTTP/1.1 200 OK\r\n\r\n<section data-total="0">'
FOUND = b'HTTP/1.1 200 OK\r\n\r\n<section data-total="3">'


class Fake:
    """A server whose times are written beforehand; the last one repeats."""

    def __init__(self, *times, raw=FOUND):
        self.times = list(times)
        self.raw = raw
        self.paths = []

    def get(self, path):
        self.paths.append(path)
        return Answer(self._next(), self.raw)

    def load(self, paths, number, at_once):
        self.paths += [paths[rank % len(paths)] for rank in range(number)]
        return [self._next()] * number

    def _next(self):
        return self.times.pop(0) if len(self.times) > 1 else self.times[0]


def test_a_page_is_measured_five_times_between_hellos_and_medians_are_kept():
    steps = []
    site = Fake(10, 10, 8, 9, 10, 50, 11)
    hello = Fake(1, 1, 2, 2, 2, 40, 2)
    bench = Bench(site, hello, 1_000, lambda: steps.append(1))
    page = Page("list", ("/",))

    alone, crowd = bench.results(page, bench.warm(page))

    assert (alone.median_ms, alone.hello_ms, alone.ratio) == (10, 2, 5)
    assert (alone.concurrency, crowd.concurrency) == (1, 8)
    assert len(steps) == 10


def test_repeats_see_every_address():
    site = Fake(100)  # ten requests a repeat
    bench = Bench(site, Fake(1), 1_000, lambda: None)
    page = Page("text", tuple(f"/{number}" for number in range(20)))
    warm = bench.warm(page)
    site.paths.clear()

    next(bench.results(page, warm))

    assert set(site.paths) == set(page.paths)


@pytest.mark.parametrize(("raw", "is_empty"), [(EMPTY, True), (FOUND, False)])
def test_a_page_that_finds_nothing_is_known_as_empty(raw, is_empty):
    bench = Bench(Fake(5, raw=raw), Fake(1), 1_000, lambda: None)

    assert bench.warm(Page("typo", ("/a", "/b"))).is_empty is is_empty


def test_an_edit_costs_what_it_adds_to_the_next_request():
    site = Fake(*[5, 25] * 10)

    def edit(word):
        site.raw = FOUND + word.encode()

    cost = edit_cost(site, "/", edit)

    assert (cost.usual_ms, cost.after_ms, cost.added_ms) == (5, 25, 20)


def test_an_edit_that_the_next_request_does_not_show_is_a_failure():
    with pytest.raises(BadAnswer, match="ne se voit pas"):
        edit_cost(Fake(5), "/", lambda _: None)
