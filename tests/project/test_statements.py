"""Statements that the history cannot accompany: see ADR 16."""

import ast
from pathlib import Path

import pytest
from django.conf import settings

APPS = ("directory", "news", "members", "territoires")


def sources():
    """The code that a request or a command may run; no history goes with migrations."""
    for app in APPS:
        for path in Path(settings.BASE_DIR, app).rglob("*.py"):
            if path.parent.name != "migrations":
                yield path


def named(text):
    return [
        node.lineno
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Attribute) and node.attr == "executemany"
    ]


def test_no_code_of_ours_calls_executemany():
    calls = {str(path): named(path.read_text(encoding="utf-8")) for path in sources()}

    assert len(calls) > 100
    assert not {name: lines for name, lines in calls.items() if lines}


@pytest.mark.parametrize(("text", "found"), [("c.executemany(s)", [1]), ("c.x()", [])])
def test_a_call_is_seen(text, found):
    assert named(text) == found
