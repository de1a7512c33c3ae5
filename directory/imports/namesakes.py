"""Structures that may be the same: reported, never merged by an import."""

from __future__ import annotations

from django.utils.translation import gettext as _

from directory.imports.reports import Kind, Warn
from directory.imports.writing import Draft
from directory.labels import fold
from directory.models import Structure


def warn_of_namesakes(drafts: list[Draft]) -> None:
    """Warn of a name or SIREN that the register or an earlier row already has."""
    mine = {draft.instance.pk for draft in drafts if draft.instance.pk}
    known: dict[str, str] = {}
    others = Structure.objects.exclude(pk__in=mine).filter(merged_into__isnull=True)
    for name, siren in others.values_list("name", "siren"):
        known.setdefault(fold(name), name)
        if siren:
            known.setdefault(_siren_key(siren), name)
    lines: dict[str, int] = {}
    for draft in drafts:
        message = _namesake(draft, known, lines)
        if message:
            draft.row.report.warnings.append(Warn(Kind.DUPLICATE, message))


def _namesake(draft: Draft, known: dict[str, str], lines: dict[str, int]) -> str:
    """What to say of the first that it resembles, '' of none; the SIREN counts most."""
    structure: Structure = draft.instance
    checks = {fold(structure.name): _("Même nom\u00a0: %(other)s.")}
    if structure.siren:
        same_siren = {_siren_key(structure.siren): _("Même SIREN\u00a0: %(other)s.")}
        checks = same_siren | checks
    said = ""
    for key, message in checks.items():
        other = ""
        if key in known:
            other = _("fiche «\u00a0%(name)s\u00a0» de l’annuaire") % {
                "name": known[key]
            }
        elif key in lines:
            other = _("ligne %(line)s du fichier") % {"line": lines[key]}
        lines.setdefault(key, draft.row.raw.number)
        if other and not said:
            said = message % {"other": other}
    return said


def _siren_key(siren: str) -> str:
    return f"siren:{siren}"
