"""A whole run: each size prepared, served and measured."""

from __future__ import annotations

import contextlib
import os
import statistics
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tqdm import tqdm

from bench.client import BadAnswer, Client
from bench.measures import CONCURRENCIES, REPEATS, Bench, Result, edit_cost, unpacked_ms
from bench.pages import LIST, Page, pages
from bench.servers import (
    HELLO,
    SITE,
    BadProcess,
    Environment,
    Server,
    editing,
    environment,
    postgresql,
    run,
    serving,
)

BUILDS = 3  # of the index, each in a fresh process


@dataclass
class Run:
    """All that was measured, and what could not be."""

    results: list[Result] = field(default_factory=list)
    #: Size -> what is known of it, as in `details.json`.
    details: dict[int, dict[str, Any]] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)

    def page(self, size: int, name: str) -> dict[str, Any]:
        """The details of a page at a size."""
        found: dict[str, Any] = self.details[size]["pages"].setdefault(name, {})
        return found

    @property
    def is_disturbed(self) -> bool:
        """Whether other programs kept the machine busy: the bench alone loads one."""
        loads = [
            page["machine_load"]
            for known in self.details.values()
            for page in known["pages"].values()
            if "machine_load" in page
        ]
        return bool(loads) and statistics.median(loads) > (os.cpu_count() or 1)

    @contextlib.contextmanager
    def noting(self, what: str) -> Iterator[None]:
        """Go on when something cannot be measured, and remember it."""
        try:
            yield
        except (BadAnswer, BadProcess, OSError) as error:
            self.failures.append(f"{what}\u00a0: {error}")


def measure(sizes: Sequence[int], folder: Path) -> Run:
    """Measure every size, in the folder where databases and files are kept."""
    folder.mkdir(parents=True, exist_ok=True)
    env = environment(folder)
    found = Run()
    with contextlib.ExitStack() as stack:
        stack.enter_context(postgresql(folder))
        run("manage.py", "collectstatic", "--no-input", "-v0", env=env)
        hello = stack.enter_context(serving(HELLO, folder, env))
        for size in sizes:
            with found.noting(f"{size}"):
                _measure_size(found, size, hello, folder, env)
    return found


def _measure_size(
    found: Run, size: int, hello: Server, folder: Path, env: Environment
) -> None:
    env = {**env, "BENCH_SIZE": str(size)}
    facts = run("-m", "bench.prepare", env=env)
    found.details[size] = {**facts, "pages": {}}
    todo = pages(size, found.details[size].pop("slugs"))
    steps = len(todo) * len(CONCURRENCIES) * REPEATS
    with (
        serving(SITE, folder, env) as site,
        tqdm(total=steps, desc=f"{size} structures", unit="mesure", leave=False) as bar,
    ):
        bench = Bench(Client(site.port), Client(hello.port), size, bar.update)
        for page in todo:
            bar.set_postfix_str(page.name)
            with found.noting(f"{size}, {page.name}"):
                _measure_page(found, bench, (site, hello), page)
        found.details[size]["worker_mb"] = site.worker_megabytes()
        with found.noting(f"{size}, edit-then-read"):
            _measure_edits(found, bench.site, size, env)
    with found.noting(f"{size}, index-rebuild"):
        builds = [run("-m", "bench.probes", "index", env=env) for _ in range(BUILDS)]
        found.details[size]["index_rebuild_ms"] = _middle(builds)
    with found.noting(f"{size}, SQL"):
        given = {page.name: page.paths for page in todo}
        for name, number in run(
            "-m", "bench.probes", "queries", env=env, given=given
        ).items():
            found.page(size, name)["queries"] = number


def _measure_page(
    found: Run, bench: Bench, servers: tuple[Server, Server], page: Page
) -> None:
    site, hello = servers
    warm = bench.warm(page)
    details = found.page(bench.size, page.name)
    details["is_empty"] = warm.is_empty
    details["machine_load"] = os.getloadavg()[0]
    details["kilobytes"] = round(statistics.median(warm.bytes) / 1_000, 1)
    if warm.results:
        details["results"] = {
            "least": min(warm.results),
            "median": statistics.median(warm.results),
            "most": max(warm.results),
        }
    with (
        _computing(bench.site, site, details, "worker_ms"),
        _computing(bench.hello, hello, details, "hello_worker_ms"),
    ):
        found.results += bench.results(page, warm)
    details["unpacked_ms"] = unpacked_ms(Client(site.port, packed=False), page)


@contextlib.contextmanager
def _computing(
    client: Client, server: Server, details: dict, name: str
) -> Iterator[None]:
    """Note how long the worker computes for a request, on average."""
    asked, before = client.asked, server.worker_milliseconds()
    yield
    after = server.worker_milliseconds()
    if before is not None and after is not None and client.asked > asked:
        details[name] = (after - before) / (client.asked - asked)


def _measure_edits(found: Run, client: Client, size: int, env: Environment) -> None:
    with editing(env) as process:
        cost = edit_cost(client, LIST, lambda word: _ask(process, word))
    found.details[size]["edit_then_read"] = {
        "after_ms": cost.after_ms,
        "usual_ms": cost.usual_ms,
        "added_ms": cost.added_ms,
    }


def _ask(process: subprocess.Popen, word: str) -> None:
    """Have the other process write a word, and wait until it has."""
    if process.stdin is None or process.stdout is None:
        raise BadProcess
    process.stdin.write(f"{word}\n")
    process.stdin.flush()
    if not process.stdout.readline():
        message = "Le processus qui modifie s’est arrêté."
        raise BadProcess(message)


def _middle(values: list[float | None]) -> float | None:
    numbers = [value for value in values if value is not None]
    return statistics.median(numbers) if numbers else None
