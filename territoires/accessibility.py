"""The figures of the last run of the accessibility tests, as `make audit` wrote them.

The file is shipped with the site and read when it starts; without it, the declaration
says that no run is known.
"""

from __future__ import annotations

import datetime
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

DATA = Path(settings.BASE_DIR, "territoires", "data", "accessibility.json")


@dataclass(frozen=True)
class Incomplete:
    """A rule that the tool could not decide by itself."""

    rule: str
    why: str


@dataclass(frozen=True)
class TestRun:
    """What a machine checked, and found, that day."""

    date: datetime.date
    tool: str
    #: Number of pages, and the states in which each was checked.
    pages: int
    states: tuple[str, ...]
    rules_passed: int
    violations: int
    incomplete: tuple[Incomplete, ...]
    #: Whether the main journeys were made with the keyboard alone.
    keyboard: bool
    html_errors: int


def read(path: Path = DATA) -> TestRun | None:
    """The last run; None when there is no file.

    Raises:
        ValueError, KeyError, TypeError: when the file is not what `make audit` writes.

    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    return _run(json.loads(text))


def _run(values: dict[str, Any]) -> TestRun:
    incomplete = tuple(Incomplete(**entry) for entry in values["incomplete"])
    return TestRun(
        **{
            **values,
            "date": datetime.date.fromisoformat(values["date"]),
            "states": tuple(values["states"]),
            "incomplete": incomplete,
        }
    )
