"""What the audit writes: a table for people, figures for the declaration."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.audit.nu import VERSION
from tests.browser import axe, weight
from tests.browser.observing import STATES

if TYPE_CHECKING:
    import datetime

    from tests.browser.kind import Kind
    from tests.browser.observing import Observation

PEOPLE = {"visitor": "visiteur", "member": "membre", "staff": "équipe"}
HEADS = (
    ("Page", ":--"),
    ("Requêtes", "--:"),
    ("ko", "--:"),
    ("CSS", "--:"),
    ("JS", "--:"),
    ("Éléments", "--:"),
    ("EcoIndex", "--:"),
    ("axe\u00a0: clair / sombre / 320\u00a0px", ":-:"),
    ("HTML", "--:"),
    ("CLS", "--:"),
    ("LCP", "--:"),
)
INTRODUCTION = """# Mesure des pages

Écrit par `make audit` le {date}, sur le réseau de démonstration servi comme en
production : gunicorn, fichiers statiques compressés, `DEBUG` éteint.
Chromium {chromium}, axe-core {axe}, validateur Nu {nu}.

Première visite, cache vide, fenêtre de 1280 pixels. « ko » : milliers d’octets sur le
réseau, en-têtes compris ; « Éléments » : ceux du document, sans l’intérieur des SVG ;
« axe » : fautes dans chaque état ; « HTML » : erreurs ; « CLS » : déplacements pendant
le chargement ; « LCP » : millisecondes avant la plus grande partie de la page, sur la
machine de l’audit.
"""
DRAWN = """
Carte de la région : 10 000 points dessinés {drawn} ms après le chargement de la page
(médiane de cinq fois, processeur ralenti quatre fois)."""


@dataclass(frozen=True)
class Line:
    """A kind of page, seen by a person."""

    kind: Kind
    person: str
    seen: Observation

    @property
    def name(self) -> str:
        """« Accueil », or « Accueil (membre) »."""
        if self.person == "visitor":
            return self.kind.title
        return f"{self.kind.title} ({PEOPLE[self.person]})"


@dataclass(frozen=True)
class Report:
    """All that one audit measured; `nu` is None where the validator did not run."""

    date: datetime.date
    chromium: str
    lines: list[Line]
    nu: dict[str, list[str]] | None
    keyboard: bool
    #: From the load of the map of the region to ten thousand points, on a slow machine.
    drawn_ms: float = 0

    def html_errors(self, line: Line) -> list[str]:
        """The errors of a page: those of our parser, then those of Nu."""
        return line.seen.markup + (self.nu or {}).get(line.name, [])

    def table(self) -> str:
        """The page of documentation."""
        nu = VERSION if self.nu is not None else "non mesuré"
        rows = [
            f"| {' | '.join(head for head, _side in HEADS)} |",
            f"| {' | '.join(side for _head, side in HEADS)} |",
            *(self._row(line) for line in self.lines),
        ]
        parts = [
            INTRODUCTION.format(
                date=f"{self.date:%d/%m/%Y}",
                chromium=self.chromium,
                axe=axe.VERSION,
                nu=nu,
            ),
            "\n".join(rows),
            f"\nParcours au clavier : {'réussi' if self.keyboard else 'ÉCHOUÉ'}.",
            DRAWN.format(drawn=round(self.drawn_ms)) if self.drawn_ms else "",
            self._details(),
        ]
        return "\n".join(part for part in parts if part).rstrip() + "\n"

    def _row(self, line: Line) -> str:
        seen = line.seen
        kilobytes = [weight.kilobytes(seen.answers, k) for k in KINDS_OF_ANSWERS]
        score, grade = seen.ecoindex
        cells = [
            line.name,
            len(seen.answers),
            *(f"{value:.1f}".replace(".", ",") for value in kilobytes),
            seen.nodes,
            f"{grade} ({score:.0f})",
            " / ".join(str(len(seen.axe[state].violations)) for state in STATES),
            len(self.html_errors(line)),
            f"{seen.cls:.3f}".rstrip("0").rstrip(".").replace(".", ","),
            seen.lcp,
        ]
        return f"| {' | '.join(map(str, cells))} |"

    def _details(self) -> str:
        """What to mend, rule by rule and page by page; nothing when all is right."""
        faults: dict[str, set[str]] = {}
        for line in self.lines:
            for finding in self._findings(line, "violations"):
                text = f"axe, {finding['rule']} : {finding['help']}"
                faults.setdefault(text, set()).add(line.name)
            for error in self.html_errors(line):
                faults.setdefault(f"HTML, {error}", set()).add(line.name)
        if not faults:
            return ""
        found = [f"- {text} ({', '.join(sorted(n))})" for text, n in faults.items()]
        return "\n## À corriger\n\n" + "\n".join(sorted(found))

    def _findings(self, line: Line, outcome: str) -> list[dict[str, Any]]:
        return [
            finding
            for state in STATES
            for finding in getattr(line.seen.axe[state], outcome)
        ]

    def figures(self) -> str:
        """The data file that the accessibility declaration reads."""
        violations = [
            f for line in self.lines for f in self._findings(line, "violations")
        ]
        doubts = {
            finding["rule"]: axe.EXPLAINED.get(finding["rule"], finding["help"])
            for line in self.lines
            for finding in self._findings(line, "incomplete")
        }
        passed = {
            rule
            for line in self.lines
            for findings in line.seen.axe.values()
            for rule in findings.passed
        }
        values = {
            "date": self.date.isoformat(),
            "tool": f"axe-core {axe.VERSION}",
            "pages": len({line.kind.key for line in self.lines}),
            "states": list(STATES),
            "rules_passed": len(passed - {fault["rule"] for fault in violations}),
            "violations": len(violations),
            "incomplete": [
                {"rule": r, "why": why} for r, why in sorted(doubts.items())
            ],
            "keyboard": self.keyboard,
            "html_errors": sum(len(self.html_errors(line)) for line in self.lines),
        }
        return json.dumps(values, ensure_ascii=False, indent=2) + "\n"


#: All, then style sheets, then scripts.
KINDS_OF_ANSWERS = ("", "Stylesheet", "Script")
