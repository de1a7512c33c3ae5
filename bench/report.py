"""What a run leaves: a table for people, figures for machines, the two always alike."""

from __future__ import annotations

import datetime
import json
import os
import platform
import re
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from bench.measures import Result
from bench.pages import (
    EDIT_LIMITS,
    LISTINGS,
    MEMORY_LIMITS,
    MOST_QUERIES,
    RELATIVE_LIMITS,
    limit,
)
from bench.runs import Run

WITHIN, BEYOND, EMPTY, FREE = "oui", "NON", "vide", "–"
DISTURBED = (
    "ATTENTION\u00a0: d’autres programmes occupaient la machine, et une page longue en"
    " souffre plus que la page presque vide. Ces rapports sont trop hauts."
)
HEADS = (
    *("Page", "Structures", "ms", "bonjour", "rapport", "limite", "tenue"),
    *("à 8\u00a0: ms", "rapport", "sans gzip", "SQL", "ko"),
)
RULE = "---"
SECTION = re.compile(r"(<!-- bench -->\n).*?(<!-- /bench -->)", re.DOTALL)


def verdict(value: float | None, most: float | None, *, is_empty: bool = False) -> str:
    """Whether a limit is kept; an answer without results keeps none."""
    if value is None or most is None:
        return FREE
    if is_empty:
        return EMPTY
    return WITHIN if value <= most else BEYOND


def missed(run: Run) -> list[str]:
    """The limits that the run does not keep, in words."""
    alone = [result for result in run.results if result.concurrency == 1]
    found = [
        f"{result.page} à {_number(result.size)}"
        for result in alone
        if _verdict(run, result) in {BEYOND, EMPTY}
    ]
    return found + [
        f"{name} à {_number(size)}"
        for size in run.details
        for name, value, most, _ in _others(run, size)
        if verdict(value, most) == BEYOND
    ]


def table(run: Run) -> str:
    """The figures as a table of Markdown, the pages in the order of the run."""
    alone = [result for result in run.results if result.concurrency == 1]
    order = list(dict.fromkeys(result.page for result in alone))
    alone.sort(key=lambda result: order.index(result.page))
    rows = [_cells(run, result) for result in alone]
    return _aligned([HEADS, [RULE] * len(HEADS), *rows])


def others(run: Run) -> str:
    """The other figures, a line each."""
    lines = [
        f"- {_number(size)} structures, {name}\u00a0: {_figure(value, 1)} {unit}"
        + (f" (limite {_figure(most, 0)}\u00a0: {verdict(value, most)})" * bool(most))
        for size in run.details
        for name, value, most, unit in _others(run, size)
    ]
    return "\n".join(lines)


def section(run: Run) -> str:
    """All that people read of a run, and a warning when it is worth little."""
    return "\n\n".join(
        [*([DISTURBED] if run.is_disturbed else []), table(run), others(run)]
    )


def latest(run: Run) -> list[dict[str, Any]]:
    """The content of `latest.json`."""
    return [
        {
            "page": result.page,
            "size": result.size,
            "concurrency": result.concurrency,
            "median_ms": round(result.median_ms, 3),
            "hello_ms": round(result.hello_ms, 3),
            "ratio": round(result.ratio, 2),
        }
        for result in run.results
    ]


def details(run: Run) -> dict[str, Any]:
    """The content of `details.json`: what surrounds the ratios."""
    return {
        "date": datetime.datetime.now(tz=datetime.UTC).date().isoformat(),
        "python": platform.python_version(),
        "django": version("django"),
        "gunicorn": version("gunicorn"),
        "processors": os.cpu_count(),
        "sizes": {str(size): _rounded(known) for size, known in run.details.items()},
        "failures": [failure.splitlines()[0] for failure in run.failures],
    }


