"""What an import did or would do, row by row: plain data that any screen can show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db import models
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class Outcome(models.TextChoices):
    """What becomes of a row of the file."""

    CREATED = "creee", gettext_lazy("créée")
    CHANGED = "modifiee", gettext_lazy("modifiée")
    UNCHANGED = "inchangee", gettext_lazy("inchangée")
    REFUSED = "refusee", gettext_lazy("refusée")

    @property
    def promise(self) -> str:
        """The same, of a row that is not written yet."""
        promises = {Outcome.CREATED: _("à créer"), Outcome.CHANGED: _("à modifier")}
        return promises.get(self, str(self.label))


class Kind(models.TextChoices):
    """What a warning is about."""

    NUMBER = "numero", gettext_lazy("numéro SIREN ou RNA laissé de côté")
    LABEL = "libelle", gettext_lazy("libellé inconnu laissé de côté")
    AMBIGUOUS = "ambigu", gettext_lazy("libellé ambigu laissé de côté")
    PLACE = "lieu", gettext_lazy("commune ou département à vérifier")
    DUPLICATE = "doublon", gettext_lazy("doublon probable")
    CASE = "casse", gettext_lazy("majuscules corrigées")
    REPAIRED = "repare", gettext_lazy("zéro de tête rétabli")
    CUT = "coupe", gettext_lazy("texte coupé")
    IGNORED = "ignore", gettext_lazy("valeur laissée de côté")
    KEPT = "garde", gettext_lazy("gardé\u00a0: modifié depuis par l’équipe")
    MERGED = "fusionne", gettext_lazy("fiche fusionnée dans une autre")


#: What an import corrects by itself: of no interest once it is in the register.
CORRECTED = frozenset((Kind.CASE, Kind.REPAIRED, Kind.CUT))


class State(models.TextChoices):
    """What became of the whole import."""

    WRITTEN = "ecrit", gettext_lazy("L’import est enregistré.")
    DRY_RUN = "essai", gettext_lazy("Essai\u00a0: rien n’a été écrit.")
    ROLLED_BACK = (
        "annule",
        gettext_lazy("Des lignes sont refusées\u00a0: rien n’a été écrit."),
    )


@dataclass(frozen=True)
class Warn:
    """A remark on a row that is kept: what was corrected, left out or is doubtful."""

    kind: Kind
    message: str
    column: str = ""


@dataclass(frozen=True)
class Problem:
    """Why a row is refused, and the column to look at (none: the row as a whole)."""

    message: str
    column: str = ""


@dataclass(frozen=True)
class Change:
    """One field of a row that exists: its value before and after, as people read it.

    For lists of terms `added` and `removed` say the same more shortly.
    """

    field: str
    before: str
    after: str
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()

    def __str__(self) -> str:
        if self.added or self.removed:
            signs = [f"+ {label}" for label in self.added]
            signs += [f"− {label}" for label in self.removed]
            return f"{self.field}\u00a0: {', '.join(signs)}"
        before = f"«\u00a0{self.before}\u00a0»" if self.before else _("vide")
        after = f"«\u00a0{self.after}\u00a0»" if self.after else _("vide")
        return f"{self.field}\u00a0: {before} → {after}"


@dataclass
class RowReport:
    """One row of the file: what becomes of it, and why."""

    line: int
    label: str
    outcome: Outcome
    changes: list[Change] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Warn] = field(default_factory=list)
    #: The lead that a project brought into the register.
    new_structure: str = ""


@dataclass
class Report:
    """A whole import; `state` says whether anything was written."""

    source: str
    state: State = State.WRITTEN
    rows: list[RowReport] = field(default_factory=list)
    #: On the file as a whole: encoding, columns that are not used…
    remarks: list[str] = field(default_factory=list)

    def count(self, outcome: Outcome) -> int:
        """How many rows became that."""
        return sum(row.outcome == outcome for row in self.rows)

    @property
    def new_structures(self) -> int:
        """How many leads of projects were brought into the register."""
        return sum(bool(row.new_structure) for row in self.rows)

    @property
    def warnings_by_kind(self) -> Counter[Kind]:
        """How many warnings of each kind, the most frequent first."""
        return Counter(warn.kind for row in self.rows for warn in row.warnings)

    @property
    def is_written(self) -> bool:
        """Whether the rows are in the register, and not only about to be."""
        return self.state == State.WRITTEN

    @property
    def conclusion(self) -> str:
        """What became of the whole import, in a sentence."""
        changes = self.count(Outcome.CREATED) + self.count(Outcome.CHANGED)
        if self.is_written and not changes:
            return _("Rien n’a changé.")
        return str(self.state.label)

    @property
    def summary(self) -> str:
        """The whole in one line: « 12 lignes : 10 créées, 0 modifiée… »."""
        warnings = self.warnings_by_kind.total()
        parts = [self._counted(outcome) for outcome in Outcome]
        if self.new_structures:
            structures = counted(self.new_structures, _("structure"))
            parts.append(f"{structures} {self._made(self.new_structures)}")
        parts.append(counted(warnings, _("avertissement")))
        return f"{counted(len(self.rows), _('ligne'))}\u00a0: {', '.join(parts)}"

    def said(self, outcome: Outcome) -> str:
        """The outcome in the tense of the report: « créée », or « à créer »."""
        return str(outcome.label) if self.is_written else outcome.promise

    def details(self, row: RowReport) -> Iterator[tuple[str, str, str]]:
        """What there is to say of a row: (nature, column, message), refusals first."""
        for problem in row.problems:
            yield _("refus"), problem.column, problem.message
        for change in row.changes:
            yield _("modification"), change.field, str(change)
        if row.new_structure:
            yield f"{_('structure')} {self._made(1)}", "", row.new_structure
        for warn in row.warnings:
            yield str(warn.kind.label), warn.column, warn.message

    def _counted(self, outcome: Outcome) -> str:
        number, label = self.count(outcome), str(outcome.label)
        if self.said(outcome) == label:
            return counted(number, label)
        return f"{grouped(number)}\u00a0{outcome.promise}"

    def _made(self, number: int) -> str:
        if not self.is_written:
            return _("à créer")
        return _("créées") if number > 1 else _("créée")

    def table(self) -> Iterator[tuple[str, ...]]:
        """The report as the rows of a spreadsheet, every detail of every row."""
        head = (_("Ligne"), _("Fiche"), _("Résultat"))
        yield (*head, _("Nature"), _("Colonne"), _("Détail"))
        for row in self.rows:
            head = (str(row.line), row.label, self.said(row.outcome))
            for detail in list(self.details(row)) or [("", "", "")]:
                yield (*head, *detail)


def counted(number: int, word: str) -> str:
    """« 0 ligne », « 1 ligne », « 1 186 lignes »: zero is singular in French."""
    plural = "s" if number > 1 else ""
    return f"{grouped(number)}\u00a0{word}{plural}"


def grouped(number: int) -> str:
    """« 1 186 »."""
    return str(number_format(number, force_grouping=True))
