"""The accessibility rules of axe-core, in French, on a page that is open."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.browser.pixels import is_legible

if TYPE_CHECKING:
    from playwright.sync_api import Page

FOLDER = Path(__file__).parents[1] / "vendor" / "axe"
SOURCE = (FOLDER / "axe.min.js").read_text(encoding="utf-8")
VERSION = SOURCE.split("axe v", 1)[1].split("\n", 1)[0].strip()
LOCALE = json.loads((FOLDER / "fr.json").read_text(encoding="utf-8"))
TAGS = [
    "RGAAv4",
    "wcag2a",
    "wcag2aa",
    "wcag21a",
    "wcag21aa",
    "wcag22aa",
    "best-practice",
]
RUN = """async (tags) => {
    const options = { runOnly: { type: "tag", values: tags } };
    const results = await axe.run(document, options);
    const told = (rules) => rules.flatMap((rule) => rule.nodes.map((node) => ({
        rule: rule.id,
        help: rule.help,
        target: node.target.join(" "),
        why: [...node.any, ...node.all, ...node.none].map((c) => c.message).join(" "),
    })));
    return {
        passed: results.passes.map((rule) => rule.id),
        violations: told(results.violations),
        incomplete: told(results.incomplete),
    };
}"""
#: A rank among siblings: `:nth-child(3)`, or the end of `id_countries_78`.
RANK = re.compile(r":nth-child\(\d+\)|(\bid_\w+_)\d+\b")
#: What axe cannot decide by itself, and why each is right here.
EXPLAINED: dict[str, str] = {
    "th-has-data-cells": (
        "L’en-tête d’un groupe de lignes (« Également concernés ») vaut pour les lignes"
        " qui le suivent\u00a0: axe ne cherche que sous les en-têtes de colonne et à"
        " droite de ceux de ligne."
    ),
}


@dataclass(frozen=True)
class Findings:
    """What axe says of one state of a page; each finding names its rule and place."""

    passed: list[str]
    violations: list[dict[str, Any]]
    incomplete: list[dict[str, Any]]


def prepare(page: Page) -> None:
    """Bring axe into the page."""
    page.evaluate(SOURCE)
    page.evaluate("locale => axe.configure({ locale })", LOCALE)


def siblings_of(target: str) -> str:
    """What an element and its siblings are called: their rank goes.

    It is a number in the selector or, for the fields of a form, in their name.
    """
    return RANK.sub(r"\1", target)


def examine(page: Page) -> Findings:
    """Run the rules on the page as it shows now.

    Where axe cannot tell what is behind a text, the contrast is read from a picture:
    of one sibling for all of them.
    """
    found = Findings(**page.evaluate(RUN, TAGS))
    legible: dict[str, bool] = {}
    for doubt in [d for d in found.incomplete if d["rule"] == "color-contrast"]:
        found.incomplete.remove(doubt)
        siblings = siblings_of(doubt["target"])
        if siblings not in legible:
            legible[siblings] = is_legible(page, doubt["target"])
        if not legible[siblings]:
            found.violations.append(doubt)
    return found