def write(run: Run, folder: Path, page: Path) -> None:
    """Write the two files of figures, and the section of the documentation."""
    folder.mkdir(exist_ok=True)
    _write_json(folder / "latest.json", latest(run))
    _write_json(folder / "details.json", details(run))
    text = page.read_text(encoding="utf-8")
    page.write_text(
        SECTION.sub(lambda found: f"{found[1]}\n{section(run)}\n\n{found[2]}", text),
        encoding="utf-8",
    )


def _write_json(path: Path, content: Any) -> None:
    text = json.dumps(content, ensure_ascii=False, indent=1)
    path.write_text(f"{text}\n", encoding="utf-8")


def _others(
    run: Run, size: int
) -> Iterator[tuple[str, float | None, float | None, str]]:
    """Name, value, limit and unit of what is not a page."""
    known = run.details[size]
    edit = known.get("edit_then_read", {}).get("added_ms")
    yield (
        "une modification ajoute à la lecture suivante",
        edit,
        EDIT_LIMITS.get(size),
        "ms",
    )
    yield "construction de l’index", known.get("index_rebuild_ms"), None, "ms"
    memory = known.get("worker_mb")
    yield "mémoire du processus", memory, MEMORY_LIMITS.get(size), "Mo"
    numbers = [known["pages"].get(name, {}).get("queries") for name in LISTINGS]
    queries = max((n for n in numbers if n is not None), default=None)
    yield "requêtes SQL d’une liste", queries, MOST_QUERIES, "au plus"
    yield "chargement de la base", known.get("load_seconds"), None, "s"


def _cells(run: Run, result: Result) -> list[str]:
    known = run.page(result.size, result.page)
    crowd = next((r for r in run.results if _is_crowd_of(r, result)), None)
    return [
        result.page,
        _number(result.size),
        _figure(result.median_ms, 1),
        _figure(result.hello_ms, 2),
        _figure(result.ratio, 1),
        _figure(_most(run, result), 0 if limit(result.page, result.size) else 1),
        _verdict(run, result),
        _figure(crowd.median_ms if crowd else None, 1),
        _figure(crowd.ratio if crowd else None, 1),
        _figure(known.get("unpacked_ms"), 1),
        _figure(known.get("queries"), 0),
        _figure(known.get("kilobytes"), 1),
    ]


def _is_crowd_of(other: Result, result: Result) -> bool:
    is_same = (other.page, other.size) == (result.page, result.size)
    return is_same and other.concurrency > 1


def _verdict(run: Run, result: Result) -> str:
    is_empty = run.page(result.size, result.page).get("is_empty", False)
    return verdict(result.ratio, _most(run, result), is_empty=is_empty)


def _most(run: Run, result: Result) -> float | None:
    """The most that a page may cost, some in times another one of the same run."""
    relative = RELATIVE_LIMITS.get(result.page, {}).get(result.size)
    if relative is None:
        return limit(result.page, result.size)
    times, page = relative
    asked = (page, result.size, result.concurrency)
    found = (r for r in run.results if (r.page, r.size, r.concurrency) == asked)
    other = next(found, None)
    return None if other is None else times * other.ratio


def _figure(value: float | None, digits: int) -> str:
    return FREE if value is None else f"{value:.{digits}f}".replace(".", ",")


def _number(value: int) -> str:
    return f"{value:,}".replace(",", "\u202f")


def _aligned(rows: Sequence[Sequence[str]]) -> str:
    """A table whose columns have equal widths: terminals show it too."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [
        " | ".join(
            _filled(cell, width, is_first=number == 0)
            for number, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    ]
    return "\n".join(f"| {line} |" for line in lines)


def _filled(cell: str, width: int, *, is_first: bool) -> str:
    if cell == RULE:
        dashes = "-" * (width - 1)
        return f":{dashes}" if is_first else f"{dashes}:"
    return cell.ljust(width) if is_first else cell.rjust(width)


def _rounded(value: Any) -> Any:
    """The same facts, their numbers cut to what they are worth."""
    if isinstance(value, dict):
        return {key: _rounded(item) for key, item in value.items()}
    return round(value, 2) if isinstance(value, float) else value
