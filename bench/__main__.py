"""`python -m bench [--sizes 1000 10000]`: see `make bench` and docs/performance.md."""

from __future__ import annotations

import argparse
import signal
import sys
from pathlib import Path
from types import FrameType

from bench import report
from bench.runs import Run, measure
from bench.servers import ROOT, BadProcess

SIZES = (1_000, 10_000, 100_000)
RESULTS = ROOT / "bench" / "results"
PAGE = ROOT / "docs" / "performance.md"


def main() -> int:
    """Measure, print, write; 0 when everything could be measured."""
    options = _options()
    signal.signal(signal.SIGTERM, _stop)
    try:
        run = measure(options.sizes, options.folder)
    except BadProcess as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except KeyboardInterrupt:
        sys.stderr.write("\nInterrompu\u00a0: rien n’est écrit.\n")
        return 130
    report.write(run, RESULTS, PAGE)
    _say(run)
    return int(bool(run.failures or (options.strict and report.missed(run))))


def _say(run: Run) -> None:
    sys.stdout.write(f"\n{report.section(run)}\n")
    if missed := report.missed(run):
        sys.stdout.write(f"\nLimites dépassées\u00a0: {', '.join(missed)}.\n")
    for failure in run.failures:
        sys.stdout.write(f"NON MESURÉ – {failure}\n")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES))
    parser.add_argument("--folder", type=Path, default=ROOT / "var" / "bench")
    parser.add_argument(
        "--strict", action="store_true", help="échouer si une limite est dépassée"
    )
    return parser.parse_args()


def _stop(_number: int, _frame: FrameType | None) -> None:
    """End as Ctrl-C does: the servers are stopped on the way out."""
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
