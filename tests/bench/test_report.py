"""What a run leaves: figures that others compare, and a table that says the same."""

import json

import pytest

from bench import report
from bench.measures import Result
from bench.runs import Run

KEYS = {"page", "size", "concurrency", "median_ms", "hello_ms", "ratio"}


@pytest.fixture
def run():
    """Two pages at two sizes; the second page is too slow, the third finds nothing."""
    found = Run()
    for size in (1_000, 10_000):
        found.details[size] = {
            "pages": {"list": {"queries": 4}, "typo": {"is_empty": True}},
            "edit_then_read": {"added_ms": 61.0},
            "index_rebuild_ms": None,
        }
        for page, cost in (("list", 3.0), ("two-filters", 7.5), ("typo", 2.0)):
            found.results += [
                Result(page, size, 1, cost, 1.0),
                Result(page, size, 8, 8 * cost, 8.0),
            ]
    return found


def test_each_line_of_latest_has_the_keys_that_others_read(run):
    lines = report.latest(run)

    assert len(lines) == 12
    assert all(line.keys() == KEYS for line in lines)
    assert lines[2] == {
        "page": "two-filters",
        "size": 1_000,
        "concurrency": 1,
        "median_ms": 7.5,
        "hello_ms": 1.0,
        "ratio": 7.5,
    }


def test_limits_that_are_missed_are_told_and_an_empty_answer_keeps_none(run):
    missed = report.missed(run)

    assert missed == [
        "two-filters à 10\u202f000",
        "typo à 10\u202f000",
        "une modification ajoute à la lecture suivante à 10\u202f000",
    ]


def test_a_page_may_have_a_limit_in_times_another_page(run):
    for page, cost in (("panorama", 4.5), ("panorama-map", 4.6)):
        run.results.append(Result(page, 10_000, 1, cost, 1.0))

    missed = report.missed(run)

    assert "panorama-map à 10\u202f000" in missed
    assert "panorama à 10\u202f000" not in missed


def test_the_table_has_a_row_for_each_page_and_size_with_both_concurrencies(run):
    lines = report.table(run).splitlines()

    assert len(lines) == 2 + 6
    assert len({len(line) for line in lines}) == 1
    cells = [cell.strip() for cell in lines[5].strip("|").split("|")]
    assert cells[:9] == [
        *("two-filters", "10\u202f000", "7,5", "1,00", "7,5", "7", "NON"),
        *("60,0", "7,5"),
    ]


def test_what_was_not_measured_has_no_figure(run):
    assert "construction de l’index\u00a0: – ms" in report.others(run)
    assert "mémoire du processus\u00a0: – Mo" in report.others(run)


def test_the_documentation_says_what_the_files_say(run, tmp_path):
    page = tmp_path / "performance.md"
    page.write_text("Before\n\n<!-- bench -->\nold\n<!-- /bench -->\n\nAfter\n")

    report.write(run, tmp_path / "results", page)

    text = page.read_text(encoding="utf-8")
    assert text.startswith("Before\n\n<!-- bench -->\n\n| Page")
    assert text.endswith("<!-- /bench -->\n\nAfter\n")
    assert "old" not in text
    assert report.table(run) in text
    latest = json.loads((tmp_path / "results" / "latest.json").read_text())
    assert latest == report.latest(run)


def test_writing_twice_writes_the_same(run, tmp_path):
    page = tmp_path / "performance.md"
    page.write_text("<!-- bench -->\n<!-- /bench -->\n")

    report.write(run, tmp_path, page)
    once = page.read_text()
    report.write(run, tmp_path, page)

    assert page.read_text() == once


@pytest.mark.parametrize(("load", "is_told"), [(0.5, False), (1_000, True)])
def test_figures_of_a_busy_machine_come_with_a_warning(run, load, is_told):
    run.page(1_000, "list")["machine_load"] = load

    assert (report.DISTURBED in report.section(run)) is is_told
