"""The rules of RGAA 4 and of WCAG 2.2 AA that a machine can check, on every page."""

import pytest

from tests.browser import axe
from tests.browser.observing import STATES
from tests.browser.pages import named, sights

pytestmark = pytest.mark.browser
everywhere = pytest.mark.parametrize(("kind", "person"), sights(), ids=named)


@everywhere
def test_axe_finds_no_fault(observe, kind, person):
    seen = observe(kind, person)

    faults = [
        f"{state}: {fault['rule']} {fault['target']} – {fault['why']}"
        for state in STATES
        for fault in seen.axe[state].violations
    ]

    assert not faults, "\n".join(faults)


@everywhere
def test_what_axe_cannot_decide_is_explained(observe, kind, person):
    seen = observe(kind, person)

    unexplained = [
        f"{state}: {doubt['rule']} {doubt['target']} – {doubt['why']}"
        for state in STATES
        for doubt in seen.axe[state].incomplete
        if doubt["rule"] not in axe.EXPLAINED
    ]

    assert not unexplained, "\n".join(unexplained)


@everywhere
def test_axe_did_look(observe, kind, person):
    seen = observe(kind, person)

    for state in STATES:
        assert {"document-title", "html-has-lang"} <= set(seen.axe[state].passed)
