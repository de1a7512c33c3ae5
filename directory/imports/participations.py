"""Who takes part in an imported project: lead, partners, funder.

`Project.imported` remembers them too: `lead` by its key in the source, `partners` and
`local_partners` by the names of the file, `funding` as the amount of each funder.
"""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from directory.imports.comparing import shown
from directory.imports.edits import say_kept, stored
from directory.imports.leads import Leads
from directory.imports.reports import Change, Kind, Warn
from directory.imports.rows import Row
from directory.imports.vocabularies import Vocabularies
from directory.imports.writing import Draft
from directory.labels import fold
from directory.models import Participation, Project, Structure

Role = Participation.Role
PARTNERS = {"partners": Role.PARTNER, "local_partners": Role.LOCAL_PARTNER}


class Parties:
    """Turns the names of organisations into participations, and compares them.

    As for the other fields, what the staff changed since the last import is kept.
    """

    def __init__(
        self, words: Vocabularies, defaults: dict[str, Any], leads: Leads
    ) -> None:
        """Read the names of the register once: those that the public may see."""
        self._words = words
        self._defaults = defaults
        self._leads = leads
        rows = Structure.objects.published().only("name")
        names = Counter(fold(structure.name) for structure in rows)
        self._structures = {
            fold(structure.name): structure
            for structure in rows
            if names[fold(structure.name)] == 1
        }

    def invite(self, draft: Draft) -> None:
        """Prepare the participations of a new project."""
        project, values = draft.instance, draft.row.values
        lead = self._leads.of(draft.row)
        if lead is not None:
            draft.imported["lead"] = self._leads.key_of(draft.row)
            draft.added.append(
                Participation(project=project, role=Role.LEAD, structure=lead)
            )
        for name in PARTNERS.keys() & values.keys():
            draft.imported[name] = values[name]
        for name, role in PARTNERS.items():
            partners = self._partners(project, role, values.get(name, []))
            draft.added.extend(partners.values())
        funding = self._funding(draft.row, project, values)
        if funding is not None:
            draft.added.append(funding)
            draft.imported["funding"] = {_key(funding): stored(funding.amount)}
        for position, participation in enumerate(draft.added):
            participation.position = position

    def update(self, draft: Draft) -> None:
        """Prepare what the row changes among the participations of a project."""
        present = list(draft.instance.participations.all())
        lead = self._leads.of(draft.row)
        if lead is not None:
            self._update_lead(draft, lead)
        for name, role in PARTNERS.items():
            if name in draft.row.values:
                current = [p for p in present if p.role == role]
                self._update_partners(draft, name, current)
        if {"funder", "amount"} & draft.row.values.keys():
            self._update_funding(draft, [p for p in present if p.role == Role.FUNDER])

    def _partners(
        self, project: Project, role: Role, names: list[str]
    ) -> dict[str, Participation]:
        """The participations by folded name, each organisation once."""
        partners: dict[str, Participation] = {}
        for name in names:
            if fold(name) not in partners:
                structure = self._structures.get(fold(name))
                partners[fold(name)] = Participation(
                    project=project,
                    role=role,
                    structure=structure,
                    name="" if structure else name,
                )
        return partners

    def _funding(
        self, row: Row, project: Project, values: dict[str, Any]
    ) -> Participation | None:
        name, amount = values.get("funder", ""), row.values.get("amount")
        if not name:
            if amount is not None:
                message = _("Montant sans financeur, laissé de côté\u00a0: %(amount)s.")
                _ignore(row, message % {"amount": shown(amount)})
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
        before = current.organisation if current else ""
        label = str(Role.LEAD.label)
        is_same = current and lead.pk and current.structure_id == lead.pk
        if not is_same and self._is_edited(current, draft.imported.get("lead")):
            self._leads.decline(draft.row)
            say_kept(draft, label, before, lead.name)
            return
        draft.imported["lead"] = self._leads.key_of(draft.row)
        if is_same:
            return
        draft.row.report.changes.append(Change(label, before, lead.name))
        if current is None:
            draft.added.append(
                Participation(project=draft.instance, role=Role.LEAD, structure=lead)
            )
            return
        current.structure, current.funder, current.name = lead, None, ""
        draft.touched.append(current)

    def _is_edited(self, current: Participation | None, last: str | None) -> bool:
        """Whether the lead is another than the last import wrote."""
        if last is None or current is None:
            return last is not None or current is not None
        written = self._leads.known(last)
        return written is None or current.structure_id != written.pk

    def _update_partners(
        self, draft: Draft, name: str, current: list[Participation]
    ) -> None:
        said = self._partners(draft.instance, PARTNERS[name], draft.row.values[name])
        last = set(map(fold, draft.imported.get(name, ())))
        present = {fold(p.organisation): p for p in current}
        linked = {p.structure_id for p in current if p.structure_id}
        added = {
            key: p
            for key, p in said.items()
            if key not in last | present.keys() and p.structure_id not in linked
        }
        gone = {k: p for k, p in present.items() if k in last and k not in said}
        after = {key: p for key, p in (present | added).items() if key not in gone}
        label = str(PARTNERS[name].label)
        draft.imported[name] = draft.row.values[name]
        if added or gone:
            draft.added.extend(added.values())
            draft.dropped.extend(gone.values())
            before, now = _names(present), _names(after)
            change = Change(
                label, shown(before), shown(now), _names(added), _names(gone)
            )
            draft.row.report.changes.append(change)
        if after.keys() != said.keys():
            say_kept(draft, label, shown(_names(after)), shown(_names(said)))

    def _update_funding(self, draft: Draft, current: list[Participation]) -> None:
        """Change an amount; add a funder that the row names. None is taken away."""
        values = {**self._defaults, **draft.row.values}
        wanted = self._funding(draft.row, draft.instance, values)
        if wanted is None:
            return
        same = next((p for p in current if _key(p) == _key(wanted)), None)
        if same is None:
            self._invite_funder(draft, wanted, current)
        elif wanted.amount is not None:
            self._update_amount(draft, same, wanted.amount)

    def _invite_funder(
        self, draft: Draft, wanted: Participation, current: list[Participation]
    ) -> None:
        label, name = str(Role.FUNDER.label), wanted.organisation
        if _key(wanted) in draft.imported.get("funding", {}):
            say_kept(draft, label, shown([p.organisation for p in current]), name)
        elif "funder" in draft.row.values:
            draft.added.append(wanted)
            draft.row.report.changes.append(Change(label, "", name))
            _note_funding(draft, wanted, wanted.amount)
        else:
            message = _("Montant laissé de côté\u00a0: %(funder)s n’y contribue pas.")
            _ignore(draft.row, message % {"funder": name})

    def _update_amount(
        self, draft: Draft, funding: Participation, amount: Decimal
    ) -> None:
        label = str(Participation._meta.get_field("amount").verbose_name)
        last = draft.imported.get("funding", {}).get(_key(funding))
        change = Change(label, shown(funding.amount), shown(amount))
        if funding.amount != amount:
            if stored(funding.amount) != last:
                say_kept(draft, label, change.before, change.after)
                return
            draft.row.report.changes.append(change)
            funding.amount = amount
            draft.touched.append(funding)
        _note_funding(draft, funding, amount)


def _key(funding: Participation) -> str:
    """What tells a funder from another: its code, else its name."""
    return funding.funder.code if funding.funder else fold(funding.organisation)


def _note_funding(draft: Draft, funding: Participation, amount: Decimal | None) -> None:
    known = draft.imported.get("funding", {})
    draft.imported["funding"] = {**known, _key(funding): stored(amount)}


def _names(participations: dict[str, Participation]) -> Any:
    return tuple(p.organisation for p in participations.values())


def _ignore(row: Row, message: str) -> None:
    row.report.warnings.append(Warn(Kind.IGNORED, message))
