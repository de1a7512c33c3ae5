"""Who takes part in an imported project: lead, partners, funder."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from directory.imports.comparing import shown
from directory.imports.reports import Change, Kind, Warn
from directory.imports.rows import Row
from directory.imports.vocabularies import Vocabularies
from directory.imports.writing import Draft
from directory.labels import fold
from directory.models import Participation, Project, Structure

Role = Participation.Role
PARTNERS = {"partners": Role.PARTNER, "local_partners": Role.LOCAL_PARTNER}


class Parties:
    """Turns the names of organisations into participations, and compares them."""

    def __init__(self, words: Vocabularies) -> None:
        """Read the names of the register once."""
        self._words = words
        rows = Structure.objects.filter(merged_into__isnull=True).only("name")
        names = Counter(fold(structure.name) for structure in rows)
        self._structures = {
            fold(structure.name): structure
            for structure in rows
            if names[fold(structure.name)] == 1
        }

    def invite(self, draft: Draft, lead: Structure | None) -> None:
        """Prepare the participations of a new project."""
        project, values = draft.instance, draft.row.values
        if lead is not None:
            draft.added.append(
                Participation(project=project, role=Role.LEAD, structure=lead)
            )
        for name, role in PARTNERS.items():
            draft.added.extend(self._partners(project, role, values.get(name, [])))
        funding = self._funding(draft.row, project)
        if funding is not None:
            draft.added.append(funding)
        for position, participation in enumerate(draft.added):
            participation.position = position

    def update(self, draft: Draft, lead: Structure | None) -> None:
        """Prepare what the row changes among the participations of a project."""
        present = list(draft.instance.participations.all())
        if lead is not None:
            self._update_lead(draft, lead)
        for name, role in PARTNERS.items():
            if name in draft.row.values:
                current = [p for p in present if p.role == role]
                self._update_partners(draft, name, current)
        self._update_funding(draft, [p for p in present if p.role == Role.FUNDER])

    def _partners(
        self, project: Project, role: Role, names: list[str]
    ) -> Iterator[Participation]:
        seen: set[str] = set()
        for name in names:
            if fold(name) in seen:
                continue
            seen.add(fold(name))
            structure = self._structures.get(fold(name))
            yield Participation(
                project=project,
                role=role,
                structure=structure,
                name="" if structure else name,
            )

    def _funding(self, row: Row, project: Project) -> Participation | None:
        name, amount = row.values.get("funder", ""), row.values.get("amount")
        if not name:
            if amount is not None:
                message = _("Montant sans financeur, laissé de côté\u00a0: %(amount)s.")
                warning = Warn(Kind.IGNORED, message % {"amount": amount})
                row.report.warnings.append(warning)
            return None
        funder = self._words.funders.known(name)
        return Participation(
            project=project,
            role=Role.FUNDER,
            funder=funder,
            name="" if funder else name,
            amount=amount,
        )

    def _update_lead(self, draft: Draft, lead: Structure) -> None:
        current: Participation | None = draft.instance.lead
        if current is not None and lead.pk and current.structure_id == lead.pk:
            return
        before = current.organisation if current else ""
        change = Change(str(Role.LEAD.label), before, lead.name)
        draft.row.report.changes.append(change)
        if current is None:
            draft.added.append(
                Participation(project=draft.instance, role=Role.LEAD, structure=lead)
            )
            return
        current.structure, current.funder, current.name = lead, None, ""
        draft.touched.append(current)

    def _update_partners(
        self, draft: Draft, name: str, current: list[Participation]
    ) -> None:
        wanted = list(
            self._partners(draft.instance, PARTNERS[name], draft.row.values[name])
        )
        before = {fold(p.organisation): p for p in current}
        after = {fold(p.organisation): p for p in wanted}
        added = [p for key, p in after.items() if key not in before]
        removed = [p for key, p in before.items() if key not in after]
        if added or removed:
            draft.added.extend(added)
            draft.dropped.extend(removed)
            change = Change(
                str(PARTNERS[name].label),
                shown([p.organisation for p in current]),
                shown([p.organisation for p in wanted]),
                added=tuple(p.organisation for p in added),
                removed=tuple(p.organisation for p in removed),
            )
            draft.row.report.changes.append(change)

    def _update_funding(self, draft: Draft, current: list[Participation]) -> None:
        """Change an amount; add a funder that the row names. None is taken away."""
        values = draft.row.values
        if "funder" in values:
            wanted = self._funding(draft.row, draft.instance)
            same = [p for p in current if wanted and _is_same(p, wanted)]
            if not same and wanted:
                draft.added.append(wanted)
                change = Change(str(Role.FUNDER.label), "", wanted.organisation)
                draft.row.report.changes.append(change)
                return
            current = same
        if "amount" in values and current:
            self._update_amount(draft, current[0], values["amount"])

    def _update_amount(
        self, draft: Draft, funding: Participation, amount: Decimal
    ) -> None:
        if funding.amount == amount:
            return
        label = str(Participation._meta.get_field("amount").verbose_name)
        change = Change(label, shown(funding.amount), shown(amount))
        draft.row.report.changes.append(change)
        funding.amount = amount
        draft.touched.append(funding)


def _is_same(one: Any, other: Any) -> bool:
    return fold(one.organisation) == fold(other.organisation)
